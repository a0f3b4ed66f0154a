"""Reads the uploaded file into staged rows, in short transactions."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from netral.base import bulk
from netral.base.ids import new_id
from netral.people.folding import matching_key
from netral.people.intake.problems import SEVERITY, Problem, Unreadable, with_column
from netral.people.intake.staff_rows import StaffRow
from netral.people.intake.unit_rows import UnitRow
from netral.people.models import (
    Government,
    Import,
    ImportProblem,
    ImportRow,
    UnitSpelling,
)
from netral.people.services.imports import (
    deciding,
    questions,
    reading,
    sql,
    unit_rows,
    uploads,
)
from netral.people.services.imports.counting import counts_of
from netral.people.services.imports.matching import COLUMNS, Matcher
from netral.people.services.imports.unit_plan import UnitMeant, UnitNode, UnitPlan
from netral.people.services.imports.uploads import Opened

PROBLEM_COLUMNS = ("source_id", "sheet", "line", "column", "value", "severity", "code", "details")
MOST_PROBLEMS = 100_000
"""More are counted, not kept: nobody reads them, and the first ones say what is wrong."""


Headers = dict[str, dict[str, str]]
"""Sheet → field → header."""


class Superseded(Exception):
    """Another attempt reads this import now; this one stops without a trace."""


def read(import_id: str, now: datetime) -> None:
    """Stages the file of an import that is being read; safe to run again after a kill.

    Ends in PREVIEW, in MAPPING when needed columns are not recognised, or in FAILED with a
    sentence that says what to do. Only then the file is deleted at once: until the officer
    has agreed to how it was understood, it may have to be read again.
    """
    source = Import.objects.select_related("government").get(pk=import_id)
    if source.state != Import.State.READING:
        return
    attempt = Staging(source, now)
    try:
        attempt.begin()
        with uploads.opened(source.file_path) as file:
            attempt.stage_all(file)
            attempt.end(file.digest)
    except Unreadable as finding:
        _fail(source, finding)
    except Superseded:
        return


def stop_reading(source: Import) -> None:
    """Drops what was staged, and the file."""
    _drop_staged(source)
    delete_file(source)
    uploads.delete(uploads.marked_path(source))


def register_version() -> int:
    return int(bulk.fetch(sql.VERSION)[0][0])


def unit_plan_of(government: Government) -> UnitPlan:
    """The units of a government as they are now."""
    plan = UnitPlan(government_key=matching_key(government.name))
    spellings = UnitSpelling.objects.filter(government=government)
    for parent, name_key, unit in spellings.values_list("parent_id", "name_key", "unit_id"):
        plan.remembered[parent.hex if parent else None, name_key] = unit.hex if unit else None
    for key, name, name_key, external_id, parent, closed_on in bulk.fetch(
        "SELECT id, name, name_key, external_id, parent_id, closed_on FROM people_unit "
        "WHERE government_id = %s",
        [government.pk.hex],
    ):
        plan.add(
            UnitNode(
                str(bulk.hexed(key)), name, name_key, external_id, bulk.hexed(parent),
                closed=closed_on is not None,
            )
        )  # fmt: skip
    return plan


class Staging:
    """One attempt at reading one file."""

    def __init__(self, source: Import, now: datetime) -> None:
        self.source = source
        self.now = now
        self.run: UUID = new_id()
        self.kept_problems = 0
        self.reports: list[dict[str, Any]] = []
        self.headers: Headers = {}
        self.progress = (0, 0)
        self.units: dict[int, UnitMeant] = {}
        self.tree: list[UnitRow] = []

    def begin(self) -> None:
        """Takes the import over from any earlier attempt and clears what that one staged."""
        self.answers = deciding.answers_of(self.source)
        _drop_staged(self.source)
        self.version = register_version()
        Import.objects.filter(pk=self.source.pk).update(
            run=self.run, progress_done=0, progress_total=0
        )
        self.plan = unit_plan_of(self.source.government)
        self.matcher = Matcher(
            self.source.pk,
            self.source.government_id,
            self.source.government.region_code,
            self.source.effective_on.isoformat(),
            is_under=self.plan.is_under,
        )

    def stage_all(self, file: Opened) -> None:
        for message in reading.messages(self.source, file, today=self.now.date()):
            kind, content = message[0], message[1]
            if kind == "sheet":
                self.reports.append(content)
                self.headers = headers_of(self.reports)
            elif kind == "units":
                self._resolve(content)
            elif kind == "staff":
                self._stage(content)
            elif kind == "tree":
                self._advance()
                self.tree += [UnitRow(*row) for row in content]
            elif kind == "problems":
                self._keep([Problem(*problem) for problem in content])
            elif kind == "progress":
                self.progress = message[1], max(message[1], message[2])

    def end(self, digest: str) -> None:
        """Settles the state, in the same transaction as everything that goes with it."""
        is_mapped = any(report["state"] == "read" for report in self.reports)
        if is_mapped and self.source.is_tree:
            self._keep(unit_rows.stage(self.source, self.plan, self.tree))
        elif is_mapped:
            self._stage_new_units()
            self._keep(questions.ask(self.source, has_people=self.matcher.has_people))
            deciding.answer_again(self.source, self.answers)
        with transaction.atomic():
            self._advance()
            state = Import.State.PREVIEW if is_mapped else Import.State.MAPPING
            Import.objects.filter(pk=self.source.pk).update(
                state=state,
                mapping={"sheets": self.reports},
                counts=counts_of(self.source),
                register_version=self.version,
                progress_done=F("progress_total"),
                file_digest=digest,
            )

    def _resolve(self, named: list[tuple[int, str, str, str, str, int]]) -> None:
        for index, ref, name, top, sheet, line in named:
            self.units[index] = self.plan.resolve(ref, name, top, sheet=sheet, line=line)

    def _stage(self, content: list[tuple[Any, ...]]) -> None:
        with bulk.without_collector():
            staged = self.matcher.match(list(map(StaffRow._make, content)), self.units)
        with transaction.atomic():  # one commit for all that belongs to the chunk
            self._advance()
            bulk.insert(ImportRow._meta.db_table, COLUMNS, staged)
            self._keep(self.matcher.problems)
        self.matcher.problems.clear()

    def _keep(self, problems: list[Problem]) -> None:
        room = MOST_PROBLEMS - self.kept_problems
        self.kept_problems += len(problems)
        if not problems or room <= 0:
            return
        with transaction.atomic():
            bulk.insert(
                ImportProblem._meta.db_table,
                PROBLEM_COLUMNS,
                (problem_row(self.source, problem, self.headers) for problem in problems[:room]),
            )

    def _stage_new_units(self) -> None:
        self._keep(unit_rows.stage_named(self.source, self.plan))

    def _advance(self) -> None:
        """Says how far this attempt has come, provided that it is still the one that reads."""
        done, total = self.progress
        mine = Import.objects.filter(pk=self.source.pk, run=self.run, state=Import.State.READING)
        if not mine.update(progress_done=done, progress_total=total):
            raise Superseded


def headers_of(reports: list[dict[str, Any]]) -> Headers:
    """Which header says what on each sheet that was read."""
    return {
        report["name"]: {
            column["field"]: column["header"] for column in report["columns"] if column["field"]
        }
        for report in reports
    }


def problem_row(source: Import, problem: Problem, headers: Headers) -> tuple[object, ...]:
    """A problem as :data:`PROBLEM_COLUMNS`."""
    problem = with_column(problem, headers.get(problem.sheet, {}))
    return (
        source.pk.hex, problem.sheet[:100], problem.line, problem.column[:200], problem.value[:200],
        SEVERITY[problem.code], problem.code, json.dumps(problem.details),
    )  # fmt: skip


def _fail(source: Import, finding: Unreadable) -> None:
    _drop_staged(source)
    Import.objects.filter(pk=source.pk, state=Import.State.READING).update(
        state=Import.State.FAILED, trouble={"code": finding.code, "details": finding.details}
    )
    delete_file(source)


def _drop_staged(source: Import) -> None:
    """In slices: one large DELETE would hold the only write lock of SQLite for too long."""
    for table in ("people_importrow", "people_importproblem", "people_importunit"):
        statement = (
            f"DELETE FROM {table} WHERE id IN "
            f"(SELECT id FROM {table} WHERE source_id = %s LIMIT 10000)"
        )
        while bulk.run(statement, [source.pk.hex]):
            pass


def delete_file(source: Import) -> None:
    """Deletes the upload; an office's own file stays."""
    uploads.delete(source.file_path)
    Import.objects.filter(pk=source.pk).exclude(file_path="").update(file_path="")
