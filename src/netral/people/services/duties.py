"""Duties handed out, confirmed by a second officer, ended. Every deed leaves a ``DutyDeed``.

Who may: the personnel officer of the whole government, or the administrator of the installation;
for duties that are not powerful also the personnel officer of a subtree, within it. A powerful
duty (``authority.POWERFUL``) acts only after somebody else who may hand out duties there has
confirmed it: not who gave it, not who gets it.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netral.people.models import Account, Duty, DutyDeed, Government, Person, Unit
from netral.people.queries import authority
from netral.people.services import claiming


class Problem(Enum):
    NOT_YOURS = "not_yours"
    SELF = "self"
    SAME_OFFICER = "same_officer"
    HELD_ALREADY = "held_already"
    ELSEWHERE = "elsewhere"
    CLOSED = "closed"
    NOT_WAITING = "not_waiting"
    NO_REASON = "no_reason"
    NOT_POWERFUL = "not_powerful"


_MESSAGES: dict[Problem, Promise] = {
    Problem.NOT_YOURS: _("Anda tidak membagikan tugas ini di sana; mintalah pengelola di sana."),
    Problem.SELF: _("Tugas untuk diri sendiri diberikan oleh petugas lain."),
    Problem.SAME_OFFICER: _("Tugas ini disetujui oleh petugas selain yang memberikannya."),
    Problem.HELD_ALREADY: _("Tugas ini sudah dipegang di sana; lihat daftar tugas."),
    Problem.ELSEWHERE: _("Akun ini milik pemerintah daerah lain; pilih orang dari sini."),
    Problem.CLOSED: _(
        "Orangnya sudah berhenti atau akunnya ditutup; pilih orang yang masih bekerja."
    ),
    Problem.NOT_WAITING: _("Tugas ini tidak sedang menunggu persetujuan; muat ulang daftarnya."),
    Problem.NO_REASON: _("Tuliskan alasannya; alasan ini tersimpan di catatan tugas."),
    Problem.NOT_POWERFUL: _(
        "Ia tidak memegang tugas berkuasa; pakai Pulihkan akun di halaman pegawainya, yang "
        "memerlukan dua petugas."
    ),
}


class Refused(Exception):
    """The deed was not done. ``message`` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.problem])


def needs_second_officer(kind: str) -> bool:
    return kind in authority.POWERFUL


@transaction.atomic
def grant(
    *,
    actor: Account,
    account: Account,
    kind: str,
    government: Government,
    now: datetime,
    unit: Unit | None = None,
    reason: str = "",
) -> Duty:
    """Gives a duty. A powerful one sleeps until :func:`confirm`. Raises :class:`Refused`."""
    _may_grant(actor, account, kind, government, unit)
    waits = needs_second_officer(kind)
    try:
        with transaction.atomic():
            duty = Duty.objects.create(
                account=account,
                kind=kind,
                government=government,
                unit=unit,
                granted_by=actor,
                granted_at=now,
                confirmed_by=None if waits else actor,
                confirmed_at=None if waits else now,
            )
    except IntegrityError as error:
        raise Refused(Problem.HELD_ALREADY) from error
    _record(duty, DutyDeed.Kind.GRANTED, actor=actor, now=now, reason=reason)
    return duty


def _may_grant(
    actor: Account, account: Account, kind: str, government: Government, unit: Unit | None
) -> None:
    if account.pk == actor.pk:
        raise Refused(Problem.SELF)
    if not Account.objects.filter(authority.still_here("person"), pk=account.pk, is_active=True):
        raise Refused(Problem.CLOSED)
    if account.government_id not in {None, government.pk}:
        raise Refused(Problem.ELSEWHERE)
    if unit is not None and unit.government_id != government.pk:
        raise Refused(Problem.NOT_YOURS)
    whole = unit is None or needs_second_officer(kind)
    allowed = (
        authority.may_hand_out(actor, government)
        if whole
        else unit is not None and authority.may_hand_out_in(actor, unit)
    )
    if not allowed:
        raise Refused(Problem.NOT_YOURS)


@transaction.atomic
def confirm(*, actor: Account, duty: Duty, now: datetime) -> Duty:
    """The second officer's yes; from now on the duty acts. Raises :class:`Refused`."""
    _may_decide(actor, duty)
    waiting = Duty.objects.filter(pk=duty.pk, confirmed_at=None, ended_at=None)
    if not waiting.update(confirmed_by=actor, confirmed_at=now):
        raise Refused(Problem.NOT_WAITING)
    duty.refresh_from_db()
    _record(duty, DutyDeed.Kind.CONFIRMED, actor=actor, now=now)
    return duty


