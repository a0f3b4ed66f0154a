"""Accounts beside claiming: sign-ins remembered, passwords set, officers made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import get_random_string

from netral.people.devices import Origin
from netral.people.models import (
    Account,
    Duty,
    DutyDeed,
    Government,
    KnownDevice,
    Person,
    SignIn,
)
from netral.people.queries import accounts as account_queries
from netral.people.queries import authority
from netral.people.services import claiming, opening
from netral.people.services.claiming import NotYours

KEEP_SIGN_INS = timedelta(days=365)
KEEP_DEVICES = timedelta(days=365)
MOST_DEVICES = 20


class UsernameTaken(Exception):
    """Another account has this name already."""


@dataclass(frozen=True)
class FirstAdministrator:
    """A new officer and the code with which they claim their account, shown once."""

    account: Account
    code: str
    expires_at: datetime
    is_new: bool = True


@transaction.atomic
def remember_sign_in(
    *, account: Account, method: str, origin: Origin, device_name: str, now: datetime
) -> None:
    """Notes a successful sign-in, and the browser as known to this account."""
    SignIn.objects.create(account=account, at=now, method=method, device=device_name[:60])
    if not origin.device:
        return
    known = KnownDevice.objects.filter(account=account, device=origin.device)
    if known.update(last_seen_at=now):
        return
    KnownDevice.objects.bulk_create(
        [KnownDevice(account=account, device=origin.device, first_seen_at=now, last_seen_at=now)],
        ignore_conflicts=True,
    )
    newest = KnownDevice.objects.filter(account=account).order_by("-last_seen_at")
    surplus = list(newest.values_list("pk", flat=True)[MOST_DEVICES : MOST_DEVICES + 50])
    KnownDevice.objects.filter(pk__in=surplus).delete()


def forget_devices(*, account: Account) -> int:
    """Every browser is a strange one again: part of signing out everywhere."""
    return KnownDevice.objects.filter(account=account).delete()[0]


def forget_old_sign_ins(*, now: datetime) -> int:
    """Deletes what is older than a year; returns how many rows. Runs daily."""
    sign_ins = SignIn.objects.filter(at__lt=now - KEEP_SIGN_INS).delete()[0]
    devices = KnownDevice.objects.filter(last_seen_at__lt=now - KEEP_DEVICES).delete()[0]
    return sign_ins + devices


class NoLongerSignedIn(Exception):
    """The account was signed out everywhere while this request was under way."""


def set_password(*, account: Account, password: str, now: datetime) -> None:
    """Hashes and keeps it, without asking for the one before. Sessions elsewhere end, because
    their fingerprint no longer fits. Raises :class:`NoLongerSignedIn`."""
    replace_password(account=account, password=password, since=now)


def replace_password(*, account: Account, password: str, since: datetime | None) -> None:
    """Keeps it if the password is still the one that ``account`` was loaded with.

    Hashed before anything is locked: SQLite's one writer must not wait for it in a full hall.
    Raises :class:`NoLongerSignedIn`.
    """
    before = account.password
    account.set_password(password)
    account.password_since = since
    unchanged = Account.objects.filter(pk=account.pk, password=before)
    if not unchanged.update(password=account.password, password_since=since):
        account.password = before
        raise NoLongerSignedIn


def account_for_single_sign_on(*, number: str) -> Account | None:
    """The account of the one who bears ``number``, made now for a person of the register.

    Nobody when the number is unknown, borne in two governments at once, or closed.
    """
    existing = account_queries.account_of(number)
    if existing is not None:
        return existing if existing.is_active else None
    bearers = Person.objects.filter(
        Q(number=number) | Q(local_id=number.upper()), merged_into=None, left_on=None
    )
    found = list(bearers.select_related("government")[:2])
    return opening.open_account_for(person=found[0]) if len(found) == 1 else None


def set_up_authenticator_app(*, account: Account, secret: str) -> None:
    """Gives an account a known authenticator seed: for demonstration officers and tests only."""
    from allauth.mfa.totp.internal.auth import TOTP  # noqa: PLC0415 (needs the app registry)

    Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(account, secret)


@transaction.atomic
def create_first_administrator(
    *,
    name: str,
    username: str,
    now: datetime,
    government: Government | None = None,
) -> FirstAdministrator:
    """An officer made on the command line, where nobody is signed in yet.

    With ``government``: its personnel officer. Without: the administrator of the installation,
    who confirms and hands out first duties. Whoever has the shell of the server holds the data
    anyway, so this needs no second officer; the deed is recorded with an empty actor and shown
    to every officer of the government. Nobody gets a password: the code is the way in.
    Asked again for the same officer, a new code takes the place of the old one: the link may be
    lost, or used up before a password was chosen. Raises :class:`UsernameTaken`.
    """
    there = _first_administrator(username, government)
    if there is not None:
        return _with_code(there, actor=None, now=now, is_new=False)
    account = _make_officer(name=name, username=username, government=government)
    _record(account, DutyDeed.Kind.ACCOUNT_MADE, now=now)
    if government is not None:
        duty = Duty.objects.create(
            account=account,
            kind=Duty.Kind.PERSONNEL,
            government=government,
            granted_at=now,
            confirmed_at=now,
        )
        _record(account, DutyDeed.Kind.GRANTED, duty=duty, now=now)
    return _with_code(account, actor=None, now=now)


@transaction.atomic
def create_outside_officer(
    *, actor: Account, government: Government, name: str, username: str, now: datetime
) -> FirstAdministrator:
    """An account for an officer who is not in the register: an auditor, an examiner from outside.

    It may do nothing until it is given a duty. Raises :class:`UsernameTaken`, or
    :class:`NotYours` when the actor may not hand out duties in ``government``.
    """
    if not authority.may_hand_out(actor, government):
        raise NotYours
    account = _make_officer(name=name, username=username, government=government)
    _record(account, DutyDeed.Kind.ACCOUNT_MADE, actor=actor, now=now)
    return _with_code(account, actor=actor, now=now)


def _first_administrator(username: str, government: Government | None) -> Account | None:
    """The officer outside the register who already is what the command line asks for."""
    account = account_queries.account_of(account_queries.clean_identifier(username))
    if account is None or account.person is not None or account.government != government:
        return None
    if government is None:
        return account if account.is_installation_admin else None
    keeps = authority.governments_of(account, Duty.Kind.PERSONNEL).filter(pk=government.pk)
    return account if keeps.exists() else None


def _with_code(
    account: Account, *, actor: Account | None, now: datetime, is_new: bool = True
) -> FirstAdministrator:
    issued = claiming.issue_for_account(actor=actor, account=account, now=now)
    return FirstAdministrator(account, issued.code, issued.expires_at, is_new)


def _make_officer(*, name: str, username: str, government: Government | None) -> Account:
    """An account without a password. A number that is in the register brings its person along."""
    word = account_queries.clean_identifier(username)
    if not word or account_queries.account_of(word) is not None:
        raise UsernameTaken(word)
    person = None
    if government is not None:
        bearers = Person.objects.filter(government=government, merged_into=None, number=word)
        person = bearers.first()
    return Account.objects.create(
        username=word,
        name=person.full_name if person else name.strip(),
        government=government,
        is_installation_admin=government is None,
        person=person,
        password=UNUSABLE_PASSWORD_PREFIX + get_random_string(40),
    )


def _record(
    account: Account,
    kind: DutyDeed.Kind,
    *,
    now: datetime,
    actor: Account | None = None,
    duty: Duty | None = None,
) -> None:
    DutyDeed.objects.create(
        government=account.government,
        account=account,
        duty=duty,
        kind=kind,
        actor=actor,
        at=now,
    )
