"""Finds for each row of a chunk the person it means, and what the row would do to them."""

from __future__ import annotations

import json
import operator
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from netral.base.bulk import fetch, hexed, wanted
from netral.base.ids import new_ids
from netral.people.folding import new_local_ids
from netral.people.intake.problems import OBSTACLE, SEVERITY, Problem
from netral.people.intake.staff_rows import StaffRow
from netral.people.models import RowAction
from netral.people.services.imports import sql
from netral.people.services.imports.difference import Known, Outcome, compare
from netral.people.services.imports.known import known_people
from netral.people.services.imports.unit_plan import UnitMeant

COLUMNS = (
    "source_id", "sheet", "line", "action", "person_id", "unit_id", "posting_id", "reposts",
    "number", "local_id", "name", "name_key", "front_title", "back_title", "email", "phone",
    "joined_on", "status", "position_level", "position", "grade", "standing", "leaves", "was",
    "becomes", "question", "candidates", "answer",
)  # fmt: skip
_LINES = 1 << 32
Staged = tuple[object, ...]
_CREATE = Outcome(RowAction.CREATE.value)
_NOWHERE = UnitMeant(None)


@dataclass
class Lookup:
    """The people of the register that a chunk may mean."""

    by_number: dict[str, Known] = field(default_factory=dict)
    by_local_id: dict[str, Known] = field(default_factory=dict)
    by_former: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    """Those who work now."""


