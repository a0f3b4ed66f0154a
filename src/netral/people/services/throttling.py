"""Slows guessing down without giving anybody a way to lock somebody else out.

Passwords. Failures in a row are counted per account, apart for each browser on which the account
signed in before and once for all strange browsers together. After ``FREE`` failures each further
one doubles the wait. A guesser fills only the bucket of strange browsers; the owner on their own
phone is counted in another. Strange browsers are also counted per network address, against one
password tried on many accounts.

Slip codes and passkeys. 60 random bits and a key pair cannot be guessed, so a right one is never
refused, whatever was counted: a hall of 18,000 behind one address comes in even while somebody
in it tries to block the others. Wrong codes are counted per address and, beyond a high limit,
answered with a wait instead of an explanation.

What anybody may use without an account is counted per address, or per account for somebody who is
signed in, in windows of a fixed length (:func:`spend`). No address is kept, only a keyed hash.

A password attempt is counted *before* the hash is looked at, by compare-and-swap, and taken
back when it was right: a hundred guesses at one moment are a hundred counted guesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When

from netral.people.devices import Origin, keyed_hash
from netral.people.models import Account, Attempts, KnownDevice

FREE = 5
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=24)
FREE_PER_ADDRESS = 2_000
"""Failures in a row from one address before it waits: every ninth person in a hall of 18,000."""


class MustWait(Exception):
    """Too many failures. ``seconds`` is how long from now the next attempt is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Allowance:
    """How often something may be used within ``window``, counted from the first use in it."""

    purpose: str
    uses: int
    window: timedelta


@dataclass(frozen=True)
class Attempt:
    """One counted try at a password. Call :meth:`was_right` when it was right."""

    account_key: str
    address_key: str = ""

    def was_right(self) -> None:
        """Forgets the account's failures in this bucket; an address gets back only this try."""
        Attempts.objects.filter(key=self.account_key).delete()
        if self.address_key:
            rows = Attempts.objects.filter(key=self.address_key, failures__gt=0)
            rows.update(failures=F("failures") - 1)


def wait_after(failures: int, *, free: int) -> timedelta:
    """How long the next attempt waits after so many failures in a row."""
    excess = failures - free
    if excess < 0:
        return timedelta(0)
    doubled: int = 2 ** min(excess, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def begin(*, identifier: str, account: Account | None, origin: Origin, now: datetime) -> Attempt:
    """Counts a try at an account's password. Raises :class:`MustWait`.

    ``identifier`` is what was typed in; it is counted whether or not such an account exists, so
    that the answer does not tell which numbers are in use.
    """
    bucket = f"account:{account.pk if account else identifier.strip().lower()}"
    if account and is_known(account=account, origin=origin):
        attempt = Attempt(_key("device", f"{bucket}:{origin.device}"))
        _count(attempt.account_key, FREE, now)
        return attempt
    attempt = Attempt(
        _key("account", bucket), _key("address", origin.address) if origin.address else ""
    )
    if attempt.address_key:
        _must_not_wait(attempt.address_key, FREE_PER_ADDRESS, now)
    _count(attempt.account_key, FREE, now)
    if attempt.address_key:
        _add_one(attempt.address_key, now)
    return attempt


def note_wrong_code(*, origin: Origin, now: datetime) -> None:
    """Counts a slip code that does not exist. Raises :class:`MustWait` beyond the limit."""
    if origin.address:
        key = _key("address", origin.address)
        _must_not_wait(key, FREE_PER_ADDRESS, now)
        _add_one(key, now)


def spend(*, allowance: Allowance, account: Account | None, origin: Origin, now: datetime) -> None:
    """Counts one use. Raises :class:`MustWait` when the window's uses are spent.

    Somebody signed in has an allowance of their own, which nobody behind the same address can use
    up. Each step is one conditional UPDATE, so uses at one moment are never counted as one.
    """
    who = f"account:{account.pk}" if account else f"address:{origin.address}"
    key = _key(f"use.{allowance.purpose}", who)
    opened_after = now - allowance.window
    rows = Attempts.objects.filter(key=key)
    is_open = rows.filter(last_at__gt=opened_after, last_at__lte=now)
    for _turn in range(3):
        if is_open.filter(failures__lt=allowance.uses).update(failures=F("failures") + 1):
            return
        row = is_open.first()
        if row is not None:
            _refuse_if(row.last_at + allowance.window - now)
        if rows.exclude(last_at__gt=opened_after, last_at__lte=now).update(failures=1, last_at=now):
            return
        if _is_first(key, now):
            return


def is_known(*, account: Account, origin: Origin) -> bool:
    return (
        bool(origin.device)
        and KnownDevice.objects.filter(account=account, device=origin.device).exists()
    )


def _key(kind: str, text: str) -> str:
    return keyed_hash(f"attempts.{kind}", text)


def _count(key: str, free: int, now: datetime) -> None:
    """Looks whether it must wait and counts, as one step even against itself in parallel."""
    for _turn in range(50):
        row = Attempts.objects.filter(key=key).first()
        if row is None:
            if _is_first(key, now):
                return
            continue  # another request was first: look again
        _refuse_if(_remaining(row, free, now))
        unchanged = Attempts.objects.filter(key=key, failures=row.failures, last_at=row.last_at)
        failures = 1 if now - row.last_at > FORGET_AFTER else row.failures + 1
        if unchanged.update(failures=failures, last_at=now):
            return
    raise MustWait(int(FIRST_WAIT.total_seconds()))


def _must_not_wait(key: str, free: int, now: datetime) -> None:
    row = Attempts.objects.filter(key=key).first()
    if row is not None:
        _refuse_if(_remaining(row, free, now))


def _refuse_if(remaining: timedelta) -> None:
    if remaining > timedelta(0):
        raise MustWait(int(remaining.total_seconds()) + 1)


def _remaining(row: Attempts, free: int, now: datetime) -> timedelta:
    """A clock that was set back must not shut anybody out until it has caught up again."""
    if now < row.last_at or now - row.last_at > FORGET_AFTER:
        return timedelta(0)
    return wait_after(row.failures, free=free) - (now - row.last_at)


def _add_one(key: str, now: datetime) -> None:
    failures = Case(When(last_at__lt=now - FORGET_AFTER, then=Value(1)), default=F("failures") + 1)
    row = Attempts.objects.filter(key=key)
    if not row.update(failures=failures, last_at=now) and not _is_first(key, now):
        row.update(failures=F("failures") + 1, last_at=now)


def _is_first(key: str, now: datetime) -> bool:
    try:
        with transaction.atomic():
            Attempts.objects.create(key=key, failures=1, last_at=now)
    except IntegrityError:
        return False
    return True


def forget_old(*, now: datetime) -> int:
    """Deletes counters older than a day; returns how many. Runs daily."""
    return Attempts.objects.filter(last_at__lt=now - FORGET_AFTER).delete()[0]
