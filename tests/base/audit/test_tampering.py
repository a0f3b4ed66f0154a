"""Whatever is done to the database behind the log's back is noticed: by fsck, or by a witness."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from netral.base import audit
from netral.base.audit import closing, files, keys
from netral.base.audit.checking import differences
from netral.base.audit.integrating import Contradiction, integrate
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogCheckpoint, LogEntry, LogOpening
from netral.base.audit.tracing import Follows, Judged
from netral.base.audit.tree_files import MissingFile
from netral.base.audit.witnessing import Refused, take_cosignature
from netral.tlog.checkpoints import Checkpoint
from netral.tlog.entries import Content
from netral.tlog.hashing import MemoryTree
from netral.tlog.notes import COSIGNATURE, Note, NoteError, SignerKey
from netral.tlog.sources import FolderSource
from netral.tlog.witness import Forked, Witness
from tests.append_only import triggers_lifted
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append, append_many

AT = int(NOW.timestamp())


@pytest.fixture
def signed(deeds: Deeds) -> Deeds:
    """A log of 300 deeds and two checkpoints, as it should be."""
    append_many(deeds, 280)
    work_once()
    append_many(deeds, 20)
    work_once()
    assert list(differences()) == []
    return deeds


@pytest.fixture
def witness(tmp_path: Path, signed: Deeds) -> Witness:
    """Another office, which has seen the log before anything was done to it."""
    found = Witness(tmp_path / "witness")
    found.key("saksi.contoh.example")
    found.observe(FolderSource(files.root()), keys.log_keys(), AT)
    return found


def found() -> str:
    return "\n".join(differences())


def causes(said: Iterable[str]) -> list[str]:
    return [one for one in said if not isinstance(one, Follows | Judged)]


def sql(statement: str, *values: object) -> None:
    """As somebody with the password of the database would: triggers and all."""
    is_postgresql = connection.vendor == "postgresql"
    with triggers_lifted(), connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        if is_postgresql:
            cursor.execute("SET session_replication_role = origin")


def rewrite_and_sign(change: Callable[[], None]) -> None:
    """The administrator who also holds the key: changes the past and signs it as if it were."""
    change()
    sql("DELETE FROM base_logcheckpoint")
    for path in files.root().rglob("*"):
        if path.is_file():
            path.unlink()
    while work_once():
        pass


@pytest.mark.django_db(transaction=True)
def test_an_edited_row_is_noticed(signed: Deeds) -> None:
    key = list(signed.rows)[123]
    signed.rows[key] = Content({"text": "lain"}, signed.rows[key].hidden)
    assert "entry 123 (test): the row is not what was logged" in found()


@pytest.mark.django_db(transaction=True)
def test_another_person_behind_a_row_is_noticed(signed: Deeds) -> None:
    key = list(signed.rows)[7]
    signed.rows[key] = Content(signed.rows[key].payload, {"person": "somebody else"})
    assert "entry 7 (test): the row is not what was logged" in found()


@pytest.mark.django_db(transaction=True)
def test_a_dropped_row_is_noticed_with_its_opening_and_without(signed: Deeds) -> None:
    key = list(signed.rows)[50]
    del signed.rows[key]
    assert "entry 50 (test): the row it is about is gone" in found()
    LogOpening.objects.filter(reference=key).delete()
    assert "1 entries cannot be opened any more and 0 were erased by the rules" in found()


@pytest.mark.django_db(transaction=True)
def test_a_row_slipped_in_is_noticed(signed: Deeds) -> None:
    signed.make("disisipkan")
    assert "1 row(s) of test are not in the log" in found()


@pytest.mark.django_db(transaction=True)
def test_an_erasure_by_the_rules_is_no_difference(signed: Deeds) -> None:
    key = list(signed.rows)[60]
    audit.erase(subject=key, now=NOW)
    work_once()
    assert found() == ""


@pytest.mark.django_db(transaction=True)
def test_an_edited_entry_is_noticed(signed: Deeds) -> None:
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = 11')
    said = list(differences())
    [cause] = causes(said)
    assert cause == (
        "entry 11 (test): the database says that it was recorded in the hour 2026-11-21T11Z, "
        "published was 2026-11-22T11Z"
    )
    follows = [one for one in said if isinstance(one, Follows)]
    assert len(follows) == 2 and "the checkpoint of 280 entries" in follows[0]
    assert "it is the database that was changed" in said[-1]


@pytest.mark.django_db(transaction=True)
def test_a_dropped_entry_is_noticed(signed: Deeds) -> None:
    sql('DELETE FROM base_logopening WHERE "index" = 12')
    sql('DELETE FROM base_logentry WHERE "index" = 12')
    assert "300 numbers were given and 299 entries are there" in found()
    assert causes(differences()) == ["entry 12 (test) is missing from the database"]


@pytest.mark.django_db(transaction=True)
def test_each_of_several_edited_entries_is_named_and_nothing_beside_them(signed: Deeds) -> None:
    sql('UPDATE base_logentry SET hour = hour + 1 WHERE "index" IN (3, 290)')
    sql("UPDATE base_logentry SET kind = 'other' WHERE \"index\" = 255")
    sql('UPDATE base_logentry SET commitment = %s WHERE "index" = 256', bytes(32))
    sql('DELETE FROM base_logopening WHERE "index" = 12')
    sql('DELETE FROM base_logentry WHERE "index" = 12')
    assert [one.split()[1].rstrip(":") for one in causes(differences())] == [
        "3",
        "12",
        "255",
        "256",
        "290",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lost", ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"])
def test_an_edited_entry_is_named_although_a_tile_was_damaged_too(signed: Deeds, lost: str) -> None:
    (files.root() / lost).write_bytes(bytes((files.root() / lost).stat().st_size))
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" IN (11, 299)')
    assert {one.split(":")[0] for one in causes(differences())} == {
        "entry 11 (test)",
        "entry 299 (test)",
        f"{lost} is not what the entries say",
    }


@pytest.mark.django_db(transaction=True)
def test_without_the_files_it_says_where_and_that_it_cannot_tell(signed: Deeds) -> None:
    for path in (files.root() / "tile").rglob("*"):
        if path.is_file():
            path.unlink()
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = 290')
    said = list(differences())
    assert [one for one in causes(said) if not isinstance(one, MissingFile)] == [
        "the checkpoint of 300 entries is not that of the entries: one of the entries 280 to 299 "
        "was changed, or the checkpoint was"
    ]
    assert isinstance(said[-1], Judged) and "cannot be told" in said[-1]


@pytest.mark.django_db(transaction=True)
def test_an_edited_row_is_one_cause_and_the_entries_are_cleared(signed: Deeds) -> None:
    key = list(signed.rows)[123]
    signed.rows[key] = Content({"text": "lain"}, signed.rows[key].hidden)
    said = list(differences())
    assert causes(said) == ["entry 123 (test): the row is not what was logged"]
    assert "The entries are as they were published" in said[-1]


@pytest.mark.django_db(transaction=True)
def test_two_swapped_entries_are_noticed(signed: Deeds) -> None:
    first, second = (bytes(LogEntry.objects.get(index=at).commitment) for at in (20, 21))
    sql('UPDATE base_logentry SET commitment = %s WHERE "index" = 20', second)
    sql('UPDATE base_logentry SET commitment = %s WHERE "index" = 21', first)
    assert [one[:8] for one in causes(differences())] == ["entry 20", "entry 21"]


@pytest.mark.django_db(transaction=True)
def test_a_reissued_checkpoint_is_noticed(signed: Deeds) -> None:
    signer = keys.signers()[0]
    forged = Checkpoint(keys.origin(), 300, bytes(32))
    note = str(forged.signed_by(signer))
    sql("UPDATE base_logcheckpoint SET root = %s, note = %s WHERE size = 300", bytes(32), note)
    assert "the checkpoint of 300 entries is not that of the entries" in found()
    assert "a checkpoint of 300 entries was published that this database does not know" in found()


@pytest.mark.django_db(transaction=True)
def test_a_false_signature_under_a_checkpoint_is_noticed(signed: Deeds) -> None:
    note = LogCheckpoint.objects.get(size=300).note
    other = Checkpoint.parse(Note.parse(note).text).signed_by(SignerKey.generate(keys.origin()))
    sql("UPDATE base_logcheckpoint SET note = %s WHERE size = 300", str(other))
    assert "the signature of the checkpoint of 300 entries: no known key" in found()


@pytest.mark.django_db(transaction=True)
def test_damaged_tiles_are_noticed_and_made_anew(signed: Deeds) -> None:
    (files.root() / "tile/0/000").write_bytes(bytes(256 * 32))
    (files.root() / "tile/entries/000").unlink()
    assert found().splitlines() == [
        "tile/0/000 is not what the entries say",
        "tile/entries/000 is missing",
    ]
    assert len(list(differences(repair=True))) == 2
    assert found() == ""


@pytest.mark.django_db(transaction=True)
def test_an_older_database_stands_still_and_is_noticed(signed: Deeds) -> None:
    """A backup put back: the last twenty deeds are gone, the published files are not."""
    for key in list(signed.rows)[280:]:
        del signed.rows[key]
    sql('DELETE FROM base_logopening WHERE "index" >= 280')
    sql('DELETE FROM base_logentry WHERE "index" >= 280')
    sql("DELETE FROM base_logcheckpoint WHERE size > 280")
    sql("UPDATE base_loghead SET size = 280")
    append(signed)
    with pytest.raises(Contradiction, match="300 entries was published"):
        integrate(NOW)
    assert "a checkpoint of 300 entries was published" in found()


@pytest.mark.django_db(transaction=True)
def test_after_a_loss_the_log_goes_on_under_another_name(signed: Deeds, witness: Witness) -> None:
    for key in list(signed.rows)[280:]:
        del signed.rows[key]
    sql('DELETE FROM base_logopening WHERE "index" >= 280')
    sql('DELETE FROM base_logentry WHERE "index" >= 280')
    sql("DELETE FROM base_logcheckpoint WHERE size > 280")
    sql("UPDATE base_loghead SET size = 280")
    old = keys.log_keys()
    new = closing.begin_anew(now=timezone.now())
    assert new.name == "netral.contoh.example/log/2"
    append(signed)
    work_once()
    assert found() == ""
    with pytest.raises(NoteError, match="no known key"):
        witness.observe(FolderSource(files.root()), old, AT + 60)
    again = closing.begin_anew(now=timezone.now())
    assert again.name == "netral.contoh.example/log/3"


def _edit() -> None:
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = 11')


def _drop() -> None:
    sql('DELETE FROM base_logopening WHERE "index" = 299')
    sql('DELETE FROM base_logentry WHERE "index" = 299')
    sql("UPDATE base_loghead SET size = 299")


def _swap() -> None:
    first, second = (bytes(LogEntry.objects.get(index=at).commitment) for at in (20, 21))
    sql('UPDATE base_logentry SET commitment = %s WHERE "index" = 20', second)
    sql('UPDATE base_logentry SET commitment = %s WHERE "index" = 21', first)


def _older() -> None:
    sql('DELETE FROM base_logopening WHERE "index" >= 280')
    sql('DELETE FROM base_logentry WHERE "index" >= 280')
    sql("UPDATE base_loghead SET size = 280")


def _reissue() -> None:
    forged = Checkpoint(keys.origin(), 300, bytes(32)).signed_by(keys.signers()[0])
    sql(
        "UPDATE base_logcheckpoint SET root = %s, note = %s WHERE size = 300",
        bytes(32),
        str(forged),
    )
    files.write("checkpoint", str(forged).encode())


PASTS: dict[str, Callable[[], None]] = {
    "a row was edited": lambda: rewrite_and_sign(_edit),
    "a row was dropped": lambda: rewrite_and_sign(_drop),
    "two rows were swapped": lambda: rewrite_and_sign(_swap),
    "an old backup was put back": lambda: rewrite_and_sign(_older),
    "a checkpoint was signed anew": _reissue,
}
"""What somebody with the database and the log's key can do to a log of 300 entries. Nothing on
the machine contradicts itself afterwards; only those who remember can tell."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", PASTS)
def test_a_witness_notices_a_past_that_was_signed_anew(
    signed: Deeds, witness: Witness, change: str
) -> None:
    PASTS[change]()
    with pytest.raises(Forked) as fork:
        witness.observe(FolderSource(files.root()), keys.log_keys(), AT + 60)
    evidence = fork.value.evidence.read_text("utf-8")
    assert "\n300\n" in evidence and evidence.count("netral.contoh.example/log\n") >= 2


