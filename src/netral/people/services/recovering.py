"""Taking every way in off an account whose owner lost the second factor, or got somebody else's.

It takes two personnel officers. What it takes away is all that holds an officer back: a slip alone
opens no account with a passkey or an authenticator app, and without them it does. Whoever is
signed in on the account reads of it and can dispute it, which the second officer sees. That stops
nothing by itself: it may just as well be said by whoever shut the owner out.
"""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.base.reasons import SENTENCE_WANTED, explains
from netral.people.models import (
    Account,
    AccountRecovery,
    Change,
    KnownDevice,
    Person,
)
from netral.people.queries.accounts import ways_into
from netral.people.services import changes, claiming, permission
from netral.people.services.duties import holds_powerful
from netral.people.services.postings import current_posting
from netral.people.services.staff import refuse_merged

ANOTHER_NOW = gettext_lazy(
    "Usulan ini berubah atau sudah diputuskan sejak halamannya dibuka; baca sekali lagi."
)


def why_not(*, actor: Account, person: Person) -> str:
    """Why this officer cannot ask for it; empty when they can. ``actor`` reaches ``person``."""
    account = Account.objects.filter(person=person).first()
    if actor.person_id == person.pk:
        return _("Akun Anda sendiri dipulihkan oleh petugas lain.")
    if account is None or not account.is_active or not current_posting(person):
        return _("Ia tidak mempunyai akun yang dapat dibuka dengan slip.")
    if holds_powerful(account):
        return _("Ia memegang tugas berkuasa; pakai Ponsel hilang di halaman Tugas.")
    if not is_mfa_enabled(account):
        return _("Akunnya tidak memakai langkah kedua; slip baru sudah cukup.")
    return ""


@transaction.atomic
def propose(*, actor: Account, person: Person, reason: str, now: datetime) -> AccountRecovery:
    """Asks a second officer to agree; nothing is taken away yet. Raises ValidationError,
    PermissionDenied."""
    account = _account_of(actor, person)
    if not explains(reason):
        raise ValidationError({"reason": SENTENCE_WANTED})
    if waiting_for(person):
        raise ValidationError(_("Usulan memulihkan akunnya sudah ada dan menunggu petugas kedua."))
    return AccountRecovery.objects.create(
        account=account, reason=reason.strip(), proposed_by=actor, proposed_at=now
    )


def waiting_for(person: Person) -> AccountRecovery | None:
    """The proposal about this person's account that nobody has decided yet."""
    waiting = AccountRecovery.objects.filter(account__person=person, decided_at=None)
    return waiting.select_related("proposed_by", "account").first()


def why_not_agree(*, actor: Account, proposal: AccountRecovery) -> str:
    """Why this officer cannot agree; empty when they can. ``actor`` reaches the person."""
    if proposal.proposed_by_id == actor.pk:
        return _("Usulan ini disetujui oleh petugas kepegawaian selain yang mengajukannya.")
    person = _person_of(proposal)
    try:
        permission.require_person(proposal.proposed_by, person)
    except PermissionDenied:
        return _("Pengusulnya tidak lagi mengelola orang ini; tolak usulannya, lalu usulkan lagi.")
    return why_not(actor=actor, person=person)


def dispute(*, owner: Account, proposal: AccountRecovery, now: datetime) -> bool:
    """Notes that somebody signed in on the account has asked for nothing; whether it was still to
    be decided. Said again, the first time stays."""
    waiting = AccountRecovery.objects.filter(pk=proposal.pk, account=owner, decided_at=None)
    waiting.filter(disputed_at=None).update(disputed_at=now)
    return waiting.exists()


@transaction.atomic
def refuse(*, actor: Account, proposal: AccountRecovery, reason: str, now: datetime) -> None:
    """The second officer's no, or the first one's change of mind. Raises ValidationError,
    PermissionDenied."""
    permission.require_person(actor, _person_of(proposal))
    if proposal.account_id == actor.pk:
        raise ValidationError(_("Akun Anda sendiri dipulihkan oleh petugas lain."))
    if not reason.strip():
        raise ValidationError({"reason": _("Tuliskan alasan menolak dalam satu kalimat.")})
    waiting = AccountRecovery.objects.filter(pk=proposal.pk, decided_at=None)
    if not waiting.update(
        decided_by=actor, decided_at=now, is_granted=False, refusal=reason.strip()
    ):
        raise ValidationError(ANOTHER_NOW)


@transaction.atomic
def grant(*, actor: Account, proposal: AccountRecovery, now: datetime) -> None:
    """Agrees, and takes away every way in but the government's own sign-on: keys, app, recovery
    codes, password, slips, sessions. Signatures and receipts stay. ``proposal`` as the officer
    read it, with or without an objection. Raises ValidationError, PermissionDenied."""
    person = _person_of(proposal)
    account = _account_of(actor, person)
    if why := why_not_agree(actor=actor, proposal=proposal):
        raise ValidationError(why)
    waiting = AccountRecovery.objects.filter(pk=proposal.pk, decided_at=None)
    as_read = waiting.filter(disputed_at=proposal.disputed_at)
    if not as_read.update(decided_by=actor, decided_at=now, is_granted=True):
        raise ValidationError(ANOTHER_NOW)
    before = {"ways_in": " ".join(ways_into(account))}
    _take_away(account, now)
    after = {"ways_in": "", "reason": proposal.reason}
    changes.record_person(person, actor, now, Change.Kind.CHANGED, before=before, after=after)


def _person_of(proposal: AccountRecovery) -> Person:
    person = proposal.account.person
    assert person is not None  # proposed for people of the register only
    return person


def _account_of(actor: Account, person: Person) -> Account:
    """The account, held against whoever gives it a duty or a key meanwhile."""
    permission.require_person(actor, person)
    refuse_merged(person)
    account = Account.objects.select_for_update(of=("self",)).filter(person=person).first()
    if why := why_not(actor=actor, person=person):
        raise ValidationError(why)
    assert account is not None  # else there was a reason
    return account


def _take_away(account: Account, now: datetime) -> None:
    Authenticator.objects.filter(user=account).delete()
    claiming.revoke_slips(account, now)
    KnownDevice.objects.filter(account=account).delete()
    account.set_unusable_password()  # another one: sessions elsewhere no longer fit it
    account.password_since = None
    account.save(update_fields=["password", "password_since"])
    for session in UserSession.objects.filter(user=account):
        session.end()
