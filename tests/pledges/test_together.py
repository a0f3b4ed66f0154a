"""A hall that signs at once: each is told what the ordinary service would have told them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from netral.base.audit.models import LogEntry, LogOpening
from netral.people.models import AccountRecovery, Duty, Person, Posting
from netral.people.services import merging
from netral.pledges import desk
from netral.pledges.models import CoverageCount, Signature
from netral.pledges.rules import moves, tickets
from netral.pledges.services import ceremonies, coverage, signing, together
from netral.pledges.services.signing import Refusal, Refused
from netral.pledges.services.together import Receipt, Wish, sign_together
from tests.people.register.factories import make_account, make_officer, make_person, make_unit
from tests.pledges.factories import NOW, Hall, make_hall

pytestmark = pytest.mark.django_db
KEY = b"k" * 32


def wish_of(hall: Hall, person: Person) -> Wish:
    return Wish(hall.ceremony.pk.hex, person.pk.hex, hall.digest[:32])


def staff_of(hall: Hall, count: int) -> list[Person]:
    units = [make_unit(hall.government, f"Bidang {number}") for number in range(3)]
    return [make_person(units[number % 3], f"Pegawai {number}") for number in range(count)]


def test_everybody_signs_counts_and_is_logged_in_one_go(
    django_assert_max_num_queries: Callable,
) -> None:
    hall = make_hall()
    coverage.recount(government_id=hall.government.pk, election_id=hall.ceremony.election_id)
    people = staff_of(hall, 60)
    coverage.recount(government_id=hall.government.pk, election_id=hall.ceremony.election_id)
    with django_assert_max_num_queries(16):
        answers = sign_together([wish_of(hall, one) for one in people], now=NOW)
    assert all(isinstance(answer, Receipt) and answer.is_new for answer in answers)
    rows = list(Signature.objects.order_by("id"))
    assert [row.receipt_code for row in rows] == [answer.code for answer in answers]
    assert [row.person_id for row in rows] == [one.pk for one in people]
    assert not coverage.differences(
        government_id=hall.government.pk, election_id=hall.ceremony.election_id
    )
    assert CoverageCount.objects.count() >= 3
    assert LogEntry.objects.count() == LogOpening.objects.count() == 60
    assert set(LogOpening.objects.values_list("reference", flat=True)) == {row.pk for row in rows}


def test_a_row_written_together_is_the_row_that_is_written_alone() -> None:
    hall = make_hall()
    alone, among = staff_of(hall, 2)
    signing.sign(
        person=alone,
        ceremony=hall.ceremony,
        text_digest=hall.digest,
        evidence=Signature.Evidence.ACCOUNT,
        now=NOW,
    )
    sign_together([wish_of(hall, among)], now=NOW)
    first, second = Signature.objects.order_by("recorded_at", "id")
    own = {"id", "person_id", "unit_id", "receipt_code"}
    for field in Signature._meta.concrete_fields:
        if field.attname not in own:
            assert getattr(first, field.attname) == getattr(second, field.attname), field.attname
    assert second.unit_id == Posting.objects.get(person=among).unit_id


def test_the_log_commits_to_the_row_as_it_is_read_again() -> None:
    """What fsck compares: the content made anew from the row must open the entry."""
    from netral.base.audit.kinds import kind_named
    from netral.tlog.entries import commit

    hall = make_hall()
    sign_together([wish_of(hall, one) for one in staff_of(hall, 3)], now=NOW)
    contents = kind_named("pledge").contents(Signature.objects.values_list("pk", flat=True))
    for opening in LogOpening.objects.select_related("entry"):
        made = commit("pledge", bytes(opening.salt), contents[opening.reference])
        assert made == bytes(opening.entry.commitment)


def test_pressing_twice_in_the_same_moment_gives_one_receipt() -> None:
    hall = make_hall()
    [person] = staff_of(hall, 1)
    first, second = sign_together([wish_of(hall, person)] * 2, now=NOW)
    assert first == Receipt(second.code, is_new=True)
    assert second.is_new is False
    [again] = sign_together([wish_of(hall, person)], now=NOW)
    assert again == second
    assert Signature.objects.count() == 1


def recover(person: Person, *, granted: bool = True, at: datetime = NOW) -> None:
    """As two officers agree to it, or do not."""
    one, two = (make_officer(person.government) for _ in "12")
    account = make_account(person.government, person.name)
    account.person = person
    account.save()
    AccountRecovery.objects.create(
        account=account, reason="Ponselnya hilang.", proposed_by=one, proposed_at=at,
        decided_by=two, decided_at=at, is_granted=granted, refusal="" if granted else "Bukan dia.",
    )  # fmt: skip


def test_a_page_from_before_a_recovery_signs_for_nobody() -> None:
    """It may stand open on the phone of whoever had shut the owner out."""
    hall = make_hall()
    taken, beside, refused, double = staff_of(hall, 4)
    recover(taken)
    recover(refused, granted=False)
    second, later = NOW + timedelta(seconds=1), NOW + timedelta(hours=11)

    def page(person: Person, made: timedelta) -> Wish:
        return wish_of(hall, person)._replace(issued=int((NOW + made).timestamp()))

    before = timedelta(hours=-1)
    answers = sign_together(
        [page(one, before) for one in (taken, beside, refused)] + [wish_of(hall, taken)], now=later
    )
    told = [getattr(answer, "reason", "signed") for answer in answers]
    assert told == [Refusal.TICKET, "signed", "signed", Refusal.TICKET]

    # Nor does a page of an entry that was merged into theirs, which is signed one by one.
    officer = make_officer(hall.government, Duty.Kind.PERSONNEL)
    day, why = NOW.date(), "tercatat dua kali"
    merging.merge(actor=officer, kept=taken, dropped=double, on=day, reason=why, now=second)
    assert sign_together([page(double, before)], now=later) == [Refused(Refusal.TICKET)]
    assert not Signature.objects.filter(person__in=[taken, double]).exists()

    [own] = sign_together([page(taken, timedelta(seconds=1))], now=later)
    assert isinstance(own, Receipt) and own.is_new
    assert sign_together([page(taken, before)], now=later) == [Refused(Refusal.TICKET)], (
        "the receipt is not for whoever holds the old page"
    )


def test_each_refusal_concerns_its_own_person_only() -> None:
    hall = make_hall()
    signer, leaver, stale = staff_of(hall, 3)
    Posting.objects.filter(person=leaver).update(valid_to=NOW.date() - timedelta(days=1))
    stranger = Wish(hall.ceremony.pk.hex, uuid4().hex, hall.digest[:32])
    nowhere = Wish(uuid4().hex, signer.pk.hex, hall.digest[:32])
    other = make_hall(code="63")
    foreign = Wish(other.ceremony.pk.hex, signer.pk.hex, other.digest[:32])
    answers = sign_together(
        [
            wish_of(hall, leaver),
            stranger,
            nowhere,
            foreign,
            Wish(hall.ceremony.pk.hex, stale.pk.hex, "0" * 32),
            wish_of(hall, signer),
        ],
        now=NOW,
    )
    assert answers[:5] == [
        Refused(Refusal.NOT_ON_REGISTER),
        Refused(Refusal.NOT_ON_REGISTER),
        Refused(Refusal.CLOSED),
        Refused(Refusal.NOT_COVERED),
        Refused(Refusal.STALE_TEXT),
    ]
    assert isinstance(answers[5], Receipt)
    assert Signature.objects.count() == 1


def test_nobody_signs_before_it_opens_or_after_it_closes() -> None:
    hall = make_hall()
    early, late = staff_of(hall, 2)
    hall.ceremony.state = moves.READING
    type(hall.ceremony).objects.filter(pk=hall.ceremony.pk).update(state=moves.READING)
    assert sign_together([wish_of(hall, early)], now=NOW) == [Refused(Refusal.NOT_OPEN)]
    type(hall.ceremony).objects.filter(pk=hall.ceremony.pk).update(state=moves.SIGNING)
    [kept] = sign_together([wish_of(hall, early)], now=NOW)
    hall.ceremony.refresh_from_db()
    ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=NOW)
    again, refused = sign_together([wish_of(hall, early), wish_of(hall, late)], now=NOW)
    assert again == Receipt(kept.code, is_new=False)
    assert refused == Refused(Refusal.CLOSED)


def test_a_merged_double_signs_as_the_person_they_are() -> None:
    hall = make_hall()
    kept, double, other = staff_of(hall, 3)
    personnel = make_officer(hall.government, Duty.Kind.PERSONNEL)
    merging.merge(
        actor=personnel, kept=kept, dropped=double, on=NOW.date(), reason="ganda", now=NOW
    )
    answers = sign_together([wish_of(hall, double), wish_of(hall, other)], now=NOW)
    assert all(isinstance(answer, Receipt) and answer.is_new for answer in answers)
    assert Signature.objects.filter(person=kept).exists()
    [again] = sign_together([wish_of(hall, kept)], now=NOW)
    assert again == Receipt(answers[0].code, is_new=False)


def test_figures_that_fell_behind_are_counted_anew() -> None:
    hall = make_hall()
    people = staff_of(hall, 4)
    CoverageCount.objects.update(staff=0, signed=0)
    sign_together([wish_of(hall, one) for one in people], now=NOW)
    assert not coverage.differences(
        government_id=hall.government.pk, election_id=hall.ceremony.election_id
    )


def test_somebody_who_signed_meanwhile_elsewhere_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other process commits between our look and our writing: the group is done one by one."""
    hall = make_hall()
    people = staff_of(hall, 3)
    signing.sign(
        person=people[1],
        ceremony=hall.ceremony,
        text_digest=hall.digest,
        evidence=Signature.Evidence.ACCOUNT,
        now=NOW,
    )
    monkeypatch.setattr(together._Earlier, "__init__", _sees_nothing)
    answers = sign_together([wish_of(hall, one) for one in people], now=NOW)
    assert [answer.is_new for answer in answers] == [True, False, True]
    assert Signature.objects.count() == LogEntry.objects.count() == 3


