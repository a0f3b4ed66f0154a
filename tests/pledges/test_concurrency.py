"""Hundreds at the same moment: nobody is lost, counted twice, or told that a database is locked."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections

from netral.people.models import Person
from netral.pledges.models import Signature
from netral.pledges.rules import moves
from netral.pledges.services import ceremonies, coverage, signing
from netral.pledges.services.signing import Refusal, Refused, Signed
from tests.pledges.factories import NOW, Hall, make_ceremony, people_of

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(hours=1)


def phones() -> int:
    """A PostgreSQL server of the tests takes fewer connections than SQLite takes threads."""
    return 200 if connection.vendor == "sqlite" else 60


def at_once(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Runs the deeds in as many threads, all let go at the same moment."""
    barrier = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def signing_of(hall: Hall, person: Person, **changes: Any) -> Callable[[], Signed | Refused]:
    facts = {
        "person": person, "ceremony": hall.ceremony, "text_digest": hall.digest,
        "evidence": Signature.Evidence.ACCOUNT, "now": LATER, **changes,
    }  # fmt: skip
    return lambda: signing.sign(**facts)


def figures_agree(hall: Hall) -> bool:
    return not coverage.differences(government_id=hall.government.pk, election_id=hall.election.pk)


def test_two_hundred_phones_sign_at_the_same_moment(hall: Hall) -> None:
    people = people_of(hall, phones())
    coverage.recount(government_id=hall.government.pk, election_id=hall.election.pk)
    outcomes = at_once([signing_of(hall, person) for person in people])
    assert all(isinstance(one, Signed) and one.is_new for one in outcomes)
    assert Signature.objects.filter(counts_for_coverage=True).count() == len(people)
    assert len({one.signature.receipt_code for one in outcomes}) == len(people)
    assert figures_agree(hall)


def test_the_first_row_of_figures_is_made_by_many_at_once(hall: Hall) -> None:
    """Nobody counted before: every signer finds the row missing."""
    people = people_of(hall, 30)
    outcomes = at_once([signing_of(hall, person) for person in people])
    assert all(isinstance(one, Signed) for one in outcomes)
    assert figures_agree(hall)


def test_one_person_taps_fifty_times_at_once(hall: Hall) -> None:
    person = people_of(hall, 1)[0]
    outcomes = at_once([signing_of(hall, person)] * 50)
    assert sum(one.is_new for one in outcomes) == 1
    assert len({one.signature.pk for one in outcomes}) == 1
    assert Signature.objects.count() == 1
    assert figures_agree(hall)


def test_one_person_signs_two_ceremonies_at_once_and_counts_once(hall: Hall) -> None:
    second = make_ceremony(hall.government, hall.organiser, hall.election, hall.text)
    people = people_of(hall, 12)
    deeds = []
    for person in people:
        deeds.append(signing_of(hall, person))
        deeds.append(signing_of(hall, person, ceremony=second, text_digest=second.wording_digest))
    outcomes = at_once(deeds)
    assert all(isinstance(one, Signed) and one.is_new for one in outcomes)
    assert Signature.objects.count() == 24
    assert Signature.objects.filter(counts_for_coverage=True).count() == 12
    assert figures_agree(hall)


def test_closing_in_the_middle_loses_nobody_and_lets_nobody_slip_in(hall: Hall) -> None:
    """Whoever was told "signed" is in; after the closing committed nobody is written any more."""
    people = people_of(hall, 40)
    # As after an import: also when the closing comes first and nobody signs, the figures are there.
    coverage.recount(government_id=hall.government.pk, election_id=hall.election.pk)
    seen: list[int] = []

    def close() -> None:
        ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=LATER)
        seen.append(Signature.objects.count())

    outcomes = at_once([*(signing_of(hall, person) for person in people), close])[:-1]
    signed = [one for one in outcomes if isinstance(one, Signed)]
    refused = [one for one in outcomes if one == Refused(Refusal.CLOSED)]
    assert len(signed) + len(refused) == 40
    assert Signature.objects.count() == len(signed) == seen[0]
    assert figures_agree(hall)


def test_only_one_of_many_officers_moves_the_ceremony(hall: Hall) -> None:
    def close() -> bool:
        try:
            ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=LATER)
        except ceremonies.OutOfStep:
            return False
        return True

    assert sum(at_once([close] * 10)) == 1
    assert hall.ceremony.moves.filter(after=moves.CLOSED).count() == 1


def test_processes_sign_side_by_side(hall: Hall, process_environment: dict[str, str]) -> None:
    """Threads of one process share locks that processes do not."""
    people = [str(person.pk) for person in people_of(hall, 80)]
    command = [sys.executable, "-m", "tests.pledges.signing_process", str(hall.ceremony.pk)]
    running = [
        subprocess.Popen(
            [*command, *people[start::4]],
            env=process_environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for start in range(4)
    ]
    said = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert Signature.objects.count() == 80
    assert figures_agree(hall)
