"""Several acts in one question, orders from above, families, groups, and who is bound elsewhere."""

from __future__ import annotations

import pytest

from netral.law.asking import answer, understand
from netral.law.asking.several import items_of
from netral.law.posts import check


def acts(text: str, **more: str) -> set[str]:
    return {part.act for part in answer(text, **more).parts}


# --- several acts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("boleh komen sama jempolin postingan caleg?", {"comment", "like"}),
        ("like dan share postingan cagub", {"like", "share"}),
        ("boleh gak pns like dan share postingan calon bupati?", {"like", "share"}),
        ("nge-share lalu ngomenin unggahan paslon gapapa?", {"share", "comment"}),
        ("follow, like & komen akun capres", {"follow", "like", "comment"}),
        ("foto bareng calon terus dijadiin status wa", {"photo_candidate_posted", "status_story"}),
        ("selfie bareng cabup habis itu upload ke ig", {"photo_candidate_posted"}),
    ],
)
def test_deeds_named_in_one_breath_are_each_answered(text: str, wanted: set[str]) -> None:
    assert wanted <= acts(text, subject="PNS", phase="campaign")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "(1) boleh like postingan calon? (2) boleh hadir kampanye? (3) pasang stiker di mobil?",
            {"like", "rally", "own_props"},
        ),
        ("mau tanya: 1) like 2) komen 3) share postingan paslon", {"like", "comment", "share"}),
        ("a. nyoblos boleh? b. jadi saksi partai?", {"vote", "witness"}),
        (
            "soal netralitas\n- jadi anggota partai\n- nonton debat di tv",
            {"party_member", "watch_debate"},
        ),
    ],
)
def test_every_item_of_a_list_is_answered(text: str, wanted: set[str]) -> None:
    assert acts(text) == wanted


@pytest.mark.parametrize(
    "text", ["dukung paslon 1. atau 2. boleh", "lihat pasal 4. dan 5. dulu", "2) saja"]
)
def test_numbers_of_other_things_make_no_list(text: str) -> None:
    assert items_of(text) == ("", [])


def test_one_deed_stays_one_act() -> None:
    assert acts("boleh like postingan calon sama teman kantor?") == {"like"}
    assert acts("komentar dan cuma baca di akun kpu boleh") <= {
        "react_kpu",
        "comment",
        "read_platform",
    }


# --- orders -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("disuruh atasan hadir kampanye, gimana?", "rally"),
        ("kepala bidang mewajibkan kami datang ke deklarasi paslon", "declaration"),
        ("bos nyuruh saya ngumpulin fotokopi ktp warga buat calon", "collect_ktp"),
        ("diperintah camat pasang spanduk paslon", "own_props"),
        ("dipaksa kepala sekolah like postingan petahana", "like"),
    ],
)
def test_who_was_ordered_hears_of_the_act_and_of_refusing_it(text: str, ordered: str) -> None:
    found = answer(text, subject="PNS", phase="campaign")
    assert [part.act for part in found.parts] == [ordered, "refuse_order"]
    assert "order_staff" not in {item.act for item in found.understanding.readings}
    assert found.outcome in ("forbidden", "unclear")
    # The post is the superior's.
    assert "post" not in found.understanding.facts()


@pytest.mark.parametrize(
    "text",
    [
        "disuruh camat amankan kampanye, ada surat tugas",
        "atasan suruh ikut sosialisasi netralitas",
        "saya kepala dinas, boleh suruh staf hadir kampanye?",
        "kadis menyuruh bawahan dukung paslon, apa pidananya?",
    ],
)
def test_a_duty_a_neutral_order_and_the_superiors_own_question_are_no_pressure(text: str) -> None:
    assert not understand(text).ordered


def test_refusing_beside_a_prohibition_allows_nothing() -> None:
    assert answer("disuruh atasan jadi timses caleg", subject="PNS").outcome in (
        "forbidden",
        "crime",
    )


# --- family -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "suami saya nyaleg, boleh ikut kampanye?",
        "istri maju cabup, saya pns ikutan kampanyenya gimana",
        "saya bukan asn, istri saya pns, saya nyaleg. istri boleh ikut kampanye?",
    ],
)
def test_leave_alone_decides_whether_a_spouse_may_attend(text: str) -> None:
    found = answer(text)
    assert found.outcome == "conditional" and found.ask[0].fact == "leave"
    told = {leave: answer(text, facts={"leave": leave}).parts[0].shown for leave in ("yes", "no")}
    assert told["yes"].outcome.value == "allowed_if" and told["yes"].finding.conditions
    assert told["no"].outcome.value == "forbidden_ethics"


