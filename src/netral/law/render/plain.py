"""A verdict as readable text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from netral.law.citing import citation
from netral.law.library import Library
from netral.law.procedures import step
from netral.law.render.labels import HEADINGS, ROLES, long_day, when
from netral.law.trace import REASONS
from netral.law.verdict import Question, Verdict
from netral.law.vocabulary import CONFIDENCE_WORDS, OUTCOME_WORDS, Outcome, Words

_SOURCES = Words(
    "Isi dan sumber tiap ketentuan: netral law show {provision}",
    "Text and sources of each provision: netral law show {provision}",
)


def verdict_text(
    library: Library, verdict: Verdict, *, language: str = "id", trace: bool = False
) -> str:
    """The verdict in Indonesian ("id") or English ("en"); `trace` adds the norms considered."""
    lines = list(_head(library, verdict, language))
    for key, rows in _sections(library, verdict, language):
        if rows:
            lines += ["", HEADINGS[key].in_language(language) + ":"]
            lines += [f"  - {row}" for row in rows]
    if trace:
        lines += ["", HEADINGS["rejected"].in_language(language) + ":"]
        lines += [f"  - {row}" for row in _trace(library, verdict, language)]
    version = HEADINGS["version"].in_language(language)
    lines += ["", f"{version}: {verdict.law_version}"]
    if verdict.provisions:
        lines.append(_SOURCES.in_language(language).format(provision=verdict.provisions[0]))
    return "\n".join(lines) + "\n"


def _head(library: Library, verdict: Verdict, language: str) -> Iterator[str]:
    """Act, day and outcome."""
    finding = verdict.finding

    def heading(key: str) -> str:
        return HEADINGS[key].in_language(language)

    yield f"{heading('act')}: {library.act(verdict.act).name.in_language(language)}"
    yield f"{heading('on')}: {long_day(verdict.on, language)}"
    yield f"{heading('outcome')}: {OUTCOME_WORDS[finding.outcome].in_language(language).upper()}"
    others = [
        OUTCOME_WORDS[item].in_language(language)
        for item in finding.possible
        if item is not finding.outcome
    ]
    if others:
        yield f"{heading('possible')}: {', '.join(others)}"
    if finding.outcome is not Outcome.UNDETERMINED:
        sure = CONFIDENCE_WORDS[finding.confidence].in_language(language)
        yield f"{heading('confidence')}: {sure}"
    yield f"{heading('safe')}: {finding.safe.in_language(language)}"


def _sections(library: Library, verdict: Verdict, language: str) -> Iterator[tuple[str, list[str]]]:
    """The lists of a verdict, in the order people need them."""
    finding = verdict.finding

    def say(items: tuple[Words, ...]) -> list[str]:
        return [item.in_language(language) for item in items]

    yield "questions", [_question(item, language) for item in finding.questions]
    yield "conditions", say(finding.conditions)
    yield (
        "provisions",
        [
            f"{citation(library, item.provision, language)} [{item.provision}] "
            f"({ROLES[item.role].in_language(language)}): "
            f"{library.provision(item.provision).text.in_language(language)}"
            for item in finding.citations
        ],
    )
    yield (
        "facts",
        [library.facts.label(name, value).in_language(language) for name, value in finding.used],
    )
    yield (
        "sanctions",
        [
            f"{item.name.in_language(language)} "
            f"[{CONFIDENCE_WORDS[item.confidence].in_language(language)}]: "
            + "; ".join(option.in_language(language) for option in item.options)
            for item in finding.sanctions
        ],
    )
    yield "deciders", say(finding.deciders)
    yield "clocks", [f"{step(name).name.in_language(language)} ({name})" for name in finding.clocks]
    yield (
        "contests",
        [
            f"{position.named(language)} ({when(position.when, language)}): "
            f"{position.says.in_language(language)}"
            for name in finding.contests
            for position in library.contests[name].positions
        ],
    )
    yield "notes", say(finding.notes)


def _question(item: Question, language: str) -> str:
    """What is missing, with the answers and how each is given on the command line."""
    answers = [
        f"      --fact {item.fact}={value}: {words.in_language(language)}"
        for value, words in item.answers
    ]
    return "\n".join([item.ask.in_language(language), *answers])


def _trace(library: Library, verdict: Verdict, language: str) -> Iterator[str]:
    """The norms considered and not applied, with the element that failed or is open."""
    for row in verdict.finding.trace.rejected():
        reason = REASONS[row.reason][1 if language == "en" else 0]
        culprits = [
            " / ".join(
                library.facts.label(name, value).in_language(language)
                for name, values in item.element.choices.items()
                for value in values
            )
            for item in row.elements
            if item.state != "holds"
        ]
        detail = f" ({'; '.join(culprits)})" if culprits else ""
        by = f" [{row.by}]" if row.by else ""
        yield f"{row.norm}: {reason}{by}{detail}"
