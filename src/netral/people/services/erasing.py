"""Erasing somebody who no longer works there: on request, or when retention has ended.

It takes two officers, one who asks and one who agrees: it cannot be undone, and it takes away what
shows whose a signature was.

UU 27/2022, articles 43 to 45. What made the entries of the log speak of them goes as well, so that
no proof can be made any more that names them; the entries stay and the tree with them. What stays
by the law on archives is the register's history, which only the end of its own retention ends.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from netral.base import audit
from netral.base.events import publish
from netral.people.events import PeopleErased
from netral.people.folding import matching_key
from netral.people.models import (
    Account,
    Change,
    ClaimCode,
    Erasure,
    ErasureProposal,
    FormerNumber,
    KnownDevice,
    NameListView,
    Person,
    Posting,
    SignIn,
)
from netral.people.services import changes, permission
from netral.people.services.postings import current_posting
from netral.people.services.staff import free_local_id, refuse_merged

NOBODY = "Data dihapus"
"""What stands where the name stood, on every page in every language."""


@transaction.atomic
def propose(*, actor: Account, person: Person, reason: str, now: datetime) -> ErasureProposal:
    """Asks a second officer to agree; nothing is erased yet.

    Only for people without a posting, by a personnel officer, never of oneself. Raises
    ValidationError, PermissionDenied.
    """
    permission.require_person(actor, person)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _require_erasable(actor, person)
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis dasar penghapusannya, misalnya nomor surat.")})
    if waiting_for(person):
        raise ValidationError(_("Usulan menghapusnya sudah ada dan menunggu petugas kedua."))
    return ErasureProposal.objects.create(
        person=person, reason=reason.strip(), proposed_by=actor, proposed_at=now
    )


def waiting_for(person: Person) -> ErasureProposal | None:
    """The proposal to erase this person that nobody has decided yet."""
    waiting = ErasureProposal.objects.filter(person=person, decided_at=None)
    return waiting.select_related("proposed_by").first()


def why_not_agree(*, actor: Account, proposal: ErasureProposal) -> str:
    """Why this officer is not the one to agree; empty when they are."""
    if proposal.proposed_by_id == actor.pk:
        return _("Usulan ini disetujui oleh petugas kepegawaian selain yang mengajukannya.")
    return ""


@transaction.atomic
def refuse(*, actor: Account, proposal: ErasureProposal, reason: str, now: datetime) -> None:
    """The second officer's no, or the first one's change of mind; the person stays. Raises
    ValidationError, PermissionDenied."""
    permission.require_person(actor, proposal.person)
    if not reason.strip():
        raise ValidationError({"reason": _("Tuliskan alasan menolak dalam satu kalimat.")})
    _decide(proposal, actor=actor, now=now, is_granted=False, refusal=reason.strip())


@transaction.atomic
def erase(*, actor: Account, proposal: ErasureProposal, now: datetime) -> int:
    """Agrees to the proposal and takes away who they were; returns how many entries of the log no
    longer say whose they are.

    By another personnel officer than the one who asked, never of oneself. It cannot be undone.
    Raises ValidationError, PermissionDenied.
    """
    permission.require_person(actor, proposal.person)
    person = Person.objects.select_for_update(of=("self",)).get(pk=proposal.person_id)
    if why := why_not_agree(actor=actor, proposal=proposal):
        raise ValidationError(why)
    _require_erasable(actor, person)
    _decide(proposal, actor=actor, now=now, is_granted=True)
    reason = proposal.reason
    everybody = [person, *Person.objects.filter(merged_into=person)]
    keys = frozenset(one.pk for one in everybody)
    publish(PeopleErased(keys))
    for one in everybody:
        _empty(one)
    _forget_traces(keys)
    _close_accounts(keys)
    Erasure.objects.create(person=person, reason=reason, actor=actor, at=now)
    after = {"name": NOBODY, "reason": reason}
    changes.record_person(person, actor, now, Change.Kind.CHANGED, after=after)
    return sum(audit.erase(subject=one.pk, now=now) for one in everybody)


def _decide(
    proposal: ErasureProposal, *, actor: Account, now: datetime, is_granted: bool, refusal: str = ""
) -> None:
    waiting = ErasureProposal.objects.filter(pk=proposal.pk, decided_at=None)
    if not waiting.update(decided_by=actor, decided_at=now, is_granted=is_granted, refusal=refusal):
        raise ValidationError(_("Usulan ini sudah diputuskan; muat ulang halamannya."))


def _require_erasable(actor: Account, person: Person) -> None:
    refuse_merged(person)
    if actor.person_id == person.pk:
        raise PermissionDenied
    if current_posting(person):
        raise ValidationError(
            _("Ia masih bekerja di sini dan datanya masih diperlukan; catat dahulu berhenti.")
        )
    if Erasure.objects.filter(person=person).exists():
        raise ValidationError(_("Datanya sudah dihapus."))


def _empty(person: Person) -> None:
    person.local_id = free_local_id(person.government)
    person.number = person.front_title = person.back_title = person.email = person.phone = ""
    person.name, person.name_key = NOBODY, matching_key(NOBODY)
    person.save(
        update_fields=[
            "number", "local_id", "name", "name_key", "front_title", "back_title", "email", "phone",
        ]
    )  # fmt: skip


def _forget_traces(people: Collection[UUID]) -> None:
    FormerNumber.objects.filter(person__in=people).delete()
    ClaimCode.objects.filter(person__in=people).delete()
    NameListView.shown.through.objects.filter(person__in=people).delete()
    Posting.objects.filter(person__in=people).update(position="", grade="", standing="")


def _close_accounts(people: Collection[UUID]) -> None:
    for account in Account.objects.filter(person__in=people):
        for rows in (SignIn, KnownDevice, ClaimCode):
            rows.objects.filter(account=account).delete()
        Authenticator.objects.filter(user=account).delete()
        account.recoveries.filter(decided_at=None).delete()  # nobody is left to be let in
        for session in UserSession.objects.filter(user=account):
            session.end()
        account.username, account.name, account.email = f"x-{get_random_string(24)}", NOBODY, ""
        account.password = UNUSABLE_PASSWORD_PREFIX + get_random_string(40)
        account.is_active = False
        account.save(update_fields=["username", "name", "email", "password", "is_active"])
