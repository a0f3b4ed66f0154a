"""One phone that goes from hand to hand: nobody takes another's receipt for their own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.people.models import Person
from netral.people.services import claiming
from netral.pledges.models import Signature
from netral.pledges.services import ceremonies
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_person
from tests.pledges.factories import Hall, account_of

pytestmark = pytest.mark.django_db


def staff(hall: Hall, name: str) -> tuple[Person, str]:
    person = make_person(hall.government.units.get(name="Dinas A"), name)
    issued = claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())
    return person, issued[0].code


def sign_by_slip(phone: Client, hall: Hall, slip: str) -> Signature:
    address = reverse("pledges:sign", args=[hall.ceremony.code])
    phone.post(address, {"slip": slip, "naskah": hall.digest})
    return Signature.objects.latest("signed_at")


def test_the_next_person_is_told_whose_receipt_it_is_and_gets_to_sign(hall: Hall) -> None:
    phone = Client()
    invitation = reverse("pledges:invitation", args=[hall.ceremony.code])
    _, first_slip = staff(hall, "Siti Rahma")
    second, second_slip = staff(hall, "Budi Santoso")
    kept = sign_by_slip(phone, hall, first_slip)
    scanned = phone.get(invitation, follow=True).content.decode()
    assert "Tanda terima ini milik Siti Rahma." in scanned
    assert "Ikrar Anda tercatat" not in scanned
    sign_out = f"{reverse('account_logout')}?next={invitation}"
    assert f'href="{sign_out}"' in scanned
    asked = phone.get(sign_out).content.decode()
    assert invitation in asked
    answer = phone.post(reverse("account_logout"), {"sure": "1", "next": invitation})
    assert answer["Location"] == invitation
    assert sign_by_slip(phone, hall, second_slip).person == second
    assert kept.person != second


def test_signing_by_slip_leaves_its_owner_signed_in_elsewhere(hall: Hall) -> None:
    person, slip = staff(hall, "Siti Rahma")
    own = sign_in(Client(), account_of(person), second_factor=False)
    assert sign_by_slip(Client(), hall, slip).person == person
    assert own.get(reverse("people:mine")).status_code == 200


def test_just_signed_says_recorded_and_how_to_hand_the_phone_on(hall: Hall) -> None:
    phone = Client()
    _, slip = staff(hall, "Siti Rahma")
    kept = sign_by_slip(phone, hall, slip)
    receipt = reverse("pledges:receipt", args=[kept.receipt_code])
    page = phone.get(receipt).content.decode()
    assert "Ikrar Anda tercatat" in page
    assert "Tanda terima ini milik" not in page
    assert "Keluar, lalu serahkan ponselnya" in page
    ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=timezone.now())
    assert "serahkan ponselnya" not in phone.get(receipt).content.decode()
