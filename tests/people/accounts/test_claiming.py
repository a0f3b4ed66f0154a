from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from netral.people import codes
from netral.people.devices import Origin
from netral.people.models import Account, ClaimCode, FormerNumber, Government, Person, Unit
from netral.people.services import claiming
from netral.people.services.claiming import ClaimRefused, Reason, Refusal
from tests.people.accounts.factories import (
    NOW,
    give_duty,
    make_account,
    make_government,
    make_officer,
    make_person,
    make_unit,
)

PHONE = Origin(address="203.0.113.7", device="a" * 64)
OTHER_PHONE = Origin(address="203.0.113.7", device="b" * 64)


def issue_one(actor: Account, person: Person) -> str:
    return claiming.issue_codes(actor=actor, people=[person], now=NOW)[0].code


def refusal_of(code: str, **more: object) -> Reason:
    with pytest.raises(ClaimRefused) as caught:
        claiming.claim_with_code(code=code, now=more.pop("now", NOW), **more)  # type: ignore[arg-type]
    return caught.value.refusal.reason


def test_a_code_opens_the_account_of_its_person_once(personnel: Account, unit: Unit) -> None:
    person = make_person(unit)
    code = issue_one(personnel, person)
    assert claiming.identify_by_code(code=code, now=NOW) == person
    account = claiming.claim_with_code(code=code, now=NOW)
    assert account.person == person
    assert account.username == person.number
    assert account.government == person.government
    assert not account.has_usable_password()
    assert refusal_of(code) is Reason.USED


def test_only_a_keyed_hash_of_the_code_is_kept(
    personnel: Account, unit: Unit, settings: object
) -> None:
    person = make_person(unit)
    code = issue_one(personnel, person)
    row = ClaimCode.objects.get(person=person)
    kept = " ".join(str(value) for value in vars(row).values())
    assert code not in kept
    settings.CODE_KEY = "another key"  # type: ignore[attr-defined]
    assert refusal_of(code) is Reason.UNKNOWN


def test_codes_have_sixty_bits_and_no_look_alikes() -> None:
    assert len(codes.ALPHABET) ** codes.LENGTH == 2**60
    assert not set("ILOU") & set(codes.ALPHABET)
    made = {codes.new_code() for _turn in range(2000)}
    assert len(made) == 2000


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7k3m-9q2x-hb4t", "7K3M9Q2XHB4T"),
        (" 7K3M 9Q2X HB4T ", "7K3M9Q2XHB4T"),
        ("OIL0-1111-0000", "011011110000"),
        ("7K3M-9Q2X-HB4", ""),
        ("", ""),
        ("7K3M-9Q2X-HB4*", ""),
        ("éééééééééééé", ""),
    ],
)
def test_codes_are_read_as_they_were_meant(typed: str, meant: str) -> None:
    assert codes.as_typed(typed) == meant


def test_a_written_code_is_read_back(personnel: Account, unit: Unit) -> None:
    person = make_person(unit)
    code = issue_one(personnel, person)
    assert claiming.identify_by_code(code=codes.written(code).lower(), now=NOW) == person


def test_number_and_code_have_to_belong_together(personnel: Account, unit: Unit) -> None:
    person, neighbour = make_person(unit), make_person(unit)
    code = issue_one(personnel, person)
    with pytest.raises(ClaimRefused) as caught:
        claiming.claim(identifier=neighbour.number, code=code, now=NOW)
    assert caught.value.refusal.reason is Reason.MISMATCH
    assert not Account.objects.filter(person__in=[person, neighbour]).exists()
    spaced = f" {person.number[:8]} {person.number[8:]} "
    assert claiming.claim(identifier=spaced, code=code, now=NOW).person == person


def test_a_former_number_is_still_theirs(personnel: Account, unit: Unit) -> None:
    person = make_person(unit)
    FormerNumber.objects.create(
        government=person.government, person=person, number="199001012024001", until=NOW.date()
    )
    code = issue_one(personnel, person)
    account = claiming.claim(identifier="199001012024001", code=code, now=NOW)
    assert account.person == person


def test_staff_without_a_number_claim_with_their_local_id(personnel: Account, unit: Unit) -> None:
    person = make_person(unit, number="")
    code = issue_one(personnel, person)
    account = claiming.claim(identifier=person.local_id.lower(), code=code, now=NOW)
    assert account.username == person.local_id


def test_a_code_expires(personnel: Account, unit: Unit) -> None:
    code = issue_one(personnel, make_person(unit))
    late = NOW + claiming.VALID_FOR
    assert refusal_of(code, now=late) is Reason.EXPIRED
    assert claiming.claim_with_code(code=code, now=late - timedelta(seconds=1))


def test_a_new_slip_replaces_the_lost_one(personnel: Account, unit: Unit) -> None:
    person = make_person(unit)
    lost, new = issue_one(personnel, person), issue_one(personnel, person)
    assert refusal_of(lost) is Reason.REVOKED
    assert claiming.claim_with_code(code=new, now=NOW).person == person


def test_a_new_slip_leads_back_to_the_same_account(personnel: Account, unit: Unit) -> None:
    person = make_person(unit)
    account = make_account(person, "lama-sekali-123")
    again = claiming.claim_with_code(code=issue_one(personnel, person), now=NOW)
    assert again == account
    again.refresh_from_db()
    assert again.check_password("lama-sekali-123")


def test_an_unknown_code_says_so(db: None) -> None:
    assert refusal_of("0000-0000-0000") is Reason.UNKNOWN
    assert claiming.identify_by_code(code="nonsense", now=NOW) == Refusal(Reason.UNKNOWN)


