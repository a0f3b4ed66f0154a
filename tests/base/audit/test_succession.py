"""A log that goes on under another name: a witness of the old one still holds it to its word."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from netral.base.audit import closing, files, keys
from netral.base.audit.checking import differences
from netral.base.audit.exporting import export
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogClosed
from netral.tlog.notes import NoteError, UnknownKey
from netral.tlog.sources import FolderSource
from netral.tlog.succession import generation
from netral.tlog.witness import Lost, Witness
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append, append_many
from tests.base.audit.test_rolled_back import grown as grown
from tests.base.audit.test_rolled_back import put_back
from tests.base.audit.test_tampering import rewrite_and_sign, sql
from tests.command_alone import Alone

pytestmark = pytest.mark.django_db(transaction=True)
AT = int(NOW.timestamp())
NAME = "netral.contoh.example/log"


@pytest.fixture
def witness(tmp_path: Path, grown: Deeds) -> Witness:
    """Has vouched for the 300."""
    found = Witness(tmp_path / "witness")
    found.key("saksi.contoh.example")
    found.observe(FolderSource(files.root()), found.log_keys(keys.log_keys()), AT)
    return found


def begin_anew(deeds: Deeds) -> None:
    closing.begin_anew(now=timezone.now())
    append(deeds)
    work_once()


def look(witness: Witness, copy: Path) -> str:
    """The next look, at a copy as ``netral log export`` makes it, with the newest key alone."""
    export(copy)
    return look_at(witness, copy)


def look_at(witness: Witness, copy: Path) -> str:
    held = witness.log_keys([keys.log_keys()[-1]])
    return witness.observe(FolderSource(copy), held, AT + 60).note


def roll_back() -> None:
    """Twenty entries ago, files and all, as if nothing had ever come after."""
    put_back()
    shutil.rmtree(files.root())
    list(differences(repair=True))


def other_past() -> None:
    """The same number of entries, one of them another, signed anew with the log's own key."""
    rewrite_and_sign(lambda: sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = 11'))


def longer_other_past() -> None:
    other_past()
    append(Deeds())
    work_once()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (roll_back, "shrank from 300 to 280"),
        (other_past, "two different trees of 300 entries"),
        (longer_other_past, "301 does not begin with that of 300"),
    ],
)
def test_a_name_that_began_anew_does_not_cover_what_was_lost(
    witness: Witness, grown: Deeds, tmp_path: Path, change: Callable[[], None], words: str
) -> None:
    change()
    begin_anew(grown)
    for again in ("copy", "again"):
        with pytest.raises(Lost, match=words) as loss:
            look(witness, tmp_path / again)
    evidence = loss.value.evidence.read_text("utf-8")
    closed = LogClosed.objects.get()
    assert evidence.count(f"{NAME}\n") >= 2 and closed.note in evidence
    assert f"{NAME}/2\n" in evidence
    assert (loss.value.before.size, loss.value.origin) == (300, f"{NAME}/2")


@pytest.mark.parametrize("seen_last", [True, False])
def test_an_honest_end_is_taken(
    witness: Witness, grown: Deeds, tmp_path: Path, seen_last: bool
) -> None:
    """The last checkpoint that was published is kept, whether or not the witness came to see it."""
    if not seen_last:
        append_many(grown, 7)
        work_once()
    put_back()
    begin_anew(grown)
    assert f"{NAME}/2\n282\n" in look(witness, tmp_path / "copy")
    begin_anew(grown)
    assert f"{NAME}/3\n284\n" in look(witness, tmp_path / "third")


def test_files_that_were_lost_and_made_anew_are_no_loss(
    witness: Witness, grown: Deeds, tmp_path: Path
) -> None:
    """Before netral run could publish the checkpoint again."""
    shutil.rmtree(files.root())
    list(differences(repair=True))
    begin_anew(grown)
    assert f"{NAME}/2\n302\n" in look(witness, tmp_path / "copy")
    assert not list(differences())


