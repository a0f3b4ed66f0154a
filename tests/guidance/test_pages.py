"""Every page of the law, through its address, for somebody who is not signed in."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from netral.guidance.queries import matrix as matrices
from netral.guidance.views.matrix import table
from netral.law import OUTCOME_WORDS, Situation, SituationError, judge, library
from netral.law.citing import citation
from netral.law.matrix import STATUSES
from tests.people.accounts import factories
from tests.people.accounts.sessions import sign_in

pytestmark = pytest.mark.django_db
TURN = date(2023, 10, 31)
HREF = re.compile(r'<a [^>]*?href="([^"]+)"')
LAW = library()


def get(address: str, expected: int = 200, /, **query: str) -> str:
    answer: HttpResponse = Client().get(address, query)
    assert answer.status_code == expected, address
    return answer.content.decode()


def links(page: str) -> set[str]:
    return {unescape(target) for target in HREF.findall(page) if target.startswith(("/hukum", "?"))}


def act_page(act: str, **query: str) -> str:
    return get(reverse("guidance:act", args=[act]), **query)


# --- every page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_address_of_the_sitemap_answers_with_one_heading(language: str) -> None:
    listed = ElementTree.fromstring(get("/hukum/sitemap.xml"))
    paths = [urlsplit(item.text or "").path for item in listed.iter() if item.tag.endswith("loc")]
    pages = 5 + len(LAW.instruments) + len(LAW.provisions) + len(LAW.acts)
    assert len(paths) == len(set(paths)) == pages
    client = Client()
    client.cookies["bahasa"] = language
    for path in paths:
        answer = client.get(path)
        text = answer.content.decode()
        assert answer.status_code == 200, path
        assert text.count("<h1") == 1, path
        assert f'<html lang="{language}"' in text


def test_every_link_between_the_pages_leads_somewhere() -> None:
    seen: dict[str, str] = {}
    waiting = ["/hukum/"]
    wanted: list[tuple[str, str]] = []
    while waiting:
        path = waiting.pop()
        if path in seen or path == "/hukum/data.zip":
            continue
        seen[path] = get(path)
        for target in links(seen[path]):
            parts = urlsplit(target)
            wanted.append((parts.path or path, parts.fragment))
            waiting.append(parts.path or path)
    assert len(seen) > 150
    for path, fragment in wanted:
        assert not fragment or f'id="{fragment}"' in seen[path], f"{path}#{fragment}"


@pytest.mark.parametrize("path", ["/hukum/peraturan/UU-0-0/", "/hukum/perbuatan/terbang/"])
def test_an_unknown_key_is_not_found(path: str) -> None:
    get(path, 404)


@pytest.mark.parametrize("told", ["kemarin", "2024-13-01", "20241007", "2024-02-30", "-", "9" * 99])
@pytest.mark.parametrize("name", ["law", "instruments", "acts", "matrix"])
def test_a_nonsense_day_is_answered_in_words(name: str, told: str) -> None:
    page = get(reverse(f"guidance:{name}"), 400, pada=told)
    assert "bukan tanggal" in page


def test_a_day_before_the_data_begin_is_refused_in_words() -> None:
    assert "baru menjawab sejak 1 Januari 2018" in get("/hukum/", 400, pada="2017-12-31")
    assert "1 Januari 2018" in get("/hukum/", pada="2018-01-01")


def test_what_is_typed_in_is_escaped() -> None:
    for page in (get("/hukum/", cari="<b>x"), get("/hukum/", 400, pada="<b>x")):
        assert "<b>x" not in page
        assert "&lt;b&gt;x" in page


def test_nothing_is_kept_about_the_visitor() -> None:
    answer = Client().get("/hukum/perbuatan/like/", {"status": "PNS"})
    assert set(answer.cookies) <= {"csrftoken"}


def test_an_officer_keeps_the_navigation_and_strangers_find_the_way_in() -> None:
    government = factories.make_government("Kota Contoh", code="91.71")
    officer = factories.make_officer("oversight", government)
    client = sign_in(Client(), officer, second_factor=True)
    page = client.get("/hukum/perbuatan/like/").content.decode()
    assert 'class="desk-frame"' in page
    for address in (
        "/hukum/perbuatan/like/",
        "/hukum/perubahan/",
        "/hukum/peraturan/SE-04-2024/alih/",
    ):
        page = client.get(address).content.decode()
        assert re.search(r'<a href="/hukum/" aria-current="page">Hukum\s*</a>', page), address
    assert 'class="desk-frame"' not in get("/hukum/perbuatan/like/")
    assert 'href="/hukum/"' in get("/")


# --- instruments --------------------------------------------------------------------------------------


def test_a_provision_says_what_replaced_it_and_how_well_it_is_known() -> None:
    page = get("/hukum/peraturan/PP-53-2010/")
    for article in LAW.instrument("PP-53-2010").provisions.values():
        assert f'id="{article.id.partition("/")[2]}"' in page
    assert "diganti oleh" in page
    assert "/hukum/peraturan/PP-94-2021/" in page
    assert "tidak berlaku lagi" in page
    assert page.count("keyakinan: ") == len(LAW.instrument("PP-53-2010").provisions)


def test_the_day_before_and_the_day_of_a_change_differ() -> None:
    badge = re.compile(r'<dd><span class="badge [a-z]*">([^<]+)</span>')
    for day, old, new in (
        (TURN - timedelta(days=1), "berlaku", "belum berlaku"),
        (TURN, "tidak berlaku lagi", "berlaku"),
    ):
        standing = [
            badge.findall(get(f"/hukum/peraturan/{key}/", pada=day.isoformat()))
            for key in ("UU-5-2014", "UU-20-2023")
        ]
        assert standing == [[old], [new]]


def test_links_carry_the_chosen_day_on() -> None:
    page = get("/hukum/peraturan/", pada="2020-01-01")
    inner = [link for link in links(page) if "/hukum/peraturan/" in link and "data" not in link]
    assert len(inner) > 40
    assert all(parse_qs(urlsplit(link).query)["pada"] == ["2020-01-01"] for link in inner)


# --- acts and verdicts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words, act",
    [
        ("jempol fb", "like"),
        ("kepencet love cagub gmn dong", "like"),
        ("twibbon", "profile_frame"),
        ("like post candidate", "like"),
    ],
)
def test_slang_finds_the_act(words: str, act: str) -> None:
    for address in ("/hukum/", "/hukum/perbuatan/"):
        results = get(address, cari=words).split("Hasil untuk")[1].split("</section>")[0]
        assert f"/hukum/perbuatan/{act}/" in results


def test_the_catalogue_folds_its_groups_with_their_counts_below_the_search() -> None:
    groups = {act.group for act in LAW.acts.values()}
    for page in (get("/hukum/perbuatan/"), get("/hukum/perbuatan/", cari="jempol")):
        folds = re.findall(
            r"<details(?: data-open-wide)?><summary><h3>.*?</details>", page, re.DOTALL
        )
        assert len(folds) == len(groups) and page.index('role="search"') < page.index(folds[0])
        for fold in folds:
            count = re.findall(r'law-count">(\d+)<', fold)
            assert count == [str(fold.count("/hukum/perbuatan/"))]
        assert all(f"/hukum/perbuatan/{act}/" in page for act in LAW.acts)


def test_nothing_found_is_not_said_to_be_allowed() -> None:
    assert "Itu tidak berarti boleh" in get("/hukum/", cari="zzqx")


@pytest.mark.parametrize("act", sorted(LAW.acts))
def test_every_verdict_page_shows_its_outcome_and_cites_a_provision(act: str) -> None:
    for status, phase in (("PNS", "campaign"), ("NON_ASN", "quiet"), ("KADES", "before_candidacy")):
        told = {"status": status, "phase": phase}
        try:
            verdict = judge(Situation(act, told), date(2024, 10, 7))
        except SituationError:
            continue
        page = act_page(act, **told, pada="2024-10-07").split('id="putusan"')[1]
        verdict_part, rest = page.split('id="nilai"')
        assert OUTCOME_WORDS[verdict.outcome].id in verdict_part
        grounds = rest.split('id="dasar"')[1].split("law-folds")[0]
        assert verdict.provisions
        for name in verdict.provisions:
            assert f">{citation(LAW, name)}</a>" in grounds


def test_the_form_asks_what_decides_and_keeps_what_was_told() -> None:
    page = act_page("like", status="PNS", phase="campaign", election="pemilihan")
    assert "Akun atau grup siapa itu?" in page
    page = act_page(
        "like", status="PNS", phase="campaign", election="pemilihan", account="candidate"
    )
    assert "dilarang (disiplin)" in page.split('id="nilai"')[0]
    assert '<option value="candidate" selected>' in page


def test_an_unknown_answer_is_said_and_nothing_is_judged() -> None:
    page = get("/hukum/perbuatan/like/", 400, status="RAJA")
    assert "Apa status kepegawaian Anda?" in page.split('id="nilai"')[0]
    assert 'id="putusan"' not in page


def test_answers_that_exclude_each_other_are_said() -> None:
    page = act_page("like", election="pemilu", race="regional_head")
    assert "tidak dapat berlaku bersama" in page


def test_disagreements_say_who_when_and_where_it_stands() -> None:
    page = act_page("rally_passive", status="PNS", phase="campaign", pada="2024-10-07")
    for word in ("Mendagri", "9 Juli 2024", "Bawaslu RI", "Langkah aman", "https://"):
        assert word in page


# --- matrix ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("election", ["pemilihan", "pemilu"])
@pytest.mark.parametrize("on", [date(2023, 10, 30), date(2024, 11, 20)])
def test_the_joined_matrix_says_what_the_library_says(on: date, election: str) -> None:
    from netral.law.matrix import matrix

    shown = [
        (row.act.id, status, run.outcome, run.provision)
        for group in matrices.groups(on, election)
        for row in group.rows
        for status, runs in row.statuses
        for run in runs
        for _phase in range(run.length)
    ]
    told = [(cell.act, cell.status, cell.outcome, cell.provision)
            for cell in matrix(on, election=election)]  # fmt: skip
    assert sorted(shown, key=str) == sorted(told, key=str)


def test_every_cell_of_the_matrix_opens_the_reasons_of_its_outcome() -> None:
    page = get("/hukum/matriks/", status="PPPK", election="pemilu")
    cells = re.findall(
        r'<td colspan="\d" class="cell [^"]+"><a href="([^"]+)">.*?class="word">([^<]+)<', page
    )
    assert len(cells) >= len(LAW.acts)
    for address, word in cells[::9]:
        verdict = get(unescape(address)).split('id="putusan"')[1].split("</h2>")[0]
        assert word in verdict
        assert "status=PPPK" in address


def test_every_row_of_the_matrix_is_eight_phases_wide() -> None:
    page = get("/hukum/matriks/", pada="2024-10-07")
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', page, re.S)
    assert len(rows) == len(LAW.acts)
    for row in rows:
        assert sum(map(int, re.findall(r'colspan="(\d)"', row))) == 8 * len(STATUSES)


def test_the_same_matrix_is_drawn_once() -> None:
    table.cache_clear()
    matrices._cells.cache_clear()
    first, again = get("/hukum/matriks/"), get("/hukum/matriks/")
    assert first.count("<table") == again.count("<table")
    assert table.cache_info().hits >= 1
    get("/hukum/matriks/", pada=(timezone.localdate() - timedelta(days=1)).isoformat())
    assert matrices._cells.cache_info().misses == 1


def test_the_matrix_is_light_on_a_phones_network() -> None:
    answer = Client().get("/hukum/matriks/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 40_000


# --- files ---------------------------------------------------------------------------------------------


def test_the_data_set_is_the_one_in_the_package() -> None:
    answer = Client().get("/hukum/data.zip")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.testzip() is None
        names = {name.removeprefix("netral-hukum/") for name in packed.namelist()}
        assert {"LICENSE", "README.txt", "VERSION"} <= names
        assert packed.read("netral-hukum/VERSION").decode().strip() == LAW.version
        for path in LAW.folder.rglob("*.yaml"):
            name = f"netral-hukum/data/{path.relative_to(LAW.folder).as_posix()}"
            assert packed.read(name) == path.read_bytes()
        facts = yaml.safe_load(packed.read("netral-hukum/data/facts.yaml"))
    assert set(facts) == set(LAW.facts.facts)
    assert len(answer.content) < 330_000
    with translation.override("en"):
        assert Client().get("/hukum/data.zip").content == answer.content
