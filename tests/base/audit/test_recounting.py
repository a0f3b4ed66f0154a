"""The log looked over each night: what is kept of it, who is told, and that nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from netral.base import checks
from netral.base.audit import kinds
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogCheckpoint, LogRecount
from netral.base.audit.recounting import MOST_KEPT, log_was_recounted, recount
from netral.base.jobs.schedule import Rhythm, registered
from netral.base.tasks import recount_the_log
from netral.project.commands import log
from netral.tlog.entries import Content
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append_many
from tests.base.audit.test_tampering import sql

pytestmark = pytest.mark.django_db(transaction=True)
LATE = "Log ini lama tidak dihitung ulang"


@pytest.fixture
def signed(deeds: Deeds) -> Deeds:
    for count in (700, 20):
        append_many(deeds, count)
        work_once()
    return deeds


def edit(deeds: Deeds, *numbers: int) -> None:
    for number in numbers:
        key = list(deeds.rows)[number]
        deeds.rows[key] = Content({"text": "lain"}, deeds.rows[key].hidden)


def page(language: str = "id") -> str:
    client = Client()
    client.post("/bahasa", {"language": language, "next": "/"})
    return client.get("/log/").content.decode()


def warnings() -> list[tuple[str, str]]:
    return [(str(one.id), one.msg) for one in log_was_recounted()]


def test_it_is_a_job_of_the_night_and_letters_do_not_wait_for_it(
    signed: Deeds, run_jobs: Callable[[], int]
) -> None:
    job, rhythm = registered()["netral.base.tasks.recount_the_log"]
    assert rhythm == Rhythm(hour=1) and job.queue_name == "imports"
    recount_the_log.enqueue()
    assert run_jobs() == 1
    kept = LogRecount.objects.get()
    assert (kept.entries, kept.differences, kept.found) == (720, 0, "")
    assert kept.seconds > 0 and timezone.now() - kept.at < timedelta(minutes=1)
    assert warnings() == []
    assert "720 entri, tidak ada yang berbeda" in page()
    assert "720 entries, and nothing differs" in page("en")


def test_what_it_finds_is_kept_and_said_to_the_administrator_and_to_everybody(
    signed: Deeds, run_jobs: Callable[[], int]
) -> None:
    edit(signed, *range(100, 160))
    recount_the_log.enqueue()
    run_jobs()
    kept = LogRecount.objects.get()
    assert kept.differences == 60 and len(kept.found.splitlines()) == MOST_KEPT
    [(name, said)] = warnings()
    assert name == "netral.E013" and "60 difference(s)" in said and "100" in said
    said = page()
    assert "Hitung ulang menemukan yang tidak cocok" in said and "ditemukan: 60." in said
    assert "Simpan tanda terima" in said and "tidak ada yang berbeda" not in said
    assert "What you can do" in page("en")


def test_nobody_waits_for_it_and_a_log_that_grows_meanwhile_is_no_difference(
    signed: Deeds,
) -> None:
    """Between any two of its looks another process writes, fills tiles and is done at once."""
    grown = 0

    def write_beside() -> None:
        try:
            append_many(signed, 150)
            work_once()
        finally:
            connection.close()

    def rest() -> None:
        nonlocal grown
        if grown < 3:
            assert not connection.in_atomic_block
            writing = threading.Thread(target=write_beside)
            writing.start()
            writing.join(timeout=20)
            assert not writing.is_alive(), "it waits for the recount"
            grown += 1

    done = recount(clock=timezone.now, rest=rest)
    assert grown == 3 and done.found == ""
    assert recount(clock=timezone.now).entries == 720 + 450


def test_an_erasure_in_the_middle_is_no_difference(signed: Deeds) -> None:
    from netral.base import audit

    keys = list(signed.rows)

    def rest() -> None:
        if keys:
            audit.erase(subject=keys.pop(), now=NOW)

    assert recount(clock=timezone.now, rest=rest).found == ""


def test_three_nights_without_it_are_a_warning(signed: Deeds) -> None:
    assert warnings() == [], "a new log is not late"
    sql("UPDATE base_logcheckpoint SET at = %s", timezone.now() - timedelta(days=4))
    [(name, said)] = warnings()
    assert name == "netral.W008" and "not looked over yet" in said
    assert "itu belum pernah terjadi" in page()
    recount(clock=timezone.now)
    assert warnings() == [] and LATE not in page()
    LogRecount.objects.update(at=timezone.now() - timedelta(days=3, hours=1))
    assert [name for name, _said in warnings()] == ["netral.W008"]
    assert LATE in page() and "Ini bukan tanda bahwa ada yang diubah" in page()


def test_an_installation_without_a_log_hears_nothing() -> None:
    assert not LogCheckpoint.objects.exists()
    assert warnings() == [] and "dihitung ulang seluruhnya" not in page()


def test_by_hand_counts_as_well_and_what_was_mended_is_no_warning(
    signed: Deeds, capsys: pytest.CaptureFixture[str]
) -> None:
    from netral.base.audit import files

    (files.root() / "tile/0/000").unlink()
    assert log.main(["fsck"]) == 3
    said = capsys.readouterr().out
    assert "BERBEDA: tile/0/000 tidak ada\n" in said and "netral log fsck --repair" in said
    assert [name for name, _said in warnings()] == ["netral.E013"]
    assert log.main(["fsck", "--repair"]) == 3
    assert warnings() == []
    capsys.readouterr()
    assert log.main(["fsck"]) == 0
    assert "720 entri: berkas pohon" in capsys.readouterr().out


def test_one_edited_entry_reads_as_one_with_its_consequences_in_a_line(
    signed: Deeds, capsys: pytest.CaptureFixture[str]
) -> None:
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = 11')
    assert log.main(["fsck"]) == 3
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        "BERBEDA: entri 11 (test): menurut basis data dicatat pada 21 November 2026, pukul "
        "19.00–20.00 WITA, padahal yang diterbitkan 22 November 2026, pukul 19.00–20.00 WITA"
    )
    assert said[1].startswith("2 lagi hanya akibatnya") and "basis datanyalah" in said[2]
    assert said[3].startswith("1 perbedaan.") and len(said) == 4
    [(_name, kept)] = warnings()
    assert "1 difference(s)" in kept and "entry 11" in kept
    assert log.main(["fsck", "--details", "--lang", "en"]) == 3
    said = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("FOLLOWS: the checkpoint of 7") for line in said) == 2
    [summed_up] = [line for line in said if line.startswith("2 of these")]
    assert "FOLLOWS" in summed_up and "--details" not in "".join(said), "it was just used"


def test_more_than_can_be_shown_are_counted_and_listed_on_request(
    signed: Deeds, capsys: pytest.CaptureFixture[str]
) -> None:
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" < 60')
    assert log.main(["fsck", "--lang", "en"]) == 3
    said = capsys.readouterr().out
    assert said.count("DIFFERS: entry ") == 40 and "20 more are not shown" in said
    assert "60 difference(s)" in said
    log.main(["fsck", "--rinci", "--lang", "en"])
    assert capsys.readouterr().out.count("DIFFERS: entry ") == 60


def test_what_entries_are_about_is_asked_for_many_at_once(
    signed: Deeds, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[int] = []

    def describe(references: Collection[UUID]) -> dict[UUID, str]:
        asked.append(len(references))
        return {key: f"receipt code {str(key)[-4:]}" for key in references}

    kinds.register_kind(kinds.Kind("test", signed.contents, signed.count, describe=describe))
    edit(signed, *range(700))
    log.main(["fsck"])
    assert asked == [40], "only of those that are shown"
    log.main(["fsck", "--details"])
    assert sum(asked[1:]) == 700 and len(asked) < 10
    assert capsys.readouterr().out.count("\n         receipt code ") == 740


def test_results_of_more_than_a_year_ago_are_dropped(signed: Deeds) -> None:
    old = recount(clock=timezone.now)
    LogRecount.objects.update(at=timezone.now() - timedelta(days=401))
    recount(clock=timezone.now)
    assert not LogRecount.objects.filter(pk=old.pk).exists()


def test_figures_that_differ_have_the_log_looked_over_at_once(
    signed: Deeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row slipped in since last night, which the kept figures do not count."""
    monkeypatch.setattr(checks, "_figures", {"deeds": (lambda: 1, lambda: None)})
    assert "netral.E013" not in {message.id for message in checks.run_state_checks()}
    signed.make("never logged")
    said = {str(message.id): message for message in checks.run_state_checks()}
    assert "1 row(s) of test are not in the log" in said["netral.E013"].msg
    assert "--recount" not in str(said["netral.E010"].hint)
