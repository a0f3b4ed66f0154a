"""The world in which every address is tried: two governments, a subtree, one visitor per duty.

- ``home``: a unit with people, and the objects an address is about;
- ``beside``: a unit of the same government, outside the subtree of the subtree officers;
- ``away``: another government.

Everything at home and beside carries a word in its names that nobody else may ever be shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.test import Client

from netral.people.models import Account, Duty, Government, Person, Unit
from tests.people.accounts import factories
from tests.people.accounts.sessions import sign_in

SECRET_HOME = "Zamrudhijau"
SECRET_BESIDE = "Pualamputih"
ANONYMOUS = "anonymous"
STAFF = "staff"
INSTALLATION_ADMIN = "installation_admin"
KINDS = tuple(str(kind) for kind in Duty.Kind.values)
WHOLE = frozenset(KINDS)
SUBTREE = frozenset(f"{kind}_unit" for kind in KINDS)
ROLES = (ANONYMOUS, STAFF, INSTALLATION_ADMIN, *KINDS, *sorted(SUBTREE))

Made = TypeVar("Made")


@dataclass
class Place:
    """One unit with a person who has an account, and whatever a feature makes there."""

    government: Government
    unit: Unit
    person: Person
    account: Account
    word: str
    kept: dict[str, Any] = field(default_factory=dict)

    def once(self, key: str, make: Callable[[], Made]) -> Made:
        """An object of a feature at this place, made the first time it is asked for."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]


@dataclass
class World:
    home: Place
    beside: Place
    away: Place
    here: dict[str, Account]
    """Per role, somebody of the home government; subtree officers hold for ``home.unit``."""
    strangers: dict[str, Account]
    """Per role, somebody of the other government."""
    cookies: dict[UUID, str]
    """Per account, the cookie of a session with the second factor shown."""


def _place(government: Government, word: str) -> Place:
    unit = factories.make_unit(government, f"Dinas {word}")
    person = factories.make_person(unit, name=f"Orang {word}")
    return Place(government, unit, person, factories.make_account(person), word)


def _officers(government: Government, top: Unit) -> dict[str, Account]:
    made = {STAFF: factories.make_account(factories.make_person(top))}
    for kind in KINDS:
        made[kind] = factories.make_account(factories.make_person(top))
        factories.give_duty(made[kind], kind, government)
        made[f"{kind}_unit"] = factories.make_account(factories.make_person(top))
        factories.give_duty(made[f"{kind}_unit"], kind, government, top)
    return made


def make_world() -> World:
    here = factories.make_government(f"Provinsi {SECRET_HOME}", code="91")
    there = factories.make_government("Kota Seberang Lautan", code="92.71")
    home, beside = _place(here, SECRET_HOME), _place(here, SECRET_BESIDE)
    away = _place(there, "Seberang")
    officers = _officers(here, home.unit)
    admin = Account(username="admin", name="Admin", is_installation_admin=True)
    admin.set_unusable_password()
    admin.save()
    officers[INSTALLATION_ADMIN] = admin
    strangers = _officers(there, away.unit)
    cookies = {
        account.pk: sign_in(Client(), account, second_factor=True).session.session_key or ""
        for account in [*officers.values(), *strangers.values()]
    }
    return World(home, beside, away, officers, strangers, cookies)
