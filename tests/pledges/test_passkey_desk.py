"""Passkeys at the desk of the real server, many at once."""

from __future__ import annotations

import json
import time
from urllib.parse import urlencode

import pytest
from bench.ceremony.passkeys import PRESENT
from django.utils import timezone

from netral.base.short_requests import LARGEST_BODY
from netral.pledges.models import Ceremony, Signature
from tests.apart import run_apart
from tests.pledges.factories import Hall, people_of
from tests.pledges.keys import OpenPage, open_page, take
from tests.pledges.server import Server
from tests.pledges.test_desk import assert_whole, post

pytestmark = pytest.mark.django_db(transaction=True)
JSON = {"Accept": "application/json"}


@pytest.fixture
def pages(hall: Hall) -> list[OpenPage]:
    """Twelve phones before the open sign page of a ceremony that takes passkeys only."""
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(opened_at=timezone.now())
    hall.ceremony.refresh_from_db()
    take(hall, "passkey")
    return [open_page(hall, person) for person in people_of(hall, 12)]


def body_of(page: OpenPage, **changes: object) -> bytes:
    return urlencode(page.fields(time.time_ns() // 1_000_000, **changes)).encode()


def test_a_hall_signs_by_passkey_and_the_false_ones_are_told_so(
    hall: Hall, pages: list[OpenPage], front: Server
) -> None:
    """One in three is not verified by its phone; the others are signed in the same groups."""

    async def send_all() -> list[tuple[int, dict[str, str], bytes]]:
        import asyncio

        bodies = [
            body_of(page, **({"flags": PRESENT} if number % 3 == 0 else {}))
            for number, page in enumerate(pages)
        ]
        sending = (asyncio.to_thread(post, front, pages[0].address, one, JSON) for one in bodies)
        return await asyncio.gather(*sending)

    answers = run_apart(send_all())
    for number, (status, _headers, content) in enumerate(answers):
        said = json.loads(content)
        if number % 3 == 0:
            assert (status, said["reason"]) == (409, "not_proved")
        else:
            assert status == 200 and said["is_new"]
    assert set(Signature.objects.values_list("evidence", flat=True)) == {"passkey"}
    assert Signature.objects.count() == 8
    assert_whole(hall)


def test_nonsense_and_too_much_are_turned_away_and_the_desk_stays_open(
    pages: list[OpenPage], front: Server
) -> None:
    good = pages[0].fields(time.time_ns() // 1_000_000)
    for changes in ({"klien": "W" * 6000}, {"klien": ""}, {"data": "AA"}, {"tanda": "AAAA"}):
        status, _headers, content = post(
            front, pages[0].address, urlencode(good | changes).encode(), JSON
        )
        assert (status, json.loads(content)["reason"]) == (409, "not_proved")
    huge = urlencode(good | {"klien": "W" * LARGEST_BODY}).encode()
    status, _headers, content = post(front, pages[0].address, huge, JSON)
    assert (status, json.loads(content)["reason"]) == (400, "ticket")
    assert not Signature.objects.exists()
    assert post(front, pages[0].address, body_of(pages[0]), JSON)[0] == 200
