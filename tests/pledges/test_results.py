"""What a ceremony came to: the split, the missing names, the minutes."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from netral.people.models import Duty, NameListView
from netral.pledges.models import Signature
from netral.pledges.queries.results import result_of
from netral.pledges.rules import moves
from netral.pledges.services import ceremonies, paper, signing, withdrawing
from netral.pledges.services.minutes import minutes_pdf
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_officer, make_person, make_unit
from tests.pledges.factories import NOW, Hall, make_hall

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def hall(settings, tmp_path) -> Hall:
    """Two sign by account or slip, one on paper, one on paper withdrawn, two are missing."""
    settings.MEDIA_ROOT = tmp_path
    hall = make_hall()
    dinas, badan = (make_unit(hall.government, name) for name in ("Dinas A", "Badan B"))
    secretariat = make_unit(hall.government, "Sekretariat", dinas)
    people = [make_person(dinas, f"Pegawai {serial}") for serial in range(3)]
    people.append(make_person(secretariat, "Pegawai 3"))
    people += [make_person(badan, f"Honorer {serial}", status="non_asn") for serial in range(2)]
    kinds = (Signature.Evidence.ACCOUNT, Signature.Evidence.SLIP)
    for person, evidence in zip((people[0], people[4]), kinds, strict=True):
        signing.sign(
            person=person, ceremony=hall.ceremony, text_digest=hall.digest,
            evidence=evidence, now=LATER,
        )  # fmt: skip
    sheet = paper.attach_sheet(
        ceremony=hall.ceremony, upload=io.BytesIO(b"%PDF-1.7"), signed_at=NOW,
        witnesses=(people[0], people[3]),
        actor=hall.organiser, now=LATER,
    )  # fmt: skip
    paper.enter_names(
        sheet=sheet, person_ids=[people[1].pk, people[2].pk], actor=hall.organiser, now=LATER
    )
    withdrawing.withdraw_paper(
        signature=Signature.objects.get(person=people[2]),
        reason="Salah baca", actor=hall.organiser, now=LATER,
    )  # fmt: skip
    return hall


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def client_of(hall: Hall, kind: str) -> Client:
    return sign_in(Client(), make_officer(hall.government, kind), second_factor=True)


def test_the_result_splits_by_evidence_status_and_unit(hall: Hall) -> None:
    found = result_of(hall.ceremony)
    assert (found.standing.signed, found.standing.staff, found.missing) == (3, 6, 3)
    assert [number for _label, number in found.by_evidence] == [1, 1, 0, 1]
    assert found.withdrawn == 1
    assert [(line.signed, line.staff) for line in found.by_status] == [(2, 4), (1, 2)]
    lines = {line.name: (line.signed, line.staff) for line in found.standing.slowest}
    assert lines == {"Dinas A": (2, 4), "Badan B": (1, 2)}


def test_names_are_for_personnel_and_opening_them_is_recorded(hall: Hall) -> None:
    page = reverse("pledges:result", args=[hall.ceremony.pk])
    names = reverse("pledges:missing", args=[hall.ceremony.pk])
    organiser = client_of(hall, Duty.Kind.ORGANISER)
    text = organiser.get(page).content.decode()
    assert names not in text
    assert "Pegawai 3" not in text
    assert organiser.get(names).status_code == 403
    personnel = client_of(hall, Duty.Kind.PERSONNEL)
    assert names in personnel.get(page).content.decode()
    text = personnel.get(names).content.decode()
    assert ("Pegawai 3" in text, "Pegawai 2" in text, "Pegawai 1" in text) == (True, True, False)
    assert NameListView.objects.get(what="pledges.missing").people == 3
    assert re.search(r"Sekretariat<br>\s*<span[^>]*>Dinas A<", text), "which Sekretariat"
    searched = personnel.get(names, {"cari": "Honorer"}).content.decode()
    assert ("Honorer 1" in searched, "Pegawai 3" in searched) == (True, False)
    exported = personnel.get(f"{names}unduh", {"bentuk": "csv", "cari": "Honorer"})
    lines = b"".join(exported.streaming_content).decode().splitlines()
    assert len(lines) == 2
    stranger = make_officer(make_government("65"), Duty.Kind.PERSONNEL)
    assert sign_in(Client(), stranger, second_factor=True).get(names).status_code == 404


def test_the_minutes_carry_figures_kinds_and_lines_but_no_names(hall: Hall) -> None:
    ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=LATER)
    hall.ceremony.refresh_from_db()
    text = text_of(minutes_pdf(hall.ceremony))
    for shown in (
        "BERITA ACARA", "Ikrar bersama pegawai", "20 November 2026", "Samarinda", "Sekretaris Daerah",
        "3 orang (50%)", "Tanda tangan di kertas 1", "Dinas A 4 2 2", "Badan B 2 1 1", "Saksi 2",
        "pukul 11.00 WITA", hall.digest,
    ):  # fmt: skip
        assert shown in text
    assert "Pegawai 0" not in text
    assert "SEMENTARA" not in text


def test_minutes_before_the_closing_are_provisional(hall: Hall) -> None:
    assert hall.ceremony.state == moves.SIGNING
    assert "SEMENTARA" in text_of(minutes_pdf(hall.ceremony))
    address = reverse("pledges:minutes", args=[hall.ceremony.pk])
    answer = client_of(hall, Duty.Kind.ORGANISER).get(address)
    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(("paper_size", "width"), [("a4", 210), ("a3", 297)])
def test_the_joint_document_is_one_sheet_with_the_count_and_no_names(
    hall: Hall, paper_size: str, width: int
) -> None:
    address = reverse("pledges:joint", args=[hall.ceremony.pk])
    pdf = client_of(hall, Duty.Kind.ORGANISER).get(address, {"kertas": paper_size}).content
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    assert round(float(reader.pages[0].mediabox.width) / 72 * 25.4) == width
    text = text_of(pdf)
    for shown in ("Ditandatangani bersama oleh 3 dari 6 pegawai", "Pemimpin ikrar", "SEMENTARA"):
        assert shown in text
    assert "Pegawai 0" not in text
    assert "Akar semua tanda tangan menyusul" in text  # test_recounting: once the log has signed
