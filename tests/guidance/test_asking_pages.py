"""Asking over HTTP: what the answer says, what is put right, and what must leave no trace."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
import structlog
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.elections.calendars import forget_calendars
from netral.guidance.models import AskedCount
from netral.guidance.views.asking import kept, limits
from netral.guidance.words import signed
from netral.law import Outcome, library
from netral.law.asking.heading import heading
from netral.people.models import Attempts, Government, Posting
from netral.people.services import throttling
from tests.e2e.world import _election
from tests.people.accounts import factories
from tests.people.accounts.sessions import sign_in

pytestmark = pytest.mark.django_db
LIKE = "boleh gak pns like postingan calon bupati di facebook?"
SECRET = "kenangamerah"


@pytest.fixture
def government() -> Government:
    """One government, in a campaign today."""
    government = factories.make_government()
    _election(government, timezone.localdate())
    forget_calendars()
    return government


def ask(
    question: str = LIKE,
    /,
    *,
    client: Client | None = None,
    expected: int = 200,
    address: str = "/tanya/",
    **more: Any,
) -> str:
    answer: HttpResponse = (client or Client()).post(address, {"pertanyaan": question, **more})
    assert answer.status_code == expected
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def verdict(page: str) -> str:
    found = re.search(r'data-keep="word">(.*?)</span>', page)
    return plain(found.group(1)) if found else ""


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


def chips(page: str) -> list[str]:
    found = re.findall(r'<details class="ask-chip[^>]*>\s*<summary>(.*?)</summary>', page)
    return [plain(chip) for chip in found]


# --- the answer ------------------------------------------------------------------------------------


def test_an_answer_names_verdict_safe_course_basis_sanction_and_day(government: Government) -> None:
    page = ask()
    assert verdict(page) == "dilarang (disiplin)"
    assert "Langkah aman" in page and library().act("like").safe.id in page
    assert (
        'href="/hukum/peraturan/SKB-2022/D6/"' in page and "berlaku sejak 22 September 2022" in page
    )
    assert "Sanksi yang mungkin" in page and "Dijatuhkan oleh:" in page
    assert "Tidak semua sepakat" in page
    assert "Yang dapat mengubah jawaban" in page
    assert "Semua ketentuan yang dipertimbangkan" in page


def test_the_phase_is_that_of_the_election_under_way(government: Government) -> None:
    when = chips(ask())[-1]
    assert when.startswith("masa kampanye · pemilihan kepala daerah · hukum hari ini,")


def test_without_an_election_the_law_of_the_last_campaign_is_used_and_said() -> None:
    factories.make_government()
    page = ask(LIKE, fakta="phase:campaign")
    assert "hukum kampanye terakhir" in chips(page)[-1]
    assert verdict(page) == "dilarang (disiplin)"


def test_what_the_text_says_beats_the_calendar(government: Government) -> None:
    page = ask("boleh gak pns like postingan calon bupati pas masa tenang?")
    assert "masa tenang" in chips(page)[-1]


def test_a_fact_put_right_beats_what_was_read(government: Government) -> None:
    page = ask(LIKE, ubah="status:NON_ASN")
    assert "pegawai non-ASN" in chips(page)
    assert '<input type="hidden" name="fakta" value="status:NON_ASN">' in page


def test_another_day_is_judged_by_its_law(government: Government) -> None:
    page = ask(LIKE, hari_baru="2024-10-07")
    assert "hukum 7 Oktober 2024" in chips(page)[-1]
    assert "/hukum/peraturan/SKB-2022/D6/?pada=2024-10-07" in page
    assert "tidak dapat dipakai sebagai hari" in ask(LIKE, hari_baru="1999-01-01")


def test_one_deciding_fact_is_asked_first_and_never_more_than_two(government: Government) -> None:
    page = ask("boleh like?")
    assert "Satu hal menentukan" in page and verdict(page) == ""
    assert "Akun atau grup siapa itu?" in page
    told = ask("boleh like?", ubah="account:candidate")
    assert "Satu hal menentukan" not in told and verdict(told) == "dilarang (disiplin)"
    untold = ask("boleh like?", ditanya=["account", "status"])
    assert "Satu hal menentukan" not in untold
    assert verdict(untold) == "", "nobody said whose post: acts to choose from, no verdict"
    assert "Memberi like" in untold and "tidak berarti boleh" in untold


@pytest.mark.parametrize(
    ("question", "asked", "told", "then"),
    [
        ("boleh foto bareng calon?", "Apa hubungan Anda dengan calon itu?", "relation:spouse",
         "Berfoto dengan suami/istri yang menjadi calon"),
        ("saya boleh ikut kampanye?", "aktif", "active:no", "Hadir pasif"),
        ("boleh datang ke acara partai?", "surat tugas?", "duty:yes", "acara partai"),
        ("boleh jadi KPPS?", "izin", "permission:yes", ""),
    ],
)  # fmt: skip
def test_the_fact_that_decides_a_short_question_is_asked_first(
    government: Government, question: str, asked: str, told: str, then: str
) -> None:
    page = ask(question)
    assert "Satu hal menentukan" in page and verdict(page) == ""
    assert asked in page
    again = ask(question, ubah=told, ditanya=told.partition(":")[0])
    assert then in again


def test_a_question_that_tells_who_asks_is_not_asked_that_again(government: Government) -> None:
    long = "saya guru, tadi pagi tidak sengaja ketemu calon bupati lalu foto bareng, boleh?"
    assert "Apa hubungan Anda" not in ask(long)
    assert "Apa hubungan Anda" not in ask("boleh foto bareng istri yang jadi calon?")


def test_what_nobody_said_is_shown_as_assumed_and_can_be_put_right(
    government: Government,
) -> None:
    page = ask("boleh like postingan calon bupati?")
    assert "PNS dianggap" in chips(page)
    assert "Ini menganggap: PNS." in page
    told = ask("boleh like postingan calon bupati?", ubah="status:NON_ASN")
    assert "Ini menganggap" not in told


def test_doubt_never_makes_a_verdict_milder() -> None:
    for outcome in Outcome:
        for coarse in ("allowed", "conditional", "unclear", "forbidden", "crime"):
            words = signed(heading(outcome, coarse)).words.id
            if outcome not in (Outcome.ALLOWED, Outcome.ALLOWED_IF) or coarse not in (
                "allowed", "conditional",
            ):  # fmt: skip
                assert not words.startswith("boleh"), (outcome, coarse)
    assert signed(heading(Outcome.ALLOWED, "conditional")).words.id == "boleh dengan syarat"


def test_what_no_rule_names_is_not_called_forbidden_by_the_law(government: Government) -> None:
    page = ask("pake kaos hitam ada tulisan nomor 3 ke pasar")
    assert verdict(page) == "anggap dilarang"
    assert "anggap dilarang sampai dijawab penelaah hukum" in page
    assert "tidak cukup untuk memutuskan" not in page, "a red card does not say it is undecided"
    open_one = ask("selamat buat pemenang", perbuatan="congratulate")
    assert "tidak cukup untuk memutuskan" in open_one
    assert "dilarang" not in verdict(open_one)


def test_a_contested_answer_says_so_in_a_sentence(government: Government) -> None:
    page = ask("saya pns, nonton kampanye dari pinggir lapangan diam saja boleh?")
    assert verdict(page) == "diperdebatkan antarlembaga"
    assert "Lembaga negara belum sepakat" in page
    # One view and a silent law are no disagreement.
    assert "belum sepakat" not in ask("golput itu melanggar ga buat asn")


def test_the_verdict_stands_before_what_is_said_of_its_doubt(government: Government) -> None:
    page = ask("pakai kaos partai boleh?")
    assert verdict(page) == "anggap dilarang"
    doubt = "Karena kewajiban umum untuk netral, anggap dilarang"
    assert page.index('data-keep="word"') < page.index(doubt)
    assert page.count(doubt) == 1


def test_the_norm_that_binds_non_asn_staff_is_named_first(government: Government) -> None:
    for question in ("saya honorer, like postingan calon gubernur boleh?",
                     "tenaga kontrak pasang stiker paslon di mobil"):  # fmt: skip
        page = ask(question)
        card = page[page.index('class="verdict-word"') :]
        first = re.search(r'href="/hukum/peraturan/([^/]+)/', card)
        assert first is not None and first.group(1) == "SE-01-2023"


def test_leave_is_all_that_is_asked_of_who_attends_a_spouses_rally(government: Government) -> None:
    question = "suami saya nyaleg, boleh ikut kampanye?"
    page = ask(question)
    assert "(CLTN)?" in page and "Satu hal menentukan" in page and verdict(page) == ""
    on_leave = ask(question, ubah="leave:yes", ditanya="leave")
    assert verdict(on_leave) == "boleh dengan syarat" and "Syaratnya:" in on_leave
    assert "Ini menganggap:" in on_leave and "hanya hadir, pasif" in on_leave
    assert verdict(ask(question, ubah="leave:no", ditanya="leave")) == "dilarang (kode etik)"
    untold = ask(question, ditanya="leave")
    assert "surat tugas" not in chips(untold)
    honorary = ask("suami saya nyaleg, saya honorer, boleh ikut kampanye?")
    assert verdict(honorary) == "dilarang (kode etik)"


def test_who_was_ordered_reads_of_refusing_and_reporting(government: Government) -> None:
    page = ask("diperintah kepala bidang pasang spanduk paslon, gimana?")
    cards = re.findall(r'data-keep="act">(.*?)</p>', page)
    assert cards == [library().act(name).name.id for name in ("own_props", "refuse_order")]
    assert library().act("refuse_order").safe.id in page
    assert library().act("order_staff").name.id not in page


def test_who_is_bound_by_other_rules_is_told_which(government: Government) -> None:
    page = ask("saya polisi, boleh like postingan calon?")
    assert "Aturan lain yang mengikat Anda" in page and "Peraturan Bawaslu 6/2018" in page
    assert "Tidak dijawab di sini tidak berarti boleh." in page and verdict(page) == ""
    also = ask("saya polisi, boleh like postingan calon?", hanya="like")
    assert verdict(also).startswith("dilarang")


def test_low_confidence_offers_acts_and_no_verdict(government: Government) -> None:
    page = ask("gimana ya min soal itu")
    assert verdict(page) == ""
    assert "Itu tidak berarti boleh" in page or "di luar urusan netralitas" in page


def test_a_chosen_act_is_answered(government: Government) -> None:
    page = ask("gimana ya min", hanya="vote", fakta=["status:PNS"])
    assert verdict(page).startswith("boleh")


def test_several_acts_are_each_answered_gravest_first(government: Government) -> None:
    page = ask(
        "saya mau nyoblos terus like",
        perbuatan=["vote", "like"],
        fakta=["status:PNS", "account:candidate"],
    )
    words = re.findall(r'data-keep="word">([^<]+)<', page)
    assert words[0].startswith("dilarang") and words[-1].startswith("boleh")
    assert len(words) == 2


# --- nothing left behind ---------------------------------------------------------------------------


def test_the_question_is_in_no_address_title_log_or_table(government: Government) -> None:
    client = Client()
    with structlog.testing.capture_logs() as logs:
        answer = client.post("/tanya/", {"pertanyaan": f"{LIKE} {SECRET}"})
    text = answer.content.decode()
    assert SECRET in text
    assert SECRET not in re.search(r"<title>(.*?)</title>", text, re.S).group(1)  # type: ignore[union-attr]
    assert not re.search(rf'(href|action|src)="[^"]*{SECRET}', text)
    assert "no-store" in answer["Cache-Control"]
    assert SECRET not in json.dumps(logs, default=str)
    assert SECRET not in str(list(AskedCount.objects.values())) + str(
        list(Attempts.objects.values())
    )
    assert "sessionid" not in client.cookies


def test_a_question_in_the_address_is_not_answered() -> None:
    page = Client().get("/tanya/", {"pertanyaan": LIKE}).content.decode()
    assert verdict(page) == ""
    assert "calon bupati di facebook" not in page


def test_a_question_counts_once_however_often_it_is_put_right(government: Government) -> None:
    first = ask()
    counted = re.findall(r'name="terhitung" value="([^"]+)"', first)
    assert counted
    ask(LIKE, terhitung=counted, ubah="status:PPPK")
    assert list(AskedCount.objects.values_list("act", "phase", "times")) == [
        ("like", "campaign", 1)
    ]


def test_nothing_is_counted_for_nobodys_government() -> None:
    factories.make_government()
    factories.make_government("Kota Lain")
    ask(LIKE, fakta="phase:campaign")
    assert not AskedCount.objects.exists()


# --- who is asking ---------------------------------------------------------------------------------


def test_the_status_of_staff_comes_from_the_register_and_is_not_kept(
    government: Government,
) -> None:
    person = factories.make_person(factories.make_unit(government), number="")
    client = sign_in(Client(), factories.make_account(person), second_factor=False)
    question = "boleh like postingan calon bupati?"
    assert "pegawai non-ASN dari register" in chips(ask(question, client=client))
    assert "PPPK" in chips(ask(f"teman saya PPPK, {question}", client=client))
    assert Posting.objects.get(person=person).status == "non_asn"


def test_the_kiosk_knows_nobody_and_leads_nowhere(government: Government) -> None:
    client = Client()
    page = ask("boleh like postingan calon bupati?", client=client, address="/tanya/kios/")
    assert "dari register" not in page
    for text in (page, client.get("/tanya/kios/").content.decode()):
        leads = set(re.findall(r'<a [^>]*href="([^"]+)"', text))
        assert leads <= {"#isi", "#bukan-ini", "/tanya/kios/"}


# --- what is refused -------------------------------------------------------------------------------


def test_an_empty_or_endless_question_says_what_to_do(government: Government) -> None:
    assert "Tulis dulu pertanyaannya" in ask("   ", expected=422)
    assert "paling banyak 500 huruf" in ask("x" * 501, expected=422)


def test_too_many_questions_wait(government: Government, monkeypatch: pytest.MonkeyPatch) -> None:
    few = throttling.Allowance("ask", uses=2, window=limits.PAGES.window)
    monkeypatch.setattr(limits, "PAGES", few)
    client = Client()
    ask(client=client)
    ask(client=client)
    refused = client.post("/tanya/", {"pertanyaan": LIKE})
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    text = unescape(refused.content.decode())
    assert "Terlalu banyak pertanyaan" in text and "like postingan" in text


# --- without a network -----------------------------------------------------------------------------


def test_the_worker_keeps_only_what_is_the_same_for_everybody() -> None:
    answer = Client().get(reverse("guidance:ask_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    told = json.loads(re.match(r"const KEPT = (.*);\n", answer.content.decode()).group(1))  # type: ignore[union-attr]
    assert len(told["version"]) == 16
    for address in told["pages"]:
        text = Client().get(address).content.decode()
        assert "csrfmiddlewaretoken" not in text
        assert all(act.id in text for act in library().acts.values())


def test_the_kept_page_is_the_same_for_an_officer(government: Government) -> None:
    person = factories.make_person(factories.make_unit(government))
    client = sign_in(Client(), factories.make_account(person), second_factor=False)
    address = "/tanya/tersimpan/?bahasa=en"
    assert client.get(address).content == Client().get(address).content


def test_the_version_follows_the_contents(monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept.ANSWERS.version()
    monkeypatch.setattr(kept, "page_facts", lambda: {"groups": [], "law": library()})
    assert kept.ANSWERS.version() != before


def test_english_is_complete_on_an_answer(government: Government) -> None:
    client = Client()
    client.cookies["bahasa"] = "en"
    page = ask(client=client)
    assert verdict(page) == "forbidden (discipline)"
    for word in ("Safe course", "Possible sanctions", "in force since", "What could change"):
        assert word in page
