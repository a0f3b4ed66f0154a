"""Takes back a paper signature that an officer entered by mistake: visibly, never by deletion."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from netral.people.models import Account
from netral.pledges.models import Ceremony, Signature, SignatureWithdrawal
from netral.pledges.queries.ceremonies import ceremonies_for
from netral.pledges.services.ceremonies import ReasonNeeded
from netral.pledges.services.counting import cell_of, recount_cell
from netral.pledges.services.recounting import log_withdrawal
from netral.pledges.services.signing import current_posting, patiently


class NotPaper(Exception):
    """What a person signed themselves is theirs; no officer takes it back."""


class WithdrawnBefore(Exception):
    """Somebody else was quicker."""


def withdraw_paper(*, signature: Signature, reason: str, actor: Account, now: datetime) -> None:
    """From now on the signature counts nowhere; it stays on record with who, when and why.

    Raises :class:`NotPaper`, :class:`ReasonNeeded`, :class:`WithdrawnBefore`, and
    ``PermissionDenied`` unless the actor organises the whole ceremony.
    """
    if not ceremonies_for(actor).filter(pk=signature.ceremony_id).exists():
        raise PermissionDenied
    if signature.evidence != Signature.Evidence.PAPER:
        raise NotPaper
    if not reason.strip():
        raise ReasonNeeded
    patiently(lambda: _withdraw_once(signature, reason.strip(), actor, now))


@transaction.atomic
def _withdraw_once(signature: Signature, reason: str, actor: Account, now: datetime) -> None:
    _hold_off_signers(signature)
    if SignatureWithdrawal.objects.filter(signature=signature).exists():
        raise WithdrawnBefore
    withdrawal = SignatureWithdrawal.objects.create(
        signature=signature, reason=reason, actor=actor, at=now
    )
    signer = signature.person.merged_into or signature.person
    posting = current_posting(signer)
    if posting:
        cell = cell_of(signature.ceremony, posting)
        recount_cell(cell, government_id=posting.government_id)
    log_withdrawal(withdrawal, now=now)


def _hold_off_signers(signature: Signature) -> None:
    """Waits for signatures under way, so that what is counted anew is whole."""
    ceremonies = Ceremony.objects.filter(
        government=signature.ceremony.government_id, election=signature.election_id
    )
    list(ceremonies.select_for_update().order_by("pk").values_list("pk"))
