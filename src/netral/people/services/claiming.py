"""From a slip of paper to an account: codes are issued, looked up, used once.

The code alone says who somebody is: 60 random bits that exist only on that person's slip. So the
way through a ceremony needs no password hash; a password or passkey can be set later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netral.people import codes
from netral.people.devices import Origin
from netral.people.models import Account, ClaimCode, Duty, Person, Unit
from netral.people.queries import accounts as account_queries
from netral.people.queries import authority
from netral.people.queries.entries import entries_of
from netral.people.services import throttling
from netral.people.services.opening import open_account

VALID_FOR = timedelta(days=60)
REPEAT_WITHIN = timedelta(minutes=30)
"""So long the same device may send its code again: the answer may have been lost on the way."""
PERSONNEL = Duty.Kind.PERSONNEL


class Reason(Enum):
    UNKNOWN = "unknown"
    MISMATCH = "mismatch"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LEFT = "left"
    CLOSED = "closed"
    WAIT = "wait"


_MESSAGES: dict[Reason, Promise] = {
    Reason.UNKNOWN: _("Kode ini tidak dikenal; periksa lagi dua belas huruf dan angka di slip."),
    Reason.MISMATCH: _("Nomor dan kode ini bukan dari slip yang sama; salin keduanya dari slip."),
    Reason.USED: _(
        "Kode ini sudah dipakai; masuk dengan kata sandi Anda, atau minta slip baru "
        "kepada pengelola kepegawaian."
    ),
    Reason.EXPIRED: _("Masa berlaku kode ini habis; minta slip baru kepada pengelola kepegawaian."),
    Reason.REVOKED: _("Slip ini sudah diganti; pakai kode dari slip Anda yang terbaru."),
    Reason.LEFT: _(
        "Menurut data pegawai Anda sudah berhenti; hubungi pengelola kepegawaian bila keliru."
    ),
    Reason.CLOSED: _("Akun ini ditutup; hubungi pengelola kepegawaian."),
    Reason.WAIT: _("Terlalu banyak kode yang keliru dari jaringan ini; coba lagi beberapa menit."),
}


@dataclass(frozen=True)
class Refusal:
    """Why a code does not open an account, in words for the person who holds it."""

    reason: Reason
    seconds: int = 0
    """For ``WAIT``: how long from now."""

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.reason])


class ClaimRefused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason.value)
        self.refusal = refusal


class NotYours(Exception):
    """The actor holds no duty that reaches these people."""


@dataclass(frozen=True)
class IssuedCode:
    """A code in clear, for one moment, on its way onto a slip. Never stored, never logged."""

    person_id: UUID | None
    code: str
    expires_at: datetime


def issue_codes(
    *,
    actor: Account,
    now: datetime,
    unit: Unit | None = None,
    people: Iterable[Person] | None = None,
) -> list[IssuedCode]:
    """New codes for ``people``, or for all who have no account yet in the subtree of ``unit``.

    An earlier code of the same person that is still open stops working. Raises :class:`NotYours`
    when one of them is beyond the actor's personnel duty; then no code is issued at all.
    """
    reached = authority.people_of(actor, PERSONNEL)
    if people is not None:
        wanted = [person.pk for person in people]
        if reached.filter(pk__in=wanted).count() != len(set(wanted)):
            raise NotYours
    elif unit is not None:
        if not authority.units_of(actor, PERSONNEL).filter(pk=unit.pk).exists():
            raise NotYours
        wanted = list(account_queries.unclaimed_under(unit).values_list("pk", flat=True))
    else:
        raise ValueError("give either a unit or people")
    return issue_for(actor=actor, person_ids=wanted, now=now)


def issue_for(
    *, actor: Account | None, person_ids: Sequence[UUID], now: datetime
) -> list[IssuedCode]:
    """The issuing itself, without asking who may: for ``issue_codes`` and tests."""
    issued = draw_codes(person_ids=person_ids, now=now)
    keep_codes(actor=actor, issued=issued, now=now)
    return issued


def draw_codes(*, person_ids: Sequence[UUID], now: datetime) -> list[IssuedCode]:
    """Codes that open nothing yet: slips are drawn first, then the codes are kept."""
    return [IssuedCode(person, codes.new_code(), now + VALID_FOR) for person in person_ids]


@transaction.atomic
def keep_codes(*, actor: Account | None, issued: Sequence[IssuedCode], now: datetime) -> None:
    """From now on these open their accounts, and earlier ones of the same people do not."""
    in_order = sorted(one.person_id for one in issued if one.person_id is not None)
    for start in range(0, len(in_order), 500):
        stretch = in_order[start : start + 500]
        # Two officers who print at once take turns instead of failing at the unique index.
        list(Person.objects.select_for_update().filter(pk__in=stretch).order_by("pk"))
        still_open = ClaimCode.objects.filter(person_id__in=stretch, used_at=None, revoked_at=None)
        still_open.update(revoked_at=now)
    rows = [
        ClaimCode(
            person_id=one.person_id,
            lookup=codes.lookup_of(one.code),
            issued_by=actor,
            issued_at=now,
            expires_at=one.expires_at,
        )
        for one in issued
    ]
    ClaimCode.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def issue_for_account(*, actor: Account | None, account: Account, now: datetime) -> IssuedCode:
    """A code for an account that belongs to no person of the register."""
    ClaimCode.objects.filter(account=account, used_at=None, revoked_at=None).update(revoked_at=now)
    issued = IssuedCode(None, codes.new_code(), now + VALID_FOR)
    ClaimCode.objects.create(
        account=account,
        lookup=codes.lookup_of(issued.code),
        issued_by=actor,
        issued_at=now,
        expires_at=issued.expires_at,
    )
    return issued


def revoke_slips(account: Account, now: datetime) -> None:
    """Slips of this account open nothing any more. Used ones too: the browser that used one may
    repeat it for a while, and sign with it what waits on that phone."""
    slips = Q(account=account)
    if account.person is not None:
        slips |= Q(person__in=entries_of(account.person))
    ClaimCode.objects.filter(slips, revoked_at=None).update(revoked_at=now)


def identify_by_code(
    *, code: str, now: datetime, origin: Origin | None = None
) -> Person | Account | Refusal:
    """Whose slip this is, without using it: the person of the register, or an officer's account."""
    found = _find(code=code, now=now, origin=origin or Origin())
    if isinstance(found, Refusal):
        return found
    return _holder(found)


