"""The page of a provision: an address to cite, what rests on it, who disagrees and since when."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.guidance.test_pages import LAW, act_page, get

pytestmark = pytest.mark.django_db


def test_a_provision_has_a_page_that_can_be_cited() -> None:
    page = get("/hukum/peraturan/SKB-2022/D6/", pada="2024-10-07")
    assert "<h1>Lampiran II huruf B angka 6, SKB 2/2022</h1>" in page
    assert 'href="/hukum/peraturan/SKB-2022/?pada=2024-10-07"' in page
    assert 'href="/hukum/peraturan/SKB-2020/?pada=2024-10-07"' in page
    assert "tidak ada penggantinya dalam data ini" in page
    assert 'href="/hukum/perbuatan/like/?pada=2024-10-07"' in page
    assert "/hukum/peraturan/SKB-2022/D6/?pada=2024-10-07</span>" in page
    assert f"data hukum {LAW.version}" in page
    assert "<strong>Bawaslu Blitar</strong> (4 Oktober 2024), membolehkan:" in page


def test_the_page_of_one_provision_shows_its_elements_sanction_and_sources_at_once() -> None:
    page = get("/hukum/peraturan/SKB-2022/D10/")
    assert page.count("<details open>") == 2
    assert "<p>Sanksi: hukuman disiplin berat (belum diperiksa)</p>" in page
    assert (
        '<a href="/hukum/peraturan/PP-94-2021/5.n.3/">Pasal 5 huruf n angka 3, PP 94/2021</a>'
        in page
    )
    assert "kecuali: sedang CLTN" in get("/hukum/peraturan/SKB-2022/K7/")
    assert "<details open>" not in get("/hukum/peraturan/SKB-2022/")


def test_who_argues_from_a_provision_is_shown_with_it() -> None:
    assert "Apakah unggahan foto harus bertujuan mendukung" in get("/hukum/peraturan/SKB-2022/D7/")
    item = get("/hukum/peraturan/SKB-2022/K4/")
    assert "Menanggapi akun bakal calon sendiri sebelum penetapan" in item
    assert "Menanggapi akun partai politik" in item
    assert "Tidak semua sepakat" not in get("/hukum/peraturan/SKB-2022/D5/")
    assert "Berfoto tanpa mengunggah" not in get("/hukum/peraturan/SE-B71-2017/1/")


def test_the_page_of_a_provision_says_what_rests_on_it_that_day() -> None:
    """GR 94 was a basis of the joint decree's items from the day the decree was signed."""
    before = get("/hukum/peraturan/PP-94-2021/5.n.5/", pada="2022-09-21")
    after = get("/hukum/peraturan/PP-94-2021/5.n.5/", pada="2022-09-22")
    decree = 'href="/hukum/peraturan/SKB-2022/D6/'
    assert decree not in before and decree in after
    assert "Kewajiban umum" in get("/hukum/peraturan/UU-20-2023/24.1.d/")
    assert "Langkah dan tenggat" in get("/hukum/peraturan/PP-94-2021/26/")
    assert "Tidak ada perbuatan dalam daftar" in get("/hukum/peraturan/PP-94-2021/1.6/")


def test_an_address_in_other_letters_leads_to_the_right_one() -> None:
    answer = Client().get("/hukum/peraturan/skb-2022/d6/?pada=2024-10-07")
    assert answer.status_code == 301
    assert answer["Location"] == "/hukum/peraturan/SKB-2022/D6/?pada=2024-10-07"
    assert Client().get("/hukum/peraturan/skb-2022/")["Location"] == "/hukum/peraturan/SKB-2022/"
    get("/hukum/peraturan/SKB-2022/D99/", 404)
    get("/hukum/peraturan/NIHIL/D6/", 404)


def test_what_was_said_after_the_chosen_day_is_marked() -> None:
    facts = {"status": "PNS", "active": "no", "party_attributes": "no", "phase": "campaign"}
    early = act_page("rally_passive", pada="2024-07-01", **facts)
    late = act_page("rally_passive", pada="2024-12-01", **facts)
    assert "(30 Oktober 2024; sesudah hari itu)" in early
    assert "(30 Oktober 2024)" in late and "sesudah hari itu" not in late


def test_a_search_finds_the_article_by_its_number_first() -> None:
    page = get("/hukum/", cari="PP 94/2021 pasal 5 huruf n")
    found = re.findall(r'<a href="/hukum/peraturan/([^"/]+/[^"/]+)/">', page)
    assert found[:7] == [f"PP-94-2021/5.n.{number}" for number in range(1, 8)]
    assert "PP-49-2018/51" not in found
    every = get("/hukum/", cari="SKB 2/2022")
    for item in LAW.instrument("SKB-2022").provisions:
        assert f'href="/hukum/peraturan/{item}/"' in every


def test_in_english_a_citation_and_an_authority_are_english() -> None:
    client = Client()
    client.cookies["bahasa"] = "en"
    page = client.get(
        "/hukum/perbuatan/like/?pada=2024-10-07&status=PPPK&phase=campaign&account=candidate"
    ).content.decode()
    assert "Annex II part B item 6, Joint decree 2/2022" in page
    assert "Bawaslu RI (chair)" in page and "30 June 2020" in page
    assert "Lampiran II" not in page and "(ketua)" not in page


def test_a_disagreement_is_told_once() -> None:
    facts = {"status": "PPPK", "phase": "campaign", "account": "candidate"}
    page = act_page("like", pada="2024-10-07", **facts)
    assert page.count("Etik sebelum, disiplin sesudah penetapan") == 1
    assert "Etik sebelum, disiplin sesudah penetapan" in act_page("like", pada="2024-10-07")
