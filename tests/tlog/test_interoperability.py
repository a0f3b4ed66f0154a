"""A verifier written by others accepts what we write, and refuses what was tampered with.

The peer is sigstore-js (``@sigstore/verify``, from the npm registry, for the tests alone): its
parser of signed notes and checkpoints, its Ed25519 by Node.js, its RFC 6962 inclusion check.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from netral.tlog.checkpoints import Checkpoint
from netral.tlog.entries import Content, Entry, commit
from netral.tlog.hashing import MemoryTree
from netral.tlog.notes import SignerKey
from netral.tlog.proofs import inclusion_proof

CHECKOUT = Path(__file__).resolve().parents[2]
KEY = SignerKey.generate("netral.contoh.example/log")
ENTRIES = [
    Entry("pledge", "2026-11-22T11Z", commit("pledge", bytes(32), Content({"n": number}))).encode()
    for number in range(300)
]


def node() -> str:
    found = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    assert found, "make the test set-up first: Node.js is part of it"
    return found


def ask(facts: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    script = Path(__file__).with_name("sigstore_verifier.cjs")
    return subprocess.run(
        [node(), str(script), str(CHECKOUT)], input=json.dumps(facts), capture_output=True,
        text=True, check=False, timeout=60,
    )  # fmt: skip


def facts_of(index: int, size: int) -> dict[str, Any]:
    tree = MemoryTree(Entry.parse(it).leaf for it in ENTRIES[:size])
    note = Checkpoint(KEY.name, size, tree.root()).signed_by(KEY)
    return {
        "envelope": str(note),
        "name": KEY.name,
        "key": b64encode(KEY.verifier.public).decode(),
        "id": b64encode(KEY.verifier.id).decode(),
        "index": index,
        "entry": b64encode(ENTRIES[index]).decode(),
        "hashes": [b64encode(it).decode() for it in inclusion_proof(tree, index, size)],
    }


@pytest.mark.parametrize(("index", "size"), [(0, 1), (41, 70), (255, 256), (256, 300), (299, 300)])
def test_another_implementation_accepts_checkpoint_and_proof(index: int, size: int) -> None:
    done = ask(facts_of(index, size))
    assert (done.stdout, done.returncode) == (str(size), 0), done.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"index": 42}, "does not match"),
        ({"entry": b64encode(ENTRIES[40]).decode()}, "does not match"),
        ({"key": b64encode(SignerKey.generate("x").verifier.public).decode()}, "signature"),
        ({"name": "another.example/log"}, "signature"),
    ],
)
def test_it_refuses_what_was_tampered_with(change: dict[str, Any], words: str) -> None:
    done = ask({**facts_of(41, 70), **change})
    assert done.returncode and words in done.stderr
