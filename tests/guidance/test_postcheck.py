"""The text check over HTTP: what it marks, and that nothing of the text stays anywhere."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from netral.elections.calendars import forget_calendars
from netral.elections.models import Election, Ticket
from netral.guidance.views.postcheck import api, pages
from netral.law import library
from netral.people.models import Attempts
from netral.people.services import throttling
from tests.e2e.world import _election
from tests.guidance.test_api import faults
from tests.people.accounts import factories

pytestmark = pytest.mark.django_db
PAGE, ENDPOINT = "/periksa-tulisan/", "/api/hukum/check-text"
SECRET = "kenangaungu"


@pytest.fixture
def campaign() -> None:
    """One government, in a campaign today, with two tickets."""
    _election(factories.make_government(), timezone.localdate())
    forget_calendars()


def check(text: str, mode: str = "post", expected: int = 200, **client: Any) -> str:
    answer = Client(**client).post(PAGE, {"tulisan": text, "untuk": mode})
    assert answer.status_code == expected
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content.decode()


def send(expected: int = 200, **body: Any) -> Any:
    answer = Client().post(ENDPOINT, json.dumps(body), "application/json")
    assert answer.status_code == expected
    return answer.json()


def row_counts() -> dict[str, int]:
    models = (model for model in apps.get_models() if model is not Attempts)
    return {model._meta.label: model._default_manager.count() for model in models}


def test_a_call_is_marked_with_its_reason_and_a_neutral_way(campaign: None) -> None:
    page = check("Yuk coblos nomor 1 ya")
    assert '<mark class="sure">' in page
    assert "Dukungan atau ajakan memilih" in page
    assert "Gunakan hak pilih Anda sesuai hati nurani" in page
    assert "/hukum/peraturan/SKB-2022/D6/" in page


@pytest.mark.parametrize(
    ("text", "kind", "act"),
    [
        ("Yuk coblos nomor 1 ya", "Dukungan atau ajakan memilih", "post_support"),
        ("Pasang stiker partai di mobil", "Atribut, nomor, atau semboyan", "own_props"),
        ("Usir saja orang kafir itu dari kampung kita", "Kebencian karena suku", "belittle"),
        ("Viralkan sebelum dihapus!", "Kabar yang belum terbukti", "spread_hoax"),
    ],
)
def test_each_kind_of_risk_names_the_act_it_may_amount_to(
    campaign: None, text: str, kind: str, act: str
) -> None:
    page = check(text)
    assert "<mark" in page and kind in page and "Sebaiknya:" in page
    assert f'<a href="/hukum/perbuatan/{act}/">{escape(library().acts[act].name.id)}</a>' in page
    shown = re.sub(r"<[^>]+>", " ", page.split("<main")[1])
    assert not re.search(r"\b(SKB|UU|PP)-[\d-]+/", shown), "people read no keys"


def test_a_slogan_of_the_recorded_ballot_is_an_attribute_and_a_short_name_is_not(
    campaign: None,
) -> None:
    line = {"names": "Ranu Kelana – Sita Maheswari", "other_names": ["Ranu-Sita", "Terang Bersama"]}
    Ticket.objects.create(election=Election.objects.get(), number=7, **line)
    found = {
        text: {item["rule"] for mark in send(text=text)["marks"] for item in mark["findings"]}
        for text in ("terang bersama ya", "Ranu-Sita tadi lewat", "salam terang")
    }
    assert found == {
        "terang bersama ya": {"attributes"}, "Ranu-Sita tadi lewat": {"mention"},
        "salam terang": set(),
    }  # fmt: skip


def test_a_text_without_marks_is_no_permission(campaign: None) -> None:
    page = check("Gunakan hak pilih Anda")
    assert "Tidak ditemukan bagian yang berisiko; ini bukan izin." in page
    assert re.search(r"\baman\b", page.lower()) is None


def test_a_poster_is_read_more_strictly(campaign: None) -> None:
    text = "Lanjutkan! Datang ke TPS"
    assert "<mark" not in check(text)
    assert "<mark" in check(text, "poster")


def test_what_was_typed_is_shown_as_text_and_line_ends_do_not_move_the_marks() -> None:
    page = check("<script>alert(1)</script>\r\n\r\ncoblos nomor 1\r\n")
    assert "<script>alert" not in page
    assert ">coblos nomor 1<a" in page


def test_nothing_of_the_text_is_stored_or_logged(
    campaign: None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    before = row_counts()
    text = f"coblos nomor 1 {SECRET}"
    check(text)
    check(text + "x" * 6_000, expected=422)
    send(text=text)
    send(400, text=text, other=1)
    assert row_counts() == before
    told = capfd.readouterr()
    assert SECRET not in caplog.text + told.out + told.err
    keys = Attempts.objects.values_list("key", flat=True)
    assert all(SECRET not in key for key in keys)


def test_a_crash_does_not_carry_the_text_into_the_log(
    campaign: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*arguments: Any, **named: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(pages, "check", broken)
    answer = Client(raise_request_exception=False).post(PAGE, {"tulisan": SECRET, "untuk": "post"})
    assert answer.status_code == 500
    told = capfd.readouterr()
    assert SECRET not in answer.content.decode() + told.out + told.err


@pytest.mark.parametrize(("module", "name"), [(pages, "PAGES"), (api, "PROGRAMS")])
def test_too_many_checks_have_to_wait(
    module: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = throttling.Allowance(f"few.{name}", uses=1, window=getattr(module, name).window)
    monkeypatch.setattr(module, name, few)
    for expected in (200, 429):
        if module is pages:
            check("Halo", expected=expected)
        else:
            send(expected, text="Halo")


def test_the_endpoint_answers_as_described(campaign: None) -> None:
    described = Client().get(reverse("guidance:api_openapi")).json()
    told = send(text="Yuk coblos nomor 1")
    assert told["marks"][0]["words"] == "Yuk coblos nomor 1"
    operation = described["paths"][ENDPOINT]["post"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert faults(told, schema, described, ENDPOINT) == []
    assert send(text="Halo")["note"]["id"].endswith("ini bukan izin.")


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": 1}, {"text": "a", "mode": "x"}, {"text": "a" * 5_001}]
)
def test_the_endpoint_says_what_to_send(body: dict[str, Any]) -> None:
    assert send(400, **body)["error"] == "bad_text"
    assert Client().get(ENDPOINT).status_code == 405


def test_the_command_reads_names_and_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    from netral.project.commandline import main

    assert main(["periksa", "Saatnya Kartika Wening", "--contestant", "1=Kartika Wening"]) == 1
    assert "Dukungan atau ajakan memilih" in capsys.readouterr().out
    assert main(["periksa", "Selamat pagi"]) == 0
    assert "bukan izin" in capsys.readouterr().out