def _sees_nothing(self: together._Earlier, people: list[str]) -> None:
    self.codes, self._signed, self._withdrawn = {}, set(), Counter()


# --- tickets --------------------------------------------------------------------------------------
def ticket(**changes: object) -> str:
    facts = {"ceremony": uuid4(), "person": uuid4(), "digest": "ab" * 32, "now": NOW, "key": KEY}
    return tickets.issue(**{**facts, **changes})


def test_a_ticket_says_what_it_was_made_for() -> None:
    ceremony, person = uuid4(), uuid4()
    read = tickets.read(ticket(ceremony=ceremony, person=person), now=NOW, key=KEY)
    assert read == tickets.Ticket(ceremony.hex, person.hex, NOW, "ab" * 16)


@given(st.integers(min_value=0, max_value=tickets.LENGTH - 1), st.characters(max_codepoint=127))
def test_one_changed_letter_makes_a_ticket_worthless(place: int, letter: str) -> None:
    made = ticket()
    altered = made[:place] + letter + made[place + 1 :]
    decoded = tickets.read(altered, now=NOW, key=KEY)
    assert decoded is None or altered == made or decoded == tickets.read(made, now=NOW, key=KEY)


@pytest.mark.parametrize("text", ["", "x", "é" * tickets.LENGTH, "A" * tickets.LENGTH])
def test_what_is_no_ticket_is_none(text: str) -> None:
    assert tickets.read(text, now=NOW, key=KEY) is None


