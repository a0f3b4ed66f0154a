from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from netral.base import events
from netral.people.events import PeopleMerged
from netral.people.models import Account, Change, ClaimCode, FormerNumber, Person, Posting
from netral.people.services import merging, postings

from .factories import (
    NOW,
    TODAY,
    make_account,
    make_government,
    make_officer,
    make_person,
    make_unit,
)

pytestmark = pytest.mark.django_db


def pair(status: str = "non_asn") -> tuple[Person, Person, Account]:
    unit = make_unit(make_government(), "Dinas")
    return make_person(unit), make_person(unit, status=status), make_officer(unit.government)


def merge(actor: Account, kept: Person, dropped: Person) -> Person:
    return merging.merge(
        actor=actor, kept=kept, dropped=dropped, on=TODAY, reason="tercatat dua kali", now=NOW
    )


def test_one_current_posting_remains_and_the_other_entry_points_to_it() -> None:
    kept, dropped, actor = pair()
    merge(actor, kept, dropped)
    dropped.refresh_from_db()
    assert dropped.merged_into == kept
    assert Posting.objects.get(person=dropped).valid_to == TODAY
    assert Posting.objects.filter(valid_to=None).get().person == kept
    assert set(Change.objects.values_list("subject_id", flat=True)) == {kept.pk, dropped.pk}


def test_history_that_does_not_overlap_moves_over() -> None:
    kept, dropped, actor = pair()
    posting = Posting.objects.get(person=dropped)
    Posting.objects.filter(pk=posting.pk).update(
        valid_from=date(2020, 1, 1), valid_to=date(2023, 1, 1)
    )
    merge(actor, kept, dropped)
    assert Posting.objects.filter(person=kept).count() == 2


def test_the_number_is_taken_when_the_kept_one_has_none() -> None:
    kept, dropped, actor = pair()
    merge(actor, dropped, kept)
    dropped.refresh_from_db()
    assert dropped.number == kept.number
    assert not FormerNumber.objects.exists()


def test_a_second_number_becomes_a_former_one() -> None:
    kept, dropped, actor = pair("pns")
    merge(actor, kept, dropped)
    assert FormerNumber.objects.get().number == dropped.number
    assert FormerNumber.objects.get().person == kept


def test_somebody_who_left_works_again_when_the_other_entry_does() -> None:
    kept, dropped, actor = pair()
    postings.leave(actor=actor, person=kept, on=TODAY, reason="", now=NOW)
    Posting.objects.filter(person=dropped).update(valid_from=TODAY)
    merge(actor, kept, dropped)
    kept.refresh_from_db()
    assert kept.left_on is None
    assert Posting.objects.filter(person=kept, valid_to=None).exists()


def test_the_only_account_moves_and_open_codes_are_revoked() -> None:
    kept, dropped, actor = pair()
    account = make_account(kept.government)
    Account.objects.filter(pk=account.pk).update(person=dropped)
    ClaimCode.objects.create(person=dropped, lookup="x", issued_at=NOW, expires_at=NOW)
    assert merging.plan(actor=actor, kept=kept, dropped=dropped).account == "moves"
    merge(actor, kept, dropped)
    account.refresh_from_db()
    assert (account.person, account.is_active) == (kept, True)
    assert ClaimCode.objects.get().revoked_at == NOW


def test_of_two_accounts_that_of_the_dropped_entry_closes() -> None:
    kept, dropped, actor = pair()
    mine, theirs = make_account(kept.government), make_account(kept.government)
    Account.objects.filter(pk=mine.pk).update(person=kept)
    Account.objects.filter(pk=theirs.pk).update(person=dropped)
    merge(actor, kept, dropped)
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (mine.is_active, theirs.is_active) == (True, False)


def test_other_features_hear_of_it_and_their_failure_undoes_all() -> None:
    kept, dropped, actor = pair()

    def fail(event: PeopleMerged) -> None:
        assert event == PeopleMerged(kept=kept.pk, dropped=dropped.pk)
        raise RuntimeError("no")

    events.subscribe(PeopleMerged, fail)
    try:
        with pytest.raises(RuntimeError):
            merge(actor, kept, dropped)
    finally:
        events._handlers[PeopleMerged].remove(fail)
    dropped.refresh_from_db()
    assert dropped.merged_into is None
    assert not Change.objects.exists()


def test_impossible_pairs_are_refused() -> None:
    kept, dropped, actor = pair()
    with pytest.raises(ValidationError):
        merging.plan(actor=actor, kept=kept, dropped=kept)
    merge(actor, kept, dropped)
    dropped.refresh_from_db()
    with pytest.raises(ValidationError, match="sudah digabung"):
        merging.plan(actor=actor, kept=kept, dropped=dropped)
    elsewhere = make_person(make_unit(make_government("65", "Lain"), "Dinas"))
    with pytest.raises(PermissionDenied):
        merging.plan(actor=actor, kept=kept, dropped=elsewhere)
