from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from netral.people.folding import is_local_id
from netral.people.models import Change, FormerNumber, HeadOfUnit, Person, Posting
from netral.people.services import heads, postings, staff
from netral.people.services.postings import PostingFacts
from netral.people.services.staff import PersonFacts

from .factories import (
    NOW,
    START,
    TODAY,
    make_government,
    make_officer,
    make_person,
    make_unit,
    new_number,
)

pytestmark = pytest.mark.django_db


def last_change(person: Person) -> Change:
    return Change.objects.filter(subject_id=person.pk).latest("id")


def test_adding_non_asn_gives_a_local_id() -> None:
    unit = make_unit(make_government(), "Dinas")
    person = staff.add(
        actor=make_officer(unit.government),
        government=unit.government,
        number="",
        facts=PersonFacts(name="  Budi   Santoso "),
        posting=PostingFacts(unit=unit, status="non_asn", position="Sopir"),
        on=TODAY,
        now=NOW,
    )
    assert is_local_id(person.local_id)
    assert (person.name, person.name_key) == ("Budi Santoso", "budi santoso")
    assert json.loads(last_change(person).after)["unit"] == str(unit.pk)


@pytest.mark.parametrize("number", ["", "123", "19850101201001000X"])
def test_adding_asn_needs_a_right_number(number: str) -> None:
    unit = make_unit(make_government(), "Dinas")
    with pytest.raises(ValidationError) as problem:
        staff.add(
            actor=make_officer(unit.government),
            government=unit.government,
            number=number,
            facts=PersonFacts(name="Budi"),
            posting=PostingFacts(unit=unit, status="pns"),
            on=TODAY,
            now=NOW,
        )
    assert "number" in problem.value.message_dict
    assert not Person.objects.exists()


def test_a_number_is_accepted_as_people_paste_it_and_only_once() -> None:
    unit = make_unit(make_government(), "Dinas")
    actor = make_officer(unit.government)

    def add(name: str) -> Person:
        return staff.add(
            actor=actor,
            government=unit.government,
            number="'19850101 201001 1 001",
            facts=PersonFacts(name=name),
            posting=PostingFacts(unit=unit, status="pns"),
            on=TODAY,
            now=NOW,
        )

    assert add("Budi").number == "198501012010011001"
    with pytest.raises(ValidationError, match="sudah tercatat"):
        add("Bukan Budi")


def test_correcting_writes_only_what_differs() -> None:
    person = make_person(make_unit(make_government(), "Dinas"), "Sti Rahma")
    actor = make_officer(person.government)
    staff.correct(actor=actor, person=person, facts=PersonFacts(name="Siti Rahma"), now=NOW)
    change = last_change(person)
    assert (change.before, change.after) == ('{"name":"Sti Rahma"}', '{"name":"Siti Rahma"}')
    person.refresh_from_db()
    assert person.name_key == "siti rahma"
    staff.correct(actor=actor, person=person, facts=PersonFacts(name="Siti Rahma"), now=NOW)
    assert Change.objects.filter(subject_id=person.pk).count() == 1


def test_a_posting_changes_from_a_day_on_and_the_past_stays() -> None:
    government = make_government()
    one, other = make_unit(government, "Dinas A1"), make_unit(government, "Dinas B1")
    person = make_person(one)
    postings.change(
        actor=make_officer(government),
        person=person,
        posting=PostingFacts(unit=other, status="pns", position="Analis"),
        on=TODAY,
        now=NOW,
    )
    past, current = Posting.objects.filter(person=person).order_by("valid_from")
    assert (past.unit, past.valid_to) == (one, TODAY)
    assert (current.unit, current.valid_from, current.valid_to) == (other, TODAY, None)
    assert last_change(person).kind == "moved"


def test_changing_on_the_first_day_corrects_the_posting() -> None:
    person = make_person(make_unit(make_government(), "Dinas"))
    unit = Posting.objects.get(person=person).unit
    postings.change(
        actor=make_officer(person.government),
        person=person,
        posting=PostingFacts(unit=unit, status="pppk"),
        on=START,
        now=NOW,
    )
    assert Posting.objects.get(person=person).status == "pppk"
    assert last_change(person).kind == "changed"


@pytest.mark.parametrize("on", [START - timedelta(days=1), TODAY + timedelta(days=1)])
def test_days_before_the_posting_or_in_the_future_are_refused(on: date) -> None:
    person = make_person(make_unit(make_government(), "Dinas"))
    unit = Posting.objects.get(person=person).unit
    with pytest.raises(ValidationError) as problem:
        postings.change(
            actor=make_officer(person.government),
            person=person,
            posting=PostingFacts(unit=unit, status="pppk"),
            on=on,
            now=NOW,
        )
    assert "on" in problem.value.message_dict
    assert Posting.objects.get(person=person).status == "pns"


