"""The commands, as they are typed: on this machine, and on one that has no Netral to speak of."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from netral.base import audit
from netral.base.audit import files, keys
from netral.base.audit.checking import differences
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogCheckpoint, LogEntry
from netral.project.commands import log
from netral.tlog.checkpoints import open_checkpoint
from netral.tlog.notes import SignerKey
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append, append_many
from tests.base.audit.test_tampering import PASTS, sql
from tests.command_alone import Alone

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture
def proof(deeds: Deeds, tmp_path: Path) -> Path:
    append_many(deeds, 40)
    work_once()
    receipt = audit.prove(kind="test", reference=list(deeds.rows)[17], show_hidden=True)
    path = tmp_path / "bukti.tlog-proof"
    path.write_text(str(receipt), "utf-8")
    (tmp_path / "keys.txt").write_text(f"{keys.log_keys()[0]}\n")
    return path


@pytest.mark.django_db(transaction=True)
def test_a_proof_is_verified_without_django_and_offline(
    proof: Path, deeds: Deeds, alone: Alone
) -> None:
    done = alone("verify", proof, "--key", "keys.txt")
    assert done.returncode == 0, done.stderr
    assert "PROVED: entry 17 is one of the 40 entries of netral.contoh.example/log" in done.stdout
    assert (
        f"person (its number in the register of the office, not a NIP): {list(deeds.rows.values())[17].hidden['person']}"
        in done.stdout
    )
    assert "no key of a witness was given" in done.stdout


@pytest.mark.django_db(transaction=True)
def test_whoever_names_a_witness_hears_that_it_has_not_sealed(proof: Path, alone: Alone) -> None:
    key = alone("witness", "--name", "saksi.contoh.example").stdout.splitlines()[0]
    done = alone("verify", proof, "--key", "keys.txt", "--witness", key)
    assert done.returncode == 0 and "not seen by saksi.contoh.example" in done.stdout
    assert "was given" not in done.stdout


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("index 17", "index 18", "not in the tree"),
        ("\n40\n", "\n41\n", "does not hold"),
        ("extra bmV0", "extra cmV0", "not an entry"),
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2", "not a proof file"),
    ],
)
def test_a_proof_that_was_tampered_with_is_refused(
    proof: Path, alone: Alone, old: str, new: str, words: str
) -> None:
    proof.write_text(proof.read_text("utf-8").replace(old, new), "utf-8")
    done = alone("verify", proof, "--key", "keys.txt")
    assert done.returncode == 1 and words in done.stderr, done.stdout


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", PASTS)
def test_a_witness_needs_one_command_and_cries_out_at_a_fork(
    deeds: Deeds, live_server: Any, alone: Alone, tmp_path: Path, change: str
) -> None:
    append_many(deeds, 30)
    work_once()
    made = alone("witness", "--name", "saksi.contoh.example")
    keys.add_witness(verifier=made.stdout.splitlines()[0], now=NOW)
    key = str(keys.log_keys()[0])
    first = alone("witness", f"{live_server.url}/log/", "--key", key)
    assert first.returncode == 0, first.stderr
    assert "The log has taken the cosignature." in first.stdout
    assert "\u2014 saksi.contoh.example " in (files.read("checkpoint") or b"").decode()
    append_many(deeds, 270)
    work_once()
    second = alone("witness", f"{live_server.url}/log/")
    assert second.returncode == 0 and "30 entries then, 300 now" in second.stdout, second.stderr
    sql("DELETE FROM base_logcosignature")
    PASTS[change]()
    third = alone("witness", f"{live_server.url}/log/")
    assert third.returncode == 3
    assert "CONTRADICTS ITSELF" in third.stderr
    assert list((tmp_path / ".netral-witness").glob("evidence-*.txt"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["witness", "https://netral.contoh.example/log/"], "give it a name with --name"),
        (["verify", "nix", "--key", "keys.txt"], "there is no file keys.txt: download"),
        (["verify", "nix", "--key", "empty.txt"], "empty.txt holds no key"),
        (["witness", "127.0.0.1/log/", "--key", "a.txt"], "begins with https://"),
        (["recount", "nix", "--key", "a.txt"], "there is no file nix: see"),
    ],
)
def test_whoever_gets_it_wrong_is_told_what_to_do(
    alone: Alone, tmp_path: Path, words: list[str], said: str
) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "a.txt").write_text(str(SignerKey.generate("log.example").verifier))
    if "127.0.0.1/log/" in words:
        alone("witness", "--name", "saksi.contoh.example")
    done = alone(*words)
    assert done.returncode == 1 and said in done.stderr, done.stderr
    assert not any(alarm in done.stderr for alarm in ("NOT PROVED", "ADD UP", "CONTRADICTS"))


def test_a_witness_is_led_step_by_step(alone: Alone) -> None:
    made = alone("witness", "--name", "saksi.contoh.example")
    key, _, command = made.stdout.splitlines()
    assert command.strip() == f'netral log keys --witness "{key}"'
    other = alone("witness", "--name", "lain.contoh.example")
    assert other.returncode == 1 and "is called saksi.contoh.example" in other.stderr
    assert "--every 3600" in alone("witness", "--help").stdout


@pytest.mark.django_db(transaction=True)
def test_an_officer_who_came_too_early_reads_it_in_their_own_language(
    deeds: Deeds, live_server: Any, alone: Alone, capsys: pytest.CaptureFixture[str]
) -> None:
    append_many(deeds, 3)
    work_once()
    made = alone("witness", "--name", "saksi.contoh.example")
    address, key = f"{live_server.url}/log/", str(keys.log_keys()[0])
    early = alone("witness", address, "--key", key, "--lang", "id")
    assert early.returncode == 1 and "belum menerimanya" in early.stderr
    assert "kantor pengelola harus mendaftarkan kunci Anda dahulu" in early.stderr
    assert log.main(["keys", "--witness", made.stdout.splitlines()[0]]) == 0
    assert alone("witness", address).returncode == 0
    capsys.readouterr()
    log.main(["keys"])
    listed = capsys.readouterr().out
    assert "saksi    dipakai" in listed and "in use" not in listed
    old = keys.log_keys()[0].id.hex()
    keys.add_key(now=NOW)
    keys.retire_key(key_id=old, now=datetime(2026, 11, 22, 20, tzinfo=UTC))
    log.main(["keys"])
    assert "berhenti 23 November 2026" in capsys.readouterr().out, "the day it was here"


@pytest.mark.django_db(transaction=True)
def test_a_log_that_cannot_be_reached_is_no_fork(alone: Alone, tmp_path: Path) -> None:
    alone("witness", "--name", "saksi.contoh.example")
    key = "log.example+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    done = alone("witness", "http://127.0.0.1:9/log/", "--key", key)
    assert done.returncode == 1 and "CONTRADICTS" not in done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_log_under_a_new_key_is_refused_until_the_witness_is_given_it(
    deeds: Deeds, live_server: Any, alone: Alone
) -> None:
    append_many(deeds, 3)
    work_once()
    made = alone("witness", "--name", "saksi.contoh.example")
    keys.add_witness(verifier=made.stdout.splitlines()[0], now=NOW)
    address, old = f"{live_server.url}/log/", keys.log_keys()[0]
    assert alone("witness", address, "--key", str(old)).returncode == 0
    new = keys.add_key(now=timezone.now())
    keys.retire_key(key_id=old.id.hex(), now=NOW)
    append(deeds)
    work_once()
    refused = alone("witness", address)
    assert refused.returncode == 1 and "give it once with --key" in refused.stderr
    told = alone("witness", address, "--key", str(new))
    assert told.returncode == 0 and "3 entries then, 4 now" in told.stdout, told.stderr


@pytest.fixture
def netral(process_environment: dict[str, str], own_folder: Path) -> Callable[..., Any]:
    """``netral log …`` as a process of its own on this test's database and log."""
    environment = {**process_environment, "NETRAL_VAR": str(own_folder)}

    def start(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "netral.project.commandline", "log", *words]
        command += ["--lang", "en"]
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    return start


