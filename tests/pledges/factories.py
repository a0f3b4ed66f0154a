"""A province with a ceremony, for the tests of pledges and their benchmark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from netral.base.events import publish
from netral.elections.models import Election
from netral.people.events import RegisterChanged
from netral.people.models import Account, Duty, Government, Person, Unit
from netral.pledges.models import Ceremony, PledgeText, Signature
from netral.pledges.rules import codes, moves
from netral.pledges.services import ceremonies, signing, texts
from tests.people.register.factories import (
    make_account,
    make_government,
    make_officer,
    make_person,
    make_unit,
)

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@dataclass
class Hall:
    """A government with an election, an organiser, and one ceremony in it."""

    government: Government
    election: Election
    organiser: Account
    text: PledgeText
    ceremony: Ceremony

    @property
    def digest(self) -> str:
        return self.ceremony.wording_digest

    @property
    def text_code(self) -> str:
        """As it stands on its sheets."""
        return codes.write_text_code(self.digest)


def make_election(code: str = "64", name: str = "Pemilihan Gubernur 2029") -> Election:
    return Election.objects.create(
        code=f"pemilihan-{code}",
        kind="pemilihan",
        name=name,
        region_code=code,
        certainty="fictional",
        voting_on=date(2029, 11, 28),
    )


def make_text(government: Government, organiser: Account) -> PledgeText:
    text = texts.save_version(
        government=government, content=texts.standard_wording(), actor=organiser, now=NOW
    )
    texts.publish(text=text, actor=organiser, now=NOW)
    text.refresh_from_db()
    return text


def make_hall(*, code: str = "64", units: Sequence[Unit] = (), state: str = moves.SIGNING) -> Hall:
    government = (
        units[0].government
        if units
        else Government.objects.filter(region_code=code).first() or make_government(code)
    )
    organiser = make_officer(government, Duty.Kind.ORGANISER)
    election = make_election(code)
    text = make_text(government, organiser)
    ceremony = make_ceremony(government, organiser, election, text, units=units, state=state)
    return Hall(government, election, organiser, text, ceremony)


def make_ceremony(
    government: Government,
    organiser: Account,
    election: Election,
    text: PledgeText,
    *,
    units: Sequence[Unit] = (),
    state: str = moves.SIGNING,
) -> Ceremony:
    ceremony = ceremonies.plan_ceremony(
        government=government,
        plan=ceremonies.Plan(
            election=election,
            text=text,
            title="Ikrar bersama pegawai",
            leader="Sekretaris Daerah",
            place="Samarinda",
            planned_at=NOW,
            units=tuple(units),
        ),
        actor=organiser,
        now=NOW,
    )
    bring_to(ceremony, state, organiser)
    ceremony.refresh_from_db()
    return ceremony


def bring_to(ceremony: Ceremony, state: str, organiser: Account) -> None:
    """Along the table of moves, a minute apart."""
    way = {
        moves.PLANNED: (),
        moves.READING: ("start_reading",),
        moves.SIGNING: ("start_reading", "open_signing"),
        moves.CLOSED: ("start_reading", "open_signing", "close"),
    }
    for minute, name in enumerate(way[state]):
        ceremonies.move(
            ceremony=ceremony, name=name, actor=organiser, now=NOW + timedelta(minutes=minute)
        )


def account_of(person: Person) -> Account:
    """A claimed account."""
    account = make_account(person.government, person.full_name)
    account.person = person
    account.save(update_fields=["person"])
    return account


def make_witnesses(government: Government) -> tuple[Person, Person]:
    """Two of its staff, in a unit of their own; the same ones each time."""
    known = list(Person.objects.filter(government=government, name__startswith="Saksi "))
    if not known:
        office = make_unit(government, "Sekretariat")
        known = [make_person(office, f"Saksi {serial}") for serial in (1, 2)]
        publish(RegisterChanged(government.pk, frozenset({office.pk})))
    return known[0], known[1]


def signed(hall: Hall, name: str = "Siti Rahma", unit: str = "Dinas A") -> Signature:
    """A signature of somebody new in ``unit``."""
    place = hall.government.units.filter(name=unit).first() or make_unit(hall.government, unit)
    outcome = signing.sign(
        person=make_person(place, name),
        ceremony=hall.ceremony,
        text_digest=hall.digest,
        evidence=Signature.Evidence.ACCOUNT,
        now=NOW,
    )
    assert isinstance(outcome, signing.Signed)
    return outcome.signature


__all__ = [
    "NOW",
    "Hall",
    "account_of",
    "make_ceremony",
    "make_hall",
    "make_unit",
    "make_witnesses",
    "signed",
]


def people_of(hall: Hall, number: int) -> list[Person]:
    """So many new people in the hall's first office, Dinas A."""
    unit = hall.government.units.get(name="Dinas A")
    return [make_person(unit, f"Pegawai {serial}") for serial in range(number)]
