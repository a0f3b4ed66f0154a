"""Numbers without gaps, in the transaction of the deed; tiles and checkpoints that follow."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from netral.base import audit
from netral.base.audit import files, keys
from netral.base.audit.integrating import Contradiction, integrate
from netral.base.audit.integrator import make_first_key, work_once
from netral.base.audit.models import LogCheckpoint, LogEntry, LogHead, LogOpening
from netral.base.ids import new_id
from netral.tlog.checkpoints import open_checkpoint
from netral.tlog.entries import Opened
from netral.tlog.hashing import MemoryTree
from netral.tlog.receipts import Receipt, verify
from netral.tlog.tiles import unpack_entries
from tests.base.audit.conftest import NOW, Deeds


def append(deeds: Deeds, text: str = "sesuatu") -> int:
    key = deeds.make(text)
    with transaction.atomic():
        return audit.append(
            kind="test", reference=key, content=deeds.rows[key], now=NOW, subject=key
        )


def append_many(deeds: Deeds, count: int, now: datetime = NOW) -> range:
    made = [deeds.make(str(number)) for number in range(count)]
    with transaction.atomic():
        return audit.append_many(
            kind="test", deeds=[audit.Logged(key, deeds.rows[key], key) for key in made], now=now
        )


@pytest.mark.django_db(transaction=True)
def test_an_entry_belongs_to_the_transaction_of_its_deed(deeds: Deeds) -> None:
    key = deeds.make()
    with pytest.raises(TransactionManagementError):
        audit.append(kind="test", reference=key, content=deeds.rows[key], now=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_rolled_back_leaves_no_hole(deeds: Deeds) -> None:
    assert append(deeds) == 0

    def fails() -> None:
        with transaction.atomic():
            append(deeds)
            append_many(deeds, 3)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert append(deeds) == 1
    assert list(LogEntry.objects.order_by("index").values_list("index", flat=True)) == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_the_same_row_is_never_logged_twice(deeds: Deeds) -> None:
    key = deeds.make()
    for wanted in (None, IntegrityError):
        with transaction.atomic():
            if wanted is None:
                audit.append(kind="test", reference=key, content=deeds.rows[key], now=NOW)
                continue
            with pytest.raises(wanted), transaction.atomic():
                audit.append(kind="test", reference=key, content=deeds.rows[key], now=NOW)
    assert LogHead.objects.get().size == LogEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_writers_get_numbers_without_gaps(deeds: Deeds) -> None:
    made = [[deeds.make() for _ in range(12)] for _ in range(6)]

    def write(own: list[object]) -> None:
        for place, key in enumerate(own):
            try:
                with transaction.atomic():
                    audit.append(kind="test", reference=key, content=deeds.rows[key], now=NOW)  # type: ignore[arg-type, index]
                    if place % 3 == 2:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass
        connection.close()

    threads = [threading.Thread(target=write, args=[own]) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = list(LogEntry.objects.order_by("index").values_list("index", flat=True))
    assert found == list(range(48))


@pytest.mark.django_db(transaction=True)
def test_entries_cannot_be_changed_or_dropped(deeds: Deeds) -> None:
    append(deeds)
    for deed in (
        lambda: LogEntry.objects.update(hour=1),
        lambda: LogEntry.objects.filter(index=0)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            deed()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("steps", [[1], [255, 1, 1], [256, 600], [3, 700, 2]])
def test_tiles_and_checkpoint_are_those_of_the_entries(deeds: Deeds, steps: list[int]) -> None:
    for count in steps:
        append_many(deeds, count)
        work_once()
    entries = [row.as_entry for row in LogEntry.objects.order_by("index")]
    tree = MemoryTree(entry.leaf for entry in entries)
    note = (files.read("checkpoint") or b"").decode()
    checkpoint = open_checkpoint(note, keys.log_keys()[0])
    assert (checkpoint.size, checkpoint.root) == (sum(steps), tree.root())
    assert checkpoint.origin == "netral.contoh.example/log"
    last = sum(steps) % 256
    path = files.bundle_path(sum(steps) // 256, last)
    assert unpack_entries(files.read(path) or b"") == [it.encode() for it in entries[-last:]]


@pytest.mark.django_db(transaction=True)
def test_a_receipt_shows_the_entry_and_whose_it_is(deeds: Deeds) -> None:
    numbers = append_many(deeds, 300)
    work_once()
    key = list(deeds.rows)[270]
    for show_hidden in (True, False):
        receipt = audit.prove(kind="test", reference=key, show_hidden=show_hidden)
        assert receipt is not None and receipt.index == numbers[270]
        again = Receipt.parse(str(receipt))
        opened = Opened.parse(again.extra or b"")
        verify(again, opened.entry.encode(), keys.log_keys()[0])
        assert b'"text":"270"' in (opened.payload or b"")
        person = deeds.rows[key].hidden["person"]
        assert (opened.hidden.get("person", (b"", ""))[1] == person) is show_hidden
        assert (person.encode() in (again.extra or b"")) is show_hidden


@pytest.mark.django_db(transaction=True)
def test_a_receipt_waits_for_its_checkpoint(deeds: Deeds) -> None:
    append(deeds)
    with pytest.raises(audit.NotYet):
        audit.prove(kind="test", reference=next(iter(deeds.rows)), show_hidden=True)


@pytest.mark.django_db(transaction=True)
def test_erasing_takes_the_meaning_and_leaves_the_tree(deeds: Deeds) -> None:
    append_many(deeds, 10)
    work_once()
    before = bytes(LogCheckpoint.objects.get().root)
    key = list(deeds.rows)[4]
    assert audit.erase(subject=key, now=NOW) == 1
    assert audit.erase(subject=new_id(), now=NOW) == 0
    assert audit.prove(kind="test", reference=key, show_hidden=True) is None
    assert not LogOpening.objects.filter(subject=key).exists()
    work_once()
    assert LogCheckpoint.objects.count() == 2
    assert LogEntry.objects.get(index=10).kind == "erasure"
    assert bytes(LogCheckpoint.objects.get(size=10).root) == before


@pytest.mark.django_db(transaction=True)
def test_tiles_that_were_lost_are_made_again(deeds: Deeds, own_folder: Path) -> None:
    append_many(deeds, 600)
    work_once()
    was = {path: path.read_bytes() for path in own_folder.rglob("tile/**/*") if path.is_file()}
    for path in was:
        path.unlink()
    append(deeds)
    work_once()
    kept = {path for path in was if ".p" not in str(path)}
    assert kept and {path: path.read_bytes() for path in kept} == {path: was[path] for path in kept}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_signed_beside_what_was_published(deeds: Deeds) -> None:
    """An older database under the files of a newer one: the log stands still and says why."""
    append_many(deeds, 20)
    work_once()
    published = files.read("checkpoint") or b""
    make_first_key()
    forged = published.replace(b"\n20\n", b"\n21\n")
    files.write("checkpoint", forged)
    append(deeds)
    with pytest.raises(Contradiction, match="does not know"):
        integrate(NOW)
    files.write("checkpoint", published)
    assert integrate(NOW).after == 21


@pytest.mark.skipif(connection.vendor != "sqlite", reason="no such thing on PostgreSQL")
@pytest.mark.django_db
@pytest.mark.parametrize(("table", "indexes"), [("base_logentry", 0), ("base_logopening", 1)])
def test_an_entry_s_number_is_the_place_of_its_row(table: str, indexes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA index_list({table})")
        assert len(cursor.fetchall()) == indexes, "the key has an index beside the table"
