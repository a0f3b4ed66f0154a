"""Documents wear the office's letterhead, and those of a demonstration say what they are."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from netral.base import tables
from netral.people.models import Government, Person
from netral.people.services import claiming, slip_drawing
from netral.pledges.models import Ceremony, PledgeText, Reminder, Signature
from netral.pledges.services import documents, joint, minutes, receipts, reminding, signing
from tests.base.audit.fresh import sign_afresh
from tests.people.accounts.factories import make_account
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_person
from tests.pledges.factories import NOW, Hall

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
MARK = "Peragaan: semua orang dan data di sini rekaan."
OFFICE = ("Jalan Merpati 1, Kota Lembayung", "Telepon (0541) 123456")


@pytest.fixture
def person(hall: Hall) -> Person:
    hall.government.letterhead = "\n".join(OFFICE)
    hall.government.save()
    hall.ceremony.refresh_from_db()
    return make_person(hall.government.units.get(name="Dinas A"), "Siti Rahma")


def words_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def signature_of(hall: Hall, person: Person) -> Signature:
    made = signing.sign(
        person=person, ceremony=hall.ceremony, text_digest=hall.digest,
        evidence=Signature.Evidence.ACCOUNT, now=LATER,
    )  # fmt: skip
    assert isinstance(made, signing.Signed)
    return made.signature


def documents_of(hall: Hall, person: Person) -> dict[str, str]:
    signature = signature_of(hall, person)
    ceremony = Ceremony.objects.get()
    drawn = {
        "text": documents.text_pdf(PledgeText.objects.get()),
        "pledge": documents.pledge_pdf(ceremony),
        "sheet": documents.blank_sheet_pdf(ceremony),
        "receipt": receipts.receipt_pdf(signature, now=LATER),
        "minutes": minutes.minutes_pdf(ceremony),
        "joint": joint.joint_pdf(ceremony, "a4"),
    }
    return {name: words_of(pdf) for name, pdf in drawn.items()}


@pytest.mark.parametrize("is_demo", [True, False])
def test_every_document_of_a_pledge_wears_it(hall: Hall, person: Person, is_demo: bool) -> None:
    Government.objects.update(is_demo=is_demo)
    for name, words in documents_of(hall, person).items():
        assert hall.government.name.upper() in words, name
        for line in OFFICE:
            assert line in words, name
        assert (MARK in words) is is_demo, name


@pytest.mark.parametrize("is_demo", [True, False])
def test_slips_and_letters_of_a_demonstration_say_so(
    hall: Hall, person: Person, is_demo: bool
) -> None:
    Government.objects.update(is_demo=is_demo)
    government = Government.objects.get()
    issued = claiming.draw_codes(person_ids=[person.pk], now=NOW)
    slip = slip_drawing.draw(issued=issued, government=government, title="Slip", now=NOW)
    assert ("SLIP PERAGAAN · ORANG REKAAN" in words_of(slip)) is is_demo
    unit = hall.government.units.get(name="Dinas A")
    reminder = Reminder(government=government, unit=unit, election=hall.election, recipient=person,
                        address="kepala@contoh.go.id", missing=3)  # fmt: skip
    letter = reminding.letter_of(reminder)
    assert letter.subject.startswith("[Peragaan]") is is_demo
    assert (MARK in letter.body) is is_demo


@pytest.mark.parametrize("is_demo", [True, False])
def test_files_of_a_demonstration_say_so_in_their_names(settings: Any, is_demo: bool) -> None:
    settings.DEMO = is_demo
    for kind in ("xlsx", "csv"):
        answer = tables.table_response(
            kind, file_name="pegawai", sheet="Pegawai", header=["Nama"], rows=[["Siti"]]
        )
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        named = 'filename="peragaan-pegawai.' in answer["Content-Disposition"]
        assert named is is_demo
        if kind == "xlsx":
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
            assert sheet == ["peragaan-Pegawai" if is_demo else "Pegawai"]


@pytest.mark.parametrize("is_demo", [True, False])
def test_files_of_a_pledge_say_so_in_their_names_too(
    settings: Any, hall: Hall, person: Person, is_demo: bool
) -> None:
    """What lies in a folder of downloads is not taken for a real result."""
    settings.DEMO = is_demo
    code = signature_of(hall, person).receipt_code
    sign_afresh()
    officer = sign_in(Client(), hall.organiser, second_factor=True)
    signer = sign_in(Client(), make_account(person), second_factor=False)
    for name in ("ceremony_pdf", "way_in", "blank_sheet", "minutes", "joint"):
        assert_named(officer, f"pledges:{name}", hall.ceremony.pk, is_demo)
    for name in ("receipt_pdf", "receipt_proof"):
        assert_named(signer, f"pledges:{name}", code, is_demo)
    assert_named(Client(), "pledges:check_proof", code, is_demo)
    listed = assert_named(Client(), "pledges:recount_list", hall.ceremony.code, is_demo)
    page = Client().get(reverse("pledges:recount", args=[hall.ceremony.code]))
    assert f"netral log recount {listed} " in page.content.decode(), "the file it speaks of"


def assert_named(browser: Client, name: str, key: object, is_demo: bool) -> str:
    answer = browser.get(reverse(name, args=[key]))
    assert answer.status_code == 200, name
    file = answer["Content-Disposition"].split('"')[1]
    assert file.startswith("peragaan-") is is_demo, name
    return file


@pytest.mark.parametrize("is_demo", [True, False])
def test_every_screen_of_the_hall_says_so(hall: Hall, is_demo: bool) -> None:
    """Thanks and the photo cover the line under the text: each has one of its own."""
    Government.objects.update(is_demo=is_demo)
    page = Client().get(reverse("pledges:wall", args=[hall.ceremony.code])).content.decode()
    screens = page.split("<section")[1:]
    assert [MARK in screen for screen in screens] == [is_demo, False, is_demo, is_demo]