def test_the_code_of_another_government_opens_nothing_here(personnel: Account, unit: Unit) -> None:
    there = make_government("Kota Seberang")
    other = make_person(make_unit(there), number="198501012010011001")
    same_number = make_person(unit, number="198501012010011001")
    code = issue_one(make_officer("personnel", there), other)
    account = claiming.claim(identifier=same_number.number, code=code, now=NOW)
    assert account.person == other
    assert account.government == there


def test_one_number_in_two_governments_gives_two_accounts(personnel: Account, unit: Unit) -> None:
    there = make_government("Kota Seberang", code="64.99")
    number = "198501012010011001"
    first = make_account(make_person(unit, number=number))
    second_person = make_person(make_unit(there), number=number)
    code = issue_one(make_officer("personnel", there), second_person)
    second = claiming.claim_with_code(code=code, now=NOW)
    assert second != first
    assert second.username == f"{number}@64.99"


def test_who_left_and_who_was_closed_out_are_told(personnel: Account, unit: Unit) -> None:
    gone, closed = make_person(unit), make_person(unit)
    code_gone, code_closed = issue_one(personnel, gone), issue_one(personnel, closed)
    gone.left_on = NOW.date()
    gone.save()
    account = make_account(closed)
    account.is_active = False
    account.save()
    assert refusal_of(code_gone) is Reason.LEFT
    assert refusal_of(code_closed) is Reason.CLOSED


def test_the_slip_of_a_merged_double_opens_the_one_that_remained(
    personnel: Account, unit: Unit
) -> None:
    double, kept = make_person(unit), make_person(unit)
    code = issue_one(personnel, double)
    double.merged_into = kept
    double.save()
    assert claiming.claim_with_code(code=code, now=NOW).person == kept


def test_the_same_phone_may_repeat_a_request_whose_answer_was_lost(
    personnel: Account, unit: Unit
) -> None:
    code = issue_one(personnel, make_person(unit))
    first = claiming.claim_with_code(code=code, now=NOW, origin=PHONE)
    soon = NOW + timedelta(minutes=5)
    assert claiming.claim_with_code(code=code, now=soon, origin=PHONE) == first
    assert refusal_of(code, now=soon, origin=OTHER_PHONE) is Reason.USED
    assert refusal_of(code, now=soon) is Reason.USED
    assert refusal_of(code, now=NOW + timedelta(hours=1), origin=PHONE) is Reason.USED


def test_the_link_of_a_slip_may_be_opened_three_times_before_and_after(
    personnel: Account, unit: Unit
) -> None:
    """Looking at it uses nothing up; afterwards it says so and makes no second account."""
    person = make_person(unit)
    link = f"/aktivasi/?k={issue_one(personnel, person)}"
    phone = Client()
    for _time in range(3):
        page = phone.get(link)
        assert person.name in page.text
        assert not Account.objects.filter(person=person).exists()
    code = link.partition("=")[2]
    assert phone.post("/aktivasi/", {"scanned": "1", "code": code}).status_code == 302
    account = Account.objects.get(person=person)
    elsewhere = Client()
    for _time in range(3):
        assert phone.get(link).status_code == 200
        assert "akun dan tanda terima ikrar Anda tetap ada" in elsewhere.get(link).text
    assert Account.objects.filter(person=person).get() == account
    assert "_auth_user_id" not in elsewhere.session


def test_a_clock_that_jumps_back_breaks_nothing(personnel: Account, unit: Unit) -> None:
    person = make_person(unit)
    code = issue_one(personnel, person)
    yesterday = NOW - timedelta(days=1)
    account = claiming.claim_with_code(code=code, now=yesterday, origin=PHONE)
    assert account.person == person
    assert refusal_of(code, now=yesterday - timedelta(days=1), origin=PHONE) is Reason.USED


def test_nobody_issues_codes_beyond_their_duty(personnel: Account, unit: Unit) -> None:
    mine, stranger = make_person(unit), make_person(make_unit(make_government("Kota Lain")))
    with pytest.raises(claiming.NotYours):
        claiming.issue_codes(actor=personnel, people=[mine, stranger], now=NOW)
    assert not ClaimCode.objects.exists()
    with pytest.raises(claiming.NotYours):
        claiming.issue_codes(
            actor=make_officer("organiser", unit.government), people=[mine], now=NOW
        )


def test_a_subtree_officer_issues_for_the_subtree(government: Government) -> None:
    top = make_unit(government)
    below, beside = make_unit(government, parent=top), make_unit(government)
    officer = make_account(make_person(top))
    give_duty(officer, "personnel", government, top)
    here, away = make_person(below), make_person(beside)
    issued = claiming.issue_codes(actor=officer, unit=top, now=NOW)
    assert {one.person_id for one in issued} == {here.pk}
    with pytest.raises(claiming.NotYours):
        claiming.issue_codes(actor=officer, people=[away], now=NOW)
    with pytest.raises(claiming.NotYours):
        claiming.issue_codes(actor=officer, unit=beside, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_phones_with_one_code_get_one_account_and_two_answers() -> None:
    government = make_government()
    personnel = make_officer("personnel", government)
    person = make_person(make_unit(government))
    code = issue_one(personnel, person)
    barrier = threading.Barrier(8)
    answers: list[object] = []

    def one_phone(number: int) -> None:
        barrier.wait()
        try:
            origin = Origin("203.0.113.7", str(number) * 64)
            answers.append(claiming.claim_with_code(code=code, now=NOW, origin=origin))
        except ClaimRefused as refused:
            answers.append(refused.refusal.reason)
        finally:
            connection.close()

    phones = [threading.Thread(target=one_phone, args=(number,)) for number in range(8)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert len(answers) == 8
    assert answers.count(Reason.USED) == 7
    assert Account.objects.filter(person=person).count() == 1
