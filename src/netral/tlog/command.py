"""``netral log verify`` and ``netral log witness``: what anybody can do without an installation.

Imports this package alone: no Django, no settings, no database.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from netral.tlog import assertions
from netral.tlog.entries import Opened
from netral.tlog.notes import COSIGNATURE, ED25519, NoteError, VerifierKey
from netral.tlog.proofs import ProofError
from netral.tlog.receipts import Receipt, verify
from netral.tlog.sources import SourceTrouble, WebSource, source_at
from netral.tlog.witness import Forked, Witness, Witnessed, open_with_any

DONE, REFUSED, FORKED = 0, 1, 3
SUBMIT_TO = "add-cosignature"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds ``verify`` and ``witness``; their ``work`` takes the options, returns the exit code."""
    one = commands.add_parser("verify", help="check a proof file, offline, on any machine")
    one.add_argument("file", help="the proof file; - reads standard input")
    _add_keys(one)
    one.set_defaults(work=run_verify)
    other = commands.add_parser("witness", help="vouch that another office's log only ever grew")
    other.add_argument("log", nargs="?", help="https://…/log/ or a folder with a copy of it")
    other.add_argument("--key", action="append", default=[], help="public key of the log, or file")
    other.add_argument("--name", default="", help="of this witness, at its first start")
    other.add_argument(
        "--state", type=Path, default=Path.home() / ".netral-witness", help="its folder"
    )
    other.add_argument("--every", type=int, default=0, help="go on, every so many seconds")
    other.add_argument("--no-submit", action="store_true", help="print the cosignature only")
    other.set_defaults(work=run_witness)


def _add_keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--key", action="append", default=[], help="public key of the log, or file")
    parser.add_argument("--witness", action="append", default=[], help="public key of a witness")


def read_keys(given: list[str]) -> list[VerifierKey]:
    """Keys as text, or the lines of files that hold some. Raises NoteError."""
    found: list[VerifierKey] = []
    for text in given:
        path = Path(text)
        lines = path.read_text("utf-8").splitlines() if path.is_file() else [text]
        found += [VerifierKey.parse(line) for line in lines if line.strip()]
    return found


def run_verify(options: argparse.Namespace) -> int:
    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text("utf-8")
        keys = read_keys(options.key)
        if not keys:
            return _fail("give the public key of the log with --key; its /log/ page shows it")
        witnesses = read_keys(options.witness) + [it for it in keys if it.kind == COSIGNATURE]
        for line in describe(Receipt.parse(text), keys, witnesses):
            _say(line)
    except (ProofError, NoteError, assertions.NotAsserted) as problem:
        return _fail(f"NOT PROVED: {problem}")
    except (OSError, UnicodeDecodeError) as problem:
        return _fail(f"{options.file} cannot be read: {problem}")
    return DONE


def describe(receipt: Receipt, keys: list[VerifierKey], witnesses: list[VerifierKey]) -> list[str]:
    """What a proof file shows, in lines. Raises ProofError or NoteError when it shows nothing,
    NotAsserted when it carries a passkey's signature that does not hold."""
    opened = Opened.parse(receipt.extra or b"")
    open_with_any(receipt.checkpoint, keys)
    by = next(key for key in keys if key.kind == ED25519 and _has_signed(receipt.checkpoint, key))
    shown = verify(receipt, opened.entry.encode(), by, witnesses)
    lines = [
        f"PROVED: entry {shown.index} is one of the {shown.checkpoint.size} entries of "
        f"{shown.checkpoint.origin}.",
        f"  kind {opened.entry.kind}, in the hour {opened.entry.hour} (UTC)",
    ]
    facts = json.loads(opened.payload or b"{}")
    facts |= {name: value for name, (_salt, value) in opened.hidden.items()}
    assertion = facts.pop(assertions.NAME, None)
    lines += [f"  {name}: {value}" for name, value in sorted(facts.items())]
    if assertion:
        lines += _describe_passkey(assertion if assertions.NAME in opened.hidden else "", facts)
    lines += [f"  seen by {it.key.name} at {_moment(it.at)}" for it in shown.witnesses]
    if not shown.witnesses:
        lines.append("  no witness given or none has signed: the log's word stands alone")
    return lines


def _describe_passkey(text: str, facts: Mapping[str, Any]) -> list[str]:
    """``text`` is empty in files for others than the signer. Raises NotAsserted."""
    if not text:
        return ["  signed by passkey; only the signer's own proof file lets you check that"]
    assertion = assertions.Assertion.parse(text)
    origin = assertions.check(assertion, facts)
    key = sha256(assertion.key).hexdigest()
    return [
        "PROVED: a passkey signed this ceremony, person and wording, after the phone had made sure",
        f"  of its owner, on {origin}, at {_moment(assertion.pressed // 1000)} by its own clock.",
        f"  SHA-256 of its public key: {key}; that it is this person's is the office's word.",
    ]


def _has_signed(note: str, key: VerifierKey) -> bool:
    try:
        open_with_any(note, [key])
    except NoteError:
        return False
    return True


def run_witness(options: argparse.Namespace) -> int:
    witness = Witness(options.state)
    try:
        key = witness.key(options.name)
        if not options.log:
            _say(f"{key.verifier}\nGive this public key to the log: netral log keys --witness …")
            return DONE
        while True:
            code = _witness_once(witness, options)
            if not options.every or code == FORKED:
                return code
            time.sleep(options.every)
    except NoteError as problem:
        return _fail(str(problem))
    except KeyboardInterrupt:
        return DONE


def _witness_once(witness: Witness, options: argparse.Namespace) -> int:
    try:
        source = source_at(options.log)
        keys = witness.log_keys(read_keys(options.key))
        done = witness.observe(source, keys, int(time.time()))
        _say(_in_words(done))
        if options.no_submit or not isinstance(source, WebSource):
            _say(done.note)
            return DONE
        source.post(SUBMIT_TO, done.note.encode())
        _say("The log has taken the cosignature.")
    except Forked as fork:
        return _cry(options.log, fork)
    except NoteError as problem:
        return _fail(f"NOT VOUCHED FOR: {problem}")
    except SourceTrouble as problem:
        return _fail(str(problem))
    return DONE


def _in_words(done: Witnessed) -> str:
    if done.before is None:
        return f"First look at {done.now.origin}: {done.now.size} entries, signature holds."
    return (
        f"{done.now.origin}: {done.before.size} entries then, {done.now.size} now; "
        "nothing that was there has changed."
    )


def _cry(log: str, fork: Forked) -> int:
    bar = "!" * 72
    _say(
        f"{bar}\nTHE LOG AT {log} CONTRADICTS ITSELF: {fork}\n"
        "Entries that were there before are gone or changed. No cosignature was given.\n"
        f"Both signed statements are in {fork.evidence}: keep this file, and tell\n"
        f"the office that runs the log and its supervisor.\n{bar}",
        error=True,
    )
    return FORKED


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(sep=" ")


def _fail(sentence: str) -> int:
    _say(f"netral log: {sentence}", error=True)
    return REFUSED


def _say(text: str, *, error: bool = False) -> None:
    print(text, file=sys.stderr if error else sys.stdout, flush=True)
