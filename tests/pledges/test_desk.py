"""The signing desk in the real server: many at once, bad senders, and what survives a kill."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from bench.ceremony import phones
from django.db import transaction
from django.utils import timezone

from netral.base.audit.models import LogOpening
from netral.people.models import Person
from netral.pledges import desk
from netral.pledges.models import Ceremony, Signature
from netral.pledges.rules import tickets
from netral.pledges.services import coverage
from tests.apart import run_apart
from tests.pledges.factories import Hall, people_of
from tests.pledges.server import Server, desk_alone, running

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[[dict[str, str]], AbstractContextManager[Server]]


def ticket_of(hall: Hall, person: Person) -> str:
    return tickets.issue(
        ceremony=hall.ceremony.pk,
        person=person.pk,
        digest=hall.digest,
        now=timezone.now(),
        key=desk.ticket_key(),
    )


def post(
    server: Server, path: str, body: bytes, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, body, {**kind, **(headers or {})})
    answer = connection.getresponse()
    return answer.status, {name.lower(): it for name, it in answer.getheaders()}, answer.read()


def assert_whole(hall: Hall) -> None:
    """Every row is logged, nobody is there twice, the figures agree."""
    rows = list(Signature.objects.all())
    assert len({row.person_id for row in rows}) == len(rows)
    logged = LogOpening.objects.values_list("reference", flat=True)
    assert sorted(logged) == sorted(row.pk for row in rows)
    assert not coverage.differences(
        government_id=hall.government.pk, election_id=hall.ceremony.election_id
    )


def test_two_hundred_phones_at_once(hall: Hall, front: Server) -> None:
    given = [ticket_of(hall, person) for person in people_of(hall, 200)]
    outcome = run_apart(phones.spend_all(front.port, hall.ceremony.code, given * 2, 200))
    assert not outcome.refused
    assert len({place.split("?")[0] for place in outcome.receipts}) == 200
    assert Signature.objects.count() == 200
    assert_whole(hall)


def test_a_browser_is_led_to_its_receipt_and_a_script_gets_json(hall: Hall, front: Server) -> None:
    [person] = people_of(hall, 1)
    path, body = f"/t/{hall.ceremony.code}", urlencode({"tiket": ticket_of(hall, person)}).encode()
    status, headers, _ = post(front, path, body)
    code = Signature.objects.get().receipt_code
    assert (status, headers["location"]) == (303, f"/tanda/{code}/")
    assert headers["cache-control"] == "no-store"
    status, _, content = post(front, path, body, {"Accept": "application/json"})
    assert (status, json.loads(content)) == (
        200,
        {"address": f"/tanda/{code}/?lagi=1", "receipt": code, "is_new": False},
    )


@pytest.mark.parametrize(
    "body", [b"", b"tiket=", b"tiket=AAAA", b"tiket=" + b"A" * 5000, b"\xff\xfe%%%&&==tiket"]
)
def test_what_is_no_ticket_leads_back_to_the_page(hall: Hall, front: Server, body: bytes) -> None:
    path = f"/t/{hall.ceremony.code}"
    status, headers, _ = post(front, path, body)
    assert (status, headers["location"]) == (303, f"/i/{hall.ceremony.code}?alasan=ticket")
    status, _, content = post(front, path, body, {"Accept": "application/json"})
    address = f"/i/{hall.ceremony.code}?alasan=ticket"
    assert (status, json.loads(content)) == (400, {"address": address, "reason": "ticket"})
    assert not Signature.objects.exists()


def test_the_way_back_stays_on_this_site(hall: Hall, front: Server) -> None:
    for path in ("/t//evil.example", "/t/%0d%0aX:y", "/t/..%2f..", "/t/a.b"):
        _, headers, _ = post(front, path, b"tiket=")
        assert headers["location"].startswith("/i/")
        assert set(headers["location"].removeprefix("/i/").split("?")[0]) <= set(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        )


def test_getting_the_address_is_a_page_not_the_desk(hall: Hall, server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server.address}/t/{hall.ceremony.code}", timeout=30)
    assert refused.value.code == 405


def test_the_desk_alone_knows_no_other_address(
    hall: Hall, process_environment: dict[str, str]
) -> None:
    with desk_alone(process_environment) as server:
        for path in (f"/t/{hall.ceremony.code}", "/", "/sehat"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(server.address + path, timeout=30)
            assert refused.value.code == 405


def test_told_to_stop_it_still_answers_who_waits(
    hall: Hall, process_environment: dict[str, str]
) -> None:
    path = f"/t/{hall.ceremony.code}"
    bodies = [f"tiket={ticket_of(hall, person)}".encode() for person in people_of(hall, 20)]
    with desk_alone(process_environment) as server, ThreadPoolExecutor(len(bodies)) as phones:
        with transaction.atomic():  # nobody else can write a signature meanwhile
            Ceremony.objects.filter(pk=hall.ceremony.pk).update(place="Aula")
            answers = [phones.submit(post, server, path, body) for body in bodies]
            time.sleep(0.5)
            server.process.terminate()
            time.sleep(0.5)
        places = [answer.result(30)[1]["location"] for answer in answers]
        assert server.process.wait(15) == 0
    receipts = {
        f"/tanda/{code}/" for code in Signature.objects.values_list("receipt_code", flat=True)
    }
    assert set(places) == receipts
    assert len(receipts) == len(bodies)
    assert_whole(hall)


@pytest.mark.parametrize("start", [running, desk_alone], ids=["beside the pages", "alone"])
def test_killed_under_load_what_was_confirmed_is_there_once(
    hall: Hall, process_environment: dict[str, str], start: Start
) -> None:
    given = [ticket_of(hall, person) for person in people_of(hall, 300)]
    outcome = phones.Outcome()
    with start(process_environment) as server:

        def load() -> None:
            sending = phones.spend_all(server.port, hall.ceremony.code, given, 64, outcome)
            with suppress(OSError, EOFError):  # the server is to be killed
                asyncio.run(sending)

        signing = threading.Thread(target=load)
        signing.start()
        while len(outcome.receipts) < 40 and signing.is_alive():
            time.sleep(0.005)
        server.kill()
        signing.join(30)
    confirmed = {place.split("/")[2] for place in outcome.receipts}
    assert confirmed
    assert confirmed <= set(Signature.objects.values_list("receipt_code", flat=True))
    assert_whole(hall)
    with start(process_environment) as server:
        again = run_apart(phones.spend_all(server.port, hall.ceremony.code, given, 64))
    assert not again.refused
    assert Signature.objects.count() == 300
    assert_whole(hall)