@pytest.mark.django_db(transaction=True)
def test_commands_on_the_machine_of_the_log(
    deeds: Deeds, netral: Callable[..., Any], tmp_path: Path
) -> None:
    append_many(deeds, 3)
    printed, _ = netral("checkpoint").communicate(timeout=60)
    assert open_checkpoint(printed, keys.log_keys()[0]).size == 3
    printed, _ = netral("prove", "2").communicate(timeout=60)
    assert printed.startswith("c2sp.org/tlog-proof@v1\n")
    copying = netral("export", str(tmp_path / "copy"))
    assert copying.wait(60) == 0
    assert (tmp_path / "copy/tile/0/000.p/3").is_file()
    checking = netral("fsck")  # that process does not know this test's kind of deed
    printed, _ = checking.communicate(timeout=60)
    assert checking.returncode == 3 and "no part of Netral knows it" in printed


@pytest.mark.django_db(transaction=True)
def test_a_person_at_a_terminal_reads_sentences_and_a_journal_gets_its_line(
    deeds: Deeds, process_environment: dict[str, str], own_folder: Path
) -> None:
    append_many(deeds, 3)
    work_once()
    environment = {**process_environment, "NETRAL_VAR": str(own_folder)}
    command = [sys.executable, "-m", "netral.project.commandline", "log", "fsck"]
    screen, its_end = os.openpty()
    for errors, said in ((its_end, False), (subprocess.PIPE, True)):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True, check=False
        )
        assert done.returncode == 3 and "BERBEDA" in done.stdout
        os.write(its_end, b"end")
        seen = done.stderr or os.read(screen, 10_000).decode()
        assert ("log.differs" in seen) is said, seen
    os.close(screen)
    os.close(its_end)


