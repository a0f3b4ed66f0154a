"""Opening the account of somebody of the register: by a slip's code, or by single sign-on."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from netral.people.models import Account, Person


def open_account_for(*, person: Person) -> Account:
    """The person's account, made without a password when there is none yet (single sign-on)."""
    existing = Account.objects.filter(person=person).first()
    if existing:
        return existing
    with transaction.atomic():
        return open_account(person)


def open_account(person: Person) -> Account:
    """Made without a password; the waiting account of an administrator becomes theirs."""
    waiting = Account.objects.filter(
        username=person.identifier, person=None, government=person.government_id
    )
    if waiting.update(person=person, name=person.full_name):
        return Account.objects.get(person=person)  # an administrator who now has a register row
    try:
        with transaction.atomic():
            return Account.objects.create(
                username=_free_username(person),
                name=person.full_name,
                government_id=person.government_id,
                person=person,
                password=UNUSABLE_PASSWORD_PREFIX + get_random_string(40),
            )
    except IntegrityError:
        return Account.objects.get(person=person)  # made by another code a moment ago


def _free_username(person: Person) -> str:
    """The number; with the region behind it while another government has an account of it."""
    if not Account.objects.filter(username=person.identifier).exists():
        return person.identifier
    return f"{person.identifier}@{person.government.region_code}"
