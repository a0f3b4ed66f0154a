"""``/bersama/`` and the ways to it: what a stranger finds who holds no receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from netral.pledges.models import Ceremony, CeremonyMove, Signature
from netral.pledges.rules import moves
from netral.pledges.services import ceremonies, signing
from netral.pledges.views import recount
from tests.base.audit.fresh import sign_afresh
from tests.people.register.factories import make_person, make_unit
from tests.pledges.factories import NOW, Hall, make_ceremony, make_hall

pytestmark = pytest.mark.django_db
ALL = "/bersama/"


def words_of(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


@pytest.fixture
def hall() -> Hall:
    """One of two has signed; the signing is open."""
    hall = make_hall()
    unit = make_unit(hall.government, "Dinas A")
    signer, _other = make_person(unit, "Siti Rahma"), make_person(unit, "Budi Putra")
    signing.sign(
        person=signer, ceremony=hall.ceremony, text_digest=hall.digest,
        evidence=Signature.Evidence.ACCOUNT, now=NOW,
    )  # fmt: skip
    return hall


def close(hall: Hall) -> None:
    ceremonies.move(
        ceremony=hall.ceremony, name="close", actor=hall.organiser, now=NOW + timedelta(hours=1)
    )


def another(hall: Hall, title: str) -> Ceremony:
    made = make_ceremony(
        hall.government, hall.organiser, hall.election, hall.text, state=moves.CLOSED
    )
    Ceremony.objects.filter(pk=made.pk).update(title=title)
    return made


def test_a_closed_ceremony_is_listed_with_place_day_and_count_and_nobody(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recount, "SMALLEST_HALL", 2)
    before = words_of(Client().get(ALL))
    assert "Belum ada ikrar yang ditutup." in before and hall.ceremony.title not in before
    close(hall)
    answer = Client().get(ALL)
    listed = words_of(answer)
    place = f"{hall.ceremony.title} {hall.ceremony.place}, 20 November 2026"
    assert f"{place} 1 dari 2 yang diundang menandatangani saat ditutup" in listed
    assert reverse("pledges:recount", args=[hall.ceremony.code]) in answer.content.decode()
    for name in ("Siti", "Budi", "Dinas A", hall.organiser.name):
        assert name not in listed


def test_a_small_hall_is_listed_without_its_count(hall: Hall) -> None:
    close(hall)
    listed = words_of(Client().get(ALL))
    assert hall.ceremony.title in listed and "yang diundang" not in listed


def test_what_was_closed_against_the_log_has_no_document_and_is_not_listed(hall: Hall) -> None:
    close(hall)
    other = another(hall, "Ikrar kedua")
    CeremonyMove.objects.create(
        ceremony=other, move="close", reason="Aula harus kosong", actor=hall.organiser, at=NOW
    )
    listed = words_of(Client().get(ALL))
    assert hall.ceremony.title in listed and "Ikrar kedua" not in listed


def test_the_newest_comes_first_and_long_lists_have_pages(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Callable
) -> None:
    monkeypatch.setattr(recount, "PAGE", 2)
    for number in range(3):
        made = another(hall, f"Ikrar ke-{number}")
        Ceremony.objects.filter(pk=made.pk).update(closed_at=NOW + timedelta(days=number))
    with django_assert_max_num_queries(8):
        first = words_of(Client().get(ALL))
    assert first.index("Ikrar ke-2") < first.index("Ikrar ke-1")
    assert "Ikrar ke-0" not in first and "Ikrar ke-0" in words_of(Client().get(ALL, {"page": 2}))


@pytest.mark.parametrize("typed", ["{}", " {} ", "https://ikrar.contoh.go.id/bersama/{}/"])
def test_the_code_on_the_sheet_leads_there(hall: Hall, typed: str) -> None:
    code = hall.ceremony.code
    answer = Client().get(ALL, {"kode": typed.format(code.lower())})
    assert (answer.status_code, answer["Location"]) == (302, f"{ALL}{code}/")


@pytest.mark.parametrize("typed", ["", "ZZZZ", "7K3M9-Q2XYZ", "\x00", "a" * 400])
def test_a_code_of_nothing_is_answered_beside_the_field(hall: Hall, typed: str) -> None:
    page = Client().get(ALL, {"kode": typed})
    assert page.status_code == 200 and 'class="errorlist"' in page.content.decode()


def test_a_ceremony_that_is_only_planned_is_not_given_away() -> None:
    hall = make_hall(state=moves.PLANNED)
    page = Client().get(ALL, {"kode": hall.ceremony.code})
    assert "Tidak ada ikrar bersama dengan kode ini" in words_of(page)
    assert hall.ceremony.title not in words_of(page)


def test_the_page_of_one_says_what_was_pledged_where_and_what_its_words_mean(hall: Hall) -> None:
    sign_afresh()
    page = words_of(Client().get(reverse("pledges:recount", args=[hall.ceremony.code])))
    wording = hall.ceremony.wording
    for shown in (hall.ceremony.title, hall.ceremony.place, wording["title"], *wording["points"]):
        assert shown in page
    assert page.index("Akar semua tanda tangan") < page.index("satu sidik atas semua entri")
    assert page.index("Segel log") < page.index("tanda tangan kunci log atas seluruh entrinya")


def test_a_stranger_is_led_to_log_and_results() -> None:
    for address in (reverse("people:front"), reverse("pledges:check")):
        page = Client().get(address).content.decode()
        assert f'href="{ALL}"' in page and f'href="{reverse("log:page")}"' in page
