"""The deed of a relative on the staff is judged as theirs, and help with one's own hands as one's own."""

from __future__ import annotations

import pytest

from netral.law import library
from netral.law.asking import Said, answer, converse, understand
from netral.law.asking.forewords import OF_KIN
from netral.law.asking.show import answer_json, answer_text
from netral.law.asking.whose import hear

PERMITTED = ("allowed", "conditional")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("suami saya PNS, saya pedagang. boleh suami saya orasi di kampanye?", "PNS"),
        ("kakak saya asn dan saya petani, boleh dia bagi kaos paslon?", None),
        ("bapakku pppk, bapakku boleh jadi timses ga", "PPPK"),
        ("anak saya cpns, apa boleh dia pasang stiker caleg di mobil", "CPNS"),
        ("saya buruh, istri honorer, boleh istri jadi saksi paslon?", "NON_ASN"),
        ("mertua saya lurah, mertua mau ikut yel yel di kampanye cabup boleh?", "PNS"),
        ("saya bukan pegawai, suami pns, boleh suami komen di status cagub?", "PNS"),
        ("suami saya pns, boleh like postingan caleg?", "PNS"),
        ("My husband is a civil servant and I am a farmer. May he like a candidate's post?", "PNS"),
        ("my father is pppk, can he join a campaign team?", "PPPK"),
    ],
)
def test_what_a_relative_on_the_staff_does_is_judged_as_theirs(
    text: str, status: str | None
) -> None:
    found = converse(Said(text))
    read = found.understanding
    assert read.of_kin and read.facts().get("status") == status
    assert found.outcome not in PERMITTED
    assert {part.act for part in found.parts}.isdisjoint({"family_ktp", "spouse_rally"})
    assert read.text == text
    assert OF_KIN.id in answer_text(library(), found)
    assert answer_json(found)["of_kin"] is True


def test_what_was_read_points_at_the_words_as_they_were_typed() -> None:
    text = "suami saya pppk, saya ibu rumah tangga, boleh suami saya like status caleg?"
    words = {
        item.fact: (item.words, text[item.start : item.end]) for item in understand(text).given
    }
    assert words["status"] == ("pppk", "pppk")
    assert words["account"] == ("status caleg", "status caleg")


@pytest.mark.parametrize(
    "text",
    [
        "istri saya pns, saya wiraswasta, boleh saya ikut kampanye?",
        "saya istri pns, boleh jadi relawan?",
        "suami asn, saya mau jadi timses boleh?",
        "istri asn boleh ikut kampanye gak",
        "istri saya guru pns, kalau saya pasang baliho kena ga dia?",
        "anak saya mahasiswa, boleh dia jadi relawan? saya pns",
        "suami saya swasta, saya pns, boleh suami saya ikut kampanye?",
        "saya pns, istri saya caleg, boleh saya foto bareng?",
        "kakak saya pns ikut kampanye, lapor ke mana?",
        "ibu lurah boleh ikut kampanye?",
    ],
)
def test_who_asks_for_themselves_or_of_private_kin_is_not_the_relative(text: str) -> None:
    assert not hear(text).asked and not understand(text).of_kin


def test_the_family_that_is_not_on_the_staff_stays_free() -> None:
    for text in (
        "suami saya wiraswasta, boleh suami saya ikut kampanye? saya pns",
        "anak saya kuliah, dia jadi relawan capres, saya asn kena ga?",
    ):
        assert answer(text).outcome == "conditional", text


def test_the_candidate_who_asks_for_a_spouse_on_the_staff_is_their_spouse() -> None:
    read = understand("saya nyaleg, suami saya pns, boleh suami saya hadir di kampanye saya?")
    assert read.of_kin and read.facts()["relation"] == "spouse"


def test_nobody_is_made_a_candidates_spouse_by_being_married() -> None:
    for text in (
        "istri saya PNS, saya petani. boleh istri saya ikut kampanye?",
        "boleh diskusi politik sama suami di kamar?",
        "boleh curhat soal pilkada ke istri?",
    ):
        assert "relation" not in understand(text).facts(), text


# --- one's own help -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "adik saya jadi timses, saya cuma bantu ngedit videonya",
        "anak gue relawan, gue yang masak buat timnya",
        "suami saya jadi timses, saya cuma bikinin kopi buat mereka",
        "istri saya jadi jurkam, saya anter dia keliling dan pasang spanduk",
        "mertua saya jadi relawan caleg, saya ikut nyebarin brosurnya sedikit",
    ],
)
def test_help_with_ones_own_hands_is_not_the_familys_deed(text: str) -> None:
    found = answer(text)
    assert found.outcome not in PERMITTED
    assert "family_ktp" not in {part.act for part in found.parts}


@pytest.mark.parametrize(
    "text",
    [
        "adik saya jadi timses, saya pns tidak bantu apa apa",
        "anak saya jadi relawan, saya asn, kena ga?",
    ],
)
def test_who_does_not_help_is_judged_as_the_family(text: str) -> None:
    assert [part.act for part in answer(text).parts] == ["family_ktp"]


# --- leave --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "saya pppk, suami nyalon bupati, boleh dampingi waktu kampanye?",
        "p3k istri caleg boleh hadir kampanyenya?",
        "honorer, suami maju walikota, boleh nemenin kampanye",
    ],
)
def test_unpaid_leave_is_advised_to_nobody_who_has_none(text: str) -> None:
    found = converse(Said(text))
    assert found.outcome not in PERMITTED
    assert not any("CLTN dahulu" in part.shown.finding.safe.id for part in found.parts)
    assert any("tidak ditemukan dasar CLTN" in part.shown.finding.safe.id for part in found.parts)


def test_unpaid_leave_is_still_advised_to_a_civil_servant() -> None:
    (part,) = converse(Said("saya pns, istri maju cabup, boleh nemenin kampanye?")).parts
    assert "Ajukan CLTN dahulu" in part.shown.finding.safe.id
