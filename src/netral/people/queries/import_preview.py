"""A staged import as an officer reads it: figures, tabs, rows from what to what, problems."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from netral.people import import_wording
from netral.people.intake import headers
from netral.people.models import (
    Change,
    Import,
    ImportProblem,
    ImportRow,
    ImportUnit,
    Person,
    Posting,
    RowAction,
)
from netral.people.queries.changes import FieldChange, field_changes
from netral.people.queries.units import names_with_place

PROBLEMS, UNITS = "masalah", "unit"
_HIDDEN = {"name", "number", "local_id"}
"""Shown in columns of their own."""


@dataclass(frozen=True)
class Tab:
    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Candidate:
    key: str
    label: str


@dataclass(frozen=True)
class RowLine:
    """A staged row in words."""

    row: ImportRow | ImportUnit
    name: str
    identifier: str
    where: str
    """Sheet and line as the spreadsheet counts them; empty for people the file does not name."""
    unit: str
    fields: list[FieldChange]
    question: str = ""
    candidates: tuple[Candidate, ...] = ()
    answer: str = ""
    """The value of the choice that was made: a person's key, ``new`` or ``skip``."""


@dataclass(frozen=True)
class ProblemLine:
    problem: ImportProblem
    what: str
    remedy: str


def fields_of(kind: str) -> list[str]:
    """What a column can mean, ``kind`` being ``staff`` or ``units``."""
    return headers.fields_of("units" if kind == "units" else "staff")


def figures(source: Import) -> list[tuple[str, int]]:
    """(label, number) of what the file holds and would do; the rows come first."""
    counts = source.counts
    labels = [
        ("rows", _("Baris dibaca")),
        (RowAction.CREATE, _("Baru")),
        (RowAction.CHANGE, _("Berubah")),
        (RowAction.MOVE, _("Pindah unit")),
        (RowAction.CLOSE, _("Berhenti")),
        (RowAction.REOPEN, _("Masuk kembali")),
        (RowAction.MISSING, _("Tidak tercantum")),
        (RowAction.SAME, _("Tetap")),
        (RowAction.ASK, _("Perlu keputusan")),
        (RowAction.BAD, _("Tidak dapat dipakai")),
        ("unit_create", _("Unit baru")),
    ]
    return [(str(label), counts[key]) for key, label in labels if counts.get(key)]


def changes_something(source: Import) -> bool:
    """Whether applying would do anything, apart from closing the missing."""
    deeds = (
        RowAction.CREATE,
        RowAction.CHANGE,
        RowAction.MOVE,
        RowAction.CLOSE,
        RowAction.REOPEN,
        "unit_create",
        "unit_change",
    )
    return any(source.counts.get(deed) for deed in deeds)


def tabs(source: Import, actions: list[str]) -> list[Tab]:
    """Problems first when there are any, then the actions that occur, in the order given."""
    counts = source.counts
    found = [Tab(PROBLEMS, _("Masalah"), problem_count(source))]
    labels = dict(RowAction.choices)
    if source.state == Import.State.APPLIED:  # only what was left out
        found += [Tab(code, str(labels[code]), counts.get(code, 0)) for code in actions]
    elif source.is_tree:
        idle = (RowAction.SAME, RowAction.MISSING)
        total = sum(counts.get(action, 0) for action in actions if action not in idle)
        missing = counts.get(RowAction.MISSING, 0)
        found += [Tab(UNITS, _("Unit"), total)]
        found += [Tab(RowAction.MISSING, str(labels[RowAction.MISSING]), missing)]
    else:
        counted = counts | {RowAction.ASK.value: counts.get("asked", 0)}
        found += [Tab(code, str(labels[code]), counted.get(code, 0)) for code in actions]
        named = sum(counts.get(f"unit_{what}", 0) for what in ("create", "change", "same"))
        found.append(Tab(UNITS, _("Unit"), named))
    return [tab for tab in found if tab.count]


def problem_count(source: Import) -> int:
    return sum(source.counts.get(name, 0) for name in ("obstacles", "warnings", "questions"))


def lines(rows: list[ImportRow]) -> list[RowLine]:
    """Staged rows in words. At most four queries for a page."""
    if not rows:
        return []
    people = _people_of(rows)
    names = _unit_names(rows)
    return [_line(row, people, names) for row in rows]


def units_of(source: Import) -> QuerySet[ImportUnit]:
    """What the import would do to units, those about which it asks aside."""
    units = ImportUnit.objects.filter(source=source, similar_id=None)
    return units.exclude(action__in=(RowAction.SAME, RowAction.MISSING)).order_by("id")


