"""Signatures on paper: the scan, the names, the mark they carry, and who may see the file."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from netral.people.models import Duty, Person
from netral.pledges.models import CeremonyMove, PaperSheet, Signature
from netral.pledges.rules import moves, scans
from netral.pledges.services import coverage, paper, signing
from netral.pledges.services.ceremonies import OutOfStep
from netral.pledges.services.paper import Entered
from netral.pledges.views import paper_names
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_officer, make_person, make_unit
from tests.pledges.factories import NOW, Hall, account_of, make_hall, make_witnesses

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
FILLED_IN = {"witness": "Saksi 1", "second_witness": "Saksi 2", "compared": "on"}
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hall() -> Hall:
    government = make_government()
    dinas = make_unit(government, "Dinas A")
    make_unit(government, "Dinas B")
    return make_hall(units=[dinas])


def people_of(hall: Hall, number: int, unit: str = "Dinas A") -> list[Person]:
    place = hall.government.units.get(name=unit)
    return [make_person(place, f"Pegawai {serial:02d}") for serial in range(number)]


def attach(hall: Hall, content: bytes = PDF, **changes: object) -> PaperSheet:
    facts = {
        "ceremony": hall.ceremony, "upload": io.BytesIO(content), "signed_at": NOW,
        "text_code": hall.text_code, "compared": False,
        "actor": hall.organiser, "now": LATER, "witnesses": make_witnesses(hall.government), **changes,
    }  # fmt: skip
    return paper.attach_sheet(**facts)


def enter(hall: Hall, sheet: PaperSheet, people: list[Person], **changes: object) -> Entered:
    keys = [person.pk for person in people]
    facts = {
        "sheet": sheet, "person_ids": keys, "actor": hall.organiser, "now": LATER, **changes,
    }  # fmt: skip
    return paper.enter_names(**facts)


# --- the sheet -----------------------------------------------------------------------------------
def test_a_scan_is_kept_under_a_name_of_its_own(hall: Hall) -> None:
    sheet = attach(hall)
    assert (sheet.kind, sheet.signed_at, sheet.uploaded_at) == ("pdf", NOW, LATER)
    assert sheet.file.name.startswith("pledges/sheets/")
    assert sheet.file.name.endswith(".pdf")
    with sheet.file.open() as kept:
        assert kept.read() == PDF


@pytest.mark.parametrize("content", [b"", b"<html><script>", b"GIF89a", b"MZ\x90", b" %PDF-1.7"])
def test_only_pdf_jpeg_and_png_are_scans(hall: Hall, content: bytes) -> None:
    with pytest.raises(paper.NotAScan):
        attach(hall, content)


def test_a_scan_has_at_most_twenty_megabytes(hall: Hall) -> None:
    attach(hall, PDF + b" " * (scans.MAX_BYTES - len(PDF)))
    with pytest.raises(paper.TooLarge):
        attach(hall, PDF + b" " * (scans.MAX_BYTES - len(PDF) + 1))


def test_the_same_scan_is_taken_once_per_ceremony(hall: Hall) -> None:
    first = attach(hall)
    with pytest.raises(paper.UploadedBefore) as known:
        attach(hall)
    assert known.value.sheet == first


@pytest.mark.parametrize("state", [moves.PLANNED, moves.READING])
def test_no_paper_before_the_signing(state: str) -> None:
    hall = make_hall(state=state)
    with pytest.raises(OutOfStep):
        attach(hall)


def test_paper_arrives_after_closing_too() -> None:
    hall = make_hall(state=moves.CLOSED)
    person = make_person(make_unit(hall.government, "Dinas A"))
    assert enter(hall, attach(hall), [person]) == Entered(1, 0)


def test_a_stranger_attaches_and_enters_nothing(hall: Hall) -> None:
    sheet, people = attach(hall), people_of(hall, 1)
    stranger = make_officer(make_government("65"), Duty.Kind.ORGANISER)
    with pytest.raises(PermissionDenied):
        attach(hall, PDF + b"x", actor=stranger)
    with pytest.raises(PermissionDenied):
        enter(hall, sheet, people, actor=stranger)


def test_two_others_of_the_government_are_witnesses(hall: Hall) -> None:
    first, second = make_witnesses(hall.government)
    stranger = make_person(make_unit(make_government("65"), "Dinas A"))
    officer = account_of(first)
    officer.duties.model.objects.filter(account=hall.organiser).update(account=officer)
    for pair, actor in (
        ((second, second), officer),
        ((second, stranger), officer),
        ((first, second), officer),
    ):
        with pytest.raises(paper.BadWitnesses):
            attach(hall, witnesses=pair, actor=actor)
    sheet = attach(hall, witnesses=(second, people_of(hall, 1)[0]), actor=officer)
    assert (sheet.witness.name, sheet.second_witness.name) == ("Saksi 2", "Pegawai 00")
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperSheet.objects.update(second_witness=None)


MIDNIGHT = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
"""Of 20 November in Samarinda."""


def test_a_sheet_was_not_signed_before_the_day_of_its_ceremony(hall: Hall) -> None:
    with pytest.raises(paper.BeforeTheDay) as early:
        attach(hall, signed_at=MIDNIGHT - timedelta(minutes=1))
    assert early.value.earliest == MIDNIGHT
    assert attach(hall, signed_at=MIDNIGHT).signed_at == MIDNIGHT


def test_a_ceremony_held_before_its_date_takes_sheets_of_the_day_it_was_held(hall: Hall) -> None:
    hall.ceremony.planned_at = NOW + timedelta(days=3)
    assert attach(hall, signed_at=MIDNIGHT).signed_at == MIDNIGHT


def test_nobody_vouches_for_a_sheet_that_bears_their_own_signature(hall: Hall) -> None:
    first, second, other = people_of(hall, 3)
    sheet = attach(hall, witnesses=(first, second))
    assert enter(hall, sheet, [first, second, other]) == Entered(1, 2)
    assert Signature.objects.get().person == other
    elsewhere = attach(hall, PDF + b"2")
    assert enter(hall, elsewhere, [first, second]) == Entered(2, 0)


def test_a_witness_who_turns_out_to_be_a_double_is_still_the_witness(hall: Hall) -> None:
    first, second, known_as = people_of(hall, 3)
    sheet = attach(hall, witnesses=(first, second))
    Person.objects.filter(pk=first.pk).update(merged_into=known_as)
    assert enter(hall, PaperSheet.objects.get(pk=sheet.pk), [known_as]) == Entered(0, 1)


# --- the names -----------------------------------------------------------------------------------
def test_a_paper_signature_is_marked_and_names_its_sheet_and_officer(hall: Hall) -> None:
    sheet, people = attach(hall), people_of(hall, 3)
    assert enter(hall, sheet, people) == Entered(3, 0)
    for kept in Signature.objects.all():
        assert (kept.evidence, kept.paper, kept.entered_by) == ("paper", sheet, hall.organiser)
        assert (kept.signed_at, kept.recorded_at) == (NOW, LATER)
        assert kept.counts_for_coverage
    assert not coverage.differences(government_id=hall.government.pk, election_id=hall.election.pk)


def test_whoever_has_signed_or_is_not_invited_is_passed_over(hall: Hall) -> None:
    sheet, (signer, open_one) = attach(hall), people_of(hall, 2)
    uninvited = people_of(hall, 1, "Dinas B")[0]
    signing.sign(
        person=signer,
        ceremony=hall.ceremony,
        text_digest=hall.digest,
        evidence=Signature.Evidence.ACCOUNT,
        now=NOW,
    )
    assert enter(hall, sheet, [signer, open_one, uninvited]) == Entered(1, 2)
    assert enter(hall, sheet, [signer, open_one, uninvited]) == Entered(0, 3)
    assert Signature.objects.filter(evidence="paper").get().person == open_one
    assert Signature.objects.count() == 2


def test_an_officer_of_a_subtree_enters_names_of_it_only(hall: Hall) -> None:
    dinas = hall.government.units.get(name="Dinas A")
    actor = make_officer(hall.government, Duty.Kind.ORGANISER, dinas)
    assert enter(hall, attach(hall), people_of(hall, 2), actor=actor) == Entered(2, 0)


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"witness": "Saksi 1", "second_witness": "Saksi 1"}, "Saksi kedua harus orang lain"),
        ({"witness": "Saksi", "second_witness": "Saksi 2"}, "yang cocok; pilih salah satu"),
        ({"witness": "Tiada", "second_witness": "Saksi 2"}, "Tidak ada pegawai dengan nama"),
    ],
)
def test_witnesses_are_named_by_whoever_uploads(
    hall: Hall, named: dict[str, str], sentence: str
) -> None:
    make_witnesses(hall.government)
    officer = sign_in(Client(), hall.organiser, second_factor=True)
    answer = officer.post(
        reverse("pledges:paper", args=[hall.ceremony.pk]),
        {
            "file": SimpleUploadedFile("a.pdf", PDF),
            "signed_at": "2026-11-20T10:30",
            "compared": "on",
            **named,
        },
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


# --- pages ---------------------------------------------------------------------------------------
@pytest.fixture
def officer(hall: Hall) -> Client:
    return sign_in(Client(), hall.organiser, second_factor=True)


def test_from_the_upload_to_the_marked_name(hall: Hall, officer: Client) -> None:
    people = people_of(hall, 2)
    make_witnesses(hall.government)
    page = reverse("pledges:paper", args=[hall.ceremony.pk])
    answer = officer.post(
        page,
        {
            "file": SimpleUploadedFile("../../daftar.pdf", PDF, "text/html"),
            "signed_at": "2026-11-20T10:30",
            **FILLED_IN,
        },
    )
    sheet = PaperSheet.objects.get()
    names = reverse("pledges:paper_names", args=[hall.ceremony.pk, sheet.pk])
    assert (answer.status_code, answer["Location"]) == (302, names)
    assert sheet.signed_at.isoformat() == "2026-11-20T02:30:00+00:00"
    assert "Pegawai 00" in officer.get(names).content.decode()
    searched = officer.get(names, {"cari": "Pegawai 01"}).content.decode()
    assert "Pegawai 01" in searched
    assert "Pegawai 00" not in searched
    chosen = {"orang": [str(people[0].pk), "bukan-kunci"]}
    asked = officer.post(names, {**chosen, "deed": "periksa"}).content.decode()
    assert "Catat 1 tanda tangan kertas?" in asked
    first, second = make_witnesses(hall.government)
    assert f"Saksi: Saksi 1 ({first.identifier}) dan Saksi 2 ({second.identifier})." in asked
    assert "Pegawai 00" in asked
    assert not Signature.objects.exists()
    text = officer.post(names, {**chosen, "deed": "catat"}, follow=True).content.decode()
    assert "1 tanda tangan kertas dicatat." in text
    assert '<span class="badge">kertas</span>' in text
    assert text.index("1 nama tercatat dari lembar ini") < text.index("Pilih nama yang ada")
    assert people[0].identifier in text
    assert Signature.objects.get().person == people[0]


def test_paper_after_the_closing_is_announced_as_counted_apart(hall: Hall, officer: Client) -> None:
    """Before it is closed, and again before anything is entered afterwards."""
    apart = "dihitung tersendiri, di luar angka saat ditutup"
    person, sheet = people_of(hall, 1)[0], attach(hall)
    names = reverse("pledges:paper_names", args=[hall.ceremony.pk, sheet.pk])
    look = {"orang": [str(person.pk)], "deed": "periksa"}
    assert apart not in officer.post(names, look).content.decode()
    closing = reverse("pledges:lead_move", args=[hall.ceremony.pk, "close"])
    assert apart in officer.get(closing).content.decode()
    officer.post(closing)
    asked = officer.post(names, look).content.decode()
    assert "Catat 1 tanda tangan kertas?" in asked and apart in asked


def test_a_witness_whose_name_others_begin_with_is_marked_not_guessed(
    hall: Hall, officer: Client
) -> None:
    meant, _second = make_witnesses(hall.government)
    make_person(hall.government.units.get(name="Dinas A"), "Saksi 1 Rahmawati")
    page = reverse("pledges:paper", args=[hall.ceremony.pk])
    filled = {"signed_at": "2026-11-20T10:30", **FILLED_IN}
    answer = officer.post(page, {"file": SimpleUploadedFile("a.pdf", PDF), **filled})
    assert answer.status_code == 422 and "Ada 2 yang cocok; pilih salah satu." in answer.text
    assert meant.identifier in answer.text and not PaperSheet.objects.exists()
    marked = {**filled, "witness_choice": str(meant.pk)}
    officer.post(page, {"file": SimpleUploadedFile("a.pdf", PDF), **marked})
    assert PaperSheet.objects.get().witness == meant
    meant.front_title, meant.back_title = "Drs. H.", "S.Kom."
    meant.save()
    by_full_name = {**filled, "witness": meant.full_name.upper(), "signed_at": ""}
    upload = {"file": SimpleUploadedFile("b.pdf", PDF), **by_full_name}
    shown = officer.post(page, upload).text
    assert "Ada 2 yang cocok" in shown and "Tidak ada pegawai" not in shown, "as it is shown"
    by_number = {**filled, "witness": meant.identifier, "signed_at": ""}
    page = officer.post(page, {"file": SimpleUploadedFile("b.pdf", PDF), **by_number}).text
    assert f"{meant.identifier} · Sekretariat" in page, "with the office, as a name is shown"


@pytest.mark.parametrize("by", ["name", "number", "full"])
def test_who_uploads_is_told_that_they_are_no_witness(hall: Hall, by: str) -> None:
    make_witnesses(hall.government)
    own = make_person(hall.government.units.get(name="Dinas A"), "Petugas Ikrar")
    own.front_title, own.back_title = "Dr.", "S.E., M.Si."
    own.save()
    hall.organiser.person = own
    hall.organiser.save()
    typed = {"name": "petugas ikrar", "number": own.identifier, "full": own.full_name}[by]
    filled = {"signed_at": "2026-11-20T10:30", **FILLED_IN, "witness": typed}
    upload = {"file": SimpleUploadedFile("a.pdf", PDF), **filled}
    page = reverse("pledges:paper", args=[hall.ceremony.pk])
    answer = sign_in(Client(), hall.organiser, second_factor=True).post(page, upload)
    assert "Itu Anda sendiri; saksi haruslah orang lain." in answer.text
    assert "Tidak ada pegawai dengan nama" not in answer.text


@pytest.mark.parametrize("minutes, is_early", [(-1, True), (0, False)])
def test_a_sheet_from_before_the_reading_says_so(
    hall: Hall, officer: Client, minutes: int, is_early: bool
) -> None:
    """In another place they may have read earlier; whoever looks at the sheet shall know."""
    began = NOW.replace(second=40)
    CeremonyMove.objects.create(
        ceremony=hall.ceremony, move="start_reading", before="planned", after="reading", at=began
    )
    written = NOW.replace(second=0) + timedelta(minutes=minutes)
    sheet = attach(hall, signed_at=written)
    names = officer.get(reverse("pledges:paper_names", args=[hall.ceremony.pk, sheet.pk])).text
    assert ("Waktu itu sebelum pembacaan dimulai" in names) is is_early
    assert ("lembar ini dapat dihapus lalu diunggah lagi" in names) is is_early
    listed = officer.get(reverse("pledges:paper", args=[hall.ceremony.pk])).text
    assert ("sebelum dibaca" in listed) is is_early


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="orang" value="([-0-9a-f]{36})" id="[^"]+" checked', page))


def test_what_is_ticked_survives_searching_and_paging_without_scripts(
    hall: Hall, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_names, "PAGE", 2)
    people = people_of(hall, 5)
    names = reverse("pledges:paper_names", args=[hall.ceremony.pk, attach(hall).pk])
    kept = [str(people[0].pk)]
    page = officer.post(names, {"orang": kept, "page": "2"}).content.decode()
    assert "Pegawai 02" in page
    assert ticked(page) == {*kept}
    kept.append(str(people[3].pk))
    page = officer.post(names, {"orang": kept, "deed": "cari", "cari": "04"}).content.decode()
    assert ticked(page) == {*kept}
    assert 'value="04"' in page
    page = officer.post(names, {"orang": kept, "deed": "kembali"}).content.decode()
    assert ticked(page) == {*kept}
    officer.post(names, {"orang": kept, "deed": "catat"})
    assert {one.person for one in Signature.objects.all()} == {people[0], people[3]}


def test_pressing_on_without_a_tick_says_so(hall: Hall, officer: Client) -> None:
    people_of(hall, 1)
    names = reverse("pledges:paper_names", args=[hall.ceremony.pk, attach(hall).pk])
    for deed in ("periksa", "catat"):
        page = officer.post(names, {"deed": deed}).content.decode()
        assert "Belum ada nama yang dicentang" in page
        assert "Pilih nama yang ada di lembar" in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>", "bukan PDF, JPEG, atau PNG"),
        (b"", "kosong"),
        (PDF + b" " * scans.MAX_BYTES, "lebih dari 20 MB"),
    ],
)
def test_a_wrong_file_is_answered_beside_the_field(
    hall: Hall, officer: Client, content: bytes, sentence: str
) -> None:
    make_witnesses(hall.government)
    answer = officer.post(
        reverse("pledges:paper", args=[hall.ceremony.pk]),
        {
            "file": SimpleUploadedFile("daftar.pdf", content),
            "signed_at": "2026-11-20T10:30",
            **FILLED_IN,
        },
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PaperSheet.objects.exists()


def test_the_same_sheet_twice_and_a_time_to_come_are_answered(hall: Hall, officer: Client) -> None:
    attach(hall)
    page = reverse("pledges:paper", args=[hall.ceremony.pk])
    again = officer.post(
        page,
        {
            "file": SimpleUploadedFile("a.pdf", PDF),
            "signed_at": "2026-11-20T10:30",
            **FILLED_IN,
        },
    )
    assert "sudah diunggah" in again.content.decode()
    ahead = officer.post(
        page,
        {
            "file": SimpleUploadedFile("a.pdf", PDF + b"2"),
            "signed_at": "2126-11-20T10:30",
            **FILLED_IN,
        },
    )
    assert "belum tiba" in ahead.content.decode()


def test_a_time_before_the_day_and_the_witnesses_are_explained(hall: Hall, officer: Client) -> None:
    sheet = attach(hall, witnesses=tuple(people_of(hall, 2)))
    answer = officer.post(
        reverse("pledges:paper", args=[hall.ceremony.pk]),
        {
            "file": SimpleUploadedFile("a.pdf", PDF + b"2"),
            "signed_at": "2026-11-19T23:59",
            **FILLED_IN,
        },
    )
    assert answer.status_code == 422
    assert "Ikrar ini diadakan 20 November 2026" in answer.content.decode()
    names = officer.get(reverse("pledges:paper_names", args=[hall.ceremony.pk, sheet.pk]))
    text = names.content.decode()
    assert re.search(r"Saksi: Pegawai 00 \(\S+\) dan Pegawai 01 \(\S+\)\.", text)
    assert "begitu pula kedua saksi lembar ini" in text
    assert not ticked(text)
    assert 'name="orang"' not in text


def test_the_scan_is_a_download_for_officers_of_the_ceremony_only(
    hall: Hall, officer: Client, client: Client
) -> None:
    sheet = attach(hall)
    address = reverse("pledges:paper_scan", args=[hall.ceremony.pk, sheet.pk])
    answer = officer.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    stranger = make_officer(make_government("65"), Duty.Kind.ORGANISER)
    assert sign_in(Client(), stranger, second_factor=True).get(address).status_code == 404
    assert client.get(address).status_code == 302
    other = make_hall(code="66")
    wrong = reverse("pledges:paper_scan", args=[other.ceremony.pk, sheet.pk])
    assert sign_in(Client(), other.organiser, second_factor=True).get(wrong).status_code == 404
