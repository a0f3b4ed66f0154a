"""What was uploaded by mistake goes while nothing stands on it; wrong witnesses are put right."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from netral.people.models import Duty
from netral.pledges.models import PaperSheet, SheetCorrection, Signature
from netral.pledges.services import sheet_repairs, withdrawing
from netral.pledges.services.ceremonies import ReasonNeeded
from netral.pledges.services.paper import BadWitnesses
from tests.people.register.factories import make_government, make_officer
from tests.pledges.factories import Hall, make_witnesses
from tests.pledges.test_paper import LATER, PDF, attach, enter, people_of
from tests.pledges.test_paper import files_of_the_test as files_of_the_test
from tests.pledges.test_paper import hall as hall
from tests.pledges.test_paper import officer as officer

pytestmark = pytest.mark.django_db


def withdraw_all(hall: Hall) -> None:
    for signature in Signature.objects.all():
        withdrawing.withdraw_paper(
            signature=signature, reason="Salah lembar", actor=hall.organiser, now=LATER
        )


def correct(hall: Hall, sheet: PaperSheet, **changes: object) -> None:
    facts = {
        "sheet": sheet, "witnesses": make_witnesses(hall.government), "reason": "Salah pilih nama",
        "actor": hall.organiser, "now": LATER, **changes,
    }  # fmt: skip
    sheet_repairs.correct_witnesses(**facts)


# --- removing ------------------------------------------------------------------------------------
def test_an_empty_sheet_and_its_scan_go_and_can_come_again(
    hall: Hall, django_capture_on_commit_callbacks
) -> None:
    sheet = attach(hall)
    storage, name = sheet.file.storage, sheet.file.name
    with django_capture_on_commit_callbacks(execute=True):
        sheet_repairs.remove_sheet(sheet=sheet, actor=hall.organiser)
    assert not storage.exists(name)
    assert not PaperSheet.objects.exists()
    assert attach(hall).digest == sheet.digest


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_sheet_a_name_was_read_off_stays(hall: Hall, withdrawn: bool) -> None:
    sheet = attach(hall)
    enter(hall, sheet, people_of(hall, 1))
    if withdrawn:
        withdraw_all(hall)
    with pytest.raises(sheet_repairs.InUse):
        sheet_repairs.remove_sheet(sheet=sheet, actor=hall.organiser)
    assert PaperSheet.objects.get().file.storage.exists(sheet.file.name)


def test_nobody_else_removes_or_corrects(hall: Hall) -> None:
    sheet = attach(hall)
    stranger = make_officer(make_government("65"), Duty.Kind.ORGANISER)
    with pytest.raises(PermissionDenied):
        sheet_repairs.remove_sheet(sheet=sheet, actor=stranger)
    enter(hall, sheet, people_of(hall, 1))
    with pytest.raises(PermissionDenied):
        correct(hall, sheet, actor=stranger)


def test_names_are_not_entered_on_a_sheet_that_was_removed_meanwhile(hall: Hall) -> None:
    sheet = attach(hall)
    seen_before = PaperSheet.objects.select_related("ceremony").get(pk=sheet.pk)
    sheet_repairs.remove_sheet(sheet=sheet, actor=hall.organiser)
    with pytest.raises(PaperSheet.DoesNotExist):
        enter(hall, seen_before, people_of(hall, 1))
    assert not Signature.objects.exists()


# --- correcting ----------------------------------------------------------------------------------
def test_whom_it_named_before_stays_on_record(hall: Hall) -> None:
    first, second, signer = people_of(hall, 3)
    sheet = attach(hall, witnesses=(first, second))
    enter(hall, sheet, [signer])
    correct(hall, sheet)
    sheet = PaperSheet.objects.get()
    assert (sheet.witness.name, sheet.second_witness.name) == ("Saksi 1", "Saksi 2")
    kept = SheetCorrection.objects.get()
    assert (kept.witness, kept.second_witness, kept.actor) == (first, second, hall.organiser)
    assert (kept.reason, kept.at) == ("Salah pilih nama", LATER)
    for change in (SheetCorrection.objects.update, SheetCorrection.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(**({"reason": "Lain"} if change == SheetCorrection.objects.update else {}))
    with pytest.raises(sheet_repairs.InUse):
        sheet_repairs.remove_sheet(sheet=sheet, actor=hall.organiser)


def test_a_signer_of_the_sheet_does_not_become_its_witness(hall: Hall) -> None:
    signer, other = people_of(hall, 2)
    sheet = attach(hall)
    enter(hall, sheet, [signer])
    with pytest.raises(sheet_repairs.WitnessSigned) as refused:
        correct(hall, sheet, witnesses=(other, signer))
    assert refused.value.person == signer
    withdraw_all(hall)
    correct(hall, sheet, witnesses=(other, signer))
    assert PaperSheet.objects.get().second_witness == signer


def test_what_a_correction_needs(hall: Hall) -> None:
    sheet = attach(hall)
    with pytest.raises(sheet_repairs.NotInUse):
        correct(hall, sheet)
    enter(hall, sheet, people_of(hall, 1))
    with pytest.raises(ReasonNeeded):
        correct(hall, sheet, reason=" ")
    with pytest.raises(BadWitnesses):
        correct(hall, sheet, witnesses=(make_witnesses(hall.government)[0],) * 2)
    assert not SheetCorrection.objects.exists()


def test_a_name_entered_after_the_page_was_opened_meets_the_new_witnesses(hall: Hall) -> None:
    first, second, signer, new_witness = people_of(hall, 4)
    sheet = attach(hall, witnesses=(first, second))
    enter(hall, sheet, [signer])
    correct(hall, sheet, witnesses=(first, new_witness))
    assert enter(hall, sheet, [second, new_witness]).written == 1, (
        "the old object names the old ones"
    )
    assert not Signature.objects.filter(person=new_witness).exists()


# --- pages ---------------------------------------------------------------------------------------
def test_an_officer_removes_an_empty_sheet(hall: Hall, officer: Client) -> None:
    sheet = attach(hall)
    names = reverse("pledges:paper_names", args=[hall.ceremony.pk, sheet.pk])
    address = reverse("pledges:paper_remove", args=[hall.ceremony.pk, sheet.pk])
    assert address in officer.get(names).content.decode()
    asked = officer.get(address).content.decode()
    assert "Belum ada tanda tangan yang dicatat dari lembar ini" in asked
    assert PaperSheet.objects.exists()
    answer = officer.post(address, follow=True).content.decode()
    assert "Lembar dan pindaiannya dihapus." in answer
    assert not PaperSheet.objects.exists()


def test_an_officer_corrects_the_witnesses_of_a_sheet_in_use(hall: Hall, officer: Client) -> None:
    first, second, signer = people_of(hall, 3)
    sheet = attach(hall, PDF, witnesses=(first, second))
    enter(hall, sheet, [signer])
    make_witnesses(hall.government)
    keys = [hall.ceremony.pk, sheet.pk]
    names = reverse("pledges:paper_names", args=keys)
    address = reverse("pledges:paper_witnesses", args=keys)
    refused = officer.get(reverse("pledges:paper_remove", args=keys), follow=True)
    assert "sehingga tidak dapat dihapus" in refused.content.decode()
    assert address in officer.get(names).content.decode()
    wanted = {"witness": "Saksi 1", "second_witness": "Saksi 2"}
    for reason in ("", "x", "salah salah salah salah"):
        answer = officer.post(address, {**wanted, "reason": reason})
        assert "Tulis alasannya dalam satu kalimat" in answer.text
    why = {"reason": "Salah memilih saksi pertama"}
    signs = {**wanted, "second_witness": "Pegawai 02", **why}
    answer = officer.post(address, signs)
    assert answer.status_code == 422
    assert "tercatat sebagai penanda tangan di lembar ini" in answer.content.decode()
    same = {"witness": "Pegawai 00", "second_witness": "Pegawai 01", **why}
    assert "Itu saksi yang sudah tercatat" in officer.post(address, same).content.decode()
    assert not SheetCorrection.objects.exists()
    done = officer.post(address, {**wanted, **why}, follow=True).text
    assert re.search(r"Saksi: Saksi 1 \(\S+\) dan Saksi 2 \(\S+\)\.", done)
    before = f"Saksi semula Pegawai 00 ({first.identifier}) dan Pegawai 01 ({second.identifier})"
    assert f"{before}; diperbaiki oleh" in done
    assert "Salah memilih saksi pertama" in done


def test_the_witnesses_of_an_empty_sheet_are_mended_by_uploading_it_anew(
    hall: Hall, officer: Client
) -> None:
    keys = [hall.ceremony.pk, attach(hall).pk]
    answer = officer.get(reverse("pledges:paper_witnesses", args=keys))
    assert answer["Location"] == reverse("pledges:paper_remove", args=keys)
