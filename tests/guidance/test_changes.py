"""What changed between two days, as a page."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.guidance.queries.changes import compare, turning_days
from netral.law import OUTCOME_WORDS, library
from netral.law.changes import changes

pytestmark = pytest.mark.django_db
PAGE = reverse("guidance:changes")
LAW = library()


def get(language: str = "id", expected: int = 200, /, **query: str) -> str:
    client = Client()
    client.cookies["bahasa"] = language
    answer = client.get(PAGE, query)
    assert answer.status_code == expected
    return unescape(answer.content.decode())


@pytest.mark.parametrize("language, word", [("id", "Mulai berlaku"), ("en", "Came into force")])
def test_it_says_what_began_and_what_ended(language: str, word: str) -> None:
    page = get(language, dari="2023-10-30", sampai="2023-10-31")
    assert word in page
    assert "/hukum/peraturan/UU-20-2023/" in page and "/hukum/peraturan/UU-5-2014/" in page


def test_the_new_supervisor_is_named_beside_the_old_one() -> None:
    page = get(dari="2024-08-23", sampai="2024-08-24")
    assert "KASN" in page and "→ BKN" in page.replace("\n", " ")


@pytest.mark.parametrize("on", [turn.on for turn in turning_days()][::8])
def test_every_moved_cell_of_the_library_stands_in_the_comparison(on: date) -> None:
    before = on - timedelta(days=1)
    shown = compare(before, on)
    expected = changes(before, on).cells
    moved = {
        (item.act.id, move.before, move.after, status)
        for item in shown.moved
        for move in item.moves
        for status in move.statuses
    }
    assert moved == {
        (cell.act, cell.before, cell.after, cell.status)
        for cell in expected
        if cell.before is not cell.after
    }
    bases = {(item.before, item.after, act.id) for item in shown.bases for act in item.acts}
    assert bases == {
        (cell.cited_before, cell.cited_after, cell.act)
        for cell in expected
        if cell.before is cell.after
    }


def test_a_moved_outcome_opens_its_reasons_on_its_day() -> None:
    moved = compare(date(2022, 9, 21), date(2022, 9, 22)).moved[0]
    page = get(dari="2022-09-21", sampai="2022-09-22")
    move = moved.moves[0]
    where = f"/hukum/perbuatan/{moved.act.id}/?status={move.statuses[0]}&phase={move.phases[0]}"
    for outcome, day in ((move.before, "2022-09-21"), (move.after, "2022-09-22")):
        assert outcome is not None
        address = f"{where}&election={move.elections[0]}&pada={day}"
        assert address in page
        assert OUTCOME_WORDS[outcome].id in Client().get(address).content.decode().lower()


def test_without_days_the_last_change_is_shown() -> None:
    today = timezone.localdate()
    last = max(day for day in LAW.turning_days if day <= today)
    assert f'name="sampai" value="{last.isoformat()}"' in get()
    assert 'name="sampai" value="2023-10-31"' in get(pada="2024-01-01")
    assert 'name="dari" value="2023-10-30"' in get(pada="2024-01-01")


def test_two_days_of_one_stretch_are_said_to_be_alike() -> None:
    assert "sama" in get(dari="2024-10-07", sampai="2024-10-08")
    assert compare(date(2024, 10, 7), date(2024, 10, 8)).is_empty


def test_days_given_the_other_way_round_are_put_in_order() -> None:
    assert 'name="dari" value="2023-10-30"' in get(dari="2023-10-31", sampai="2023-10-30")


@pytest.mark.parametrize("name", ["dari", "sampai"])
@pytest.mark.parametrize("told", ["besok", "2024-13-01", "1999-01-01"])
def test_a_day_that_cannot_be_read_is_answered_in_words(name: str, told: str) -> None:
    get("id", 400, **{name: told})


def test_every_turning_day_is_listed() -> None:
    page = get()
    for day in LAW.turning_days:
        if day > LAW.first_day:
            assert f"sampai={day.isoformat()}" in page