def unit_lines(rows: list[ImportUnit]) -> list[RowLine]:
    parents = [str(row.values.get("parent") or row.parent_id or "") for row in rows]
    names = _names_of(rows[0].source_id, set(filter(None, parents))) if rows else {}
    return [
        RowLine(
            row=row,
            name=row.name,
            identifier=row.external_id,
            where=import_wording.place(row.sheet, row.line),
            unit=names.get(parent, row.above),
            fields=field_changes(row.before, row.values, names) if row.before else [],
        )
        for row, parent in zip(rows, parents, strict=True)
    ]


def worded(problems: list[ImportProblem]) -> list[ProblemLine]:
    return [
        ProblemLine(
            problem=problem,
            what=import_wording.problem_sentence(problem.code, problem.details),
            remedy=import_wording.remedy_sentence(problem.code, problem.details),
        )
        for problem in problems
    ]


def local_ids_given(source: Import) -> QuerySet[Person]:
    """People without a number whom this import entered; they are known by a local id."""
    created = Change.objects.filter(
        source=source, subject=Change.Subject.PERSON, kind=Change.Kind.CREATED
    ).values("subject_id")
    return Person.objects.filter(id__in=created, number="", merged_into=None)


def _line(row: ImportRow, people: dict[UUID, Person], names: dict[str, str]) -> RowLine:
    person = people.get(row.person_id) if row.person_id else None
    after = {key: value for key, value in row.values.items() if value not in (None, "")}
    before = row.before
    if row.becomes:
        after = row.values
    else:
        after = {key: value for key, value in after.items() if key not in _HIDDEN}
    question = import_wording.problem_sentence(row.question, {}) if row.question else ""
    return RowLine(
        row=row,
        name=row.name or (person.full_name if person else ""),
        identifier=_identifier(row, person),
        where=import_wording.place(row.sheet, row.line),
        unit=names.get(str(row.unit_id), "") if row.unit_id else "",
        fields=field_changes(before, after, names),
        question=question,
        candidates=_candidates(row, people),
        answer=answer_of(row),
    )


def answer_of(row: ImportRow) -> str:
    """What was answered to a row's question, as the form says it."""
    return str(row.person_id) if row.answer == "person" else row.answer


def people_shown(rows: list[ImportRow]) -> set[UUID]:
    """Those of the register whose names a page of rows shows, as themselves or as candidates."""
    shown = {row.person_id for row in rows if row.person_id and row.action != RowAction.CREATE}
    return shown.union(*(_candidate_keys(row) for row in rows))


def _identifier(row: ImportRow, person: Person | None) -> str:
    """Of a row with a question the local id is only one that is kept ready; it is not shown."""
    local_id = "" if row.action == RowAction.ASK else row.local_id
    return row.number or local_id or (person.identifier if person else "")


def _candidates(row: ImportRow, people: dict[UUID, Person]) -> tuple[Candidate, ...]:
    found = [people[key] for key in _candidate_keys(row) if key in people]
    return tuple(Candidate(str(person.pk), _described(person)) for person in found)


def _candidate_keys(row: ImportRow) -> list[UUID]:
    return [UUID(key) for key in json.loads(row.candidates)] if row.candidates else []


def _described(person: Person) -> str:
    posting = person.now_at[0] if person.now_at else None  # type: ignore[attr-defined]
    where = f" · {posting.get_status_display()} · {posting.unit.name}" if posting else ""
    return f"{person.full_name} · {person.identifier}{where}"


def _people_of(rows: list[ImportRow]) -> dict[UUID, Person]:
    keys = {row.person_id for row in rows if row.person_id}
    for row in rows:
        keys.update(_candidate_keys(row))
    current = Posting.objects.filter(valid_to=None).select_related("unit")
    people = Person.objects.filter(pk__in=keys).prefetch_related(
        Prefetch("postings", queryset=current, to_attr="now_at")
    )
    return {person.pk: person for person in people}


def _unit_names(rows: list[ImportRow]) -> dict[str, str]:
    wanted = {str(row.unit_id) for row in rows if row.unit_id}
    for row in rows:
        for side in (row.before, row.values):
            wanted |= {str(side[key]) for key in ("unit",) if side.get(key)}
    return _names_of(rows[0].source_id, wanted)


def _names_of(source: UUID, keys: set[str]) -> dict[str, str]:
    """Units of the register with their place, and the names of those that the import creates."""
    names = {str(key): name for key, name in names_with_place(map(UUID, keys)).items()}
    missing = keys - names.keys()
    if missing:
        staged = ImportUnit.objects.filter(source=source, unit_id__in=missing)
        names |= {str(key): name for key, name in staged.values_list("unit_id", "name")}
    return names
