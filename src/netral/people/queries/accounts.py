"""Accounts: whose they are, and whom a typed number means."""

from __future__ import annotations

import re

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from netral.people.folding import clean_local_id
from netral.people.models import Account, ClaimCode, FormerNumber, Government, Person, Unit

WAYS_IN = {
    "password": _("kata sandi"),
    Authenticator.Type.WEBAUTHN: _("kunci sandi"),
    Authenticator.Type.TOTP: _("aplikasi autentikator"),
    Authenticator.Type.RECOVERY_CODES: _("kode pemulihan"),
}
_LOCAL_ID = re.compile(r"(N\d{2,10})([0-9A-Z]{7})")


def clean_identifier(text: str) -> str:
    """A number, local id or word as people type it, in the form in which it is kept.

    ``19850101 201001.1.001`` loses its spaces and dots; ``n64 7k3m9q2`` is ``N64-7K3M9Q2``.
    """
    squeezed = "".join(text.split()).strip("'’\"")
    bare = "".join(letter for letter in squeezed if letter.isalnum())
    if bare.isdigit():
        return bare
    parts = _LOCAL_ID.fullmatch(bare.upper())
    return (clean_local_id("-".join(parts.groups())) if parts else "") or squeezed


def only_government() -> Government | None:
    """The one government of this installation; nobody when there are several or none yet."""
    found = list(Government.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def account_of(identifier: str) -> Account | None:
    """The account that somebody means who types this, if it is exactly one.

    By the name of the account first, then by the person's present number, local id, and numbers
    they bore before, so that a non-ASN who became PPPK signs in with either.
    """
    text = clean_identifier(identifier)
    if not text:
        return None
    exact = Account.objects.filter(username__in={text, text.upper(), identifier.strip()}).first()
    if exact:
        return exact
    bearers = Account.objects.filter(
        Q(person__number=text)
        | Q(person__local_id=text.upper())
        | Q(person__in=FormerNumber.objects.filter(number=text).values("person_id"))
    )
    found = list(bearers[:2])
    return found[0] if len(found) == 1 else None


def accounts_needing_slip() -> QuerySet[Account]:
    """Accounts that only a new slip opens again: no password, passkey or provider."""
    keys = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.WEBAUTHN)
    providers = SocialAccount.objects.filter(user=OuterRef("pk"))
    return Account.objects.filter(
        ~Exists(keys), ~Exists(providers), password__startswith=UNUSABLE_PASSWORD_PREFIX
    )


def comes_in_alone(account: Account | None) -> bool:
    """Whether its owner can sign in without a slip."""
    if account is None or not account.is_active:
        return False
    return not accounts_needing_slip().filter(pk=account.pk).exists()


def ways_into(account: Account) -> list[str]:
    """What opens it beside slips and single sign-on: words of ``WAYS_IN``, each once."""
    keys = set(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    held = keys | ({"password"} if account.has_usable_password() else set())
    return [str(way) for way in WAYS_IN if way in held]


def is_identifier_of(code: ClaimCode, identifier: str) -> bool:
    """Whether what was typed beside the code is a number of the one it was made out to."""
    text = clean_identifier(identifier)
    if code.person is None:
        return code.account is not None and text.lower() == code.account.username.lower()
    person = code.person
    if text and text.upper() in {person.number, person.local_id.upper()}:
        return True
    return FormerNumber.objects.filter(person=person, number=text).exists()


def unit_of(account: Account) -> Unit | None:
    """Where the person of the account works now."""
    return Unit.objects.filter(postings__person=account.person_id, postings__valid_to=None).first()


def unclaimed_under(unit: Unit) -> QuerySet[Person]:
    """Everybody now posted in the subtree of ``unit`` who has no account yet."""
    return posted_under(unit).filter(account=None)


def posted_under(unit: Unit) -> QuerySet[Person]:
    return Person.objects.filter(
        postings__valid_to=None,
        postings__unit__above__ancestor=unit,
        merged_into=None,
        left_on=None,
    )
