"""``netral log verify`` and ``netral log witness``: what anybody can do without an installation.

Imports this package alone: no Django, no settings, no database.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from netral.speaking.parsing import add_command
from netral.speaking.sentences import Verbatim, learn, say, told
from netral.speaking.times import moment
from netral.speaking.troubles import sentence_about
from netral.tlog import assertions, indonesian, indonesian_help
from netral.tlog.checkpoints import Witnessing
from netral.tlog.entries import Opened
from netral.tlog.notes import COSIGNATURE, ED25519, NoteError, UnknownKey, VerifierKey
from netral.tlog.proofs import ProofError
from netral.tlog.receipts import Receipt, proof_in_pdf, verify
from netral.tlog.recognising import PDF, must_be_whole, must_be_whole_pdf, why_no_proof
from netral.tlog.seals import check_seal
from netral.tlog.showing import shown
from netral.tlog.sources import Forgotten, SourceTrouble, WebSource, source_at
from netral.tlog.witness import RULE, Forked, Lost, Witness, Witnessed, open_with_any

DONE, REFUSED, FORKED = 0, 1, 3
SUBMIT_TO = "add-cosignature"
BAR = "!" * 72
learn(*indonesian.TABLES, indonesian_help.HELP)


def add_commands(commands: Any) -> None:
    """Adds ``verify`` and ``witness``; their ``work`` takes the options, returns the exit code."""
    one = add_command(commands, "verify", help="check a receipt or proof file, offline, anywhere")
    one.add_argument("file", help="the proof file or the PDF that carries it; - reads a proof")
    add_keys(one)
    one.set_defaults(work=run_verify)
    other = add_command(
        commands,
        "witness",
        help="vouch that another office's log only ever grew",
        description=indonesian_help.AS_A_WITNESS,
    )
    other.add_argument("log", nargs="?", help="https://…/log/ or a folder with a copy of it")
    other.add_argument("--key", action="append", default=[], help="public key of the log, or file")
    other.add_argument("--name", default="", help="of this witness, once, to make its key")
    other.add_argument(
        "--state",
        type=Path,
        default=Path.home() / ".netral-witness",
        help="folder with its key and what it has seen (default: %(default)s)",
    )
    other.add_argument(
        "--every", type=int, default=0, metavar="SECONDS", help="go on, look again and again"
    )
    other.add_argument("--no-submit", action="store_true", help="print the cosignature only")
    other.set_defaults(work=run_witness)


def add_keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--key", action="append", default=[], help="public key of the log, or file")
    parser.add_argument("--witness", action="append", default=[], help="public key of a witness")


class NotGiven(Exception):
    """An option names nothing usable. Says nothing about the log."""


def read_keys(given: list[str]) -> list[VerifierKey]:
    """Keys as text, or the lines of files that hold some. Raises NotGiven, NoteError."""
    found: list[VerifierKey] = []
    for text in given:
        path = Path(text)
        if not path.is_file():
            if "+" not in text:
                raise NotGiven(f"there is no file {text}: download keys.txt from the /log/ page")
            found.append(VerifierKey.parse(text))
            continue
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        if not lines:
            raise NotGiven(f"{text} holds no key: download keys.txt from the /log/ page again")
        found += [VerifierKey.parse(line) for line in lines]
    return found


def run_verify(options: argparse.Namespace) -> int:
    try:
        keys = read_keys(options.key)
        if not keys:
            return fail("give the public key of the log with --key; its /log/ page shows it")
        text, is_pdf = _proof_in(options.file)
        witnesses = read_keys(options.witness) + [it for it in keys if it.kind == COSIGNATURE]
        for line in describe(Receipt.parse(text), keys, witnesses):
            say(line)
        if is_pdf:
            say("  the PDF is as it was sealed; whose seal it is, /periksa/ or a PDF reader shows")
    except NotGiven as problem:
        return fail(str(problem))
    except UnknownKey as problem:
        return fail(f"NOT PROVED: {problem}: is this keys.txt of that log, and of this day?")
    except (ProofError, NoteError, assertions.NotAsserted) as problem:
        return fail(f"NOT PROVED: {problem}")
    except BrokenPipeError:
        raise
    except (OSError, UnicodeDecodeError) as problem:
        return fail(sentence_about(problem, options.file))
    return DONE


def _proof_in(file: str) -> tuple[str, bool]:
    """The proof file's text, and whether it was attached to a PDF, which is as it was sealed then.

    Raises ProofError, NotGiven.
    """
    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    if other := why_no_proof(file, content):
        raise NotGiven(other)
    if not content.startswith(PDF):
        must_be_whole(content.decode())
        return content.decode(), False
    must_be_whole_pdf(content)
    check_seal(content)
    return proof_in_pdf(content), True


def describe(receipt: Receipt, keys: list[VerifierKey], witnesses: list[VerifierKey]) -> list[str]:
    """What a proof file shows, in lines. Raises ProofError or NoteError when it shows nothing,
    NotAsserted when it carries a passkey's signature that does not hold."""
    opened = Opened.parse(receipt.extra or b"")
    open_with_any(receipt.checkpoint, keys)
    by = next(key for key in keys if key.kind == ED25519 and _has_signed(receipt.checkpoint, key))
    proved = verify(receipt, opened.entry.encode(), by, witnesses)
    lines = [
        f"PROVED: entry {proved.index} is one of the {proved.checkpoint.size} entries of "
        f"{proved.checkpoint.origin}.",
    ]
    facts = json.loads(opened.payload or b"{}")
    facts |= {name: value for name, (_salt, value) in opened.hidden.items()}
    assertion = facts.pop(assertions.NAME, None)
    lines += shown(opened, facts)
    if assertion:
        lines += _describe_passkey(assertion if assertions.NAME in opened.hidden else "", facts)
    return lines + _describe_witnesses(proved.witnesses, witnesses)


