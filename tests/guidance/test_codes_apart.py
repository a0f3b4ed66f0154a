"""The code of a question and that of a receipt are told apart, and lead to each other's page."""

from __future__ import annotations

import pytest
from django.test import Client

from netral.guidance.services import questions
from netral.people.code_kinds import Kind, kind_of, question_as_typed
from tests.guidance.desk import words
from tests.guidance.factories import NOW, TEXT, make_office


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("T-7K3M-9Q2X-HB4T", Kind.QUESTION),
        ("t7k3m 9q2x hb4t", Kind.QUESTION),
        ("7K3M-9Q2X-HB4T", Kind.SLIP),
        ("T7K3-9Q2X-HB4T", Kind.SLIP),
        ("7K3M9-Q2XYZ", Kind.RECEIPT),
        ("7K3M", None),
        ("X-7K3M-9Q2X-HB4T", None),
        ("", None),
    ],
)
def test_each_code_is_known_by_how_it_is_written(typed: str, kind: Kind | None) -> None:
    assert kind_of(typed) is kind


def test_the_letter_in_front_may_be_left_out() -> None:
    assert question_as_typed("T-7K3M-9Q2X-HB4T") == question_as_typed("7k3m9q2xhb4t")
    assert question_as_typed("7K3M9-Q2XYZ") == ""


@pytest.mark.django_db
def test_a_question_is_found_by_its_code_with_and_without_the_letter() -> None:
    office = make_office()
    received = questions.receive_question(
        government=office.government, text=TEXT, source="ask", now=NOW
    )
    assert received.code.startswith("T-") and len(received.code) == 16
    for typed in (received.code, received.code.lower(), received.code.removeprefix("T-")):
        answer = Client().post("/tanya/status/", {"kode": typed})
        assert "menunggu ditelaah" in words(answer), typed


@pytest.mark.django_db
def test_the_code_of_the_other_page_is_said_to_be_that_and_linked() -> None:
    receipt = Client().post("/tanya/status/", {"kode": "7K3M9-Q2XYZ"})
    assert receipt.status_code == 422 and "Ini kode tanda terima ikrar" in words(receipt)
    assert '<a href="/periksa/">' in words(receipt)
    for address in ("/periksa/?kode=T-7K3M-9Q2X-HB4T", "/periksa/T-7K3M-9Q2X-HB4T/"):
        question = words(Client().get(address))
        assert "Ini kode pertanyaan kepada penelaah hukum" in question
        assert '<a href="/tanya/status/">' in question
    slip = words(Client().get("/periksa/?kode=7K3M-9Q2X-HB4T"))
    assert "Ini kode slip" in slip and "/tanya/status/" not in slip
    nonsense = words(Client().post("/tanya/status/", {"kode": "apa ini"}))
    assert "terdiri atas T dan dua belas" in nonsense
