"""The server's clock jumps back in the middle of a ceremony: nothing is lost, nobody is stopped."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from netral.pledges.models import Ceremony, Signature
from netral.pledges.rules import moves
from netral.pledges.services import ceremonies, paper, signing
from tests.people.register.factories import make_person, make_unit
from tests.pledges.factories import NOW, make_hall

pytestmark = pytest.mark.django_db
BACK = NOW - timedelta(hours=1)


def test_signing_closing_and_late_phones_while_the_clock_stands_an_hour_back() -> None:
    hall = make_hall()
    unit = make_unit(hall.government, "Dinas A")
    before, after, late = (make_person(unit, name) for name in ("Ani", "Budi", "Cici"))

    def sign(person, now):
        return signing.sign(
            ceremony=hall.ceremony, person=person, evidence=Signature.Evidence.ACCOUNT,
            text_digest=hall.digest, now=now,
        )  # fmt: skip

    sign(before, NOW + timedelta(minutes=5))
    sign(after, BACK)
    sign(before, BACK)
    closed = ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=BACK)
    assert closed.state == moves.CLOSED
    assert isinstance(sign(late, BACK), signing.Refused)
    assert set(Signature.objects.values_list("person", flat=True)) == {before.pk, after.pk}
    again = ceremonies.move(
        ceremony=Ceremony.objects.get(), name="reopen", actor=hall.organiser, now=BACK,
        reason="terlalu cepat ditutup",
    )  # fmt: skip
    assert again.state == moves.SIGNING


def test_a_sheet_signed_ahead_of_the_clock_is_taken_without_an_error(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    hall = make_hall()
    unit = make_unit(hall.government, "Dinas A")
    person, *witnesses = (make_person(unit, name) for name in ("Ani", "Budi", "Cici"))
    sheet = paper.attach_sheet(
        ceremony=hall.ceremony, upload=io.BytesIO(b"%PDF-1.7"), signed_at=NOW,
        text_code=hall.text_code, compared=False, witnesses=tuple(witnesses), actor=hall.organiser, now=NOW,
    )  # fmt: skip
    paper.enter_names(sheet=sheet, person_ids=[person.pk], actor=hall.organiser, now=BACK)
    signature = Signature.objects.get(person=person)
    assert signature.signed_at <= signature.recorded_at
