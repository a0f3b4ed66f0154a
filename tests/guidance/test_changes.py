"""What changed between two days, as a page."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from html import unescape
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.guidance.queries import changes as queries
from netral.guidance.queries.changes import compare, turning_days
from netral.law import OUTCOME_WORDS, PHASES, Phase, library
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


def test_every_turning_day_says_what_turned() -> None:
    days = re.findall(r"<li><a href=.\?dari=[^>]*>[^<]*</a>([^<]*)</li>", get())
    assert len(days) == len(turning_days())
    assert all("·" in said for said in days), days


def test_every_turning_day_is_listed() -> None:
    page = get()
    for day in LAW.turning_days:
        if day > LAW.first_day:
            assert f"sampai={day.isoformat()}" in page


def test_days_of_the_same_stretches_are_compared_once_and_say_their_own_days() -> None:
    """Whoever asks for every pair of days does not make the server compare again."""
    compare(date(2023, 11, 1), date(2024, 10, 7))
    known = queries._compare.cache_info()
    for number in range(1, 20):
        earlier, later = date(2023, 11, number), date(2024, 10, number)
        found = compare(later, earlier).found
        assert (found.earlier, found.later) == (earlier, later)
    after = queries._compare.cache_info()
    assert (after.misses, after.hits) == (known.misses, known.hits + 19)
    stretches = len({LAW.stretch_start(day) for day in LAW.turning_days})
    assert known.maxsize is not None
    assert known.maxsize > stretches * (stretches + 1) / 2


def test_a_comparison_from_the_first_days_of_the_stretches_is_that_of_the_days() -> None:
    source = random.Random(5)
    for _ in range(60):
        span = [LAW.first_day + timedelta(days=source.randrange(3650)) for _ in range(2)]
        earlier, later = sorted(span)
        found = compare(earlier, later).found
        assert found == changes(earlier, later, cells=False), (earlier, later)


@pytest.mark.parametrize("name", ["PKPU-2-2024", "PERPRES-91-2024"])
def test_a_day_on_which_only_an_instrument_began_is_listed_with_it(name: str) -> None:
    """None of its provisions is encoded, so no verdict turns on it; the list has it all the same."""
    began = LAW.instrument(name).effective
    turn = next(item for item in turning_days() if item.on == began)
    assert name in turn.started and turn.provisions == 0


def test_an_act_stands_once_above_its_moves_and_neighbouring_phases_are_one_span() -> None:
    shown = compare(date(2022, 9, 21), date(2022, 9, 22)).moved
    item = next(item for item in shown if len(item.moves) > 2)
    page = get(dari="2022-09-21", sampai="2022-09-22")
    name = item.act.name.id
    assert page.count(f'rowspan="{len(item.moves)}">{name}</th>') == 1
    assert page.count(f">{name}</th>") == 1
    assert "Calon ditetapkan – Penghitungan dan rekapitulasi" in page
    for move in (move for item in shown for move in item.moves):
        spanned = [
            phase
            for first, last in move.spans
            for phase in PHASES[PHASES.index(Phase(first)) : PHASES.index(Phase(last)) + 1]
        ]
        assert spanned == list(move.phases)
        assert len(move.spans) == 1 + sum(
            PHASES.index(Phase(later)) - PHASES.index(Phase(earlier)) > 1
            for earlier, later in pairwise(move.phases)
        )
