"""Answers to questions: given, changed until the import is applied, kept when it is read again."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from netral.base.ids import new_id
from netral.people.folding import new_local_ids
from netral.people.models import Account, Import, ImportRow, Person, RowAction
from netral.people.services import permission
from netral.people.services.imports import questions
from netral.people.services.imports.counting import counts_of
from netral.people.services.imports.difference import Outcome, as_said, compare
from netral.people.services.imports.known import known_people
from netral.people.services.imports.refusals import ImportRefused

Answer = UUID | Literal["new"] | None
Answers = dict[tuple[str, int, str], Answer]
"""(sheet, line, code of the question) → what the officer answered."""


@transaction.atomic
def decide(*, actor: Account | None, source: Import, row_id: int, person_id: Answer) -> ImportRow:
    """Answers a question: this person, ``"new"`` for a new one, ``None`` to leave the row out."""
    if actor is not None:
        permission.require_government(actor, source.government)
    if source.state != Import.State.PREVIEW:
        raise ImportRefused(_("Impor ini tidak lagi menunggu keputusan."))
    row = ImportRow.objects.select_for_update().filter(source=source, pk=row_id).first()
    if row is None or not row.question:
        raise ImportRefused(_("Baris ini tidak menunggu keputusan."))
    _answer(source, row, person_id)
    Import.objects.filter(pk=source.pk).update(counts=counts_of(source))
    return row


def answers_of(source: Import) -> Answers:
    """What was answered so far, by place in the file: reading it again stages rows anew."""
    answered = source.rows.exclude(answer="").exclude(question="")
    return {(row.sheet, row.line, row.question): given(row) for row in answered}


def answer_again(source: Import, answers: Answers) -> None:
    """Gives the former answers to the questions that are still the same ones."""
    if not answers:
        return
    for row in source.rows.filter(action=RowAction.ASK):
        place = (row.sheet, row.line, row.question)
        if place in answers:
            with suppress(ImportRefused):
                _answer(source, row, answers[place])


def given(row: ImportRow) -> Answer:
    """The answer that an answered row bears."""
    if row.answer == "person":
        return row.person_id
    return "new" if row.answer == "new" else None


def _answer(source: Import, row: ImportRow, answer: Answer) -> None:
    was_somebody = row.answer == "person"
    if row.answer and given(row) == answer:
        return
    if answer is None:
        _settle(row, "skip", Outcome(RowAction.SKIP), None, None)
    elif answer == "new":
        _settle_as_new(source, row)
    else:
        _settle_as_person(source, row, answer)
    if was_somebody:  # whom this row no longer means, the file may no longer name at all
        questions.stage_missing_anew(source)


def _settle_as_person(source: Import, row: ImportRow, person_id: UUID) -> None:
    found = known_people(source.government_id.hex, "p.id", [person_id.hex])
    if not found:
        raise ImportRefused(_("Orang itu tidak ada di register pemerintah daerah ini."))
    taken = source.rows.filter(person_id=person_id).exclude(pk=row.pk)
    if taken.exclude(action=RowAction.MISSING).exists():
        raise ImportRefused(_("Orang itu sudah dicocokkan dengan baris lain di berkas ini."))
    taken.delete()
    unit = row.unit_id.hex if row.unit_id else None
    outcome = compare(as_said(row, 0), unit, found[0], source.effective_on.isoformat())
    _settle(row, "person", outcome, person_id, found[0].posting_id)


def _settle_as_new(source: Import, row: ImportRow) -> None:
    if row.unit_id is None or not row.name:
        raise ImportRefused(_("Orang baru memerlukan nama dan unit kerja; lengkapi di berkas."))
    if not row.number:
        row.local_id = _fresh_local_id(source)
    _settle(row, "new", Outcome(RowAction.CREATE), new_id(), None)


def _settle(
    row: ImportRow, answer: str, outcome: Outcome, person: UUID | None, posting: str | None
) -> None:
    row.answer = answer
    row.action, row.reposts = outcome.action, outcome.reposts
    row.was, row.becomes = outcome.was, outcome.becomes
    row.person_id = person
    row.posting_id = UUID(posting) if posting else None
    row.save()


def _fresh_local_id(source: Import) -> str:
    """An id for one new person, free in the register and among the staged rows."""

    def is_taken(candidate: str) -> bool:
        staged = ImportRow.objects.filter(source=source, local_id=candidate)
        return staged.exists() or Person.objects.filter(local_id=candidate).exists()

    return next(new_local_ids(source.government.region_code, is_taken=is_taken))