@transaction.atomic
def decline(*, actor: Account, duty: Duty, reason: str, now: datetime) -> Duty:
    """The second officer's no: the duty ends before it began. Raises :class:`Refused`."""
    _may_decide(actor, duty)
    if not reason.strip():
        raise Refused(Problem.NO_REASON)
    waiting = Duty.objects.filter(pk=duty.pk, confirmed_at=None, ended_at=None)
    if not waiting.update(ended_at=now, ended_by=actor):
        raise Refused(Problem.NOT_WAITING)
    duty.refresh_from_db()
    _record(duty, DutyDeed.Kind.DECLINED, actor=actor, now=now, reason=reason)
    return duty


def why_not_decide(*, actor: Account, duty: Duty) -> str:
    """Why this officer is not the one to confirm or refuse; empty when they are."""
    try:
        _may_decide(actor, duty)
    except Refused as refused:
        return refused.message
    return ""


def _may_decide(actor: Account, duty: Duty) -> None:
    if not authority.may_hand_out(actor, duty.government):
        raise Refused(Problem.NOT_YOURS)
    if actor.pk == duty.account_id:
        raise Refused(Problem.SELF)
    if actor.pk == duty.granted_by_id:
        raise Refused(Problem.SAME_OFFICER)


@transaction.atomic
def end(*, actor: Account, duty: Duty, reason: str, now: datetime) -> Duty:
    """Ends a duty at once; one may lay down one's own. Raises :class:`Refused`."""
    own = actor.pk == duty.account_id
    if not own and not _may_hand_out_here(actor, duty):
        raise Refused(Problem.NOT_YOURS)
    if not reason.strip():
        raise Refused(Problem.NO_REASON)
    if not Duty.objects.filter(pk=duty.pk, ended_at=None).update(ended_at=now, ended_by=actor):
        raise Refused(Problem.NOT_WAITING)
    duty.refresh_from_db()
    _record(duty, DutyDeed.Kind.ENDED, actor=actor, now=now, reason=reason)
    return duty


def end_all_of(*, actor: Account, person: Person, reason: str, now: datetime) -> int:
    """With somebody who leaves all their duties end, those that wait too; how many. Whoever records
    the leaving need not be one who hands out duties: nobody holds any who no longer works here."""
    left = list(Duty.objects.filter(account__person=person, ended_at=None))
    for duty in left:
        Duty.objects.filter(pk=duty.pk).update(ended_at=now, ended_by=actor)
        _record(duty, DutyDeed.Kind.ENDED, actor=actor, now=now, reason=reason)
    return len(left)


def _may_hand_out_here(actor: Account, duty: Duty) -> bool:
    if authority.may_hand_out(actor, duty.government):
        return True
    gentle = not needs_second_officer(duty.kind)
    return gentle and duty.unit is not None and authority.may_hand_out_in(actor, duty.unit)


def holds_powerful(account: Account) -> bool:
    """Whether a duty that took two officers is in force."""
    return authority.duties_of(account, *authority.POWERFUL).exists()


def resets_here(account: Account) -> bool:
    """Whether :func:`reset_second_factor` is this account's way back."""
    return account.person_id is None or holds_powerful(account)


@transaction.atomic
def reset_second_factor(*, actor: Account, account: Account, reason: str, now: datetime) -> int:
    """For an officer whose phone and recovery codes are lost. Returns how many duties now wait.

    It would be a way to take over an account, so every powerful duty of the officer has to be
    confirmed anew by somebody other than ``actor``. Only for those who hold one, given by two
    officers, and for officers outside the register: else one officer gave somebody a small duty
    in order to reset them alone (``services.recovering`` takes two). Raises :class:`Refused`.
    """
    if actor.pk == account.pk:
        raise Refused(Problem.SELF)
    if account.government is None or not authority.may_hand_out(actor, account.government):
        raise Refused(Problem.NOT_YOURS)
    if not resets_here(account):
        raise Refused(Problem.NOT_POWERFUL)
    if not reason.strip():
        raise Refused(Problem.NO_REASON)
    Authenticator.objects.filter(user=account).delete()
    claiming.revoke_slips(account, now)
    DutyDeed.objects.create(
        government=account.government,
        account=account,
        kind=DutyDeed.Kind.FACTOR_RESET,
        actor=actor,
        at=now,
        reason=reason.strip(),
    )
    powerful = Duty.objects.filter(
        account=account,
        kind__in=authority.POWERFUL,
        confirmed_at__isnull=False,
        ended_at=None,
    )
    waiting = list(powerful)
    for duty in waiting:
        _record(duty, DutyDeed.Kind.SUSPENDED, actor=actor, now=now)
    powerful.update(confirmed_at=None, confirmed_by=None, granted_by=actor, granted_at=now)
    return len(waiting)


def _record(
    duty: Duty, kind: DutyDeed.Kind, *, actor: Account, now: datetime, reason: str = ""
) -> None:
    DutyDeed.objects.create(
        government=duty.government,
        duty=duty,
        account_id=duty.account_id,
        kind=kind,
        actor=actor,
        at=now,
        reason=reason.strip(),
    )
