"""With the real server process: live updates, posting, and what survives a kill."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.error
import urllib.request
from typing import Any

import pytest
from bench.ceremony import phones
from django.db import connection, transaction
from django.test import Client

from netral.people.models import Person
from netral.pledges.models import Signature
from netral.pledges.rules import moves
from netral.pledges.services import ceremonies, signing
from tests.apart import run_apart
from tests.people.accounts.sessions import sign_in
from tests.pledges.factories import NOW, Hall, account_of, people_of
from tests.pledges.server import Server, running

pytestmark = pytest.mark.django_db(transaction=True)


def session_of(person: Person) -> str:
    client = sign_in(Client(), account_of(person), second_factor=False)
    return client.cookies["sessionid"].value


def sign_directly(hall: Hall, person: Person) -> None:
    signing.sign(
        person=person,
        ceremony=hall.ceremony,
        text_digest=hall.digest,
        evidence=Signature.Evidence.ACCOUNT,
        now=NOW,
    )


class Listener:
    """A browser's ``EventSource``, as plain lines."""

    def __init__(self, server: Server, path: str) -> None:
        self.stream = urllib.request.urlopen(f"{server.address}{path}", timeout=30)

    def next(self) -> tuple[str, Any]:
        """The next event: its name and its data."""
        name = "message"
        while line := self.stream.readline().decode().rstrip("\n"):
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            if line.startswith("data: "):
                return name, json.loads(line.removeprefix("data: "))
        return self.next()

    def state(self) -> dict[str, Any]:
        while True:
            name, data = self.next()
            if name == "message":
                return data


def test_the_wall_hears_each_signature_and_move_and_nothing_before(
    hall: Hall, server: Server
) -> None:
    people = people_of(hall, 3)
    listener = Listener(server, f"/langsung/ikrar/{hall.ceremony.code}")
    assert listener.stream.headers["Content-Type"].startswith("text/event-stream")
    first = listener.state()
    assert (first["state"], first["signed"], first["wording"]) == ("signing", 0, hall.digest[:12])
    for number, person in enumerate(people, start=1):
        sign_directly(hall, person)
        heard = listener.state()
        assert heard["signed"] == number
        assert Signature.objects.count() >= heard["signed"]
        assert heard["slowest"][0]["name"] == "Dinas A"
    assert "Pegawai" not in json.dumps(heard)
    ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=NOW)
    assert listener.state()["state"] == moves.CLOSED


def test_a_quiet_line_still_beats(hall: Hall, server: Server) -> None:
    listener = Listener(server, f"/langsung/ikrar/{hall.ceremony.code}")
    listener.state()
    started = time.monotonic()
    assert listener.next()[0] == "beat"
    assert time.monotonic() - started < 9


def test_a_signature_in_an_open_transaction_is_not_counted(hall: Hall, server: Server) -> None:
    """The count never runs ahead of what is durable."""
    person = people_of(hall, 1)[0]
    listener = Listener(server, f"/langsung/ikrar/{hall.ceremony.code}")
    assert listener.state()["signed"] == 0
    with transaction.atomic():
        sign_directly(hall, person)
        assert listener.next()[0] == "beat"  # five seconds later still nothing
    assert listener.state()["signed"] == 1


def test_lines_that_lead_nowhere(server: Server) -> None:
    for method, path, status in (
        ("GET", "/langsung/ikrar/QQQQ", 404),
        ("GET", "/langsung/lain/QQQQ", 404),
        ("GET", "/langsung/", 404),
        ("GET", "/langsung/ikrar/", 404),
        ("GET", "/langsung/ikrar/a/b", 404),
        ("POST", "/langsung/ikrar/QQQQ", 405),
    ):
        request = urllib.request.Request(f"{server.address}{path}", method=method)
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(request, timeout=10)
        assert answer.value.code == status


def test_the_server_stops_although_walls_listen(
    hall: Hall, process_environment: dict[str, str]
) -> None:
    with running(process_environment) as server:
        listeners = [
            Listener(server, f"/langsung/ikrar/{hall.ceremony.code}") for _number in range(10)
        ]
        for listener in listeners:
            listener.state()
        server.process.terminate()
        assert server.process.wait(15) is not None


def test_two_hundred_phones_at_once_post_to_the_real_server(hall: Hall, server: Server) -> None:
    number = 200 if connection.vendor == "sqlite" else 60
    sessions = [session_of(person) for person in people_of(hall, number)]
    outcome = run_apart(
        phones.sign_all(server.port, hall.ceremony.code, hall.digest, sessions, phones=number)
    )
    assert outcome.refused == []
    assert len(outcome.receipts) == Signature.objects.count() == number


@pytest.mark.parametrize("after", [0.5, 1.5])
def test_what_was_confirmed_is_there_after_the_server_was_killed(
    hall: Hall, process_environment: dict[str, str], after: float
) -> None:
    sessions = [session_of(person) for person in people_of(hall, 120)]
    with running(process_environment) as server:
        confirmed = run_apart(_sign_until_killed(server, hall, sessions, after))
    kept = set(Signature.objects.values_list("receipt_code", flat=True))
    assert {address.split("/")[2] for address in confirmed} <= kept
    with running(process_environment) as server:  # the others sign as if nothing had happened
        outcome = run_apart(
            phones.sign_all(server.port, hall.ceremony.code, hall.digest, sessions, phones=16)
        )
    assert outcome.refused == []
    assert Signature.objects.count() == 120


async def _sign_until_killed(
    server: Server, hall: Hall, sessions: list[str], after: float
) -> set[str]:
    confirmed: set[str] = set()

    async def phone(part: list[str]) -> None:
        for session in part:
            try:
                found = await phones.sign_all(
                    server.port, hall.ceremony.code, hall.digest, [session], 1
                )
            except (OSError, asyncio.IncompleteReadError):
                return
            confirmed.update(found.receipts)

    signing_phones = [asyncio.create_task(phone(sessions[start::8])) for start in range(8)]
    await asyncio.sleep(after)
    server.kill()
    await asyncio.gather(*signing_phones)
    return confirmed
