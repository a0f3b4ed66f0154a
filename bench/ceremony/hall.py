"""The people of the benchmark: an open ceremony, and accounts with sessions that were claimed."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from bench.ceremony.passkeys import SoftwareKey, form_fields
from netral.base import bulk
from netral.elections.models import Election
from netral.people.models import (
    Account,
    Duty,
    Government,
    Person,
    Posting,
    Unit,
    UnitAncestor,
)
from netral.people.signin import BACKEND
from netral.pledges import desk
from netral.pledges.models import Ceremony
from netral.pledges.rules import levels, tickets, vouchers
from netral.pledges.services import ceremonies, texts

DAY = date(2025, 1, 1)
UNITS = 45
BATCH = 500
SITE = "ikrar.example.go.id"


@dataclass(frozen=True)
class Hall:
    ceremony: Ceremony
    sessions: list[str]
    """Session keys of the first people, each usable for one signature."""
    others: list[UUID]
    """The people without a session."""

    def tickets(self) -> list[str]:
        """One for each of the others, as their own page would give it to them."""
        return [self._ticket(person) for person in self.others]

    def _ticket(self, person: UUID) -> str:
        facts = {"ceremony": self.ceremony.pk, "digest": self.ceremony.wording_digest}
        return tickets.issue(person=person, now=timezone.now(), key=desk.ticket_key(), **facts)

    def forms(self, *, passkeys: bool) -> list[str]:
        """What each of the others sends to the desk; with ``passkeys`` each by a key of its own."""
        if not passkeys:
            return [f"tiket={ticket}" for ticket in self.tickets()]
        return [urlencode(self._by_passkey(person)) for person in self.others]

    def _by_passkey(self, person: UUID) -> dict[str, str]:
        ticket, key, digest = self._ticket(person), SoftwareKey(), self.ceremony.wording_digest
        facts = {
            "ceremony": str(self.ceremony.pk), "person": str(person), "wording": digest,
            "nonce": vouchers.nonce_of(ticket), "site": SITE,
        }  # fmt: skip
        voucher = vouchers.issue(
            vouchers.Voucher(key.algorithm, key.credential, key.spki, f"https://{SITE}", digest),
            ticket=ticket,
            key=desk.ticket_key(),
        )
        pressed = time.time_ns() // 1_000_000
        return form_fields(
            key, ticket=ticket, voucher=voucher, facts=facts, pressed=pressed,
            origin=f"https://{SITE}",
        )  # fmt: skip


def build(people: int, *, sessions: int) -> Hall:
    """``people`` in 45 units, the first ``sessions`` of whom have signed in."""
    government = Government.objects.create(level="province", name="Ukur", region_code="99")
    units = _units(government)
    organiser = Account.objects.create(username="ukur", name="Petugas", government=government)
    now = timezone.now()
    Duty.objects.create(
        account=organiser, kind="organiser", government=government, granted_at=now, confirmed_at=now
    )
    keys, others = _staff(government, units, people, sessions)
    return Hall(_ceremony(government, organiser), keys, others)


def _units(government: Government) -> list[Unit]:
    units = [
        Unit(government=government, name=f"Dinas {n}", name_key=f"dinas {n}", opened_on=DAY)
        for n in range(UNITS)
    ]
    Unit.objects.bulk_create(units)
    UnitAncestor.objects.bulk_create(
        [UnitAncestor(ancestor=unit, unit=unit, distance=0) for unit in units]
    )
    return units


def _staff(
    government: Government, units: list[Unit], people: int, with_session: int
) -> tuple[list[str], list[UUID]]:
    persons, postings, accounts, sessions = [], [], [], []
    for number in range(people):
        person = Person(
            government=government, local_id=f"N99-{number:07d}", name=f"Pegawai {number}",
            name_key=f"pegawai {number}",
        )  # fmt: skip
        persons.append(person)
        posting = Posting(
            government=government, person=person, unit=units[number % UNITS], status="pns",
            valid_from=DAY,
        )  # fmt: skip
        postings.append(posting)
        if number < with_session:
            account = Account(
                username=person.local_id, name=person.name, government=government,
                person=person, password="!" + secrets.token_hex(20),
            )  # fmt: skip
            accounts.append(account)
            sessions.append(_session(account))
    rows: list[list[Any]] = [persons, postings, accounts, sessions]
    for kind in filter(None, rows):
        type(kind[0])._default_manager.bulk_create(kind, batch_size=BATCH)
    bulk.learn("people_person", "people_posting")  # as an import does
    keys = [session.session_key for session in sessions]
    return keys, [person.pk for person in persons[with_session:]]


def _session(account: Account) -> Session:
    content = {
        SESSION_KEY: str(account.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: account.get_session_auth_hash(),
    }
    return Session(
        session_key=secrets.token_hex(16),
        session_data=SessionStore().encode(content),
        expire_date=timezone.now() + timedelta(days=1),
    )


def _ceremony(government: Government, organiser: Account) -> Ceremony:
    now = timezone.now()
    election = Election.objects.create(
        code="ukur",
        kind="pemilihan",
        name="Pemilihan",
        region_code="99",
        certainty="fictional",
        voting_on=date(2029, 11, 28),
    )
    text = texts.save_version(
        government=government, content=texts.standard_wording(), actor=organiser, now=now
    )
    texts.publish(text=text, actor=organiser, now=now)
    text.refresh_from_db()
    plan = ceremonies.Plan(election, text, "Ikrar", "Sekda", "Aula", now, accepts=levels.PREFERRED)
    ceremony = ceremonies.plan_ceremony(government=government, plan=plan, actor=organiser, now=now)
    for name in ("start_reading", "open_signing"):
        ceremony = ceremonies.move(ceremony=ceremony, name=name, actor=organiser, now=now)
    return ceremony
