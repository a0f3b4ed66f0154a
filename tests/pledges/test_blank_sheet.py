"""The empty list of signatures that is printed for those without a phone."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from netral.pledges.rules import moves
from netral.pledges.services import documents
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_unit
from tests.pledges.factories import make_hall, signed

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> tuple[str, int]:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()), len(pages)


def test_one_sheet_holds_the_text_twelve_rows_and_two_witnesses() -> None:
    hall = make_hall(state=moves.PLANNED)
    content, pages = text_of(documents.blank_sheet_pdf(hall.ceremony))
    assert pages == 1
    for point in hall.ceremony.wording["points"]:
        assert point in content
    for words in ("12", "Saksi 1", "Saksi 2", hall.ceremony.code, hall.ceremony.title):
        assert words in content


def test_a_long_text_makes_a_second_page_and_loses_nothing() -> None:
    hall = make_hall()
    hall.ceremony.wording["points"] = [f"Butir ke-{n} " + "panjang " * 30 for n in range(1, 15)]
    content, pages = text_of(documents.blank_sheet_pdf(hall.ceremony))
    assert pages > 1
    assert "Butir ke-14" in content
    assert "Saksi 2" in content


def test_it_is_offered_before_the_reading_and_names_nobody() -> None:
    hall = make_hall(state=moves.PLANNED)
    officer = sign_in(Client(), hall.organiser, second_factor=True)
    address = reverse("pledges:blank_sheet", args=[hall.ceremony.pk])
    page = officer.get(reverse("pledges:ceremony", args=[hall.ceremony.pk])).content.decode()
    assert f'href="{address}"' in page
    answer = officer.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert hall.ceremony.code in answer["Content-Disposition"]


def test_names_of_those_who_signed_are_not_on_it() -> None:
    hall = make_hall(units=[make_unit(make_government(), "Dinas A")])
    signed(hall, "Siti Rahma")
    assert "Siti Rahma" not in text_of(documents.blank_sheet_pdf(hall.ceremony))[0]