@pytest.mark.django_db(transaction=True)
def test_a_witness_vouches_for_growth_and_its_word_is_published(
    signed: Deeds, witness: Witness
) -> None:
    append_many(signed, 700)
    work_once()
    done = witness.observe(FolderSource(files.root()), keys.log_keys(), AT + 60)
    assert done.before and (done.before.size, done.now.size) == (300, 1000)
    with pytest.raises(Refused, match="no witness of this log"):
        take_cosignature(note=done.note, now=NOW)
    keys.add_witness(verifier=str(witness.key().verifier), now=NOW)
    for _twice in range(2):
        take_cosignature(note=done.note, now=NOW)
    assert (files.read("checkpoint") or b"").decode() == done.note
    page = Client().get("/log/").content.decode()
    assert "saksi.contoh.example" in page and "menyaksikan 1.000 entri" in page
    assert found() == ""
    receipt = audit.prove(kind="test", reference=next(iter(signed.rows)), show_hidden=False)
    assert receipt and receipt.checkpoint == done.note


@pytest.mark.django_db(transaction=True)
def test_only_what_this_log_signed_is_taken_from_a_witness(signed: Deeds, witness: Witness) -> None:
    keys.add_witness(verifier=str(witness.key().verifier), now=NOW)
    good = witness.observe(FolderSource(files.root()), keys.log_keys(), AT).note
    other = str(Checkpoint(keys.origin(), 300, MemoryTree([bytes(32)]).root()).text)
    for note in (
        "nonsense",
        good.replace("\n300\n", "\n301\n"),
        other + "\n" + good.split("\n\n")[1],
    ):
        with pytest.raises(Refused):
            take_cosignature(note=note, now=NOW)
    ahead = witness.observe(FolderSource(files.root()), keys.log_keys(), AT + 3600).note
    with pytest.raises(Refused, match="clock"):
        take_cosignature(note=ahead, now=NOW)
    stranger = SignerKey.generate("lain.contoh.example", COSIGNATURE)
    assert stranger.verifier not in keys.witness_keys()


@pytest.mark.django_db(transaction=True)
def test_a_key_is_rotated_without_a_gap(signed: Deeds, witness: Witness) -> None:
    old = keys.signers()[0].verifier
    with pytest.raises(keys.KeyTrouble, match="only key"):
        keys.retire_key(key_id=old.id.hex(), now=NOW)
    new = keys.add_key(now=timezone.now())
    append(signed)
    work_once()
    both = (files.read("checkpoint") or b"").decode()
    assert both.count("\u2014 netral.contoh.example/log") == 2
    witness.observe(FolderSource(files.root()), [old], AT + 60)
    keys.retire_key(key_id=old.id.hex(), now=NOW)
    append(signed)
    work_once()
    witness.observe(FolderSource(files.root()), [new], AT + 120)
    assert found() == "" and keys.log_keys() == [old, new]
    assert [path.stat().st_mode & 0o777 for path in keys.folder().iterdir()] == [0o600]