def key_of(code: str) -> UUID | None:
    """The key of a slip, which is no secret and opens nothing; None for a code that is none."""
    typed = codes.as_typed(code)
    found = ClaimCode.objects.filter(lookup=codes.lookup_of(typed)) if typed else None
    return found.values_list("pk", flat=True).first() if found else None


def is_used_up(code: str) -> bool:
    """Whether an account was opened with the slip of this code."""
    slip = key_of(code)
    return slip is not None and ClaimCode.objects.filter(pk=slip).exclude(used_at=None).exists()


def still_stands(*, slip: UUID, person: UUID) -> bool:
    """Whether the slip with this key is still this person's: not replaced, its account not closed.

    Used or unused: who used it in the meantime is its person as well.
    """
    own = Q(person=person) | Q(person__merged_into=person)
    row = ClaimCode.objects.filter(own, pk=slip, revoked_at=None)
    return row.exists() and not Account.objects.filter(person=person, is_active=False).exists()


def claim_with_code(*, code: str, now: datetime, origin: Origin | None = None) -> Account:
    """Uses the code up and returns the account it opens, made now if there was none.

    No password is hashed or checked. Raises :class:`ClaimRefused`.
    """
    place = origin or Origin()
    found = _find(code=code, now=now, origin=place)
    if isinstance(found, Refusal):
        raise ClaimRefused(found)
    return _use(found, now, place)


def claim(*, identifier: str, code: str, now: datetime, origin: Origin | None = None) -> Account:
    """As :func:`claim_with_code`, and the number on the slip has to belong to the same person."""
    place = origin or Origin()
    found = _find(code=code, now=now, origin=place)
    if isinstance(found, Refusal):
        raise ClaimRefused(found)
    if not account_queries.is_identifier_of(found, identifier):
        _note_wrong(place, now)
        raise ClaimRefused(Refusal(Reason.MISMATCH))
    return _use(found, now, place)


def _find(*, code: str, now: datetime, origin: Origin) -> ClaimCode | Refusal:
    typed = codes.as_typed(code)
    row = (
        ClaimCode.objects.select_related("person__government", "person__merged_into", "account")
        .filter(lookup=codes.lookup_of(typed))
        .first()
        if typed
        else None
    )
    if row is None:
        return _note_wrong(origin, now) or Refusal(Reason.UNKNOWN)
    reason = _why_not(row, now, origin)
    return Refusal(reason) if reason else row


def _why_not(row: ClaimCode, now: datetime, origin: Origin) -> Reason | None:
    if row.used_at is not None and not _is_repeat(row, now, origin):
        return Reason.USED
    if row.revoked_at is not None:
        return Reason.REVOKED
    if now >= row.expires_at:
        return Reason.EXPIRED
    holder = _holder(row)
    if isinstance(holder, Person):
        if holder.left_on and holder.left_on <= timezone.localdate(now):
            return Reason.LEFT
        account = Account.objects.filter(person=holder).first()
    else:
        account = holder
    return Reason.CLOSED if account is not None and not account.is_active else None


def _holder(row: ClaimCode) -> Person | Account:
    """Whom the slip was made out to; of merged doubles the one that remained."""
    if row.account is not None:
        return row.account
    person = row.person
    assert person is not None  # the table demands one of the two
    for _step in range(10):
        if person.merged_into is None:
            break
        person = person.merged_into
    return person


def _is_repeat(row: ClaimCode, now: datetime, origin: Origin) -> bool:
    """The same phone sends again what it sent before, within minutes, also if the clock jumped."""
    if not origin.device or row.used_device != origin.device or row.used_at is None:
        return False
    return abs(now - row.used_at) <= REPEAT_WITHIN


def _note_wrong(origin: Origin, now: datetime) -> Refusal | None:
    try:
        throttling.note_wrong_code(origin=origin, now=now)
    except throttling.MustWait as wait:
        return Refusal(Reason.WAIT, wait.seconds)
    return None


@transaction.atomic
def _use(row: ClaimCode, now: datetime, origin: Origin) -> Account:
    """Of two phones with the same code the first gets the account, the second a clear answer."""
    still_open = ClaimCode.objects.filter(pk=row.pk, used_at=None, revoked_at=None)
    if not still_open.update(used_at=now, used_device=origin.device):
        latest = ClaimCode.objects.get(pk=row.pk)
        if latest.revoked_at or not _is_repeat(latest, now, origin):
            raise ClaimRefused(Refusal(Reason.REVOKED if latest.revoked_at else Reason.USED))
    holder = _holder(row)
    if isinstance(holder, Account):
        return holder
    return Account.objects.filter(person=holder).first() or open_account(holder)
