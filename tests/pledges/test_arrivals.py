"""Signatures that waited on a phone: which time is believed, and what a closed ceremony takes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.people.models import Person
from netral.pledges import desk
from netral.pledges.models import Ceremony, Signature
from netral.pledges.rules import arrivals, tickets
from netral.pledges.services import ceremonies, receipts, signing
from netral.pledges.services.proving import Claim
from netral.pledges.services.signing import Refusal, Refused
from netral.pledges.services.together import Receipt, Wish, sign_together
from tests.people.register.factories import make_person, make_unit
from tests.pledges.factories import NOW, Hall, make_hall

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OPENED = NOW + MINUTE  # factories.bring_to
CLOSED = NOW + HOUR


def close(hall: Hall, at: datetime = CLOSED) -> None:
    ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=at)


def wish(hall: Hall, pressed: datetime | None) -> Wish:
    person = make_person(make_unit(hall.government, "Dinas A"), "Siti Rahma")
    by_phone = None if pressed is None else int(milliseconds(pressed))
    return Wish(hall.ceremony.pk.hex, person.pk.hex, hall.digest[:32], by_phone)


@pytest.mark.parametrize(
    ("claimed", "is_believed"),
    [
        (NOW, True),
        (NOW + 5 * MINUTE, True),
        (NOW + 10 * MINUTE, True),
        (NOW - timedelta(seconds=1), False),  # before there was a ticket
        (NOW + 10 * MINUTE + timedelta(seconds=1), False),  # in the future
        (None, False),
    ],
)
def test_a_claim_is_believed_between_ticket_and_arrival(
    claimed: datetime | None, is_believed: bool
) -> None:
    found = arrivals.believed(claimed, issued=NOW, arrived=NOW + 10 * MINUTE)
    assert found == (claimed if is_believed else None)


@pytest.mark.django_db
@pytest.mark.parametrize("alone", [False, True])
def test_both_times_are_kept_and_shown(alone: bool) -> None:
    hall = make_hall()
    pressed, arrived = OPENED + 3 * MINUTE, OPENED + 30 * MINUTE
    given = wish(hall, pressed)
    if alone:
        signing.sign(
            person=Person.objects.get(pk=given.person), ceremony=hall.ceremony,
            text_digest=hall.digest, evidence=Signature.Evidence.ACCOUNT, pressed=pressed,
            now=arrived,
        )  # fmt: skip
    else:
        sign_together([given], now=arrived)
    kept = Signature.objects.get()
    assert (kept.signed_at, kept.recorded_at) == (pressed, arrived)
    assert kept.has_phone_time and not kept.after_closing
    page = Client().get(reverse("pledges:check_receipt", args=[kept.receipt_code])).content.decode()
    assert "Waktu menurut ponsel" in page and "Diterima server" in page
    assert "sesudah penandatanganan ditutup" not in page
    assert "menurut ponsel; diterima server" in receipts._own_words(kept)["time"]


@pytest.mark.django_db
def test_without_a_claim_there_is_one_time() -> None:
    hall = make_hall()
    sign_together([wish(hall, None)], now=OPENED + MINUTE)
    kept = Signature.objects.get()
    assert kept.signed_at == kept.recorded_at and not kept.has_phone_time
    page = Client().get(reverse("pledges:check_receipt", args=[kept.receipt_code])).content.decode()
    assert "menurut ponsel" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pressed", "arrived", "is_taken"),
    [
        (CLOSED - MINUTE, CLOSED + MINUTE, True),
        (CLOSED, CLOSED + 24 * HOUR, True),
        (CLOSED - MINUTE, CLOSED + 24 * HOUR + MINUTE, False),
        (CLOSED + MINUTE, CLOSED + 2 * MINUTE, False),
        (OPENED - MINUTE, CLOSED + MINUTE, False),
        (None, CLOSED + MINUTE, False),
    ],
)
def test_a_closed_ceremony_takes_what_was_pressed_while_it_was_open(
    pressed: datetime | None, arrived: datetime, is_taken: bool
) -> None:
    hall = make_hall()
    given = wish(hall, pressed)
    close(hall)
    [answer] = sign_together([given], now=arrived)
    if not is_taken:
        assert answer == Refused(Refusal.CLOSED)
        assert not Signature.objects.exists()
        return
    kept = Signature.objects.get()
    assert answer == Receipt(kept.receipt_code, is_new=True)
    assert (kept.signed_at, kept.recorded_at, kept.after_closing) == (pressed, arrived, True)
    page = Client().get(reverse("pledges:check_receipt", args=[kept.receipt_code])).content.decode()
    assert "sesudah penandatanganan ditutup" in page


@pytest.mark.django_db
def test_a_claim_from_before_the_opening_gives_way_to_the_time_of_arrival() -> None:
    hall = make_hall()
    sign_together([wish(hall, OPENED - MINUTE)], now=OPENED + MINUTE)
    assert Signature.objects.get().signed_at == OPENED + MINUTE


@pytest.mark.django_db
def test_only_a_phone_can_be_late() -> None:
    from tests.pledges.factories import signed

    kept = signed(make_hall())
    sheet = kept.ceremony.sheets.create(
        file="x", kind="pdf", digest="0" * 64, signed_at=NOW, uploaded_at=NOW,
        uploaded_by=kept.ceremony.created_by,
    )  # fmt: skip
    kept.pk, kept.receipt_code, kept.turn, kept.after_closing = None, "AAAAA-AAAAA", 1, True
    kept.evidence, kept.paper, kept.entered_by = "paper", sheet, kept.ceremony.created_by
    kept.counts_for_coverage, kept._state.adding = False, True
    kept.id = Signature._meta.get_field("id").get_default()
    refused = pytest.raises(IntegrityError, match="signature_after_closing_by_phone")
    with refused, transaction.atomic():
        kept.save(force_insert=True)


# --- what the desk reads ----------------------------------------------------------------------------
def read(issued: datetime, pressed: str) -> Wish | None:
    made = tickets.issue(
        ceremony=Signature._meta.get_field("id").get_default(),
        person=Signature._meta.get_field("id").get_default(),
        digest="ab" * 32,
        now=issued,
        key=desk.ticket_key(),
    )
    wish = desk.read_wish({"tiket": made, "saat": pressed}, key=desk.ticket_key())
    assert not isinstance(wish, Claim)
    return wish


def milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


def test_the_desk_reads_the_time_of_the_phone() -> None:
    now = timezone.now()
    found = read(now - HOUR, milliseconds(now - MINUTE))
    assert found and found.pressed_at
    assert abs(found.pressed_at - (now - MINUTE)) < timedelta(milliseconds=1)


@pytest.mark.parametrize("said", ["", "-1", "1e9", "²", "9" * 14, "9" * 5000, "0", "NaN"])
def test_a_wrong_clock_loses_only_its_claim(said: str) -> None:
    found = read(timezone.now() - MINUTE, said)
    assert found and found.pressed is None


def test_an_old_ticket_needs_a_believed_press_within_its_time() -> None:
    now = timezone.now()
    issued = now - 20 * HOUR
    assert read(issued, "") is None
    assert read(issued, milliseconds(issued + 13 * HOUR)) is None
    assert read(issued, milliseconds(issued + HOUR))
    assert read(now - 37 * HOUR, milliseconds(now - 36 * HOUR)) is None


@pytest.mark.django_db
def test_a_script_gets_json_where_no_desk_stands() -> None:
    hall = make_hall()
    now = timezone.now()
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(opened_at=now - HOUR)
    person = make_person(make_unit(hall.government, "Dinas A"))
    made = tickets.issue(
        ceremony=hall.ceremony.pk, person=person.pk, digest=hall.digest, now=now - 2 * MINUTE,
        key=desk.ticket_key(),
    )  # fmt: skip
    answer = Client(enforce_csrf_checks=True).post(
        f"/t/{hall.ceremony.code}",
        {"tiket": made, "saat": milliseconds(now - MINUTE)},
        headers={"Accept": "application/json"},
    )
    kept = Signature.objects.get()
    assert answer.json() == {
        "address": f"/tanda/{kept.receipt_code}/", "receipt": kept.receipt_code, "is_new": True,
    }  # fmt: skip
    assert abs(kept.signed_at - (now - MINUTE)) < timedelta(milliseconds=1)
    assert kept.recorded_at >= now
