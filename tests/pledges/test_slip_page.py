"""Before and after the slip is typed: reading is free, and so is not signing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.people.models import ClaimCode
from netral.people.services import claiming
from netral.pledges.models import Decline, Signature
from netral.pledges.rules import moves
from tests.people.register.factories import make_government, make_person, make_unit
from tests.pledges.factories import Hall, make_hall

pytestmark = pytest.mark.django_db
JUST_CLOSE = "Tutup saja halaman ini: tidak ada yang dicatat"


def hall_in(state: str) -> Hall:
    return make_hall(units=[make_unit(make_government(), "Dinas A")], state=state)


@pytest.mark.parametrize("state", [moves.PLANNED, moves.READING, moves.SIGNING])
def test_the_text_is_read_without_a_slip(state: str) -> None:
    hall = hall_in(state)
    page = Client().get(reverse("pledges:invitation", args=[hall.ceremony.code])).content.decode()
    for point in hall.ceremony.wording["points"]:
        assert point in page
    is_waiting = state != moves.SIGNING
    assert ('<details class="card" open>' in page) is is_waiting
    assert ("Penandatanganan belum dibuka" in page) is is_waiting


def test_who_came_by_slip_and_does_not_sign_leaves_nothing_behind() -> None:
    hall = hall_in(moves.SIGNING)
    person = make_person(hall.government.units.get(name="Dinas A"), "Siti Rahma")
    slip = claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())[0].code
    phone = Client()
    address = reverse("pledges:invitation_slip", args=[hall.ceremony.code])
    page = phone.post(address, {"slip": slip}).content.decode()
    assert "Siti Rahma" in page
    assert JUST_CLOSE in page
    assert not Signature.objects.exists()
    assert not Decline.objects.exists()
    assert ClaimCode.objects.get().used_at is None
    assert "_auth_user_id" not in phone.session
