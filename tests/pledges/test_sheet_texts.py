"""Nobody is entered as having signed a text that their sheet does not bear."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from netral.people.models import Duty
from netral.pledges import mine
from netral.pledges.models import Ceremony, PaperSheet, PledgeText
from netral.pledges.rules import codes, moves, wording
from netral.pledges.services import ceremonies, documents, joint, minutes, sheet_texts, texts
from tests.people.register.factories import make_government, make_officer
from tests.pledges.factories import NOW, Hall, make_ceremony, make_hall, make_witnesses
from tests.pledges.test_paper import FILLED_IN, PDF, attach, enter, people_of
from tests.pledges.test_paper import files_of_the_test as files_of_the_test
from tests.pledges.test_paper import hall as hall
from tests.pledges.test_paper import officer as officer
from tests.pledges.test_paper_drafts import noted

pytestmark = pytest.mark.django_db
AGAIN = "cetak lagi dan minta ditandatangani."


def printed_code(ceremony: Ceremony) -> str:
    """As it is read off the sheet that is printed for this ceremony now."""
    words = words_of(documents.blank_sheet_pdf(ceremony))
    return words.split("Kode naskah ")[1][:9]


def words_of(pdf: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def forget_wording(ceremony: Ceremony) -> None:
    Ceremony.objects.filter(pk=ceremony.pk).update(wording_digest="f" * 64)


def send(officer: Client, hall: Hall, **changes: str) -> str:
    """What the page answers, in words; empty when the sheet was taken."""
    make_witnesses(hall.government)
    values = {**FILLED_IN, "signed_at": "2026-11-20T10:30", "text_code": ""}
    if "compared" not in changes:
        del values["compared"]
    if "draft" not in changes:
        values["file"] = SimpleUploadedFile("a.pdf", PDF)  # type: ignore[assignment]
    address = reverse("pledges:paper", args=[hall.ceremony.pk])
    answer = officer.post(address, {**values, **changes})
    return "" if answer.status_code == 302 else answer.content.decode()


# --- the code ------------------------------------------------------------------------------------
def test_a_text_code_is_the_beginning_of_the_digest() -> None:
    assert codes.write_text_code("4f2a91c3" + "0" * 56) == "4F2A-91C3"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("4F2A-91C3", "4F2A-91C3"),
        (" 4f2a 91c3 ", "4F2A-91C3"),
        ("4f2a91c3", "4F2A-91C3"),
        ("4FZA-91C3", "4F2A-91C3"),
        ("4f2a91c3" + "0" * 56, "4F2A-91C3"),
        ("4f2a91c3" + "0" * 55, ""),
        ("4F2A \N{EN DASH} 91C3", "4F2A-91C3"),
        ("OO2A-9IlC", "002A-911C"),
        ("4F2A-91C", ""),
        ("4F2A-91C30", ""),
        ("4F2A-91CG", ""),
        ("", ""),
    ],
)
def test_a_text_code_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert codes.read_text_code(typed) == read


# --- what is printed -----------------------------------------------------------------------------
def test_every_paper_that_somebody_signs_bears_the_code(hall: Hall) -> None:
    for paper in (
        documents.blank_sheet_pdf(hall.ceremony),
        documents.pledge_pdf(hall.ceremony),
        minutes.minutes_pdf(hall.ceremony),
        joint.joint_pdf(hall.ceremony, "a4"),
    ):
        words = words_of(paper)
        assert hall.text_code in words
        assert hall.digest in words.replace(" ", "")
    assert "Kode naskah" not in words_of(documents.text_pdf(PledgeText.objects.get()))


# --- the service ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text_code", "compared", "refused"),
    [
        ("", False, sheet_texts.Unchecked),
        ("  ", False, sheet_texts.Unchecked),
        ("{own}", True, sheet_texts.Unchecked),
        ("4F2A", False, sheet_texts.NotATextCode),
        ("0000-0000", False, sheet_texts.OtherText),
    ],
)
def test_no_sheet_is_attached_whose_text_nobody_checked(
    hall: Hall, text_code: str, compared: bool, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        attach(hall, text_code=text_code.format(own=hall.text_code), compared=compared)
    assert not PaperSheet.objects.exists()


def test_a_sheet_keeps_how_its_text_was_checked(hall: Hall) -> None:
    by_code = attach(hall, text_code=hall.text_code.lower().replace("-", " "))
    by_eye = attach(hall, PDF + b"2", text_code="", compared=True)
    by_code.refresh_from_db()
    by_eye.refresh_from_db()
    assert (by_code.text_check, by_eye.text_check) == ("code", "compared")


def test_the_database_keeps_it_too(hall: Hall) -> None:
    sheet = PaperSheet.objects.filter(pk=attach(hall).pk)
    for other in ("compared", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            sheet.update(text_check=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        attach_unknown_check(hall)
    assert sheet.get().text_check == "code"


def attach_unknown_check(hall: Hall) -> None:
    PaperSheet.objects.create(
        ceremony=hall.ceremony, digest="0" * 64, kind="pdf", text_check="guessed",
        signed_at=NOW, uploaded_by=hall.organiser, uploaded_at=NOW,
    )  # fmt: skip


# --- the page ------------------------------------------------------------------------------------
def test_a_sheet_of_the_planned_day_is_refused_on_the_day_of_the_reading(officer_of_today) -> None:
    hall, officer, planned = officer_of_today
    that_day = {"signed_at": "2026-11-21T10:30"}
    assert planned != hall.text_code
    page = send(officer, hall, text_code=planned, **that_day)
    assert f"Kode {planned} milik naskah bertanggal 20 November 2026" in page
    assert "naskah ikrar ini bertanggal 21 November 2026" in page
    assert AGAIN in page
    assert "tersimpan untuk Anda sampai" in page, "the scan is not lost"
    assert not PaperSheet.objects.exists()
    right = {**that_day, "text_code": printed_code(hall.ceremony), "draft": noted(page)}
    assert send(officer, hall, **right) == ""
    assert PaperSheet.objects.get().text_check == "code"


@pytest.fixture
def officer_of_today(officer: Client, hall: Hall) -> tuple[Hall, Client, str]:
    """A ceremony planned for 20 November and read a day later; the code printed before."""
    ceremony = make_ceremony(
        hall.government, hall.organiser, hall.election, hall.text, state=moves.PLANNED,
        units=list(hall.ceremony.units.all()),
    )  # fmt: skip
    forget_wording(hall.ceremony)  # it has the planned day's wording too, and would be named first
    planned = printed_code(ceremony)
    for name in ("start_reading", "open_signing"):
        ceremony = ceremonies.move(
            ceremony=ceremony, name=name, actor=hall.organiser,
            now=NOW + timedelta(days=1), dated_today=True,
        )  # fmt: skip
    hall.ceremony = ceremony
    return hall, officer, planned


def test_a_sheet_of_another_version_is_refused_by_its_number(hall: Hall, officer: Client) -> None:
    second = next_version(hall)
    other = make_ceremony(hall.government, hall.organiser, hall.election, second)
    code = printed_code(other)
    forget_wording(other)
    page = send(officer, hall, text_code=code)
    assert "milik naskah versi 2, sedangkan ikrar ini memakai versi 1" in page
    assert AGAIN in page


def next_version(hall: Hall) -> PledgeText:
    content = wording.Wording("Ikrar", "Di {tempat}, {tanggal}.", ("Netral.",), "")
    second = texts.save_version(
        government=hall.government, content=content, actor=hall.organiser, now=NOW
    )
    texts.publish(text=second, actor=hall.organiser, now=NOW)
    second.refresh_from_db()
    return second


def test_a_sheet_of_another_ceremony_is_sent_there(hall: Hall, officer: Client) -> None:
    other = make_ceremony(hall.government, hall.organiser, hall.election, next_version(hall))
    Ceremony.objects.filter(pk=other.pk).update(title="Ikrar susulan")
    page = send(officer, hall, text_code=printed_code(other))
    assert "milik ikrar lain: Ikrar susulan, 20 November 2026" in page
    assert "unggah di sana" in page


def test_ceremonies_out_of_reach_are_not_named(hall: Hall) -> None:
    elsewhere = make_hall(code="65")
    stranger = make_officer(make_government("66"), Duty.Kind.ORGANISER)
    code, besides = elsewhere.text_code, hall.ceremony
    assert sheet_texts.ceremony_with(code, besides=besides, actor=elsewhere.organiser)
    for actor in (hall.organiser, stranger):
        assert sheet_texts.ceremony_with(code, besides=besides, actor=actor) is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Salin kode naskah dari kaki lembar, atau beri tanda"),
        ({"text_code": "0000-0000", "compared": "on"}, "jangan keduanya"),
        ({"text_code": "4F2A-91"}, "delapan angka dan huruf A sampai F"),
        ({"text_code": "0000 0000"}, "Kode 0000-0000 bukan kode naskah ikrar ini."),
    ],
)
def test_whatever_is_missing_or_wrong_is_said(
    hall: Hall, officer: Client, given: dict[str, str], sentence: str
) -> None:
    page = send(officer, hall, **given)
    assert sentence in page
    assert "tersimpan untuk Anda sampai" in page, "the scan is not lost"
    assert not PaperSheet.objects.exists()


def test_the_page_never_says_which_code_would_be_right(hall: Hall, officer: Client) -> None:
    address = reverse("pledges:paper", args=[hall.ceremony.pk])
    for page in (officer.get(address).content.decode(), send(officer, hall, text_code="00000000")):
        assert hall.text_code not in page
        assert hall.digest[:8] not in page


def test_pages_and_the_own_data_say_how_it_was_checked(hall: Hall, officer: Client) -> None:
    person = people_of(hall, 1)[0]
    sheet = attach(hall)
    old = PaperSheet.objects.create(
        ceremony=hall.ceremony, digest="0" * 64, kind="pdf",
        signed_at=NOW, uploaded_by=hall.organiser, uploaded_at=NOW,
    )  # fmt: skip
    said = {sheet: "Kode naskah di lembar cocok", old: "Naskah di lembar tidak diperiksa"}
    listed = officer.get(reverse("pledges:paper", args=[hall.ceremony.pk])).content.decode()
    for one, words in said.items():
        assert words in listed
        names = reverse("pledges:paper_names", args=[hall.ceremony.pk, one.pk])
        assert words in officer.get(names).content.decode()
    enter(hall, sheet, [person])
    [held] = mine.signatures_held(HttpRequest(), person)
    assert held["Naskah di lembar kertas"] == "kode naskah di lembar cocok (disalin petugas)"
