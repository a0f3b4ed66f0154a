"""A hall signs and people come in while a register is imported beside it.

No test of speed (``bench/import`` measures the wait): the import is held still in its middle for as
long as the others need, so what it had locked would stop them for good.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from netral.people.events import RegisterChanged
from netral.people.models import Account, Import, Person, Posting
from netral.people.services import claiming, imports
from netral.people.services.imports import applying, staging
from netral.pledges.models import CoverageCount, Signature
from netral.pledges.services import coverage, signing
from netral.pledges.services.signing import Signed
from tests.people.imports.factories import SIMPEG, csv_text, read, staff
from tests.pledges.factories import NOW, Hall, people_of

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(hours=1)
SECONDS = 60
"""No limit that is tested: only lest a test that fails waits for ever."""


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_DIR = tmp_path / "uploads"


class Beside(threading.Thread):
    """Does a deed on a connection of its own; PostgreSQL may not make it wait half a second."""

    def __init__(self, deed: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.deed = deed
        self.outcome: Any = None
        self.start()

    def run(self) -> None:
        try:
            if connection.vendor == "postgresql":
                connection.cursor().execute("SET lock_timeout = '500ms'")
            self.outcome = self.deed()
        except Exception as problem:  # noqa: BLE001 (told by the test)
            self.outcome = problem
        finally:
            connections.close_all()

    def is_done_within(self, seconds: float) -> bool:
        self.join(seconds)
        return not self.is_alive()


def signs(hall: Hall, person: Person) -> Callable[[], Any]:
    return lambda: signing.sign(
        person=person, ceremony=hall.ceremony, text_digest=hall.digest,
        evidence=Signature.Evidence.ACCOUNT, now=LATER,
    )  # fmt: skip


def comes_in(person: Person) -> Callable[[], Any]:
    (slip,) = claiming.issue_for(actor=None, person_ids=[person.pk], now=NOW)
    return lambda: claiming.claim_with_code(code=slip.code, now=LATER)


def many_rows(count: int) -> bytes:
    """People of ten offices, a file of several batches."""
    rows = [
        [
            *row[:1],
            f"198502{i // 900 + 1:02}2010011{i % 900:03}",
            *row[2:5],
            "Bidang",
            f"Dinas {i % 9}",
        ]
        for i, row in enumerate((staff(900) * 10)[:count], start=1)
    ]
    return csv_text([SIMPEG, *rows])


def count(hall: Hall) -> None:
    coverage.recount(government_id=hall.government.pk, election_id=hall.election.pk)


def differences(hall: Hall) -> list[str]:
    return coverage.differences(government_id=hall.government.pk, election_id=hall.election.pk)


def test_signatures_are_written_between_two_batches_that_are_read(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = people_of(hall, 8)
    count(hall)
    stage, outcomes = staging.Staging._stage, []

    def stage_and_look(self: Any, content: list[Any]) -> None:
        stage(self, content)
        beside = Beside(signs(hall, waiting[len(outcomes)]))
        assert beside.is_done_within(SECONDS), "the batch before is committed: nothing is locked"
        outcomes.append(beside.outcome)

    monkeypatch.setattr(staging.Staging, "_stage", stage_and_look)
    source = read(hall.government, many_rows(6_500))
    assert source.state == Import.State.PREVIEW
    assert len(outcomes) >= 3, "a file is read in batches of a bounded size"
    assert all(isinstance(outcome, Signed) for outcome in outcomes), outcomes
    assert not differences(hall)


def test_a_hall_signs_and_comes_in_while_an_import_commits(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer, newcomer = people_of(hall, 2)
    count(hall)
    source = read(hall.government, many_rows(2_500))
    imports.confirm(actor=None, source=source, close_missing=False, now=NOW)
    tell, comes, found = applying.publish, comes_in(newcomer), []

    def written_but_not_committed(event: RegisterChanged) -> None:
        """Here the import's one transaction has written all, figures included."""
        tell(event)
        found.extend([Beside(signs(hall, signer)), Beside(comes)])
        if connection.vendor == "postgresql":
            assert all(one.is_done_within(SECONDS) for one in found), "they do not wait for it"
        else:
            assert not found[0].is_done_within(0.3), "SQLite has one writer: the others queue"

    monkeypatch.setattr(applying, "publish", written_but_not_committed)
    imports.apply(str(source.pk), NOW)
    source.refresh_from_db()
    assert source.state == Import.State.APPLIED
    assert all(one.is_done_within(SECONDS) for one in found)
    assert isinstance(found[0].outcome, Signed), found[0].outcome
    assert Account.objects.filter(person=newcomer).exists(), found[1].outcome
    assert Posting.objects.filter(valid_to=None).count() > 2_400
    assert not differences(hall)
    assert CoverageCount.objects.get(unit__name="Dinas A").signed == 1
