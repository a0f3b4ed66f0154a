"""A paper signature entered by mistake: withdrawn in sight of all, and nowhere counted."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from netral.people.models import Duty, Person
from netral.pledges.models import CoverageCount, Signature, SignatureWithdrawal
from netral.pledges.queries.ceremonies import ceremonies_for, with_figures
from netral.pledges.queries.coverage import Narrowing
from netral.pledges.queries.not_reached import people_not_reached
from netral.pledges.queries.signatures import signatures_of, unsigned_postings
from netral.pledges.queries.wall import standing_of
from netral.pledges.services import coverage, paper, signing, withdrawing
from netral.pledges.services.ceremonies import ReasonNeeded
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_officer, make_person
from tests.pledges.factories import NOW, Hall, account_of, make_ceremony, make_witnesses

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def person_in(hall: Hall, name: str = "Siti Rahma") -> Person:
    return make_person(hall.government.units.get(name="Dinas A"), name)


def on_paper(hall: Hall, person: Person, **changes: object) -> Signature:
    sheet = paper.attach_sheet(
        ceremony=changes.get("ceremony", hall.ceremony),
        upload=io.BytesIO(b"%PDF-1.7 " + str(person.pk).encode()),
        signed_at=NOW,
        text_code=hall.text_code,
        compared=False,
        witnesses=make_witnesses(hall.government),
        actor=hall.organiser,
        now=LATER,
    )
    paper.enter_names(sheet=sheet, person_ids=[person.pk], actor=hall.organiser, now=LATER)
    return Signature.objects.get(paper=sheet)


def withdraw(hall: Hall, signature: Signature, **changes: object) -> None:
    facts = {
        "signature": signature, "reason": "Salah baca nama", "actor": hall.organiser,
        "now": LATER, **changes,
    }  # fmt: skip
    withdrawing.withdraw_paper(**facts)


def sign(hall: Hall, person: Person, **changes: object) -> signing.Signed:
    facts = {
        "person": person, "ceremony": hall.ceremony, "text_digest": hall.digest,
        "evidence": Signature.Evidence.ACCOUNT, "now": LATER, **changes,
    }  # fmt: skip
    outcome = signing.sign(**facts)
    assert isinstance(outcome, signing.Signed)
    return outcome


def kept_signed() -> int:
    return sum(CoverageCount.objects.values_list("signed", flat=True))


def figures_agree(hall: Hall) -> bool:
    return not coverage.differences(government_id=hall.government.pk, election_id=hall.election.pk)


def test_a_withdrawn_signature_counts_nowhere_and_stays_on_record(hall: Hall) -> None:
    person = person_in(hall)
    wrong = on_paper(hall, person)
    assert (kept_signed(), standing_of(hall.ceremony).signed) == (1, 1)
    withdraw(hall, wrong)
    assert (kept_signed(), standing_of(hall.ceremony).signed) == (0, 0)
    assert with_figures(ceremonies_for(hall.organiser)).get().signed == 0
    assert not signatures_of(person).exists()
    assert unsigned_postings(hall.ceremony, hall.organiser).get().person == person
    oversight = make_officer(hall.government, Duty.Kind.OVERSIGHT)
    unit = hall.government.units.get(name="Dinas A")
    assert people_not_reached(oversight, unit, hall.election, Narrowing()).count() == 1
    assert figures_agree(hall)
    coverage.recount(government_id=hall.government.pk, election_id=hall.election.pk)
    assert kept_signed() == 0
    record = SignatureWithdrawal.objects.get()
    assert (record.signature, record.actor, record.at) == (wrong, hall.organiser, LATER)
    assert record.reason == "Salah baca nama"


def test_whoever_was_entered_by_mistake_signs_once_more_and_only_once(hall: Hall) -> None:
    person = person_in(hall)
    wrong = on_paper(hall, person)
    withdraw(hall, wrong)
    outcome = sign(hall, person)
    assert outcome.is_new
    assert outcome.signature.receipt_code != wrong.receipt_code
    assert sign(hall, person).signature == outcome.signature
    assert kept_signed() == 1
    assert figures_agree(hall)


def test_a_second_mistake_on_paper_can_be_withdrawn_too(hall: Hall) -> None:
    person = person_in(hall)
    first = on_paper(hall, person)
    withdraw(hall, first)
    paper.enter_names(sheet=first.paper, person_ids=[person.pk], actor=hall.organiser, now=LATER)
    second = Signature.objects.get(withdrawal=None)
    assert second.counts_for_coverage
    withdraw(hall, second)
    assert sign(hall, person).is_new
    assert figures_agree(hall)


def test_a_signature_in_another_ceremony_goes_on_counting(hall: Hall) -> None:
    person = person_in(hall)
    wrong = on_paper(hall, person)
    second = make_ceremony(hall.government, hall.organiser, hall.election, hall.text)
    sign(hall, person, ceremony=second, text_digest=second.wording_digest)
    withdraw(hall, wrong)
    assert kept_signed() == 1
    assert figures_agree(hall)


def test_only_paper_is_withdrawn_by_whoever_organises_and_says_why(hall: Hall) -> None:
    person = person_in(hall)
    own = sign(hall, person_in(hall, "Menandatangani Sendiri")).signature
    wrong = on_paper(hall, person)
    with pytest.raises(withdrawing.NotPaper):
        withdraw(hall, own)
    with pytest.raises(ReasonNeeded):
        withdraw(hall, wrong, reason="  ")
    stranger = make_officer(make_government("65"), Duty.Kind.ORGANISER)
    with pytest.raises(PermissionDenied):
        withdraw(hall, wrong, actor=stranger)
    withdraw(hall, wrong)
    with pytest.raises(withdrawing.WithdrawnBefore):
        withdraw(hall, wrong)
    assert kept_signed() == 1


def test_the_database_keeps_signatures_and_withdrawals_as_written(hall: Hall) -> None:
    wrong = on_paper(hall, person_in(hall))
    withdraw(hall, wrong)
    for rows in (SignatureWithdrawal.objects.all(), Signature.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(
                **({"reason": "Lain"} if rows.model is SignatureWithdrawal else {"turn": 3})
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


# --- pages ---------------------------------------------------------------------------------------
def test_the_officer_withdraws_with_a_reason_and_everyone_concerned_sees_it(hall: Hall) -> None:
    person = person_in(hall)
    wrong = on_paper(hall, person)
    officer = sign_in(Client(), hall.organiser, second_factor=True)
    names = reverse("pledges:paper_names", args=[hall.ceremony.pk, wrong.paper_id])
    deed = reverse("pledges:paper_withdraw", args=[hall.ceremony.pk, wrong.paper_id, wrong.pk])
    assert deed in officer.get(names).content.decode()
    assert "Siti Rahma?" in officer.get(deed).content.decode()
    assert officer.post(deed, {"reason": ""}).status_code == 422
    page = officer.post(deed, {"reason": "Baris milik orang lain"}, follow=True).content.decode()
    assert "Baris milik orang lain" in page
    assert "0 nama tercatat dari lembar ini" in page
    assert deed not in page
    assert officer.post(deed, {"reason": "Lagi"}).status_code == 404

    public = Client().get(reverse("pledges:check_receipt", args=[wrong.receipt_code]))
    text = public.content.decode()
    assert "Tanda tangan ini sudah dicabut" in text
    assert "Baris milik orang lain" not in text
    own = sign_in(Client(), account_of(person), second_factor=False)
    receipt = own.get(reverse("pledges:receipt", args=[wrong.receipt_code])).content.decode()
    assert "Baris milik orang lain" in receipt
    assert "dicabut" in own.get(reverse("people:mine")).content.decode()
    invited = own.get(reverse("pledges:invitation", args=[hall.ceremony.code]))
    assert "Saya menandatangani ikrar ini" in invited.content.decode()
