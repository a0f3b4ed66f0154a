"""What a ceremony came to: the split, the missing names, the minutes."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from netral.people.models import Duty, NameListView, Person, Unit
from netral.people.services import postings, units
from netral.pledges.models import ClosingFigures, PaperSheet, Signature
from netral.pledges.queries.closings import Since
from netral.pledges.queries.coverage import Narrowing, UnitLine, figures_of_units
from netral.pledges.queries.results import result_of
from netral.pledges.queries.wall import standing_of
from netral.pledges.rules import moves
from netral.pledges.services import ceremonies, paper, signing, withdrawing
from netral.pledges.services.minutes import minutes_pdf
from tests.append_only import triggers_lifted
from tests.base.audit.fresh import sign_afresh
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_officer, make_person, make_unit
from tests.pledges.factories import NOW, Hall, make_hall

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=1)
NEXT_DAY = NOW + timedelta(days=1)


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
        text_code=hall.text_code, compared=False, witnesses=(people[0], people[4]),
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


def test_tables_say_how_many_signed_not_only_the_share(hall: Hall) -> None:
    """As the minutes do: half of two is another thing than half of two thousand."""
    organiser = client_of(hall, Duty.Kind.ORGANISER)
    page = words_of(organiser.get(reverse("pledges:result", args=[hall.ceremony.pk])))
    for unit in (
        "Dinas A 4 2 dari 4 (50%) 2",
        "Badan B 2 1 dari 2 (50%) 1",
        "PNS 4 2 dari 4 (50%) 2",
    ):
        assert unit in page
    page = words_of(organiser.get(reverse("pledges:ceremony", args=[hall.ceremony.pk])))
    assert "Badan B 2 1 dari 2 (50%)" in page


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
    exported = personnel.get(f"{names}unduh", {"bentuk": "csv", "cari": "Pegawai 3"})
    [_header, line] = b"".join(exported.streaming_content).decode().splitlines()
    assert line.endswith("Sekretariat;Dinas A"), "which Sekretariat, in the file too"
    stranger = make_officer(make_government("65"), Duty.Kind.PERSONNEL)
    assert sign_in(Client(), stranger, second_factor=True).get(names).status_code == 404


def test_the_minutes_carry_figures_kinds_and_lines_but_no_names(hall: Hall) -> None:
    closed(hall)
    text = text_of(minutes_pdf(hall.ceremony))
    for shown in (
        "BERITA ACARA", "Ikrar bersama pegawai", "20 November 2026", "Samarinda", "Sekretaris Daerah",
        "3 orang (50%)", "Tanda tangan di kertas 1", "Dinas A 4 2 2", "Badan B 2 1 1", "Saksi 2",
        "pukul 11.00 WITA", hall.digest,
    ):  # fmt: skip
        assert shown in text
    assert "Pegawai 0" not in text
    assert "SEMENTARA" not in text


def the_register_goes_on(hall: Hall) -> None:
    """Five new people, one who left, an office renamed and an office moved into another."""
    officer = make_officer(hall.government, Duty.Kind.PERSONNEL)
    dinas, badan = (hall.government.units.get(name=name) for name in ("Dinas A", "Badan B"))
    for serial in range(5):
        make_person(dinas, f"Pegawai baru {serial}")
    gone = Person.objects.get(name="Honorer 1")
    day = NOW.date() + timedelta(days=1)
    postings.leave(actor=officer, person=gone, on=day, reason="Pindah", now=NEXT_DAY)
    units.rename(actor=officer, unit=dinas, name="Dinas Induk", now=NEXT_DAY)
    units.move(actor=officer, unit=badan, parent=dinas, now=NEXT_DAY)


def closed(hall: Hall) -> None:
    ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=LATER)
    hall.ceremony.refresh_from_db()


def test_what_a_closed_ceremony_came_to_does_not_follow_the_register(hall: Hall) -> None:
    closed(hall)
    at_closing = result_of(hall.ceremony)
    assert at_closing.closed_at == LATER and not at_closing.since
    organiser, joint = (client_of(hall, Duty.Kind.ORGANISER), "pledges:joint")
    sheet = text_of(organiser.get(reverse(joint, args=[hall.ceremony.pk])).content)
    the_register_goes_on(hall)
    assert result_of(hall.ceremony) == at_closing
    assert standing_of(hall.ceremony, lines=9) == at_closing.standing
    text = text_of(minutes_pdf(hall.ceremony))
    for shown in (
        "Yang diundang 6 orang", "3 orang (50%)", "Dinas A 4 2 2", "Badan B 2 1 1",
        "menurut keadaan saat penandatanganan ditutup",
        "Keadaan 20 November 2026, pukul 11.00 WITA",
    ):  # fmt: skip
        assert shown in text
    assert "Sesudah ditutup" not in text and "Dinas Induk" not in text
    page = organiser.get(reverse("pledges:result", args=[hall.ceremony.pk])).content.decode()
    assert "dari 6 yang diundang" in page and "Dinas Induk" not in page
    assert "Angka saat penandatanganan ditutup, 20 November 2026, pukul 11.00 WITA." in page
    assert text_of(organiser.get(reverse(joint, args=[hall.ceremony.pk])).content) == sheet
    assert "dari 6 pegawai yang diundang, saat penandatanganan ditutup, 20 November" in sheet
    wall = Client().get(reverse("pledges:wall", args=[hall.ceremony.code])).content.decode()
    assert "<span data-staff>6</span>" in wall
    [line] = own_lines(hall)
    assert (line.all.staff, line.all.signed) == (10, 3), "the coverage of the election is live"


def own_lines(hall: Hall) -> list[UnitLine]:
    tops = Unit.objects.filter(government=hall.government, parent=None)
    return figures_of_units(tops, hall.election, Narrowing())


def test_what_comes_after_the_closing_is_told_apart(hall: Hall) -> None:
    closed(hall)
    late, entered = (Person.objects.get(name=name) for name in ("Pegawai 2", "Pegawai 3"))
    signing.sign(
        person=late, ceremony=hall.ceremony, text_digest=hall.digest, pressed=NOW + 2 * MINUTE,
        evidence=Signature.Evidence.ACCOUNT, now=LATER + MINUTE,
    )  # fmt: skip
    sheet = PaperSheet.objects.get()
    paper.enter_names(sheet=sheet, person_ids=[entered.pk], actor=hall.organiser, now=NEXT_DAY)
    withdrawing.withdraw_paper(
        signature=Signature.objects.get(person__name="Pegawai 1"),
        reason="Salah baca", actor=hall.organiser, now=NEXT_DAY,
    )  # fmt: skip
    found = result_of(hall.ceremony)
    assert (found.standing.signed, found.withdrawn, found.after_closing) == (3, 1, 0)
    assert found.since == Since(phones=1, paper=1, withdrawn=1, standing=4, on_paper=1)
    text = text_of(minutes_pdf(hall.ceremony))
    assert "Menandatangani 3 orang (50%)" in text
    for shown in (
        "Sesudah ditutup, di luar angka di atas", "sebelum ditutup 1", "dari kertas 1", "4 orang (67%)",
    ):  # fmt: skip
        assert shown in text
    sign_afresh()
    organiser = client_of(hall, Duty.Kind.ORGANISER)
    sheet_text = text_of(organiser.get(reverse("pledges:joint", args=[hall.ceremony.pk])).content)
    assert "bersama oleh 4 dari 6 pegawai yang diundang, sampai" in sheet_text
    assert "ditutup, 20 November 2026, pukul 11.00 WITA: 3 tanda tangan, 1 di kertas." in sheet_text
    page = organiser.get(reverse("pledges:result", args=[hall.ceremony.pk])).content.decode()
    assert "Dimasukkan dari kertas" in page and "4 orang" in page
    account = Client().get(reverse("pledges:recount", args=[hall.ceremony.code])).content.decode()
    assert "dari 6 yang diundang, 20 November 2026, pukul 11.00 WITA" in account


def test_paper_is_told_beside_the_total_it_is_a_part_of(hall: Hall) -> None:
    """Two totals stand together, each with a share of its own: neither can be read as the other's."""
    closed(hall)
    enter_after_closing(hall, "Pegawai 2", "Pegawai 3")
    sign_afresh()
    organiser = client_of(hall, Duty.Kind.ORGANISER)
    sheet = text_of(organiser.get(reverse("pledges:joint", args=[hall.ceremony.pk])).content)
    total = sheet.index("bersama oleh 5 dari 6 pegawai yang diundang, sampai")
    of_it = sheet.index("3 di antaranya menandatangani di kertas di hadapan dua saksi.")
    at_closing = sheet.index("Saat penandatanganan ditutup, 20 November 2026")
    assert (
        total < of_it < at_closing < sheet.index("pukul 11.00 WITA: 3 tanda tangan, 1 di kertas.")
    )
    account = words_of(Client().get(reverse("pledges:recount", args=[hall.ceremony.code])))
    assert "Tanda tangan yang berlaku 5 3 di antaranya di kertas" in account
    assert "11.00 WITA 1 di antaranya di kertas" in account
    page = words_of(organiser.get(reverse("pledges:result", args=[hall.ceremony.pk])))
    assert "Sudah menandatangani 3 50% 1 di antaranya di kertas" in page
    assert "5 orang, 3 di antaranya di kertas" in page
    minutes = text_of(minutes_pdf(hall.ceremony))
    assert "Menandatangani 3 orang (50%), 1 di antaranya di kertas" in minutes
    assert "5 orang (83%), 3 di antaranya di kertas" in minutes


