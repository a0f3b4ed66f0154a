"""``netral log``: what of it runs anywhere stands in ``netral.tlog``, the rest here."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from netral.speaking.parsing import Speaking, add_command
from netral.speaking.sentences import choose_language, say, told
from netral.tlog.command import add_commands
from netral.tlog.indonesian_help import ABOUT
from netral.tlog.recount_command import add_recount


def main(words: Sequence[str]) -> int:
    options = _parser().parse_args(choose_language(words))
    if hasattr(options, "work"):
        return int(options.work(options))
    from netral.project.commandline import set_up_django

    set_up_django(quiet=options.command != "run")
    return _HERE[options.command](options)


def _parser() -> argparse.ArgumentParser:
    parser = Speaking(prog="netral log", description=ABOUT)
    parser.add_language()
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add_commands(commands)
    add_recount(commands)
    add_command(commands, "checkpoint", help="take in what is new, then print the checkpoint")
    prove = add_command(commands, "prove", help="print the proof file of an entry")
    prove.add_argument("index", type=int, help="number of the entry, from 0")
    check = add_command(commands, "fsck", help="make everything anew from the entries and compare")
    check.add_argument(
        "--repair",
        action="store_true",
        help="write missing or wrong tiles anew, if the entries make what was signed",
    )
    check.add_argument(
        "--details",
        "--rinci",
        action="store_true",
        help="list every difference, those too that only follow from another",
    )
    export = add_command(commands, "export", help="copy the whole public log into a new folder")
    export.add_argument("folder", type=Path)
    keys = add_command(
        commands, "keys", help="list, add or retire keys of the log and of witnesses"
    )
    change = keys.add_mutually_exclusive_group()
    change.add_argument("--new", action="store_true", help="a further key of this log")
    change.add_argument("--retire", metavar="ID", help="destroy the private half of a key")
    change.add_argument(
        "--begin-anew", action="store_true", help="after a loss: go on under another name"
    )
    keys.add_argument(
        "--close-healthy-log",
        action="store_true",
        help="with --begin-anew: end a log that lacks nothing, for ever",
    )
    change.add_argument("--witness", metavar="KEY", help="take cosignatures of this key")
    change.add_argument("--no-witness", metavar="KEY", help="take them no more")
    add_command(commands, "run", help="take in what is new until told to stop (netral run does it)")
    return parser


def _checkpoint(options: argparse.Namespace) -> int:
    from netral.base.audit import files, keys
    from netral.base.audit.integrating import Contradiction
    from netral.base.audit.integrator import work_once
    from netral.project.refusal import Refusal

    try:
        while work_once():
            pass
    except (Contradiction, keys.KeyTrouble) as trouble:
        raise Refusal(str(trouble)) from trouble
    print((files.read(files.CHECKPOINT) or b"").decode(), end="")
    return 0


def _prove(options: argparse.Namespace) -> int:
    from netral.base.audit.proving import NotYet, prove_entry
    from netral.project.refusal import Refusal

    try:
        receipt = prove_entry(options.index)
    except (NotYet, ValueError) as problem:
        raise Refusal(str(problem) or "not signed for yet; try again in a second") from problem
    if receipt is None:
        raise Refusal(f"the log has no entry {options.index}")
    print(receipt, end="")
    return 0


def _fsck(options: argparse.Namespace) -> int:
    from netral.project.looking_over import look_over

    return look_over(repair=options.repair, details=options.details)


def _export(options: argparse.Namespace) -> int:
    from netral.base.audit.exporting import export
    from netral.project.refusal import Refusal

    try:
        size = export(options.folder)
    except FileExistsError as problem:
        raise Refusal(f"{options.folder} is there already; name a new folder") from problem
    except ValueError as problem:
        raise Refusal(str(problem)) from problem
    say(f"{size} entries copied to {options.folder}; nothing in it is secret.")
    return 0


def _keys(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from netral.base.audit import keys
    from netral.project.refusal import Refusal

    now = timezone.now()
    try:
        if options.new:
            say(f"A further key signs from now on: {keys.add_key(now=now)}")
        elif options.retire:
            say(f"Signs no more: {keys.retire_key(key_id=options.retire, now=now)}")
        elif options.begin_anew:
            _begin_anew(now, although_healthy=options.close_healthy_log)
        elif options.witness:
            say(
                f"Its cosignatures are taken: {keys.add_witness(verifier=options.witness, now=now)}"
            )
        elif options.no_witness:
            keys.remove_witness(verifier=options.no_witness, now=now)
        else:
            _list_keys()
    except keys.KeyTrouble as trouble:
        raise Refusal(str(trouble)) from trouble
    return 0


def _begin_anew(now: datetime, *, although_healthy: bool) -> None:
    from netral.base.audit import closing
    from netral.base.audit.needing import why_begin_anew
    from netral.project.refusal import Refusal

    if not although_healthy and not why_begin_anew():
        raise Refusal(
            "this log contradicts nothing it has signed and can go on. Beginning anew would end "
            "it for ever: its key is destroyed, and every witness and whoever checks receipts has "
            "to learn another name and key. Missing files: netral log fsck --repair. A lost key: "
            "netral log keys --new. If it is to end all the same, add --close-healthy-log"
        )
    say(f"The log goes on under another name: {closing.begin_anew(now=now)}")


def _list_keys() -> None:
    from netral.base.audit import keys
    from netral.base.audit.models import LogKey
    from netral.speaking.times import day

    for row in LogKey.objects.order_by("role", "added_at"):
        since = row.retired_at
        state = told(f"retired {day(since)}" if since else "in use")
        print(f"{told(row.role):<8} {state:<26} {row.verifier}")
    say(f"Private halves: {keys.folder()}")


def _run(options: argparse.Namespace) -> int:
    from netral.base.audit.integrator import run_integrator

    run_integrator()
    return 0


_HERE = {
    "checkpoint": _checkpoint,
    "prove": _prove,
    "fsck": _fsck,
    "export": _export,
    "keys": _keys,
    "run": _run,
}