@pytest.mark.django_db
def test_a_log_that_only_lacks_its_files_is_told_so_and_not_alarmed(
    deeds: Deeds, capsys: pytest.CaptureFixture[str]
) -> None:
    """So it is after a restore: the backup holds the entries, and the tree follows from them."""
    append_many(deeds, 3)
    work_once()
    assert audit.prove(kind="test", reference=next(iter(deeds.rows)), show_hidden=True)
    shutil.rmtree(files.root())
    with pytest.raises(audit.NotYet, match="--repair"):  # receipts go on without a proof
        audit.prove(kind="test", reference=next(iter(deeds.rows)), show_hidden=True)
    assert log.main(["fsck", "--lang", "en"]) == 3
    printed = capsys.readouterr().out
    assert "missing and nothing else" in printed and "--repair" in printed
    assert log.main(["fsck", "--repair", "--lang", "en"]) == 3
    printed += capsys.readouterr().out
    assert "made anew from the entries; nothing else differs" in printed
    assert "Change nothing" not in printed


@pytest.mark.django_db(transaction=True)
def test_integrators_that_are_killed_at_any_instant_leave_a_whole_log(
    deeds: Deeds, netral: Callable[..., Any]
) -> None:
    """Two at once, killed again and again while entries come in; a last one finishes the work."""
    chance = random.Random(5)
    for _round in range(4):
        running = [netral("run"), netral("run")]
        end = time.monotonic() + 3
        while time.monotonic() < end:
            append_many(deeds, chance.randint(1, 90))
            time.sleep(chance.uniform(0, 0.05))
        for process in running:
            time.sleep(chance.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
            process.wait()
    while work_once():
        pass
    assert LogCheckpoint.objects.order_by("-size").first().size == LogEntry.objects.count()  # type: ignore[union-attr]
    assert list(differences()) == []


@pytest.mark.django_db(transaction=True)
def test_a_checkpoint_follows_within_a_second(deeds: Deeds, netral: Callable[..., Any]) -> None:
    running = netral("run")
    try:
        waited = _until_signed(0, 30)
        for size in range(1, 6):
            append(deeds)
            waited = _until_signed(size, 5)
            assert waited < 1.5, "a second is promised; the rest is for the machine of the tests"
    finally:
        running.terminate()
        running.wait()
    assert running.returncode == 0


def _until_signed(size: int, patience: float) -> float:
    started = time.monotonic()
    while time.monotonic() - started < patience:
        found = (files.read("checkpoint") or b"\n").decode().split("\n")
        if len(found) > 2 and found[1] == str(size):
            return time.monotonic() - started
        time.sleep(0.02)
    raise AssertionError(f"no checkpoint of {size} entries after {patience} s")


def test_the_command_needs_no_settings(alone: Alone) -> None:
    done = alone("--help")
    assert done.returncode == 0 and "verify" in done.stdout
    assert os.environ["DJANGO_SETTINGS_MODULE"]  # here they are known: the process had none
    assert connection.vendor in {"sqlite", "postgresql"}
