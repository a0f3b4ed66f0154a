"""A day that only stands in for one nobody knows is never shown or given out as a fact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from netral.law import DataError, Situation, judge, library, load
from netral.law.changes import changes
from netral.law.dating import Dated, end_iso, issued_iso, start_iso
from netral.law.render import verdict_html, verdict_json, verdict_text
from netral.law.render.dates import end_words, issued_words, start_words, validity
from netral.law.render.differences import changes_text
from netral.law.render.labels import long_day
from netral.law.show import show
from tests.law.test_data import folder, replaced

__all__ = ["folder"]
LAW = library()
EVERY: dict[str, Dated] = {**LAW.instruments, **LAW.provisions}
LANGUAGES = ("id", "en")


def stand_ins(item: Dated) -> Iterator[date]:
    """The days of a rule that are judged by and that no source tells."""
    if item.dating.start is not None and item.dating.start != item.effective.isoformat():
        yield item.effective
    if item.until is not None and item.dating.end is not None:
        yield item.until


def printed(day: date) -> list[str]:
    return [day.isoformat(), *(long_day(day, language) for language in LANGUAGES)]


VAGUE = {name: days for name, item in EVERY.items() if (days := list(stand_ins(item)))}


def test_what_the_notes_call_unknown_is_dated_so() -> None:
    for item in LAW.instruments.values():
        note = item.date_note.id if item.date_note else ""
        if re.search(r"[Hh]anya (tahun|bulan)nya diketahui", note):
            assert item.dating.start, item.id
    assert {"SE-18-2023", "PB-28-2018", "PP-24-2011", "SE-06-2016", "STATEMENTS"} <= set(VAGUE)
    assert all(
        LAW.provision(name).dating.start for name in LAW.provisions if name[:11] == "STATEMENTS/"
    )


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_stand_in_is_printed(name: str, language: str) -> None:
    text = show(name, language)
    for day in VAGUE.get(name, ()):
        assert not any(told in text for told in printed(day)), (name, day)
    item = EVERY[name]
    for words in (validity(item, language), start_words(item, language), end_words(item, language)):
        assert not any(told in words for day in VAGUE.get(name, ()) for told in printed(day))


@pytest.mark.parametrize("act", LAW.acts)
def test_no_verdict_gives_a_stand_in_for_a_day(act: str) -> None:
    for on in (date(2018, 6, 1), date(2022, 12, 31), date(2023, 6, 1), date(2024, 10, 7)):
        for status in ("PNS", "NON_ASN"):
            verdict = judge(Situation(act, {"status": status}), on)
            told = verdict_json(LAW, verdict, full_trace=True)
            for cited in told["provisions"]:
                days = [day.isoformat() for day in VAGUE.get(cited["id"], ())]
                assert cited["effective"] not in days and cited["until"] not in days, cited["id"]
            shown = [json.dumps([item["validity"] for item in told["provisions"]])]
            shown += [verdict_text(LAW, verdict), verdict_html(LAW, verdict)]
            names = [item["id"] for item in told["provisions"]]
            stood = [day for name in names for day in VAGUE.get(name, ()) if day != on]
            assert not any(one in text for day in stood for one in printed(day) for text in shown)


def test_what_is_known_is_said_as_the_source_says_it() -> None:
    said = {
        "SE-18-2023": ("sejak 2023 (hanya tahunnya diketahui)", "2023"),
        "SE-06-2016": ("November 2016 (hanya bulannya diketahui) – 26 Desember 2017", "2016-11"),
        "STATEMENTS": ("berbagai waktu", None),
        "STATEMENTS/tinta": ("2019 (pernyataan)", "2019"),
        "STATEMENTS/memilih": ("2019 (pernyataan)", "2019"),
        "STATEMENTS/maju": ("17 April 2023; 31 Oktober 2023 (hari sumbernya)", "2023-04-17"),
        "STATEMENTS/partisipasi": ("waktunya tidak diketahui (pernyataan)", None),
        "STATEMENTS/golput": ("28 Maret 2019 (pernyataan)", "2019-03-28"),
        "PRAKTIK/sbt": ("Oktober 2024 (praktik)", "2024-10"),
        "SKB-2022/D6": ("sejak 22 September 2022", "2022-09-22"),
        "UU-5-2014": ("15 Januari 2014 – 30 Oktober 2023", "2014-01-15"),
    }
    for name, (words, iso) in said.items():
        assert (validity(EVERY[name], "id"), start_iso(EVERY[name])) == (words, iso)
    assert validity(EVERY["SE-18-2023/foto"], "en") == "since 2023 (only the year is known)"
    assert validity(EVERY["STATEMENTS/tinta"], "en") == "2019 (statement)"


def test_an_end_and_a_day_of_issue_are_no_more_exact_than_their_source() -> None:
    old = LAW.instrument("SE-B36-2018")
    assert (end_iso(old), end_words(old, "id")) == ("2023", "2023 (hanya tahunnya diketahui)")
    assert (start_iso(old), end_iso(LAW.instrument("SKB-2022"))) == ("2018-02-02", None)
    moved = LAW.instrument("SE-04-2024")
    assert issued_words(moved.enacted, moved.dating, "id") == "waktunya tidak diketahui"
    assert issued_iso(moved.enacted, moved.dating) is None
    assert start_words(moved, "id") == "24 Agustus 2024"
    year = LAW.instrument("PB-28-2018")
    assert issued_iso(year.enacted, year.dating) == "2018"
    exact = LAW.instrument("SKB-2022")
    assert issued_words(exact.enacted, exact.dating, "id") == "22 September 2022"


def test_a_comparison_of_days_says_which_day_is_not_known() -> None:
    found = changes(date(2022, 12, 31), date(2023, 1, 1), cells=False)
    text = changes_text(LAW, found)
    assert "[SE-18-2023]: 2023 (hanya tahunnya diketahui)" in text
    assert "[SE-B36-2018]: 2023 (hanya tahunnya diketahui)" in text
    exact = changes(date(2022, 9, 21), date(2022, 9, 22), cells=False)
    assert "diketahui" not in changes_text(LAW, exact)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("supervision", '  dated: "2018"\n', "", "PB-6-2018: starts on 1 January"),
        ("circulars", '  ended: "2023"\n', "", "SE-B36-2018: ends on 31 December"),
        ("supervision", 'dated: "2018"', 'dated: "last year"', "'dated' must be like 2023"),
        ("circulars", "dated_by: source", "dated_by: rumour", "dated_by must be one of"),
    ],
)
def test_a_day_nobody_knows_has_to_be_said(
    folder: Path,
    file: str,
    old: str,
    new: str,
    message: str,
) -> None:
    replaced(f"instruments/{file}.yaml", old, new)(folder)
    with pytest.raises(DataError, match=message):
        load(folder)


def test_stand_ins_are_judged_by_all_the_same() -> None:
    """What is shown changed; from when a rule is applied did not."""
    facts = {"status": "PNS", "phase": "campaign", "gesture": "none"}
    photo = Situation(
        "spouse_photo", facts | {"party_attributes": "no", "service_attributes": "no"}
    )
    cited = [judge(photo, on).provisions for on in (date(2022, 12, 31), date(2023, 1, 1))]
    assert any(name.startswith("SE-B36-2018") for name in cited[0])
    assert any(name.startswith("SE-18-2023") for name in cited[1])