def test_a_closing_without_paper_says_so_once_paper_follows(hall: Hall) -> None:
    withdrawing.withdraw_paper(
        signature=Signature.objects.get(person__name="Pegawai 1"),
        reason="Salah baca", actor=hall.organiser, now=LATER,
    )  # fmt: skip
    closed(hall)
    address = reverse("pledges:recount", args=[hall.ceremony.code])
    sign_afresh()
    assert "di kertas" not in words_of(Client().get(address))
    enter_after_closing(hall, "Pegawai 3")
    sign_afresh()
    assert "WITA 0 di antaranya di kertas" in words_of(Client().get(address))


def enter_after_closing(hall: Hall, *names: str) -> None:
    chosen = list(Person.objects.filter(name__in=names).values_list("pk", flat=True))
    sheet = PaperSheet.objects.get()
    paper.enter_names(sheet=sheet, person_ids=chosen, actor=hall.organiser, now=NEXT_DAY)


def words_of(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def test_each_closing_keeps_its_own_figures_and_the_newest_is_shown(hall: Hall) -> None:
    closed(hall)
    step = {"ceremony": hall.ceremony, "actor": hall.organiser}
    ceremonies.move(**step, name="reopen", reason="Terlalu cepat", now=LATER + MINUTE)
    hall.ceremony.refresh_from_db()
    the_register_goes_on(hall)
    open_again = result_of(hall.ceremony)
    assert (open_again.closed_at, open_again.standing.staff) == (None, 10)
    ceremonies.move(**step, name="close", now=NEXT_DAY)
    hall.ceremony.refresh_from_db()
    found = result_of(hall.ceremony)
    assert (found.closed_at, found.standing.staff) == (NEXT_DAY, 10)
    kept = ClosingFigures.objects.order_by("move")
    assert [(one.signed, one.staff) for one in kept] == [(3, 6), (3, 10)]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        kept.update(staff=7)


def test_a_closing_from_before_figures_were_kept_says_that_it_counts_now(hall: Hall) -> None:
    closed(hall)
    connection.check_constraints()  # PostgreSQL empties no table with checks still to be made
    empty = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(f"{empty} pledges_closingfigures")
    page = client_of(hall, Duty.Kind.ORGANISER).get(
        reverse("pledges:result", args=[hall.ceremony.pk])
    )
    assert "sebelum Netral menyimpan angka penutupan" in page.content.decode()


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