def test_leaving_ends_the_posting_and_the_headship_and_coming_back_opens_a_new_one() -> None:
    unit = make_unit(make_government(), "Dinas")
    person, actor = make_person(unit), make_officer(unit.government)
    heads.set_head(actor=actor, unit=unit, person=person, kind="plt", on=START, now=NOW)
    away = date(2026, 6, 1)
    postings.leave(actor=actor, person=person, on=away, reason="pensiun", now=NOW)
    person.refresh_from_db()
    assert person.left_on == away
    assert HeadOfUnit.objects.get(unit=unit).valid_to == away
    assert json.loads(last_change(person).after)["reason"] == "pensiun"
    facts = PostingFacts(unit=unit, status="pppk")
    with pytest.raises(ValidationError):
        postings.take_back(
            actor=actor, person=person, posting=facts, on=away - timedelta(days=1), now=NOW
        )
    postings.take_back(actor=actor, person=person, posting=facts, on=TODAY, now=NOW)
    person.refresh_from_db()
    assert person.left_on is None
    assert Posting.objects.filter(person=person, valid_to=None).count() == 1
    assert last_change(person).kind == "reopened"


def test_a_changed_number_stays_findable_and_can_be_taken_back() -> None:
    person = make_person(make_unit(make_government(), "Dinas"))
    actor, old, new = make_officer(person.government), person.number, new_number()
    staff.change_number(actor=actor, person=person, number=new, on=TODAY, now=NOW)
    person.refresh_from_db()
    assert person.number == new
    assert FormerNumber.objects.get(person=person).number == old
    staff.change_number(actor=actor, person=person, number=old, on=TODAY, now=NOW)
    assert [row.number for row in FormerNumber.objects.filter(person=person)] == [new]


def test_non_asn_who_gets_a_number_keeps_the_local_id() -> None:
    person = make_person(make_unit(make_government(), "Dinas"), status="non_asn")
    before = person.local_id
    staff.change_number(
        actor=make_officer(person.government),
        person=person,
        number=new_number(),
        on=TODAY,
        now=NOW,
    )
    person.refresh_from_db()
    assert person.number
    assert person.local_id == before
    assert not FormerNumber.objects.exists()


def test_somebody_elses_former_number_is_refused() -> None:
    unit = make_unit(make_government(), "Dinas")
    one, other, actor = make_person(unit), make_person(unit), make_officer(unit.government)
    old = one.number
    staff.change_number(actor=actor, person=one, number=new_number(), on=TODAY, now=NOW)
    with pytest.raises(ValidationError, match="nomor lama pegawai lain"):
        staff.change_number(actor=actor, person=other, number=old, on=TODAY, now=NOW)


def test_heads_of_unit_and_strangers_may_not_write() -> None:
    unit = make_unit(make_government(), "Dinas")
    person = make_person(unit)
    stranger = make_officer(make_government("65", "Lain"))
    head = make_officer(unit.government, "head", unit)
    for actor in (stranger, head):
        with pytest.raises(PermissionDenied):
            staff.correct(actor=actor, person=person, facts=PersonFacts(name="X"), now=NOW)
        with pytest.raises(PermissionDenied):
            postings.leave(actor=actor, person=person, on=TODAY, reason="", now=NOW)
        with pytest.raises(PermissionDenied):
            heads.set_head(actor=actor, unit=unit, person=person, kind="plt", on=TODAY, now=NOW)


def test_an_officer_of_a_subtree_cannot_send_people_out_of_it() -> None:
    government = make_government()
    here, there = make_unit(government, "Sini"), make_unit(government, "Sana")
    person, actor = make_person(here), make_officer(government, "personnel", here)
    with pytest.raises(PermissionDenied):
        postings.change(
            actor=actor,
            person=person,
            posting=PostingFacts(unit=there, status="pns"),
            on=TODAY,
            now=NOW,
        )


def test_one_head_at_a_time() -> None:
    unit = make_unit(make_government(), "Dinas")
    one, other, actor = make_person(unit), make_person(unit), make_officer(unit.government)
    heads.set_head(actor=actor, unit=unit, person=one, kind="definitive", on=START, now=NOW)
    heads.set_head(actor=actor, unit=unit, person=other, kind="plh", on=TODAY, now=NOW)
    rows = list(HeadOfUnit.objects.filter(unit=unit).order_by("valid_from"))
    assert [(row.person, row.valid_to) for row in rows] == [(one, TODAY), (other, None)]
    with pytest.raises(ValidationError):
        heads.set_head(actor=actor, unit=unit, person=one, kind="plt", on=START, now=NOW)
    heads.end_head(actor=actor, unit=unit, on=TODAY, now=NOW)
    assert not HeadOfUnit.objects.filter(unit=unit, valid_to=None).exists()
