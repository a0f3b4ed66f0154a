"""The pages and the JSON interface date rules no more exactly than their sources do."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from netral.law import library
from tests.law.test_dates import VAGUE, printed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", library().instruments)
def test_no_page_of_an_instrument_prints_a_stand_in(name: str) -> None:
    for language in ("id", "en"):
        client = Client(headers={"accept-language": language})
        page = client.get(f"/hukum/peraturan/{name}/?pada=2024-10-07").content.decode()
        own = [name, *library().instrument(name).provisions]
        for day in (day for item in own for day in VAGUE.get(item, ())):
            if day != library().first_day:  # which every page names as such
                assert not any(told in page for told in printed(day)), (name, day)


def test_lists_and_comparisons_print_no_stand_in() -> None:
    law = library()
    days = {
        told
        for name in law.instruments
        for day in VAGUE.get(name, ())
        for told in printed(day)[1:]
        if day > law.first_day
    }
    page = Client().get("/hukum/peraturan/?pada=2024-10-07").content.decode()
    assert "2023 (hanya tahunnya diketahui)" in page
    assert not [day for day in days if f">{day}" in page or f"{day} –" in page]
    turns = Client().get("/hukum/perubahan/").content.decode()
    assert "SE MenPANRB 18/2023: 2023 (hanya tahunnya diketahui)" in turns
    assert not [day for day in days if f">{day}</a>" in turns]


def test_an_answer_dates_what_it_rests_on_as_the_source_does() -> None:
    page = unescape(
        Client().post("/tanya/", {"pertanyaan": "pns boleh nyoblos kan"}).content.decode()
    )
    assert "2019 (pernyataan)" in page and "1 Januari 2015" not in page
    told = Client().get("/api/hukum/provisions/STATEMENTS/tinta").json()
    assert (told["effective"], told["validity"]["id"]) == ("2019", "2019 (pernyataan)")
    year = Client().get("/api/hukum/instruments/SE-18-2023").json()
    assert (year["enacted"], year["effective"]) == ("2023", "2023")
    old = Client().get("/api/hukum/instruments/SE-B36-2018").json()
    assert (old["until"], old["standing"]) == ("2023", "ended")
