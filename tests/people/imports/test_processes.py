"""Real processes: killed in the middle, two at once, others writing meanwhile, the command line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection, transaction

from netral.people.models import (
    Change,
    Government,
    Import,
    ImportRow,
    Person,
    Posting,
    Unit,
)
from netral.people.services import imports
from tests.people.imports import factories
from tests.people.imports.factories import NOW, SIMPEG, apply, bring, csv_text, read, staff, xlsx

KILLED = """
import os, signal, sys
import django
django.setup()
from django.utils import timezone
from netral.base import events
from netral.people.events import RegisterChanged
from netral.people.services import imports
from netral.people.services.imports import staging

def die(*_): os.kill(os.getpid(), signal.SIGKILL)

verb, key = sys.argv[1:3]
if verb == "apply":
    events.subscribe(RegisterChanged, die)  # in the middle of the transaction
    imports.apply(key, timezone.now())
else:
    stage = staging.Staging._stage
    def once(self, content):
        stage(self, content)
        die()
    staging.Staging._stage = once
    imports.read(key, timezone.now())
"""


def run_and_die(verb: str, source: Import, environment: dict[str, str]) -> None:
    child = subprocess.run(
        [sys.executable, "-c", KILLED, verb, str(source.pk)],
        env={**environment, "DJANGO_SETTINGS_MODULE": "netral.project.settings"},
        capture_output=True,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()[-2000:]


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_applying_leaves_nothing_and_runs_again(
    government: Government, process_environment: dict[str, str]
) -> None:
    source = read(government, xlsx([SIMPEG, *staff(50)]))
    imports.confirm(actor=None, source=source, close_missing=False, now=NOW)
    run_and_die("apply", source, process_environment)
    assert (Person.objects.count(), Posting.objects.count(), Change.objects.count()) == (0, 0, 0)
    source.refresh_from_db()
    assert source.state == Import.State.APPLYING
    imports.apply(str(source.pk), NOW)  # what the worker does when the job comes round again
    source.refresh_from_db()
    assert source.state == Import.State.APPLIED
    assert (Person.objects.count(), Posting.objects.count()) == (50, 50)


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_reading_starts_over_without_doubles(
    government: Government, process_environment: dict[str, str], uploads: Path
) -> None:
    source = imports.start(
        actor=None, government=government, file_name="a.csv", scope="part", now=NOW,
        upload_path=factories.upload(csv_text([SIMPEG, *staff(3_000)])),
        effective_on=factories.TODAY,
    )  # fmt: skip
    run_and_die("read", source, process_environment)
    assert 0 < ImportRow.objects.count() < 3_000
    assert len(list(uploads.iterdir())) == 1
    imports.read(str(source.pk), NOW)
    source.refresh_from_db()
    assert (source.state, source.counts["create"]) == (Import.State.PREVIEW, 999)
    assert ImportRow.objects.count() == 3_000


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_job_apply_it_once(government: Government) -> None:
    source = read(government, xlsx([SIMPEG, *staff(200)]))
    imports.confirm(actor=None, source=source, close_missing=False, now=NOW)
    troubles: list[BaseException] = []

    def work() -> None:
        try:
            imports.apply(str(source.pk), NOW)
        except BaseException as error:  # noqa: BLE001
            troubles.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert troubles == []
    assert Person.objects.count() == 200
    assert Change.objects.filter(subject="person").count() == 200


@pytest.mark.django_db(transaction=True)
def test_others_go_on_writing_while_an_import_is_read_and_applied(government: Government) -> None:
    """Not a measurement (bench/import is): nobody may be locked out or fail meanwhile."""
    first = bring(government, [SIMPEG, *staff(1)])
    person = Person.objects.get()
    finished = threading.Event()
    waits: list[float] = []
    troubles: list[BaseException] = []

    def write() -> None:
        try:
            while not finished.wait(0.005):
                started = time.perf_counter()
                with transaction.atomic():
                    person.former_numbers.create(
                        government=government, number=f"{len(waits):018}", until=factories.TODAY
                    )
                waits.append(time.perf_counter() - started)
        except BaseException as error:  # noqa: BLE001
            troubles.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    rows = [[*row[:1], f"198502{i // 900 + 1:02}2010011{i % 900:03}", *row[2:]]
            for i, row in enumerate(staff(900) * 10, start=1)]  # fmt: skip
    source = apply(read(government, csv_text([SIMPEG, *rows])))
    finished.set()
    writer.join()
    assert troubles == []
    assert len(waits) > 10
    assert source.state == Import.State.APPLIED
    assert first.state == Import.State.APPLIED


def command_line(path: Path, environment: dict[str, str]) -> Callable[..., Any]:
    """``netral import PATH --government …`` as a process without a terminal."""

    def netral(*words: str) -> Any:
        code = "import sys; from netral.project.commandline import main; sys.exit(main())"
        return subprocess.run(
            [sys.executable, "-c", code, "import", str(path), "--government", *words],
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    return netral


@pytest.mark.django_db(transaction=True)
def test_the_command_line_previews_asks_writes_and_leaves_the_file_alone(
    government: Government, process_environment: dict[str, str], tmp_path: Path
) -> None:
    path, problems = tmp_path / "pegawai.csv", tmp_path / "masalah.xlsx"
    path.write_bytes(csv_text([SIMPEG, *staff(3), ["Tanpa Unit", "12", "", "", "", "", ""]]))
    netral = command_line(path, process_environment)
    asked = netral("64", "--problems", str(problems))
    assert asked.returncode == 1, asked.stderr
    assert "tidak ada yang ditulis" in asked.stdout
    assert "3  baru" in asked.stdout
    words = openpyxl.load_workbook(problems)["Data"]["H5"].value
    assert "18 angka" in words, "whoever corrects it reads Indonesian"
    assert not Person.objects.exists()
    done = netral("64", "--yes")
    assert (done.returncode, Person.objects.count()) == (0, 3), done.stderr
    assert path.exists()
    assert "netral government 99 --name" in netral("99").stderr
    assert os.path.getsize(path) > 0


@pytest.mark.django_db(transaction=True)
def test_the_command_line_creates_no_unit_that_may_be_misspelled(
    government: Government, process_environment: dict[str, str], tmp_path: Path
) -> None:
    head = ["Nama", "Tugas", "Unit Kerja"]
    rows = [["Adi", "Sopir", "Dinas A > Sekretariat"], ["Beni", "Sopir", "Dinas B > Sekretariat"]]
    bring(government, [head, *rows])
    before = Unit.objects.count()
    path = tmp_path / "pegawai.csv"
    path.write_bytes(csv_text([head, ["Cici", "Sopir", "Sekretarat"]]))
    netral = command_line(path, process_environment)
    stopped = netral("64", "--yes")
    assert (stopped.returncode, Unit.objects.count()) == (1, before)
    assert "1  di antaranya mirip unit yang sudah ada" in stopped.stdout
    said = "Sekretarat (baris 2): mungkin Sekretariat · Dinas A, Sekretariat · Dinas B"
    assert said in stopped.stdout
    waiting = Import.objects.get(state=Import.State.PREVIEW)
    assert f"/impor/{waiting.pk}/" in stopped.stderr
    done = netral("64", "--yes", "--new-units")
    assert (done.returncode, Unit.objects.count()) == (0, before + 1), done.stderr


def at_once(deeds: list[Callable[[], object]]) -> list[BaseException | None]:
    """Lets the deeds go at the same moment, each on a connection of its own; how each ended."""
    barrier = threading.Barrier(len(deeds))
    ended: list[BaseException | None] = [None] * len(deeds)

    def run(at: int) -> None:
        barrier.wait()
        try:
            deeds[at]()
        except BaseException as error:  # noqa: BLE001
            ended[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_agree_at_the_same_moment_one_is_told_to_wait(
    government: Government,
) -> None:
    both = [read(government, xlsx([SIMPEG, *staff(count)])) for count in (20, 30)]

    def agreeing(source: Import) -> Callable[[], object]:
        return lambda: imports.confirm(actor=None, source=source, close_missing=False, now=NOW)

    ended = at_once([agreeing(source) for source in both])
    (refusal,) = [error for error in ended if error]
    assert isinstance(refusal, imports.ImportRefused), refusal
    assert "Impor lain sedang diterapkan" in str(refusal)
    states = sorted(Import.objects.values_list("state", flat=True))
    assert states == [Import.State.APPLYING, Import.State.PREVIEW]


@pytest.mark.django_db(transaction=True)
def test_two_governments_import_at_the_same_moment(government: Government) -> None:
    other = factories.make_government("71", "Lain")
    both = [read(office, xlsx([SIMPEG, *staff(150)])) for office in (government, other)]

    def applying(source: Import) -> Callable[[], object]:
        return lambda: apply(source)

    assert at_once([applying(source) for source in both]) == [None, None]
    for office in (government, other):
        assert Person.objects.filter(government=office).count() == 150