class Matcher:
    """Compares rows with the register of one government, chunk by chunk, in the order read."""

    def __init__(
        self,
        source: UUID,
        government: UUID,
        region_code: str,
        effective_on: str,
        *,
        is_under: Callable[[str, str], bool] = operator.eq,
    ) -> None:
        """``is_under``: whether a unit stands in an office, for rows that name no more of it."""
        self.is_under = is_under
        self.source = source.hex
        self.government = government.hex
        self.effective_on = effective_on
        self.problems: list[Problem] = []
        self.sheets: list[str] = []
        self.numbers_seen: dict[int, int] = {}
        """Number → where it stood first: index of the sheet times ``_LINES`` plus the line."""
        self.local_ids_seen: dict[str, int] = {}
        self.names_seen: set[tuple[str, str]] = set()
        self.has_people = bool(
            fetch("SELECT 1 FROM people_person WHERE government_id = %s LIMIT 1", [self.government])
        )
        self.local_ids = new_local_ids(
            region_code, is_taken=_is_taken if self.has_people else _is_free
        )

    def match(self, rows: Sequence[StaffRow], units: Mapping[int, UnitMeant]) -> list[Staged]:
        """The rows as :data:`COLUMNS`. ``units``: what the index in a row means."""
        lookup = self._look_up(rows) if self.has_people else Lookup()
        keys = new_ids(len(rows))
        return [self._one(row, units, lookup, key) for row, key in zip(rows, keys, strict=True)]

    def _one(
        self,
        row: StaffRow,
        units: Mapping[int, UnitMeant],
        lookup: Lookup,
        key: str,
    ) -> Staged:
        """``key``: for the person, should they be new."""
        meant = self._where_known(row, units[row.unit] if row.unit >= 0 else _NOWHERE, lookup)
        unit = meant.key
        if meant.code:
            self._found(row, meant.code, meant.named, field=meant.field)
        if row.is_bad or meant.code or self._is_second(row):
            return self._staged(row, unit, Outcome(RowAction.BAD))
        known, question, candidates = self._person(row, meant, lookup)
        if question in SEVERITY and SEVERITY[question] == OBSTACLE:
            self._found(row, question, row.local_id or row.number)
            return self._staged(row, unit, Outcome(RowAction.BAD))
        if question:
            self._found(row, question, row.name)
            return self._staged(
                row, unit, Outcome(RowAction.ASK), question=question, candidates=candidates
            )
        if known:
            if row.number in lookup.by_former:
                row = row._replace(number=known.number)
            return self._existing(row, meant, known)
        return self._new(row, unit, key)

    def _where_known(self, row: StaffRow, meant: UnitMeant, lookup: Lookup) -> UnitMeant:
        """Of several units with one name: that in which the person works already, if any."""
        if not meant.namesakes:
            return meant
        ids = row.number, row.local_id
        tables = lookup.by_number, lookup.by_local_id, lookup.by_former
        people = [table[each] for table in tables for each in ids if each in table]
        if not any(ids):
            people = lookup.by_name.get(row.name_key, [])
        units = {known.unit for known in people if known.unit in meant.namesakes}
        if len(units) != 1:
            return meant
        self._found(row, "unit_kept", meant.named)
        return UnitMeant(units.pop())

    def _existing(self, row: StaffRow, meant: UnitMeant, known: Known) -> Staged:
        unit = meant.key
        if self._says_no_more(meant, known):
            self._found(row, "unit_office_only", row.name)
            unit = known.unit
        outcome = compare(row, unit, known, self.effective_on)
        if outcome.action == RowAction.BAD:
            self._found(row, "unit_missing", "")
        return self._staged(row, unit or known.unit, outcome, known.id, known.posting_id)

    def _says_no_more(self, meant: UnitMeant, known: Known) -> bool:
        """Whether only the office is named within which the person already works."""
        if not meant.is_office_only or not meant.key or not known.unit or known.unit == meant.key:
            return False
        return self.is_under(known.unit, meant.key)

    def _new(self, row: StaffRow, unit: str | None, key: str) -> Staged:
        if row.leaves:
            self._found(row, "left_unknown", row.standing or "")
            return self._staged(row, unit, Outcome(RowAction.SKIP))
        missing = "name_missing" if not row.name else "unit_missing" if unit is None else ""
        if missing:
            self._found(row, missing, row.number)
            return self._staged(row, unit, Outcome(RowAction.BAD))
        if not row.status or not (row.number or row.local_id):
            local_id = row.local_id or ("" if row.number else next(self.local_ids))
            row = row._replace(status=row.status or "non_asn", local_id=local_id)
        return self._staged(row, unit, _CREATE, key)

    def _staged(
        self,
        row: StaffRow,
        unit: str | None,
        outcome: Outcome,
        person: str | None = None,
        posting: str | None = None,
        question: str = "",
        candidates: Sequence[str] = (),
    ) -> Staged:
        return (
            self.source, row.sheet, row.line, outcome.action, person, unit, posting,
            outcome.reposts, row.number, row.local_id, row.name, row.name_key, row.front_title,
            row.back_title, row.email, row.phone, row.joined_on, row.status, row.position_level,
            row.position, row.grade, row.standing, bool(row.leaves), outcome.was, outcome.becomes,
            question, json.dumps(list(candidates)) if candidates else "", "",
        )  # fmt: skip

    def _is_second(self, row: StaffRow) -> bool:
        """Whether this number or local id stood in the file before."""
        number = int(row.number or 0)
        if number and number in self.numbers_seen:
            first = self.numbers_seen[number]
            self._found(row, "number_twice_in_file", row.number, **self._told(first))
            return True
        if row.local_id and row.local_id in self.local_ids_seen:
            first = self.local_ids_seen[row.local_id]
            self._found(row, "local_id_twice_in_file", row.local_id, **self._told(first))
            return True
        if not self.sheets or self.sheets[-1] != row.sheet:
            self.sheets.append(row.sheet)
        here = (len(self.sheets) - 1) * _LINES + row.line
        self.numbers_seen[number] = self.local_ids_seen[row.local_id] = here
        return False

    def _told(self, place: int) -> dict[str, str | int]:
        """Sheet and line, for the sentence that names them."""
        sheet, line = divmod(place, _LINES)
        return {"sheet": self.sheets[sheet], "line": line}

    def _person(
        self, row: StaffRow, meant: UnitMeant, lookup: Lookup
    ) -> tuple[Known | None, str, list[str]]:
        """(the person, or none for a new one; code of a question or obstacle; candidates)."""
        numbered = lookup.by_number.get(row.number) if row.number else None
        local = lookup.by_local_id.get(row.local_id) if row.local_id else None
        if row.local_id and local is None:
            return None, "local_id_unknown", []
        if numbered and local and numbered.id != local.id:
            return None, "identifiers_disagree", []
        if local and row.number and local.number and local.number != row.number:
            return None, "number_changed", [local.id]
        if numbered or local:
            return numbered or local, "", []
        if row.number:
            former = lookup.by_former.get(row.number)
            if former:
                self._found(row, "number_former", row.number, now=former.number)
            return former, "", []
        return self._by_name(row, meant, lookup)

    def _by_name(
        self, row: StaffRow, meant: UnitMeant, lookup: Lookup
    ) -> tuple[Known | None, str, list[str]]:
        """Staff without any id are known by a name that is unique within the unit."""
        unit = meant.key
        if unit is None or not row.name_key:
            return None, "", []
        is_second = (row.name_key, unit) in self.names_seen
        self.names_seen.add((row.name_key, unit))
        holds = self.is_under if meant.is_office_only else operator.eq
        namesakes = lookup.by_name.get(row.name_key, ())
        people = [person for person in namesakes if person.unit and holds(person.unit, unit)]
        without = [person for person in people if not person.number]
        if is_second:
            return None, "same_name_in_file", [person.id for person in without]
        if len(without) == 1 and len(people) == 1:
            return without[0], "", []
        if people:
            code = "same_name_in_unit" if len(people) > 1 else "same_name_numbered"
            return None, code, [person.id for person in people][:20]
        return None, "", []

    def _look_up(self, rows: Sequence[StaffRow]) -> Lookup:
        lookup = Lookup()
        numbers = [row.number for row in rows if row.number]
        for known in self._fetch("p.number", numbers):
            lookup.by_number[known.number] = known
        local_ids = [row.local_id for row in rows if row.local_id]
        for known in self._fetch("p.local_id", local_ids):
            lookup.by_local_id[known.local_id] = known
        self._look_up_merged([key for key in local_ids if key not in lookup.by_local_id], lookup)
        names = {row.name_key for row in rows if not row.number and not row.local_id}
        for known in self._fetch("p.name_key", sorted(names)):
            if known.posting_id:
                lookup.by_name[known.name_key].append(known)
        unknown = [number for number in numbers if number not in lookup.by_number]
        if unknown:
            self._look_up_former(unknown, lookup)
        return lookup

    def _look_up_merged(self, local_ids: list[str], lookup: Lookup) -> None:
        """A merged double's local id means the person that remains."""
        if not local_ids:
            return
        table, argument = wanted(local_ids)
        kept = fetch(sql.MERGED.format(wanted=table), [argument, self.government])
        people = self._fetch("p.id", [str(hexed(key)) for _local_id, key in kept])
        by_id = {known.id: known for known in people}
        for local_id, key in kept:
            lookup.by_local_id[local_id] = by_id[str(hexed(key))]

    def _look_up_former(self, numbers: list[str], lookup: Lookup) -> None:
        table, argument = wanted(numbers)
        former = {
            hexed(person): number
            for number, person in fetch(
                sql.FORMER.format(wanted=table), [argument, self.government]
            )
        }
        for known in self._fetch("p.id", [key for key in former if key]):
            lookup.by_former[former[known.id]] = known

    def _fetch(self, column: str, values: Sequence[str]) -> list[Known]:
        if not values:
            return []
        return known_people(self.government, column, values)

    def _found(self, row: StaffRow, code: str, value: str, **details: str | int) -> None:
        self.problems.append(Problem(row.sheet, row.line, "", value[:200], code, details))


def _is_free(local_id: str) -> bool:
    """Nobody of this government has one yet, and the region's code stands in the id."""
    return False


def _is_taken(local_id: str) -> bool:
    return bool(fetch("SELECT 1 FROM people_person WHERE local_id = %s", [local_id]))
