"""After a log had to begin anew the old one is still there, whole, and looked over like the new."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from netral.base import audit
from netral.base.audit import closing, files, keys
from netral.base.audit.exporting import export, keys_text
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogClosed, LogEntry
from netral.base.audit.tree_files import NotRepaired
from netral.tlog.checkpoints import Checkpoint
from netral.tlog.notes import Note
from netral.tlog.receipts import Receipt
from tests.base.audit.conftest import Deeds
from tests.base.audit.test_appending import append, append_many
from tests.base.audit.test_browser import drop
from tests.base.audit.test_rolled_back import put_back
from tests.base.audit.test_tampering import found, rewrite_and_sign, sql
from tests.command_alone import Alone

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old_proofs(deeds: Deeds) -> list[Receipt]:
    """Of a log of 600 entries that lost 320 of them: of entry 41, which is there, and of 590."""
    proofs = []
    for count in (280, 320):
        append_many(deeds, count)
        work_once()
    for index in (41, 590):
        proof = audit.prove(kind="test", reference=list(deeds.rows)[index], show_hidden=True)
        assert proof
        proofs.append(proof)
    for key in list(deeds.rows)[280:]:
        del deeds.rows[key]
    put_back()
    return proofs


@pytest.fixture
def anew(old_proofs: list[Receipt], deeds: Deeds) -> list[Receipt]:
    closing.begin_anew(now=timezone.now())
    append_many(deeds, 30)
    work_once()
    return old_proofs


def folder() -> Path:
    return files.closed_root(LogClosed.objects.get().folder)


def contents(place: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(place)): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }


def test_what_was_published_last_is_kept_and_named_in_the_new_log(
    old_proofs: list[Receipt],
) -> None:
    published = (files.read("checkpoint") or b"").decode()
    closing.begin_anew(now=timezone.now())
    closed = LogClosed.objects.get()
    assert (closed.origin, closed.size, closed.shared) == ("netral.contoh.example/log", 600, 280)
    assert closed.note == published and closing.is_whole(closed)
    entry = LogEntry.objects.get(index=280)
    opened = audit.opened(kind="closed-log", reference=closed.pk).decode()
    assert entry.kind == "closed-log" and bytes(closed.root).hex() in opened
    work_once()
    assert found() == ""


def test_nothing_smaller_is_ever_published_under_the_old_name(old_proofs: list[Receipt]) -> None:
    """A witness of the old log would cry out, for nothing."""
    closing.begin_anew(now=timezone.now())
    while work_once():
        pass
    stated = Checkpoint.parse(Note.parse((files.read("checkpoint") or b"").decode()).text)
    assert (stated.origin, stated.size) == ("netral.contoh.example/log/2", 281)


def test_old_proofs_hold_without_the_server(
    anew: list[Receipt], alone: Alone, tmp_path: Path
) -> None:
    (tmp_path / "keys.txt").write_text(keys_text())
    for proof in anew:
        (tmp_path / "bukti.tlog-proof").write_text(str(proof), "utf-8")
        done = alone("verify", "bukti.tlog-proof", "--key", "keys.txt")
        assert done.returncode == 0, done.stderr
        assert "one of the 600 entries of netral.contoh.example/log." in done.stdout


def test_an_entry_that_was_not_lost_is_proved_by_the_new_log_too(
    anew: list[Receipt], deeds: Deeds, alone: Alone, tmp_path: Path
) -> None:
    again = audit.prove(kind="test", reference=list(deeds.rows)[41], show_hidden=True)
    assert again and "\n311\n" in again.checkpoint
    (tmp_path / "keys.txt").write_text(keys_text())
    (tmp_path / "bukti.tlog-proof").write_text(str(again), "utf-8")
    assert alone("verify", "bukti.tlog-proof", "--key", "keys.txt").returncode == 0


def test_fsck_covers_it_and_makes_its_files_anew_from_the_database(anew: list[Receipt]) -> None:
    assert found() == ""
    before = contents(folder())
    (folder() / "tile/0/001").write_bytes(bytes(256 * 32))
    (folder() / "tile/entries/000").unlink()
    said = found()
    assert f"{folder().name}/tile/0/001 is not what the entries say" in said
    assert f"{folder().name}/tile/entries/000 is missing" in said
    shutil.rmtree(folder())
    assert found() == f"{folder().name} is missing"
    from netral.base.audit.checking import differences

    assert all(isinstance(it, str) and "made anew" in it for it in differences(repair=True))
    after = contents(folder())
    assert found() == "" and after == {name: before[name] for name in after}
    assert {"checkpoint", "tile/0/001", "tile/entries/002.p/88"} <= set(after)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE base_logclosed SET lost = substr(lost, 1, 27000)", "the row is not what"),
        ("UPDATE base_logclosed SET size = 599", "states another tree"),
        ("UPDATE base_logclosed SET note = replace(note, '600', '601')", "does not hold"),
        ("DELETE FROM base_logclosed", "the row it is about is gone"),
    ],
)
def test_a_closed_log_that_was_bent_is_noticed(
    anew: list[Receipt], statement: str, words: str
) -> None:
    sql(statement)
    assert words in found()


def test_an_old_entry_changed_and_signed_anew_is_noticed_by_the_closed_log(
    anew: list[Receipt],
) -> None:
    """Database and key of today agree; what the world was given before the loss does not."""
    rewrite_and_sign(lambda: sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = 11'))
    said = found()
    assert "entries of the closed log netral.contoh.example/log are not those" in said
    before = contents(folder())
    from netral.base.audit.checking import differences

    assert sum(isinstance(one, NotRepaired) for one in differences(repair=True)) == 1
    assert contents(folder()) == before, "what was published is evidence and is not written over"


def test_the_public_page_and_a_copy_have_it(anew: list[Receipt], tmp_path: Path) -> None:
    page = Client().get("/log/").content.decode()
    assert "Log sebelumnya" in page and "600 entri, ditutup" in page
    closed = LogClosed.objects.get()
    assert Client().get("/log/lama/1/checkpoint").content.decode() == closed.note
    assert len(Client().get("/log/lama/1/tile/0/001").content) == 256 * 32
    for wrong in ("/log/lama/2/checkpoint", "/log/lama/1/tile/0/009", "/log/lama/1/keys.txt"):
        assert Client().get(wrong).status_code == 404
    export(tmp_path / "copy")
    assert (tmp_path / "copy/lama/1/checkpoint").read_text("utf-8") == closed.note


def kill_while_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before its files have been moved."""

    def killed(*_words: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            closing.begin_anew(now=timezone.now())


def test_killed_in_the_middle_it_is_run_again_and_closes_nothing_twice(
    old_proofs: list[Receipt], monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_while_closing(monkeypatch)
    assert closing.begin_anew(now=timezone.now()).name == "netral.contoh.example/log/2"
    assert LogClosed.objects.count() == 1 and folder().is_dir()
    work_once()
    assert found() == ""


def test_a_log_whose_own_files_were_gone_is_closed_as_far_as_it_can_be_told(
    old_proofs: list[Receipt],
) -> None:
    shutil.rmtree(files.root() / "tile/entries")
    closing.begin_anew(now=timezone.now())
    work_once()
    closed = LogClosed.objects.get()
    assert not closing.is_whole(closed) and closed.size == 600
    assert found() == ""
    assert keys.origin() == "netral.contoh.example/log/2"


@pytest.mark.browser
def test_the_browser_compares_an_old_proof_with_the_closed_log(
    new_page: Callable[..., Page], anew: list[Receipt], deeds: Deeds
) -> None:
    page = new_page("phone")
    page.goto("/log/periksa/")
    for proof in anew:
        said = drop(page, str(proof))
        assert said.startswith("Terbukti tercatat dalam log")
        assert "sudah ditutup; segel terakhirnya (600 entri) masih memuat" in said
    append(deeds)
    assert "dari 600" in drop(page, str(anew[1]))
    (folder() / "checkpoint").write_text((files.read("checkpoint") or b"").decode(), "utf-8")
    assert "bertentangan" in drop(page, str(anew[1]))