def test_a_ticket_of_another_installation_or_of_yesterday_is_none() -> None:
    assert tickets.read(ticket(), now=NOW, key=b"x" * 32) is None
    kept = tickets.read(ticket(), now=NOW + tickets.ARRIVES_WITHIN, key=KEY)
    assert kept and kept.was_good_at(NOW + tickets.LASTS)
    assert not kept.was_good_at(NOW + tickets.LASTS + timedelta(seconds=1))
    late = NOW + tickets.ARRIVES_WITHIN + timedelta(seconds=1)
    assert tickets.read(ticket(), now=late, key=KEY) is None


# --- without the desk -----------------------------------------------------------------------------
def test_the_same_address_signs_where_no_desk_stands() -> None:
    from django.utils import timezone

    hall = make_hall()
    [person] = staff_of(hall, 1)
    made = ticket(
        ceremony=hall.ceremony.pk,
        person=person.pk,
        digest=hall.digest,
        now=timezone.now(),
        key=desk.ticket_key(),
    )
    address = reverse("pledges:sign_with_ticket", args=[hall.ceremony.code])
    answer = Client(enforce_csrf_checks=True).post(address, {"tiket": made})
    assert answer.status_code == 302
    assert answer["Location"] == f"/tanda/{Signature.objects.get().receipt_code}/"
    wrong = Client().post(address, {"tiket": made[:-2] + "AA"})
    assert wrong["Location"] == f"/i/{hall.ceremony.code}?alasan=ticket"
    assert "Tanda tangan tadi belum dicatat" in Client().get(wrong["Location"]).text
    recover(person, at=timezone.now())
    earlier = Client().post(address, {"tiket": made})
    assert earlier["Location"].endswith("?alasan=ticket")
