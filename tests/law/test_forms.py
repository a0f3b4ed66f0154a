"""The same verdict as text, JSON and HTML."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from netral.law import Situation, Words, judge, library
from netral.law.changes import changes
from netral.law.matrix import cell, matrix
from netral.law.render import verdict_html, verdict_json, verdict_text
from netral.law.sanctions import imposer
from netral.law.vocabulary import PHASES, Outcome, Phase

ON = date(2024, 10, 7)
LIKE = Situation("like", {"status": "PNS", "account": "candidate"}, "pilkada-2024")


class Tags(HTMLParser):
    """Collects tags and attributes, and checks that they close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("act", list(library().acts))
def test_every_form_says_the_same(act: str, language: str) -> None:
    law = library()
    verdict = judge(
        Situation(
            act,
            {"status": "PNS", "election": "pemilihan"}
            if "race" not in law.act(act).given
            else {"status": "PNS"},
        ),
        ON,
    )
    data = json.loads(json.dumps(verdict_json(law, verdict, full_trace=True)))
    text = verdict_text(law, verdict, language=language, trace=True)
    page = Tags()
    page.feed(verdict_html(law, verdict, language=language))
    assert page.open == []
    assert not {"style", "onclick", "id"} & page.attributes and "script" not in page.seen
    assert data["outcome"] == verdict.outcome and data["outcome_words"][language].upper() in text
    assert {row["norm"] for row in data["trace"]} == set(law.norms)
    assert [item["id"] for item in data["provisions"]] == list(verdict.provisions)
    assert all(item["sources"] or item["confidence"] == "memory" for item in data["provisions"])


def test_html_escapes_what_the_data_say() -> None:
    law = library()
    act = replace(law.acts["like"], name=Words("<b>like</b> & 'x'", "<script>"))
    changed = replace(law, acts={**law.acts, "like": act}, compiled={})
    page = verdict_html(changed, judge(LIKE, ON, law=changed))
    assert "&lt;b&gt;like&lt;/b&gt; &amp; &#x27;x&#x27;" in page and "<b>like" not in page


def test_headings_keep_their_level() -> None:
    verdict = judge(LIKE, ON)
    assert verdict_html(library(), verdict, level=3).count("<h3>") == 1
    with pytest.raises(ValueError, match="between 2 and 5"):
        verdict_html(library(), verdict, level=1)


def test_the_verdict_is_complete() -> None:
    verdict = judge(LIKE, ON)
    finding = verdict.finding
    assert finding.outcome is Outcome.FORBIDDEN_DISCIPLINE
    assert dict(finding.used) == {"status": "PNS", "phase": "campaign", "account": "candidate"}
    assert [item.level for item in finding.sanctions] == ["severe"]
    assert len(finding.sanctions[0].options) == 3
    assert finding.sanctions[0].provision == "PP-94-2021/8.4"
    assert finding.contests == ("like-class", "split-before-after")
    assert {row.norm: row.reason for row in verdict.finding.trace.rejected()}[
        "SKB-2022/K4"
    ] == "element_fails"


def test_the_matrix_is_complete_and_can_be_judged_again() -> None:
    cells = list(matrix(ON, acts=["like", "ink_selfie", "ktp_support"]))
    assert len(cells) == 3 * 7 * len(PHASES)
    by_place = {(item.act, item.status, item.phase): item for item in cells}
    assert by_place["ink_selfie", "PNS", Phase.CAMPAIGN].outcome is None
    assert by_place["ktp_support", "PNS", Phase.CANDIDACY].outcome is Outcome.FORBIDDEN_DISCIPLINE
    one = by_place["like", "PPPK", Phase.CAMPAIGN]
    assert one == cell(library(), "like", "PPPK", Phase.CAMPAIGN, "pemilihan", ON)
    assert one.outcome is Outcome.UNDETERMINED and "account" in one.missing


def test_changes_between_two_days() -> None:
    found = changes(date(2023, 10, 30), date(2023, 10, 31), cells=False)
    assert found.instruments_started == ("UU-20-2023",) and found.instruments_ended == (
        "UU-5-2014",
    )
    assert changes(date(2024, 8, 24), date(2024, 8, 23), cells=False).supervisors_after == ("BKN",)
    moved = changes(date(2021, 8, 30), date(2021, 8, 31))
    assert any(item.act == "distribute_material" and item.status == "PNS" for item in moved.cells)
    assert changes(ON, ON).cells == ()


@pytest.mark.parametrize(
    "post, government, level, who",
    [
        ("jpt_utama", "central_province", "severe", "Presiden"),
        ("jpt_madya", "central_province", "dismissal", "Presiden"),
        ("jpt_madya", "central_province", "severe", "PPK"),
        ("jpt_pratama", "regency", "light", "PPK (bupati/wali kota)"),
        ("jpt_pratama", "central_province", "light", "pimpinan tinggi madya sebagai atasan"),
        ("administrator", "regency", "severe", "PPK"),
        ("functional", "regency", "severe", "PPK"),
        ("executor", "regency", "light", "atasan satu tingkat di atas"),
    ],
)
def test_who_may_impose(post: str, government: str, level: str, who: str) -> None:
    found = library().imposer(post=post, government=government, level=level, on=ON)
    assert found is not None and found.who.id == who
    assert (
        library().imposer(post=post, government=government, level=level, on=date(2021, 8, 30))
        is None
    )


def test_an_unknown_mix_has_no_imposer() -> None:
    assert imposer(library().imposers, post="jpt_utama", government="moon", level="light") is None
