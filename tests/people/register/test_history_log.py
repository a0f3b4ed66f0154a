"""The register's history is in the log: every line, once, and as it was written."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from netral.base.audit.checking import differences
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogEntry
from netral.people.models import Change, Government, RegisterSeal
from netral.people.services import history
from netral.people.services.changes import record
from tests.base.audit.test_tampering import sql
from tests.people.register.factories import make_government

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)


def write(government: Government, lines: int) -> None:
    for number in range(lines):
        record(
            government=government, actor=None, now=NOW, subject=Change.Subject.GOVERNMENT,
            subject_id=government.pk, kind=Change.Kind.CHANGED, after={"name": f"Nama {number}"},
        )  # fmt: skip


def seal_all() -> None:
    """As the integrator does: looks again while PostgreSQL is at the table (autovacuum, say)."""
    for _round in range(100):
        work_once()
        if RegisterSeal.objects.filter(last_id=Change.objects.latest("id").pk).exists():
            return
        time.sleep(0.05)
    raise AssertionError("lines stay outside")


@pytest.fixture
def government() -> Government:
    found = make_government()
    write(found, 30)
    seal_all()
    write(found, 3)
    seal_all()
    work_once()
    return found


def test_each_line_is_in_one_seal_and_each_seal_in_the_log(government: Government) -> None:
    seals = list(RegisterSeal.objects.order_by("after_id"))
    assert [seal.lines for seal in seals] == [Change.objects.count() - 3, 3]
    assert seals[0].last_id == seals[1].after_id
    assert LogEntry.objects.filter(kind="register").count() == 2
    assert list(differences()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_change SET after = '{}' WHERE id = (SELECT max(id) FROM people_change)",
        "DELETE FROM people_change WHERE id = (SELECT max(id) FROM people_change)",
        "UPDATE people_registerseal SET lines = lines + 1",
    ],
)
def test_a_history_that_was_bent_is_noticed(government: Government, statement: str) -> None:
    sql(statement)
    assert "(changes of the staff register): the row is not what was logged" in "\n".join(
        differences()
    )


def test_two_at_once_seal_every_line_once(government: Government) -> None:
    write(government, 200)
    both = threading.Barrier(2)

    def seal() -> None:
        both.wait()
        history.seal_new_lines(NOW)
        connection.close()

    threads = [threading.Thread(target=seal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal_all()
    assert [seal.lines for seal in RegisterSeal.objects.order_by("after_id")][2:] == [200]


def test_a_line_under_way_is_waited_for(government: Government) -> None:
    """A smaller number that is committed later is not left out."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time: there is no line under way")
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write(government, 1)
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    write(government, 1)
    history.seal_new_lines(NOW)
    assert RegisterSeal.objects.count() == 2
    may_commit.set()
    thread.join()
    seal_all()
    assert [seal.lines for seal in RegisterSeal.objects.order_by("after_id")][2:] == [2]
