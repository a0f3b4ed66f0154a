"""Signing: what is written, what is counted, and every clear answer instead of a signature."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from netral.base.events import publish
from netral.people.events import PeopleMerged
from netral.people.models import Change, Duty, Import, Person, Posting
from netral.people.services import merging as people_merging
from netral.people.services.imports import blockers
from netral.pledges.models import CeremonyMove, CoverageCount, Signature
from netral.pledges.queries.signatures import mine, signatures_of
from netral.pledges.rules import moves
from netral.pledges.services import ceremonies, coverage, signing
from netral.pledges.services.counting import Cell, recount_cell
from netral.pledges.services.signing import Refusal, Refused, Signed
from tests.people.register.factories import (
    TODAY,
    make_government,
    make_officer,
    make_person,
    make_unit,
)
from tests.pledges.factories import NOW, Hall, account_of, make_ceremony, make_hall

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
ACCOUNT = Signature.Evidence.ACCOUNT


@pytest.fixture
def hall() -> Hall:
    """Three people: two in a Dinas with a UPTD, one in another; the ceremony covers the first."""
    government = make_government()
    dinas = make_unit(government, "Dinas A")
    make_unit(government, "UPTD", dinas)
    make_unit(government, "Dinas B")
    return make_hall(units=[dinas])


def person_in(hall: Hall, unit: str = "Dinas A", status: str = "pns") -> Person:
    return make_person(hall.government.units.get(name=unit), status=status)


def sign(hall: Hall, person: Person, **changes: object) -> Signed | Refused:
    facts = {
        "person": person, "ceremony": hall.ceremony, "text_digest": hall.digest,
        "evidence": ACCOUNT, "now": LATER, **changes,
    }  # fmt: skip
    return signing.sign(**facts)


def figures_agree(hall: Hall) -> bool:
    return not coverage.differences(government_id=hall.government.pk, election_id=hall.election.pk)


def test_a_signature_says_what_when_how_and_where(hall: Hall) -> None:
    person = person_in(hall, "UPTD")
    outcome = sign(hall, person, evidence=Signature.Evidence.SLIP)
    assert isinstance(outcome, Signed)
    assert outcome.is_new
    kept = Signature.objects.get()
    assert kept.person == person
    assert kept.unit.name == "UPTD"
    assert (kept.status, kept.position_level) == ("pns", "other")
    assert (kept.signed_at, kept.recorded_at) == (LATER, LATER)
    assert kept.evidence == "slip"
    assert kept.wording_digest == hall.digest
    assert kept.text == hall.text
    assert kept.counts_for_coverage
    assert (kept.paper, kept.entered_by) == (None, None)


def test_signing_again_gives_the_same_receipt_even_when_all_has_changed(hall: Hall) -> None:
    person = person_in(hall)
    first = sign(hall, person)
    bring = [{}, {"text_digest": "0" * 64}, {"now": LATER + timedelta(days=1)}]
    for changes in bring:
        assert sign(hall, person, **changes) == Signed(first.signature, is_new=False)
    ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=LATER)
    assert sign(hall, person) == Signed(first.signature, is_new=False)
    assert Signature.objects.count() == 1
    assert figures_agree(hall)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (moves.PLANNED, Refusal.NOT_OPEN),
        (moves.READING, Refusal.NOT_OPEN),
        (moves.CLOSED, Refusal.CLOSED),
    ],
)
def test_no_signature_outside_of_the_signing(state: str, reason: Refusal) -> None:
    hall = make_hall(state=state)
    person = make_person(make_unit(hall.government, "Dinas A"))
    assert sign(hall, person) == Refused(reason)
    assert not Signature.objects.exists()


def test_a_stale_text_is_not_signed(hall: Hall) -> None:
    for digest in ("", "0" * 64, hall.digest.upper()):
        assert sign(hall, person_in(hall), text_digest=digest) == Refused(Refusal.STALE_TEXT)
    assert not Signature.objects.exists()


def test_only_who_is_covered_signs(hall: Hall) -> None:
    elsewhere = make_person(make_unit(make_government("65"), "Dinas A"))
    for person in (person_in(hall, "Dinas B"), elsewhere):
        assert sign(hall, person) == Refused(Refusal.NOT_COVERED)


def test_who_has_left_does_not_sign(hall: Hall) -> None:
    person = person_in(hall)
    Posting.objects.filter(person=person).update(valid_to=TODAY)
    assert sign(hall, person) == Refused(Refusal.NOT_ON_REGISTER)


def test_paper_has_a_way_of_its_own(hall: Hall) -> None:
    with pytest.raises(ValueError, match="paper"):
        sign(hall, person_in(hall), evidence=Signature.Evidence.PAPER)


# --- counting ------------------------------------------------------------------------------------
def test_the_first_signature_for_an_election_counts_and_the_second_does_not(hall: Hall) -> None:
    person = person_in(hall)
    coverage.recount(government_id=hall.government.pk, election_id=hall.election.pk)
    second = make_ceremony(hall.government, hall.organiser, hall.election, hall.text)
    sign(hall, person)
    outcome = sign(hall, person, ceremony=second, text_digest=second.wording_digest)
    assert isinstance(outcome, Signed)
    assert outcome.is_new
    assert not outcome.signature.counts_for_coverage
    assert CoverageCount.objects.get(unit__name="Dinas A").signed == 1
    assert figures_agree(hall)


def test_a_missing_row_of_figures_is_made(hall: Hall) -> None:
    people = [person_in(hall), person_in(hall), person_in(hall, status="non_asn")]
    CoverageCount.objects.all().delete()
    for person in people:
        sign(hall, person)
    assert sorted(CoverageCount.objects.values_list("status", "staff", "signed")) == [
        ("non_asn", 1, 1),
        ("pns", 2, 2),
    ]
    assert figures_agree(hall)


def test_a_row_behind_the_register_is_counted_anew_instead_of_failing(hall: Hall) -> None:
    person = person_in(hall)
    coverage.recount(government_id=hall.government.pk, election_id=hall.election.pk)
    CoverageCount.objects.update(staff=0, signed=0)
    assert isinstance(sign(hall, person), Signed)
    assert figures_agree(hall)


def test_counting_a_cell_of_nobody_writes_nothing(hall: Hall) -> None:
    unit = hall.government.units.get(name="Dinas B")
    cell = Cell(hall.election.pk, unit.pk, "pns", "other")
    recount_cell(cell, government_id=hall.government.pk)
    assert not CoverageCount.objects.filter(unit=unit).exists()


# --- written once --------------------------------------------------------------------------------
@pytest.mark.parametrize("table", [Signature, CeremonyMove])
def test_the_database_refuses_to_change_or_drop(hall: Hall, table: type) -> None:
    sign(hall, person_in(hall))
    assert table.objects.exists()
    column = "receipt_code" if table is Signature else "reason"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        table.objects.update(**{column: "X"})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        table.objects.all()._raw_delete(table.objects.db)
    assert table.objects.exists()


def test_the_database_refuses_a_second_signature_and_a_second_first_one(hall: Hall) -> None:
    person = person_in(hall)
    kept = sign(hall, person).signature
    second = make_ceremony(hall.government, hall.organiser, hall.election, hall.text)
    for changes in ({"counts_for_coverage": False}, {"ceremony": second}):
        copy = Signature(
            **{
                "ceremony": kept.ceremony, "election": kept.election, "person": person,
                "text": kept.text, "wording_digest": kept.wording_digest, "unit": kept.unit,
                "status": "pns", "position_level": "other", "signed_at": LATER,
                "recorded_at": LATER, "evidence": "account", "receipt_code": "AAAAA-AAAAA",
                "counts_for_coverage": True, **changes,
            }
        )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


# --- two entries that are one person -------------------------------------------------------------
def merge(hall: Hall, kept: Person, dropped: Person) -> None:
    people_merging.merge(
        actor=make_officer(hall.government, Duty.Kind.PERSONNEL),
        kept=kept,
        dropped=dropped,
        on=TODAY,
        reason="kembar",
        now=LATER + timedelta(days=3),
    )
    kept.refresh_from_db()
    dropped.refresh_from_db()


def test_after_a_merge_the_double_s_signature_is_the_person_s(hall: Hall) -> None:
    kept, dropped = person_in(hall), person_in(hall, "UPTD")
    outcome = sign(hall, dropped)
    merge(hall, kept, dropped)
    assert list(signatures_of(kept)) == [outcome.signature]
    assert sign(hall, kept) == Signed(outcome.signature, is_new=False)
    assert sign(hall, dropped) == Signed(outcome.signature, is_new=False)
    assert list(mine(account_of(kept))) == [outcome.signature]
    assert Signature.objects.get().person == dropped  # as it was written
    assert figures_agree(hall)


def test_two_signatures_of_one_person_count_once_after_the_merge(hall: Hall) -> None:
    kept, dropped, other = person_in(hall), person_in(hall, "UPTD"), person_in(hall)
    for person in (kept, dropped, other):
        sign(hall, person)
    merge(hall, kept, dropped)
    assert figures_agree(hall)
    assert sum(CoverageCount.objects.values_list("signed", flat=True)) == 2


def test_a_merge_of_a_merge_still_finds_the_first_signature(hall: Hall) -> None:
    first, second, third = (person_in(hall) for _ in range(3))
    outcome = sign(hall, first)
    merge(hall, second, first)
    merge(hall, third, second)
    assert sign(hall, third) == Signed(outcome.signature, is_new=False)
    assert figures_agree(hall)


def test_a_merge_of_people_who_never_signed_changes_nothing(hall: Hall) -> None:
    kept, dropped = person_in(hall), person_in(hall)
    publish(PeopleMerged(kept=kept.pk, dropped=dropped.pk))
    assert not Signature.objects.exists()


# --- undoing an import ---------------------------------------------------------------------------
def test_a_signature_stands_in_the_way_of_undoing_the_import_of_its_person(hall: Hall) -> None:
    signer, other = person_in(hall), person_in(hall)
    sources = [imported(hall, person) for person in (signer, other)]
    assert blockers.of(sources[0]) == []
    sign(hall, signer)
    assert [(one.what, one.count) for one in blockers.of(sources[0])] == [
        ("Sudah ada tanda tangan ikrar yang memakainya.", 1)
    ]
    assert blockers.of(sources[1]) == []


def imported(hall: Hall, person: Person) -> Import:
    source = Import.objects.create(
        government=hall.government, file_name="a.xlsx", effective_on=TODAY, created_at=NOW,
        state=Import.State.APPLIED, applied_at=NOW,
    )  # fmt: skip
    Change.objects.create(
        government=hall.government, at=NOW, source=source, subject=Change.Subject.PERSON,
        subject_id=person.pk, kind=Change.Kind.CREATED,
    )  # fmt: skip
    return source
