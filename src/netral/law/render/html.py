"""A verdict as escaped semantic HTML without styles, scripts or ids; looks come by class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from netral.law.citing import citation
from netral.law.library import Library
from netral.law.procedures import step
from netral.law.render.labels import HEADINGS, ROLES, long_day, when
from netral.law.trace import REASONS
from netral.law.verdict import Verdict
from netral.law.vocabulary import CONFIDENCE_WORDS, OUTCOME_WORDS, Words


def verdict_html(
    library: Library, verdict: Verdict, *, language: str = "id", level: int = 2
) -> str:
    """An `article` element. `level` (2 to 5) is its heading, so that the page keeps one h1."""
    if not 2 <= level <= 5:
        raise ValueError("the heading level must be between 2 and 5")
    finding = verdict.finding
    outcome = OUTCOME_WORDS[finding.outcome].in_language(language)
    safe = escape(finding.safe.in_language(language))
    parts = [
        f'<article class="verdict verdict-{finding.outcome.value}" lang="{_lang(language)}">',
        f"<h{level}>{escape(library.act(verdict.act).name.in_language(language))}</h{level}>",
        f'<p class="verdict-outcome"><strong>{escape(outcome)}</strong></p>',
        f'<p class="verdict-safe">{_term("safe", language)}: {safe}</p>',
        "<dl>",
        *_facts(verdict, language),
        "</dl>",
        *_lists(library, verdict, language, level + 1),
        *_trace(verdict, language),
        "</article>",
    ]
    return "\n".join(parts)


def _lang(language: str) -> str:
    return "en" if language == "en" else "id"


def _term(key: str, language: str) -> str:
    return escape(HEADINGS[key].in_language(language))


def _facts(verdict: Verdict, language: str) -> Iterator[str]:
    """Day, confidence and version as a description list."""
    finding = verdict.finding
    day = (
        f'<time datetime="{verdict.on.isoformat()}">{escape(long_day(verdict.on, language))}</time>'
    )
    yield f"<dt>{_term('on', language)}</dt><dd>{day}</dd>"
    words = CONFIDENCE_WORDS[finding.confidence].in_language(language)
    yield f"<dt>{_term('confidence', language)}</dt><dd>{escape(words)}</dd>"
    others = [
        OUTCOME_WORDS[item].in_language(language)
        for item in finding.possible
        if item is not finding.outcome
    ]
    if others:
        yield f"<dt>{_term('possible', language)}</dt><dd>{escape(', '.join(others))}</dd>"
    version = escape(verdict.law_version)
    yield f"<dt>{_term('version', language)}</dt><dd><code>{version}</code></dd>"


def _lists(library: Library, verdict: Verdict, language: str, level: int) -> Iterator[str]:
    """Each non-empty list under its own heading."""
    finding = verdict.finding

    def say(items: Iterable[Words]) -> list[str]:
        return [escape(item.in_language(language)) for item in items]

    sections = {
        "questions": say(item.ask for item in finding.questions),
        "conditions": say(finding.conditions),
        "provisions": [
            _citation(library, item.provision, item.role, language) for item in finding.citations
        ],
        "sanctions": [
            f"{escape(item.name.in_language(language))}: "
            + escape("; ".join(option.in_language(language) for option in item.options))
            for item in finding.sanctions
        ],
        "deciders": say(finding.deciders),
        "clocks": say(step(name).name for name in finding.clocks),
        "contests": [_positions(library, name, language) for name in finding.contests],
        "notes": say(finding.notes),
    }
    for key, rows in sections.items():
        if rows:
            yield f'<section class="verdict-{key}"><h{level}>{_term(key, language)}</h{level}><ul>'
            yield from (f"<li>{row}</li>" for row in rows)
            yield "</ul></section>"


def _citation(library: Library, name: str, role: str, language: str) -> str:
    """One provision as cite, role, and text."""
    item = library.provision(name)
    words = ROLES[role].in_language(language)
    return (
        f"<cite>{escape(citation(library, name, language))}</cite> "
        f"<small>({escape(words)})</small> {escape(item.text.in_language(language))}"
    )


def _positions(library: Library, name: str, language: str) -> str:
    """One disagreement: its name and who says what."""
    contest = library.contests[name]
    rows = "".join(
        f"<li><b>{escape(item.named(language))}</b> ({escape(when(item.when, language))}): "
        f"{escape(item.says.in_language(language))}</li>"
        for item in contest.positions
    )
    return f"{escape(contest.name.in_language(language))}<ul>{rows}</ul>"


def _trace(verdict: Verdict, language: str) -> Iterator[str]:
    """The alternatives considered, folded away without a script."""
    rows = [
        f"<li><code>{escape(row.norm)}</code> "
        f"{escape(REASONS[row.reason][1 if language == 'en' else 0])}</li>"
        for row in verdict.finding.trace.rejected()
    ]
    if rows:
        yield f'<details class="verdict-trace"><summary>{_term("rejected", language)}</summary><ul>'
        yield from rows
        yield "</ul></details>"
