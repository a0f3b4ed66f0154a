"""What others did, what was ordered, and what cannot be read is answered as such."""

from __future__ import annotations

import pytest

from netral.law import library
from netral.law.asking import Said, answer, converse, understand
from netral.law.asking.forewords import OF_ANOTHER, ORDERED
from netral.law.asking.show import SAY_MORE, answer_text

# --- somebody else's deed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("temen saya pns like status caleg", "like"),
        ("rekan kerja gue pasang stiker caleg di mobilnya", "own_props"),
        ("kemarin lihat pns joget di kampanye", "rally_active"),
        ("teman saya yang pns jadi timses, gimana", "campaign_team"),
        ("tetangga saya asn bagi kaos paslon ke warga", "distribute_material"),
    ],
)
def test_who_tells_of_others_hears_of_their_deed_and_of_reporting_it(text: str, deed: str) -> None:
    found = answer(text)
    assert found.understanding.of_another
    assert [part.act for part in found.parts] == [deed, "report_breach"]
    assert found.outcome in ("forbidden", "crime")
    assert answer_text(library(), found).startswith(OF_ANOTHER.id)


@pytest.mark.parametrize(
    "text",
    ["tetangga saya PNS kampanye, lapor kemana", "mau laporin teman saya pns yang like status caleg"],
)  # fmt: skip
def test_where_reporting_is_asked_the_others_status_is_not_that_of_who_asks(text: str) -> None:
    found = answer(text)
    assert [part.act for part in found.parts] == ["report_breach"]
    assert "status" not in found.understanding.facts()
    assert found.outcome in ("allowed", "conditional")


@pytest.mark.parametrize(
    "text",
    [
        "saya pns boleh like status teman caleg?",
        "temen saya nyaleg boleh like ga",
        "teman saya pns ngajak saya ke kampanye boleh ikut?",
        "saya pns, boleh foto bareng tetangga yang caleg?",
    ],
)
def test_ones_own_deed_beside_others_stays_ones_own(text: str) -> None:
    assert not understand(text).of_another


@pytest.mark.parametrize(
    "text",
    [
        "anak gue ikut timses caleg, gue pns kena ga",
        "istri saya jadi relawan cabup, saya asn",
    ],
)
def test_what_the_family_does_is_judged_as_the_familys(text: str) -> None:
    found = answer(text)
    assert [part.act for part in found.parts] == ["family_ktp"]
    assert found.outcome == "conditional"


def test_a_child_who_speaks_for_a_candidate_is_no_deed_of_the_parents() -> None:
    found = answer("anak saya jadi jurkam")
    assert [part.act for part in found.parts] == ["family_ktp"]
    # What the words are like elsewhere makes it doubtful, so no verdict is given.
    assert found.outcome == "conditional" or found.status == "choose_act"


# --- orders -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "disuruh kadis pasang stiker, kalo nolak gimana",
        "bos nyuruh kita like postingan petahana, gimana",
        "kepsek wajibin kami hadir kampanye, takut dimutasi",
        "atasan maksa kirim bukti foto coblosan",
        "my boss ordered me to put up a campaign sticker",
    ],
)
def test_an_order_is_called_the_superiors_breach_before_anything_else(text: str) -> None:
    found = answer(text)
    assert found.understanding.ordered and "refuse_order" in {part.act for part in found.parts}
    assert answer_text(library(), found, "id").startswith(ORDERED.id)
    assert answer_text(library(), found, "en").startswith(ORDERED.en)


# --- what cannot be read ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["boleh?", "?", "boleh gak ya min", "x" * 500, "hahaha", "🙂"])
def test_who_writes_nothing_is_asked_to_write_more(text: str) -> None:
    found = converse(Said(text))
    assert found.understanding.says_nothing and not found.parts
    assert SAY_MORE.id in answer_text(library(), found)


@pytest.mark.parametrize("text", ["golput", "like caleg", "resep rendang", "kapan gaji cair"])
def test_a_short_question_is_a_question(text: str) -> None:
    assert not understand(text).says_nothing


# --- acts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("repost story cabup petahana", "share"),
        ("ngerepost story caleg di ig", "share"),
        ("boleh ngucapin selamat ke cabup yang menang quick count", "post_support"),
        ("dosen jadi panelis debat kpu", "election_service"),
        ("kades boleh dukung cabup", "urge_vote"),
        ("jual beli suara", "sell_vote"),
    ],
)
def test_the_act_meant_is_the_nearest(text: str, act: str) -> None:
    assert understand(text).readings[0].act == act


def test_a_single_view_is_no_dispute() -> None:
    (part,) = answer("golput kena sanksi ga").parts
    assert part.act == "abstain" and part.shown.outcome.value != "contested"
