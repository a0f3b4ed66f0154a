"""Somebody who left is erased: nothing leads to them any more, and everything still adds up."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from netral.base.audit import keys
from netral.base.audit.checking import differences
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogEntry, LogOpening
from netral.people.models import Account, Duty, ErasureProposal, Person, Posting
from netral.people.services import erasing, postings
from netral.pledges.models import Decline, Signature
from netral.pledges.services import declining, recounting
from netral.pledges.views.check import proof_of
from netral.tlog.recount import SignatureList
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_officer
from tests.pledges.factories import NOW, Hall, account_of, make_ceremony
from tests.pledges.test_recounting import files_of_the_test, on_paper, sign, staff, withdraw

__all__ = ["files_of_the_test"]
pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)
LEFT = date(2026, 12, 1)
WHY = "Surat 12/2026"


@pytest.fixture
def officer(hall: Hall) -> Account:
    return make_officer(hall.government, Duty.Kind.PERSONNEL)


def leave(officer: Account, person: Person) -> None:
    postings.leave(actor=officer, person=person, on=LEFT, reason="pensiun", now=LATER)


def erase(officer: Account, person: Person) -> int:
    """One officer asks, another agrees."""
    asked = erasing.propose(actor=officer, person=person, reason=WHY, now=LATER)
    second = make_officer(officer.government, Duty.Kind.PERSONNEL)
    return erasing.erase(actor=second, proposal=asked, now=LATER)


@pytest.fixture
def gone(hall: Hall, officer: Account) -> Signature:
    """Siti signed, kept her proof (``gone.proof``), left; she declined elsewhere; all is logged."""
    sign(hall, "Ani")
    signature = sign(hall, "Siti Rahma")
    account_of(signature.person)
    other = make_ceremony(hall.government, hall.organiser, hall.election, hall.text)
    declining.decline(person=signature.person, ceremony=other, reason="Saya ragu", now=NOW)
    while work_once():
        pass
    leave(officer, signature.person)
    while work_once():
        pass
    return signature


def test_nothing_leads_to_the_person_any_more(gone: Signature, officer: Account) -> None:
    number = gone.person.number
    assert erase(officer, gone.person) == 1
    person = Person.objects.get(pk=gone.person_id)
    assert (person.full_name, person.number, person.email, person.phone) == (
        "Data dihapus",
        "",
        "",
        "",
    )
    account = Account.objects.get(person=person)
    assert not account.is_active and number not in account.username and "Siti" not in account.name
    assert not LogOpening.objects.filter(subject=person.pk).exists()
    assert not Decline.objects.filter(person=person).exists()
    assert proof_of(gone, show_hidden=True) is None


def test_the_tree_and_every_figure_stay_right(
    gone: Signature, officer: Account, hall: Hall, alone, tmp_path
) -> None:
    proof = proof_of(gone, show_hidden=True)
    before = recounting.signature_list(hall.ceremony)
    erase(officer, gone.person)
    while work_once():
        pass
    after = recounting.signature_list(hall.ceremony)
    assert before and after
    assert (after.count, after.root) == (before.count, before.root) == (2, before.root)
    SignatureList.parse(str(after))
    assert list(differences()) == []
    assert LogEntry.objects.filter(kind="erasure").count() == 1
    (tmp_path / "bukti").write_bytes(proof)
    done = alone("verify", "bukti", "--key", str(keys.log_keys()[0]))
    assert done.returncode == 0 and str(gone.person_id) in done.stdout, done.stderr


def test_a_withdrawn_signature_stays_withdrawn_in_the_recount(hall: Hall, officer: Account) -> None:
    sign(hall, "Ani")
    [entered] = on_paper(hall, staff(hall, "Dewi"))
    withdraw(hall, entered)
    while work_once():
        pass
    leave(officer, entered.person)
    assert erase(officer, entered.person) == 2
    while work_once():
        pass
    after = recounting.signature_list(hall.ceremony)
    assert after and (after.count, len(after.withdrawn)) == (1, 1)
    SignatureList.parse(str(after))
    assert list(differences()) == []


def test_the_public_check_says_honestly_what_it_can_no_longer_show(
    gone: Signature, officer: Account
) -> None:
    address = reverse("pledges:check_receipt", args=[gone.receipt_code])
    assert "sudah dihapus" not in Client().get(address).content.decode()
    erase(officer, gone.person)
    page = Client().get(address).content.decode()
    assert "Kaitan tanda tangan ini dengan orangnya sudah dihapus" in page
    assert "data-checker" not in page and "check.js" not in page
    assert Client().get(reverse("pledges:check_proof", args=[gone.receipt_code])).status_code == 404


def test_only_who_left_is_erased_and_never_oneself(
    gone: Signature, officer: Account, hall: Hall
) -> None:
    with pytest.raises(ValidationError, match="masih bekerja"):
        erase(officer, staff(hall, "Dewi"))
    with pytest.raises(ValidationError):
        erasing.propose(actor=officer, person=gone.person, reason=" ", now=LATER)
    with pytest.raises(PermissionDenied):
        erase(hall.organiser, gone.person)
    own = Account.objects.get(pk=officer.pk)
    own.person = gone.person
    with pytest.raises(PermissionDenied):
        erase(own, gone.person)
    erase(officer, gone.person)
    with pytest.raises(ValidationError, match="sudah dihapus"):
        erase(officer, gone.person)


def test_the_officer_reads_what_goes_and_what_stays_and_a_second_one_decides(
    gone: Signature, officer: Account, hall: Hall
) -> None:
    browser = sign_in(Client(), officer, second_factor=True)
    page = reverse("people:register_person", args=[gone.person_id])
    deed = reverse("people:register_erase", args=[gone.person_id])
    assert deed in browser.get(page).content.decode()
    asked = browser.get(deed).content.decode()
    assert "tidak dapat dikembalikan" in asked and "Cadangan lama" in asked
    assert browser.post(deed, {"reason": ""}).status_code == 422
    waits = browser.post(deed, {"reason": WHY}, follow=True).content.decode()
    assert "menunggu petugas kedua" in waits and "Siti" in waits
    own = browser.get(deed).content.decode()
    assert "selain yang mengajukannya" in own and "Setujui, hapus" not in own
    assert browser.post(deed, {"decision": "confirm"}).status_code == 422
    assert Person.objects.get(pk=gone.person_id).name == "Siti Rahma"
    second = sign_in(
        Client(), make_officer(hall.government, Duty.Kind.PERSONNEL), second_factor=True
    )
    listed = second.get(reverse("people:data_requests")).content.decode()
    assert deed in listed and WHY in listed
    asked = second.get(deed).content.decode()
    assert WHY in asked and "tidak dapat dikembalikan" in asked
    done = second.post(deed, {"decision": "confirm"}, follow=True).content.decode()
    assert WHY in done and "Siti" not in re.sub(r"\s+", " ", done)
    assert deed not in done and "menyetujuinya" in done


def test_a_second_officer_may_refuse_and_the_first_may_take_it_back(
    gone: Signature, officer: Account
) -> None:
    second = make_officer(officer.government, Duty.Kind.PERSONNEL)
    for decides in (second, officer):
        asked = erasing.propose(actor=officer, person=gone.person, reason=WHY, now=LATER)
        with pytest.raises(ValidationError, match="sudah ada"):
            erasing.propose(actor=second, person=gone.person, reason=WHY, now=LATER)
        with pytest.raises(ValidationError, match="alasan"):
            erasing.refuse(actor=decides, proposal=asked, reason=" ", now=LATER)
        erasing.refuse(actor=decides, proposal=asked, reason="Berkasnya belum ada", now=LATER)
        for late in (second, officer):
            with pytest.raises(ValidationError):
                erasing.erase(actor=late, proposal=asked, now=LATER)
    assert Person.objects.get(pk=gone.person_id).name == "Siti Rahma"
    assert ErasureProposal.objects.filter(is_granted=False).count() == 2


def test_nobody_agrees_with_themselves_nor_from_outside_nor_after_a_return(
    gone: Signature, officer: Account, hall: Hall
) -> None:
    asked = erasing.propose(actor=officer, person=gone.person, reason=WHY, now=LATER)
    with pytest.raises(ValidationError, match="selain yang mengajukannya"):
        erasing.erase(actor=officer, proposal=asked, now=LATER)
    with pytest.raises(PermissionDenied):
        erasing.erase(actor=hall.organiser, proposal=asked, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureProposal.objects.filter(pk=asked.pk).update(
            decided_by=officer, decided_at=LATER, is_granted=True
        )
    Posting.objects.create(
        person=gone.person,
        government=hall.government,
        unit=hall.government.units.first(),
        status="pns",
        position_level="staff",
        valid_from=LATER.date(),
    )
    second = make_officer(officer.government, Duty.Kind.PERSONNEL)
    with pytest.raises(ValidationError, match="masih bekerja"):
        erasing.erase(actor=second, proposal=asked, now=LATER)
    assert ErasureProposal.objects.get(pk=asked.pk).decided_at is None


def test_the_kept_pdf_still_carries_its_proof(gone: Signature, officer: Account) -> None:
    import io

    from netral.pledges.services.receipts import PROOF_NAME, receipt_pdf

    kept = receipt_pdf(gone, now=LATER, proof=proof_of(gone, show_hidden=True))
    erase(officer, gone.person)
    [proof] = pypdf.PdfReader(io.BytesIO(kept)).attachments[PROOF_NAME]
    from netral.tlog.entries import Opened
    from netral.tlog.receipts import Receipt, verify

    receipt = Receipt.parse(proof.decode())
    verify(receipt, Opened.parse(receipt.extra or b"").entry.encode(), keys.log_keys()[0])
