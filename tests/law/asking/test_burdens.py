"""What speaks against the person is in the question; no answer to a question asked back loses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from netral.law import library
from netral.law.asking import Answer, Said, answer, converse, understand
from netral.law.asking.burdens import BURDENS, burdens, with_room
from netral.law.asking.usual import usual

PERMITTED = ("allowed", "allowed_if")

WHO = (
    "suami saya calon wakil bupati",
    "bini gue nyalon",
    "my wife is a candidate",
)
WHAT = (
    "boleh foto bareng",
    "foto keluarga mau diupload",
    "boleh nemenin daftar ke kpu",
    "boleh hadir kampanyenya",
    "saya cltn, duduk diam di kampanyenya",
    "may I attend the rally",
)
BESIDE = (
    "pake baju korpri",
    "pakai seragam dinas",
    "sambil pake kaos paslonnya",
    "gue yang nyopirin mobil kampanyenya",
    "sambil bagi brosur",
    "sambil teriak yel",
    "naik mobil dinas",
    "ngajak rekan kantor ikut",
    "fotonya dipajang di baliho",
    "in my uniform",
)


MILDEST = {
    "status": "PNS", "leave": "yes", "gesture": "none", "active": "no", "party_attributes": "no",
    "service_attributes": "no", "facilities": "no", "mobilises": "no", "even_handed": "yes",
    "stance": "neutral", "phase": "campaign",
}  # fmt: skip


def paths(said: Said, steps: int = 2) -> Iterator[tuple[Said, Answer]]:
    """The question with every series of answers to what is asked back; "do not know" as well."""
    found = converse(said)
    yield said, found
    for question in found.ask if steps else ():
        asked = (*said.asked, question.fact)
        yield from paths(replace(said, asked=asked), steps - 1)
        for value, _words in question.answers:
            told = {**said.told, question.fact: value}
            yield from paths(replace(said, told=told, asked=asked), steps - 1)


@pytest.mark.parametrize("who", WHO)
def test_no_answer_makes_a_burden_of_the_question_milder(who: str) -> None:
    for what, beside in product(WHAT, BESIDE):
        text = f"{who}, {what} {beside}?"
        read = understand(text).facts()
        heavy = burdens(read)
        assert heavy or read.get("beside") == "props", text
        mild = {fact: value for fact, value in MILDEST.items() if fact not in heavy}
        bundle = Said(text, mild, (), tuple(mild)[:2])
        for said, found in (*paths(Said(text)), (bundle, converse(bundle))):
            way = (text, dict(said.told))
            if said.told.get("duty") == "yes":
                continue  # who is there on duty may wear a uniform and use the car
            if said.told.get("status") in ("NON_ASN", "KADES", "PERANGKAT_DESA"):
                continue  # the exceptions and prohibitions for civil servants do not reach them
            assert found.outcome not in ("allowed", "conditional"), way
            for part in found.parts:
                if not part.withheld and found.status == "answered":
                    assert part.shown.outcome.value not in PERMITTED, way


def test_without_a_burden_the_exceptions_for_a_spouse_stand() -> None:
    """So that the test above does not pass by forbidding everything."""
    quiet = (
        "istri saya nyaleg, saya cltn, boleh duduk diam di kampanyenya tanpa seragam dan atribut?"
    )
    assert answer(quiet).parts[0].shown.outcome.value == "allowed_if"
    photo = Said(
        "suami saya calon bupati, boleh foto bareng?", {"gesture": "none"}, (), ("gesture",)
    )
    told = replace(photo, told={"gesture": "none", "party_attributes": "no"})
    assert converse(told).outcome == "conditional"
    assert converse(told).parts[0].shown.outcome.value == "allowed_if"


@pytest.mark.parametrize(
    ("text", "fact", "act"),
    [
        ("suami cabup, foto bareng di baliho pake baju korpri ya", "service_attributes", "spouse_photo"),
        ("nemenin istri daftar kpu naik mobil dinas", "facilities", "spouse_registration"),
        ("my husband runs for mayor, may I drive the campaign car?", "active", "spouse_rally"),
    ],
)  # fmt: skip
def test_a_burden_is_shown_with_the_words_that_tell_it(text: str, fact: str, act: str) -> None:
    found = answer(text)
    (told,) = (item for item in found.understanding.given if item.fact == fact)
    assert told.value == "yes" and text[told.start : told.end] == told.words
    assert act in {part.act for part in found.parts}
    assert found.outcome == "forbidden"


@pytest.mark.parametrize(
    "text",
    [
        "foto lebaran sama suami yang nyalon, ga pake simbol jari, boleh diposting?",
        "nganter istri daftar ke kpu, gak pakai jaket partai",
        "hadir di kampanye suami, no seragam no atribut, saya cltn",
        "may I attend my wife's rally without uniform while on unpaid leave",
    ],
)
def test_what_is_denied_is_no_burden(text: str) -> None:
    assert not burdens(understand(text).facts())


def test_room_is_found_beside_the_act_and_kin_stays_kin() -> None:
    assert with_room("spouse_rally_passive", {"service_attributes": "yes"}) == "spouse_rally"
    assert with_room("spouse_rally_passive", {"active": "yes"}) in ("spouse_rally", "spouse_speech")
    assert with_room("spouse_rally_passive", {"active": "no"}) == "spouse_rally_passive"
    for act in usual().family:
        for fact, value in BURDENS.items():
            moved = with_room(act, {fact: value})
            if library().act(act).given["relation"] == ("spouse",):
                assert library().act(moved).given["relation"] == ("spouse",)


# --- kin ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("ortu saya calon bupati, boleh saya antar daftar ke kpu", "relative"),
        ("mertua gue nyagub, gw temenin pas pendaftaran di KPU boleh?", "relative"),
        ("anak saya nyalon bupati, boleh saya dampingi ke KPU", "relative"),
        ("om saya calon gubernur, boleh foto bareng trus upload", "relative"),
        ("my father is running for regent, may I go with him to register?", "relative"),
        ("cabup itu masih sodara saya, boleh ikut kampanyenya kalo cltn", "relative"),
        ("pacar saya caleg boleh foto bareng", "none"),
        ("mantan istri saya cabup, boleh foto bareng?", "none"),
        ("my boyfriend is a candidate, can I attend his rally?", "none"),
        ("calon suami saya nyaleg, boleh hadir kampanye kalo cltn?", "none"),
    ],
)
def test_what_is_open_to_a_spouse_is_open_to_no_one_else(text: str, relation: str) -> None:
    assert understand(text).facts()["relation"] == relation
    for _said, found in paths(Said(text)):
        for part in found.parts:
            assert library().act(part.act).given.get("relation") != ("spouse",)


@pytest.mark.parametrize(
    "text",
    [
        "boleh ga masak nasi kotak buat kampanye cabup, istri pns",
        "istri asn boleh ikut kampanye gak",
        "saya istri pns, boleh jadi timses?",
        "kampanye caleg, suami pppk, saya boleh datang?",
    ],
)
def test_whose_spouse_is_on_the_staff_is_no_spouse_of_a_candidate(text: str) -> None:
    assert understand(text).facts().get("relation") != "spouse"
    assert [part.act for part in answer(text).parts] == ["family_ktp"]


# --- English ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        (
            "my wife is a candidate, may I stand on the stage with her",
            "istri saya calon, boleh saya berdiri di panggung sama dia",
        ),
        (
            "may I attend my husband's rally in uniform",
            "boleh saya hadir di kampanye suami pakai seragam",
        ),
        (
            "my father runs for mayor, may I help his campaign",
            "bapak saya maju walikota, boleh saya bantu kampanyenya",
        ),
        (
            "my boss ordered me to put up a campaign sticker",
            "atasan menyuruh saya pasang stiker kampanye",
        ),
    ],
)
def test_english_comes_to_the_same_as_indonesian(english: str, indonesian: str) -> None:
    one, other = answer(english), answer(indonesian)
    assert one.outcome == other.outcome == "forbidden"
    assert {part.act for part in one.parts} & {part.act for part in other.parts}
    for fact in ("relation", *BURDENS):
        assert one.understanding.facts().get(fact) == other.understanding.facts().get(fact)


@pytest.mark.parametrize(
    "text",
    [
        "suami calon bupati, boleh saya jadi admin tiktok kampanyenya",
        "my husband is a candidate, may I hand out flyers",
        "my husband runs for regent, can I hand out his stickers at my school",
        "my wife runs for mayor, may I distribute leaflets on leave",
    ],
)
def test_work_for_a_spouses_campaign_is_no_company(text: str) -> None:
    assert answer(text).outcome == "forbidden"


@pytest.mark.parametrize(
    "text",
    [
        "mantu saya nyaleg, boleh saya temenin blusukan?",
        "pacar gue nyaleg, boleh temenin kampanye?",
        "nenek saya nyaleg gue ikutan blusukan",
        "pacar maju caleg, boleh dampingi daftar ke kpu?",
        "my sister runs for parliament, may I join her campaign",
    ],
)
def test_who_goes_along_with_another_is_not_told_how_to_run(text: str) -> None:
    found = answer(text)
    assert not any(part.act.startswith("run_") for part in found.parts)
    for facts in ({"resigned": "yes"}, {"resigned": "yes", "leave": "yes"}):
        after = answer(text, facts=facts)
        assert not any(part.act.startswith("run_") for part in after.parts)


def test_clothes_of_a_contestant_leave_no_permission_without_a_question_either() -> None:
    plain = answer("saya nyoblos terus upload foto jari tinta")
    dressed = answer("saya nyoblos pake baju kuning partai terus upload foto jari tinta")
    assert plain.outcome == "conditional"
    assert dressed.outcome == "forbidden"
    assert [part.withheld for part in dressed.parts] == [(("party_attributes", "yes"),)]


@pytest.mark.parametrize(
    "text",
    ["selfie jari tinta sambil bikin angka 2 boleh?", "jari tinta nunjuk angka satu upload fb"],
)
def test_a_number_shown_with_the_inked_finger_is_a_sign(text: str) -> None:
    assert understand(text).facts()["gesture"] == "partisan"
    assert answer(text, facts={"party_attributes": "no"}).outcome == "forbidden"


def test_a_photo_with_a_candidate_who_came_by_is_not_lost() -> None:
    text = "cabup dateng ke hajatan saya trus ngajak foto bareng"
    found = answer(text, facts={"party_attributes": "no", "active": "no"})
    assert found.outcome == "forbidden"
    assert [part.withheld for part in found.parts] == [(("conduct", "photo"),)]


def test_helping_a_spouses_campaign_is_active() -> None:
    text = "boleh gak ambil cuti trus bantu kampanye suami?"
    assert understand(text).facts()["active"] == "yes"
    assert answer(text, facts={"leave": "yes"}).outcome == "forbidden"


def test_who_is_summoned_does_not_react_to_a_post() -> None:
    assert (
        "react_kpu" not in understand("ketahuan temen like, saya dipanggil bawaslu, gimana?").meant
    )


def test_whose_dismissal_has_not_come_is_not_told_that_a_campaign_is_open() -> None:
    found = answer("saya udah mundur dari pns tapi sk belum keluar, boleh kampanye?")
    assert found.status == "choose_act" or found.outcome == "forbidden"
    assert "resign_first" not in [part.act for part in found.parts]


def test_a_pose_of_two_fingers_is_one_of_the_list_not_of_a_candidate() -> None:
    text = "gaya dua jari pas foto kantor dilarang ya?"
    assert understand(text).facts().get("gesture") != "partisan"
    assert answer(text).outcome == "forbidden"
