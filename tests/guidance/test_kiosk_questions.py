"""The screen at an event sends what it cannot answer into the reviewers' queue, by nobody."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from netral.guidance.models import Consultation
from netral.guidance.views.asking import limits
from netral.people.services import throttling
from tests.guidance.desk import UNCLEAR, reviewer, words
from tests.guidance.factories import TEXT, make_office
from tests.people.accounts import factories
from tests.people.accounts.sessions import sign_in

pytestmark = pytest.mark.django_db


def test_the_kiosk_sends_what_it_cannot_answer_into_the_same_queue_by_nobody() -> None:
    office = make_office()
    address = "/tanya/kios/?kegiatan=Sosialisasi+Kecamatan"
    asker = Client()
    shown = words(asker.post(address, {"pertanyaan": UNCLEAR}))
    assert 'name="teruskan"' in shown and "sampai 90 hari setelah dijawab" in shown
    assert not Consultation.objects.exists()
    sent = words(asker.post(address, {"pertanyaan": UNCLEAR, "teruskan": "1"}))
    (code,) = re.findall(r'code-big">([^<]+)<', sent)
    assert "/tanya/status/" in sent and "/tanya/kios/?kegiatan=Sosialisasi" in sent
    made = Consultation.objects.get()
    assert (made.source, made.event, made.asker) == ("event", "Sosialisasi Kecamatan", None)
    assert made.steps.get().actor is None
    queue = words(reviewer(office.second).get("/penelaahan/"))
    assert UNCLEAR in queue and "kegiatan: Sosialisasi Kecamatan" in queue
    assert "menunggu ditelaah" in words(Client().post("/tanya/status/", {"kode": code}))


def test_the_kiosk_does_not_open_in_an_officers_session() -> None:
    office = make_office()
    address = "/tanya/kios/?kegiatan=Sosialisasi+Kecamatan"
    officer = sign_in(Client(), office.first, second_factor=True)
    for answer in (officer.get(address), officer.post(address, {"pertanyaan": UNCLEAR})):
        page = words(answer)
        assert "Layar tanya belum dibuka" in page and office.first.name in page
        assert "data-kiosk" not in page and "textarea" not in page and UNCLEAR not in page
    sent = officer.post(address, {"pertanyaan": UNCLEAR, "teruskan": "1"})
    assert "Layar tanya belum dibuka" in words(sent) and not Consultation.objects.exists()
    left = officer.post("/akun/keluar/", {"next": address, "sure": "1"}, follow=True)
    assert left.redirect_chain[-1][0] == address and "data-kiosk" in words(left)
    assert officer.get("/penelaahan/").status_code in (302, 403), "the session is over"


def test_the_kiosk_sends_nothing_that_is_empty_or_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_office()
    empty = Client().post("/tanya/kios/", {"pertanyaan": " ", "teruskan": "1"})
    assert empty.status_code == 422
    few = throttling.Allowance("few", uses=1, window=limits.SENDING.window)
    monkeypatch.setattr(limits, "SENDING", few)
    told = {"pertanyaan": TEXT, "teruskan": "1"}
    assert [Client().post("/tanya/kios/", told).status_code for _turn in range(2)] == [200, 429]
    assert Consultation.objects.count() == 1


def test_organisers_open_the_kiosk_with_the_name_of_their_event() -> None:
    office = make_office()
    organiser = reviewer(factories.make_officer("organiser", office.government))
    told = {"kegiatan": "Sosialisasi Kecamatan", "pertanyaan": "Bolehkah ini?\nBolehkah itu?"}
    page = words(organiser.post("/penelaahan/kegiatan/", told))
    assert 'action="/tanya/kios/"' in page
    assert page.count('value="Sosialisasi Kecamatan"') == 2, "kept for the list and for the screen"