@pytest.mark.parametrize("what", ["checkpoint", "tile"])
def test_a_closed_log_that_is_not_served_is_not_believed(
    witness: Witness, grown: Deeds, tmp_path: Path, what: str
) -> None:
    append_many(grown, 7)
    work_once()
    begin_anew(grown)
    export(tmp_path / "copy")
    gone = tmp_path / "copy/lama/1" / what
    (shutil.rmtree if gone.is_dir() else Path.unlink)(gone)
    with pytest.raises(Lost, match=r"not served any more|does not have tile/"):
        look_at(witness, tmp_path / "copy")


def test_an_end_that_nobody_signed_is_not_believed(
    witness: Witness, grown: Deeds, tmp_path: Path
) -> None:
    append_many(grown, 7)
    work_once()
    begin_anew(grown)
    export(tmp_path / "copy")
    end = tmp_path / "copy/lama/1/checkpoint"
    said = end.read_text("utf-8")
    stranger = keys.SignerKey.generate(NAME)
    end.write_text(said.split("\n\n")[0] + f"\n\n{_line(said, stranger)}", "utf-8")
    with pytest.raises(UnknownKey):
        look_at(witness, tmp_path / "copy")


def _line(note: str, signer: keys.SignerKey) -> str:
    from netral.tlog.notes import Note

    return "".join(map(str, Note(Note.parse(note).text).signed_by(signer).signatures))


def test_the_name_before_is_no_successor(witness: Witness, grown: Deeds, tmp_path: Path) -> None:
    """A key that was replaced vouches for ends alone: the closed log is not taken for the open."""
    begin_anew(grown)
    look(witness, tmp_path / "copy")
    with pytest.raises(NoteError, match="no known key"):
        witness.observe(FolderSource(tmp_path / "copy/lama/1"), witness.log_keys([]), AT + 90)


@pytest.mark.parametrize(
    ("origin", "parts"),
    [
        (NAME, (NAME, 1)),
        (f"{NAME}/2", (NAME, 2)),
        (f"{NAME}/12", (NAME, 12)),
        (f"{NAME}/0", (f"{NAME}/0", 1)),
    ],
)
def test_what_a_name_says(origin: str, parts: tuple[str, int]) -> None:
    assert generation(origin) == parts


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "BEGAN ANEW WITHOUT WHAT IT HAD SIGNED: the log shrank from 300 to 280 entries."),
        ("id", "MULAI LAGI TANPA YANG PERNAH DISEGELNYA: log menyusut dari 300 menjadi 280 entri."),
    ],
)
def test_the_command_cries_out_over_it_and_leaves_with_three(
    grown: Deeds, live_server: Any, alone: Alone, tmp_path: Path, language: str, words: str
) -> None:
    made = alone("witness", "--name", "saksi.contoh.example").stdout.splitlines()[0]
    keys.add_witness(verifier=made, now=NOW)
    address = f"{live_server.url}/log/"
    assert alone("witness", address, "--key", str(keys.log_keys()[0])).returncode == 0
    roll_back()
    begin_anew(grown)
    new = str(keys.log_keys()[-1])
    for given in (("--key", new), ()):
        done = alone("witness", address, *given, "--lang", language)
        assert done.returncode == 3 and words in done.stderr, done.stderr + done.stdout
        assert not done.stdout and f"{NAME}/2" in done.stderr
    [evidence] = (tmp_path / ".netral-witness").glob("evidence-*.txt")
    assert str(evidence) in done.stderr
    assert "saksi.contoh.example" not in (files.read("checkpoint") or b"").decode()


def test_the_command_goes_on_after_an_honest_loss(
    grown: Deeds, live_server: Any, alone: Alone
) -> None:
    made = alone("witness", "--name", "saksi.contoh.example").stdout.splitlines()[0]
    keys.add_witness(verifier=made, now=NOW)
    address = f"{live_server.url}/log/"
    assert alone("witness", address, "--key", str(keys.log_keys()[0])).returncode == 0
    put_back()
    begin_anew(grown)
    done = alone("witness", address, "--key", str(keys.log_keys()[-1]))
    assert done.returncode == 0 and f"First look at {NAME}/2: 282 entries" in done.stdout
    assert "The log has taken the cosignature." in done.stdout
