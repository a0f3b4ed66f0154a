"""Where the page of a person, or of a merge, says that status and number do not go together."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from netral.people.models import Account
from tests.people.register.factories import make_government, make_officer, make_person, make_unit

pytestmark = pytest.mark.django_db


def test_somebody_who_became_pppk_without_a_number_is_pointed_to_it(
    sign_in: Callable[[Account], Client],
) -> None:
    unit = make_unit(make_government(), "Dinas A")
    desk = sign_in(make_officer(unit.government))
    pending = make_person(unit, "Sari Utami", status="pppk", number="")
    page = desk.get(reverse("people:register_person", args=[pending.pk])).text
    assert "PPPK memerlukan NIP atau NI PPPK" in page
    for settled in (make_person(unit, "Budi", status="non_asn"), make_person(unit, "Nur Aini")):
        page = desk.get(reverse("people:register_person", args=[settled.pk])).text
        assert "memerlukan NIP" not in page


def test_before_merging_it_is_said_whose_status_stays(
    sign_in: Callable[[Account], Client],
) -> None:
    unit = make_unit(make_government(), "Dinas A")
    desk = sign_in(make_officer(unit.government))
    honorary, civil = make_person(unit, "Sari", status="non_asn"), make_person(unit, "Sari")
    confirm = "people:register_merge_confirm"
    page = desk.get(reverse(confirm, args=[honorary.pk, civil.pk])).text
    assert "Statusnya tetap Non-ASN, bukan PNS" in page
    twin = make_person(unit, "Sari", status="non_asn")
    page = desk.get(reverse(confirm, args=[honorary.pk, twin.pk])).text
    assert "Statusnya tetap" not in page