def _describe_witnesses(seen: Sequence[Witnessing], asked: Sequence[VerifierKey]) -> list[str]:
    """Whoever names a witness is told of each that has not sealed what this file shows."""
    lines = [f"  seen by {it.key.name} at {_moment(it.at)}" for it in seen]
    had = {it.key for it in seen}
    lines += [
        f"  not seen by {key.name}: a file of the first seconds has no seal of a witness yet; "
        "download it again later"
        for key in asked
        if key not in had
    ]
    if not asked:
        lines.append("  no key of a witness was given (--witness): the log's word stands alone")
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
        if options.name not in ("", key.name):
            return fail(
                f"this witness has a key already and is called {key.name}; for a second one "
                "choose another folder with --state"
            )
        if not options.log:
            say(Verbatim(key.verifier))
            say(
                "Send this line to the office that runs the log. It runs there:\n"
                f'  netral log keys --witness "{key.verifier}"'
            )
            return DONE
        while True:
            code = _witness_once(witness, options)
            if not options.every or code == FORKED:
                return code
            time.sleep(options.every)
    except NoteError as problem:
        return fail(str(problem))
    except KeyboardInterrupt:
        return DONE


def _witness_once(witness: Witness, options: argparse.Namespace) -> int:
    try:
        source = source_at(options.log)
        keys = witness.log_keys(read_keys(options.key))
        done = witness.observe(source, keys, int(time.time()))
        say(_in_words(done))
        if options.no_submit or not isinstance(source, WebSource):
            say(Verbatim(done.note))
            return DONE
        return _submit(witness, source, done, options.log)
    except Lost as loss:
        return _cry_over(options.log, loss)
    except Forked as fork:
        return _cry(options.log, fork)
    except UnknownKey as problem:
        return fail(
            f"NOT VOUCHED FOR: {problem}. Has its office announced a new key? Compare it with what "
            "was announced, then give it once with --key"
        )
    except NoteError as problem:
        return fail(f"NOT VOUCHED FOR: {problem}")
    except (NotGiven, SourceTrouble) as problem:
        return fail(str(problem))
    return DONE


def _submit(witness: Witness, source: WebSource, done: Witnessed, log: str) -> int:
    try:
        source.post(SUBMIT_TO, done.note.encode())
    except Forgotten as denial:
        evidence = witness.keep_evidence(f"{done.note}\n{RULE}\n{denial}\n")
        say(
            f"{BAR}\nTHE LOG AT {log} HAS FORGOTTEN WHAT IT SIGNED: {denial}.\n"
            f"Its published files still hold {done.now.size} entries, its database does not. What\n"
            f"it signed, and its answer, are in {evidence}:\n"
            f"keep this file, and ask the office that runs the log what it put back.\n{BAR}",
            error=True,
        )
        return FORKED
    say("The log has taken the cosignature.")
    return DONE


def _in_words(done: Witnessed) -> str:
    if done.before is None:
        return f"First look at {done.now.origin}: {done.now.size} entries, signature holds."
    return (
        f"{done.now.origin}: {done.before.size} entries then, {done.now.size} now; "
        "nothing that was there has changed."
    )


def _cry(log: str, fork: Forked) -> int:
    say(
        f"{BAR}\nTHE LOG AT {log} CONTRADICTS ITSELF: {fork}\n"
        "Entries that were there before are gone or changed. No cosignature was given.\n"
        f"Both signed statements are in {fork.evidence}: keep this file, and tell\n"
        f"the office that runs the log and its supervisor.\n{BAR}",
        error=True,
    )
    return FORKED


def _cry_over(log: str, loss: Lost) -> int:
    say(
        f"{BAR}\nTHE LOG AT {log} BEGAN ANEW WITHOUT WHAT IT HAD SIGNED: {loss}.\n"
        f"It is now {loss.origin}; this witness vouched for {loss.before.size} entries of\n"
        f"{loss.before.origin}, and the end it is given now does not hold them all.\n"
        "No cosignature was given. What was signed then, and what is served now, is in\n"
        f"{loss.evidence}: keep this file, and tell\n"
        f"the office that runs the log and its supervisor.\n{BAR}",
        error=True,
    )
    return FORKED


def _moment(seconds: int) -> str:
    return moment(datetime.fromtimestamp(seconds, UTC))


def fail(sentence: str) -> int:
    say(Verbatim(f"netral log: {told(sentence)}"), error=True)
    return REFUSED
