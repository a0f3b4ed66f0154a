"""What is asked most: counted without a trace of anybody, shown without small groups."""

from __future__ import annotations

import csv
import io
import threading
from datetime import date, timedelta

import pytest
from django.db import connection, models
from django.test import Client

from netral.guidance.models import AskedCount
from netral.guidance.queries.asked import most_asked
from netral.guidance.rules.small_numbers import in_steps, without_small
from netral.guidance.services.counting import count_asked
from netral.people.models import Duty, Government
from tests.people.accounts import factories
from tests.people.accounts.sessions import sign_in

DAY = date(2026, 11, 22)
"""A Sunday, in a week that is over on the Monday after."""
MONDAY = DAY + timedelta(days=1)


@pytest.fixture
def government(db: None) -> Government:
    return factories.make_government()


def asked(government: Government, act: str, times: int, day: date = DAY) -> None:
    for _each in range(times):
        count_asked(government=government, day=day, acts=[act], phase="campaign")


def organiser(government: Government, kind: str = Duty.Kind.ORGANISER):  # type: ignore[no-untyped-def]
    account = factories.make_account(factories.make_person(factories.make_unit(government)))
    factories.give_duty(account, kind, government)
    return account


def test_the_table_has_no_room_for_a_person_or_a_text() -> None:
    fields = {field.name: field for field in AskedCount._meta.get_fields()}
    assert set(fields) == {"id", "government", "day", "act", "phase", "times"}
    assert not [field for field in fields.values() if isinstance(field, models.TextField)]


def test_naming_an_act_twice_counts_once(government: Government) -> None:
    count_asked(government=government, day=DAY, acts=["like", "like", "vote"], phase="")
    assert sorted(AskedCount.objects.values_list("act", "times")) == [("like", 1), ("vote", 1)]


def test_small_groups_and_old_days_are_not_told(government: Government) -> None:
    asked(government, "like", 7)
    asked(government, "vote", 4)
    asked(government, "share", 6, DAY - timedelta(days=8))
    week = most_asked(organiser(government), weeks=1, today=MONDAY)
    assert week.groups == ((("like", "campaign"), 5),)
    assert week.is_some_hidden
    month = most_asked(organiser(government), weeks=4, today=MONDAY)
    assert [act for (act, _phase), _times in month.groups] == ["like", "share"]


def test_who_looks_every_day_learns_nothing_of_a_single_day(government: Government) -> None:
    actor = organiser(government)
    asked(government, "like", 9, DAY)
    before = [most_asked(actor, weeks=1, today=MONDAY + timedelta(days=day)) for day in range(7)]
    asked(government, "like", 1, MONDAY + timedelta(days=2))
    after = [most_asked(actor, weeks=1, today=MONDAY + timedelta(days=day)) for day in range(7)]
    assert before == after and len({told.groups for told in after}) == 1


@pytest.mark.parametrize("rest", range(5))
def test_two_spans_do_not_tell_a_small_number_between_them(rest: int) -> None:
    """A month less its last week would be ``rest``; in steps the same figures come of others."""
    shown = set()
    for week in range(5, 60):
        month = without_small({"like": week + rest}).groups[0][1]
        shown.add(month - without_small({"like": week}).groups[0][1])
    assert shown <= {0, 5}
    for difference in shown:
        fits = {more for more in range(15) for week in range(5, 60)
                if in_steps(week + more) - in_steps(week) == difference}  # fmt: skip
        assert len(fits) >= 5


def test_another_government_reads_nothing(government: Government) -> None:
    asked(government, "like", 7)
    stranger = organiser(factories.make_government("Kota Lain"))
    assert most_asked(stranger, weeks=1, today=MONDAY).groups == ()
    custodian = organiser(government, Duty.Kind.AUDITOR)
    assert most_asked(custodian, weeks=1, today=MONDAY).groups == ()


def test_the_page_and_the_file_say_the_same(government: Government) -> None:
    from django.utils import timezone

    today = timezone.localdate() - timedelta(days=7)
    asked(government, "like", 7, today)
    asked(government, "vote", 3, today)
    client = sign_in(Client(), organiser(government), second_factor=True)
    page = client.get("/tanya/ditanyakan/?minggu=1").content.decode()
    assert "Memberi like atau reaksi" in page and "kurang dari 5" in page
    assert "nyoblos" not in page and "Memberikan suara" not in page
    answer = client.get("/tanya/ditanyakan/unduh/?minggu=1&bentuk=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1:] == [
        ["Memberi like atau reaksi pada unggahan", "Media sosial dan pesan", "Masa kampanye", "5"]
    ]


@pytest.mark.django_db(transaction=True)
def test_a_dozen_questions_at_one_moment_are_a_dozen() -> None:
    government = factories.make_government()

    def once() -> None:
        try:
            asked(government, "like", 1)
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _each in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AskedCount.objects.get().times == 12
