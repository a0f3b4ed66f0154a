"""What a question tells is on its page, whatever is answered to what is asked back."""

from __future__ import annotations

import re

import pytest

from netral.people.models import Government
from tests.guidance.test_asking_pages import ask, plain, verdict
from tests.guidance.test_asking_pages import government as government  # a fixture

pytestmark = pytest.mark.django_db
PHOTO = "suami saya calon wakil bupati, boleh foto bareng di baliho pake baju korpri ga"
ANSWERED = {
    "fakta": ["gesture:none", "party_attributes:no", "leave:yes"],
    "ditanya": ["gesture", "party_attributes"],
}


def understood(page: str) -> str:
    part = re.search(r'<ul class="ask-chips">(.*?)</ul>\s*</section>', page)
    return plain(part.group(1)) if part else ""


def test_uniform_banner_and_kin_are_chips_and_weigh(government: Government) -> None:
    for page in (ask(PHOTO), ask(PHOTO, **ANSWERED)):
        shown = understood(page)
        assert "suami/istri calon" in shown
        assert "atribut dinas" in shown
        assert "dilarang" in verdict(page)
        assert "boleh dengan syarat" not in verdict(page)


def test_what_takes_a_permission_back_is_named(government: Government) -> None:
    page = ask("nemenin istri daftar kpu naik mobil dinas boleh?", fakta=["active:no"])
    assert verdict(page) == "anggap dilarang"
    assert "Yang boleh di sini tidak mencakup apa yang Anda sebut: memakai fasilitas negara" in page
    assert "memakai fasilitas negara" in understood(page)


@pytest.mark.parametrize(
    ("text", "act", "kin"),
    [
        ("ortu saya calon bupati boleh saya antar daftar ke kpu", "relative_help", "kerabat lain"),
        ("pacar saya caleg, boleh foto bareng terus diupload?", "rally", "bukan keluarga inti"),
        ("istri saya nyaleg, saya antar naik motor dinas", (), "suami/istri calon"),
    ],
)
def test_the_kinship_understood_is_shown(
    government: Government, text: str, act: object, kin: str
) -> None:
    assert kin in understood(ask(text, perbuatan=act))


def test_an_order_is_answered_before_what_was_ordered(government: Government) -> None:
    page = ask("disuruh kadis pasang stiker, kalo nolak gimana")
    assert page.index("pelanggaran oleh atasan itu sendiri") < page.index('data-keep="word"')


def test_others_deeds_are_said_to_be_others(government: Government) -> None:
    page = ask("temen saya pns like status caleg")
    assert page.index("perbuatan orang lain") < page.index('data-keep="word"')


def test_who_writes_nothing_is_asked_to_write_more(government: Government) -> None:
    for text in ("boleh?", "?", "x" * 500):
        page = ask(text)
        assert "Tulis pertanyaannya lebih lengkap" in page
        assert "Bukan ini maksud saya" not in page and "Tetap soal netralitas" not in page


def test_a_tap_permits_nothing_beside_the_act_it_named(government: Government) -> None:
    page = ask("nonton debat di tv terus komen dukung paslon 2 boleh?", hanya="watch_debate")
    assert "boleh" not in verdict(page)
    assert "Belum dijawab, dan itu tidak berarti boleh:" in plain(page)
    assert "“komen dukung paslon 2 boleh”" in plain(page)
    alone = ask("nonton debat di tv boleh?", hanya="watch_debate")
    assert verdict(alone) == "boleh" and "Belum dijawab" not in alone


def test_whose_deed_is_judged_stands_before_the_verdict(government: Government) -> None:
    page = ask("istri saya PNS, saya petani. boleh istri saya jadi saksi paslon?")
    assert page.index("perbuatan keluarga Anda yang pegawai") < page.index('data-keep="word"')
    assert "boleh dengan syarat" not in verdict(page)
    assert "suami/istri calon" not in understood(page)