def test_staff_who_cannot_take_that_leave_are_not_asked_for_it() -> None:
    for text in ("suami saya nyaleg, saya honorer, boleh ikut kampanye?",
                 "istri calon bupati, saya tenaga kontrak nemenin kampanye"):  # fmt: skip
        found = answer(text)
        assert (found.outcome, found.klass, found.ask) == ("forbidden", "ethics", ())
        assert found.parts[0].relied_on["leave"] == "no"


@pytest.mark.parametrize(
    "text",
    [
        "saya ibu rumah tangga, suami pns. boleh saya ikut kampanye?",
        "saya wiraswasta, istri guru pns, boleh saya jadi timses caleg?",
        "suami saya asn, saya jualan online, boleh dukung calon di fb",
    ],
)
def test_a_spouse_who_is_no_employee_is_judged_as_family(text: str) -> None:
    assert acts(text) == {"family_ktp"}
    assert answer(text).outcome == "conditional"


# --- groups, signs, other bodies ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "visibility"),
    [
        ("kirim poster paslon ke grup WA kantor", "group"),
        ("terusin ajakan pilih cabup di grup alumni", "group"),
        ("teruskan pesan dukungan di wag bidang", "group"),
        ("kirim ajakan dukung caleg ke grup wa keluarga", "private"),
        ("sebar poster cabup di facebook", "public"),
    ],
)
def test_a_closed_group_is_neither_public_nor_private(text: str, visibility: str) -> None:
    assert understand(text).facts()["visibility"] == visibility


def test_support_in_a_closed_group_is_contested_and_leans_to_forbidden() -> None:
    found = answer("forward video kampanye paslon ke grup kantor", subject="PNS", phase="campaign")
    (part,) = found.parts
    assert part.shown.outcome.value == "contested"
    assert "private-sphere" in part.shown.finding.contests
    assert "visibility" not in dict(part.assumed)
    assert found.outcome == "forbidden"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("kasih ❤️ di postingan cabup boleh?", "like"),
        ("jejak 👍🏽 di status calon", "like"),
        ("foto sekantor pose ✌️", "listed_pose"),
        ("wefie sama teman gaya ✌🏽✌️", "listed_pose"),
    ],
)
def test_a_sign_says_what_it_shows(text: str, act: str) -> None:
    assert act in {item.act for item in understand(text).readings[:1]}


def test_a_sign_is_never_cut_from_its_style() -> None:
    for sign in ("✌️", "✌🏽", "☝️", "✌️✌🏽"):
        text = f"Salam dua jari {sign} pilih nomor 2"
        for mark in check(text).marks:
            assert text[mark.end :][:1] not in ("\ufe0f", "\U0001f3fd")
        for item in understand(f"foto gaya {sign} boleh").given:
            assert not item.words.endswith("✌") or item.words.endswith(sign)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("saya polisi, boleh like postingan calon?", "armed"),
        ("anggota polri aktif boleh follow akun caleg?", "armed"),
        ("sebagai prajurit tni bisa pasang stiker paslon?", "armed"),
        ("saya pegawai BUMN, boleh ikut kampanye?", "company"),
        ("karyawan pln boleh jadi timses? saya karyawan pln", "company"),
    ],
)
def test_who_is_bound_by_other_rules_gets_no_verdict_of_these(text: str, body: str) -> None:
    found = answer(text)
    assert found.understanding.bound_elsewhere == body
    assert (found.outcome, found.status, found.parts) == ("out_of_scope", "outside", ())


@pytest.mark.parametrize(
    "text",
    [
        "saya pns, suami saya polisi, boleh foto sama calon?",
        "saya satpol pp, polisi pamong praja, boleh hadir kampanye?",
        "istri polisi, saya pns boleh like calon?",
        "postingan saya dilaporkan ke polisi karena dukung calon",
    ],
)
def test_a_word_about_the_police_does_not_make_one_of_them(text: str) -> None:
    assert understand(text).bound_elsewhere == ""


@pytest.mark.parametrize(
    "who", ["kades", "keuchik", "wali nagari", "perbekel", "pak kuwu", "kepala desa"]
)
def test_village_heads_are_judged_by_their_own_rules(who: str) -> None:
    found = answer(f"saya {who}, boleh orasi di kampanye caleg?")
    assert found.outcome in ("forbidden", "crime")
    assert {part.situation.facts["status"] for part in found.parts} == {"KADES"}
