"""``netral log recount``: counts the signatures of a ceremony again, on any machine."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from netral.speaking.parsing import add_command
from netral.speaking.sentences import Verbatim, say
from netral.speaking.troubles import sentence_about
from netral.tlog.command import DONE, NotGiven, add_keys, fail, read_keys
from netral.tlog.notes import NoteError, VerifierKey
from netral.tlog.proofs import ProofError
from netral.tlog.recount import SignatureList, check_against
from netral.tlog.sources import Source, SourceTrouble, source_at
from netral.tlog.witness import open_with_any


def add_recount(commands: Any) -> None:
    one = add_command(commands, "recount", help="count the signatures of a ceremony again")
    one.add_argument("files", nargs="+", help="lists of signatures, as downloaded")
    add_keys(one)
    one.add_argument("--log", help="compare with the log: https://…/log/ or a folder with a copy")
    one.set_defaults(work=run_recount)


def run_recount(options: argparse.Namespace) -> int:
    file = "--key"
    try:
        keys = read_keys(options.key)
        if not keys:
            return fail("give the public key of the log with --key; its /log/ page shows it")
        source = source_at(options.log) if options.log else None
        listed: set[int] = set()
        for file in options.files:
            read = SignatureList.parse(Path(file).read_text("utf-8"))
            twice = listed & {index for index, _leaf in read.leaves}
            if twice:
                raise ProofError(f"entry {min(twice)} stands in another list as well")
            listed |= {index for index, _leaf in read.leaves}
            for line in describe_list(read, keys, source):
                say(line)
    except (ProofError, NoteError) as problem:
        return fail(f"{file}: DOES NOT ADD UP: {problem}")
    except (NotGiven, SourceTrouble) as problem:
        return fail(str(problem))
    except BrokenPipeError:
        raise
    except (OSError, UnicodeDecodeError) as problem:
        return fail(sentence_about(problem, file))
    return DONE


def describe_list(read: SignatureList, keys: list[VerifierKey], source: Source | None) -> list[str]:
    """What a list adds up to, in lines; ``source``: the log to find its entries in. Raises
    ProofError, NoteError, SourceTrouble."""
    signed = open_with_any(read.checkpoint, keys)
    lines = [
        f"COUNTED: {read.count} signatures stand, with the root",
        Verbatim(f"  {read.root.hex()}"),
        f"  ceremony {read.ceremony}, text {read.wording}",
        f"  {len(read.leaves)} were given, {len(read.withdrawn)} of them withdrawn",
    ]
    for closing in read.closings:
        then = len(read.standing(before=closing.index))
        lines.append(f"  {then} stood at the closing (entry {closing.index}), as was logged then")
    lines.append(f"  under the checkpoint of {signed.size} entries of {signed.origin}")
    if source is None:
        return [*lines, "  not compared with the log itself: give --log and its address"]
    found = check_against(read, source, signed.size, signed.root)
    return [
        *lines,
        f"  each is in the log, read whole: it has {found.signatures} signatures and "
        f"{found.withdrawals} withdrawals, of every ceremony",
    ]
