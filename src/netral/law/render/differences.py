"""What changed between two days, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from netral.law.changes import CellChange, Changes
from netral.law.citing import citation
from netral.law.library import Library
from netral.law.render.dates import end_words, start_words
from netral.law.render.labels import long_day
from netral.law.vocabulary import OUTCOME_WORDS, PHASE_WORDS, Outcome, Phase, Words

_WORDS = {
    "between": Words("Hukum pada {earlier} dan {later}", "The law on {earlier} and on {later}"),
    "instruments_started": Words("Peraturan mulai berlaku", "Instruments started"),
    "instruments_ended": Words("Peraturan berakhir", "Instruments ended"),
    "provisions_started": Words("Ketentuan mulai berlaku", "Provisions started"),
    "provisions_ended": Words("Ketentuan berakhir", "Provisions ended"),
    "contests_started": Words("Perbedaan pendapat mulai", "Disagreements started"),
    "contests_ended": Words("Perbedaan pendapat berakhir", "Disagreements ended"),
    "supervisors": Words("Pengawas", "Supervisors"),
    "outcome": Words("Perbuatan yang hasilnya berubah", "Acts with another outcome"),
    "basis": Words(
        "Perbuatan yang hasilnya tetap, dasarnya berganti", "Acts with another basis alone"
    ),
    "all_phases": Words("semua tahap", "all phases"),
    "nothing": Words("Tidak ada yang berubah.", "Nothing changed."),
}
_ELECTIONS = {
    "pemilu": Words("Pemilu", "general election"),
    "pemilihan": Words("pemilihan kepala daerah", "regional election"),
}
Change = tuple[Outcome | None, str | None, Outcome | None, str | None]


def changes_text(law: Library, found: Changes, language: str = "id") -> str:
    """Instruments, provisions, disagreements and supervisors by name and id, then the acts whose
    outcome moved and those that only rest on something else; alike statuses and phases together."""
    sections = list(_sections(law, found, language))
    days = (long_day(found.earlier, language), long_day(found.later, language))
    lines = [_word("between", language).format(earlier=days[0], later=days[1])]
    for title, rows in sections:
        lines += ["", f"{title}:", *(f"  - {row}" for row in rows)]
    return "\n".join(lines if sections else [*lines, _word("nothing", language)])


def _word(key: str, language: str) -> str:
    return _WORDS[key].in_language(language)


def _sections(law: Library, found: Changes, language: str) -> Iterator[tuple[str, list[str]]]:
    """The headings that have something under them."""

    def instrument(name: str) -> str:
        return f"{law.instrument(name).short.in_language(language)} [{name}]"

    def provision(name: str) -> str:
        return f"{citation(law, name, language)} [{name}]"

    def contest(name: str) -> str:
        return f"{law.contests[name].name.in_language(language)} [{name}]"

    kinds = {"instruments": instrument, "provisions": provision, "contests": contest}
    for key, named in kinds.items():
        for end in ("started", "ended"):
            if names := getattr(found, f"{key}_{end}"):
                told = [named(name) + _vaguely(law, name, end, language) for name in names]
                yield _word(f"{key}_{end}", language), told
    if found.supervisors_before != found.supervisors_after:
        told = [_bodies(law, day, language) for day in (found.earlier, found.later)]
        yield _word("supervisors", language), [" -> ".join(told)]
    moved = [item for item in found.cells if item.before is not item.after]
    other = [item for item in found.cells if item.before is item.after]
    for key, cells in (("outcome", moved), ("basis", other)):
        if cells:
            yield _word(key, language), list(_acts(law, cells, language))


def _vaguely(law: Library, name: str, end: str, language: str) -> str:
    """What is known of the day where the day that was compared only stands in for it."""
    item = law.instruments.get(name) or law.provisions.get(name)
    if item is None or not (item.dating.start if end == "started" else item.dating.end):
        return ""
    words = start_words if end == "started" else end_words
    return f": {words(item, language)}"


def _bodies(law: Library, on: date, language: str) -> str:
    return ", ".join(item.body.in_language(language) for item in law.supervisors_on(on))


def _acts(law: Library, cells: Iterable[CellChange], language: str) -> Iterator[str]:
    """One line for each act, change and set of phases, with the statuses that share them."""
    phases: dict[tuple[str, Change, str, str], list[str]] = {}
    for item in cells:
        election, _, phase = item.phase.partition("/")
        change = (item.before, item.cited_before, item.after, item.cited_after)
        phases.setdefault((item.act, change, election, item.status), []).append(phase)
    statuses: dict[tuple[str, Change, str, tuple[str, ...]], list[str]] = {}
    for (act, change, election, status), found in phases.items():
        statuses.setdefault((act, change, election, tuple(found)), []).append(status)
    for (act, change, election, names), whom in statuses.items():
        name = law.act(act).name.in_language(language)
        where = f"{_ELECTIONS[election].in_language(language)}: {_phases(names, language)}"
        yield f"{name} [{act}], {', '.join(whom)} ({where}): {_change(change, language)}"


def _change(change: Change, language: str) -> str:
    """The outcome before and after, each with what it rests on; once if it stayed."""
    before, cited_before, after, cited_after = change
    told = _cell(before, cited_before, language)
    if before is after:
        return f"{told} -> [{cited_after or '-'}]"
    return f"{told} -> {_cell(after, cited_after, language)}"


def _phases(names: tuple[str, ...], language: str) -> str:
    if len(names) == len(Phase):
        return _word("all_phases", language)
    return ", ".join(PHASE_WORDS[Phase(name)].in_language(language).lower() for name in names)


def _cell(outcome: Outcome | None, cited: str | None, language: str) -> str:
    word = "-" if outcome is None else OUTCOME_WORDS[outcome].in_language(language)
    return f"{word} [{cited}]" if cited else word
