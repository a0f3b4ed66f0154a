"""A sheet that was uploaded by mistake, or whose witnesses were named wrongly."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from netral.people.models import Account, Person
from netral.people.queries.entries import entries_of
from netral.pledges.models import PaperSheet, SheetCorrection
from netral.pledges.services.ceremonies import ReasonNeeded
from netral.pledges.services.paper import hold_sheet, require_open_for_paper, require_witnesses
from netral.pledges.services.signing import patiently


class InUse(Exception):
    """Signatures stand on the sheet, or stood on it before they were withdrawn."""


class NotInUse(Exception):
    """No signature stands on the sheet: it can be removed and uploaded anew, with nothing kept."""


class WitnessSigned(Exception):
    """The new witness stands on the sheet as a signer."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.pk)
        self.person = person


def remove_sheet(*, sheet: PaperSheet, actor: Account) -> None:
    """Deletes a scan no signature was read off. Raises :class:`InUse`."""
    require_open_for_paper(sheet.ceremony, actor)
    patiently(lambda: _remove_once(sheet))


@transaction.atomic
def _remove_once(known: PaperSheet) -> None:
    sheet = hold_sheet(known)
    if sheet.signatures.exists() or sheet.corrections.exists():
        raise InUse
    sheet.delete()
    transaction.on_commit(lambda: sheet.file.delete(save=False))


def correct_witnesses(
    *,
    sheet: PaperSheet,
    witnesses: tuple[Person, Person],
    reason: str,
    actor: Account,
    now: datetime,
) -> None:
    """Names others as witnesses of a sheet that is in use; whom it named before stays on record.

    Raises :class:`NotInUse`, :class:`WitnessSigned`, ``ReasonNeeded``, ``paper.BadWitnesses``, and
    ``PermissionDenied`` unless the actor organises the whole ceremony.
    """
    require_open_for_paper(sheet.ceremony, actor)
    require_witnesses(sheet.ceremony, witnesses, actor)
    if not reason.strip():
        raise ReasonNeeded
    patiently(lambda: _correct_once(sheet, witnesses, reason.strip(), actor, now))


@transaction.atomic
def _correct_once(
    known: PaperSheet,
    witnesses: tuple[Person, Person],
    reason: str,
    actor: Account,
    now: datetime,
) -> None:
    sheet = hold_sheet(known)
    if not sheet.signatures.exists():
        raise NotInUse
    for person in witnesses:
        if sheet.signatures.filter(person__in=entries_of(person), withdrawal=None).exists():
            raise WitnessSigned(person)
    SheetCorrection.objects.create(
        sheet=sheet,
        witness=sheet.witness,
        second_witness=sheet.second_witness,
        reason=reason,
        actor=actor,
        at=now,
    )
    sheet.witness, sheet.second_witness = witnesses
    sheet.save(update_fields=["witness", "second_witness"])
