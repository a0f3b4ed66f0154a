"""The log that nobody can change unnoticed.

verify, recount and witness run anywhere, without an installation or a database; verify and recount
without a network as well. The others look at the log of this installation.

examples:
  netral log verify tanda-terima.pdf --key keys.txt             keys.txt is on the /log/ page
  netral log recount daftar-7K3M.txt --key keys.txt             the count of a pledge, once more
  netral log witness --name inspektorat.contoh.go.id            makes the witness's own key
  netral log witness https://netral.contoh.go.id/log/ --key …   vouch once; --every 3600: go on
  netral log fsck                                               make everything anew and compare
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from netral.tlog import recount_command
from netral.tlog.command import add_commands

FOUND = 3
"""Exit code when fsck finds differences: not the 1 of a command that could not be done."""
MOST_SHOWN = 40


def main(words: Sequence[str]) -> int:
    options = _parser().parse_args(words)
    if hasattr(options, "work"):
        return int(options.work(options))
    from netral.project.commandline import set_up_django

    set_up_django(quiet=options.command != "run")
    return _HERE[options.command](options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="netral log",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add_commands(commands)
    recount_command.add_command(commands)
    commands.add_parser("checkpoint", help="take in what is new, then print the checkpoint")
    prove = commands.add_parser("prove", help="print the proof file of an entry")
    prove.add_argument("index", type=int, help="number of the entry, from 0")
    check = commands.add_parser("fsck", help="make everything anew from the entries and compare")
    check.add_argument("--repair", action="store_true", help="write missing or wrong tiles anew")
    export = commands.add_parser("export", help="copy the whole public log into a new folder")
    export.add_argument("folder", type=Path)
    keys = commands.add_parser("keys", help="list, add or retire keys of the log and of witnesses")
    change = keys.add_mutually_exclusive_group()
    change.add_argument("--new", action="store_true", help="a further key of this log")
    change.add_argument("--retire", metavar="ID", help="destroy the private half of a key")
    change.add_argument(
        "--begin-anew", action="store_true", help="after a loss: go on under another name"
    )
    change.add_argument("--witness", metavar="KEY", help="take cosignatures of this key")
    change.add_argument("--no-witness", metavar="KEY", help="take them no more")
    commands.add_parser("run", help="take in what is new until told to stop (netral run does it)")
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
    from django.utils import timezone

    from netral.base.audit.recounting import recount
    from netral.base.audit.tree_files import MadeAnew, MissingFile

    told: Counter[type[str]] = Counter()

    def tell(difference: str) -> None:
        if told.total() < MOST_SHOWN:
            print(f"DIFFERS: {difference}")
        told[type(difference)] += 1

    done = recount(clock=timezone.now, repair=options.repair, tell=tell)
    made, missing, all_told = told[MadeAnew], told[MissingFile], told.total()
    if made and all_told == made + missing:
        print(f"{made} file(s) of the tree were made anew from the entries; nothing else differs.")
        return FOUND
    if told and all_told == missing:
        print(
            f"{missing} file(s) of the tree are missing and nothing else, as after a restore.\n"
            "netral log fsck --repair writes them anew; netral run then publishes the checkpoint."
        )
        return FOUND
    if told:
        print(f"{all_told} difference(s). Change nothing; keep a backup of this and report it.")
        return FOUND
    print(f"{done.entries} entries: tiles, checkpoints and rows are what they say.")
    return 0


def _export(options: argparse.Namespace) -> int:
    from netral.base.audit.exporting import export
    from netral.project.refusal import Refusal

    try:
        size = export(options.folder)
    except FileExistsError as problem:
        raise Refusal(f"{options.folder} is there already; name a new folder") from problem
    except ValueError as problem:
        raise Refusal(str(problem)) from problem
    print(f"{size} entries copied to {options.folder}; nothing in it is secret.")
    return 0


def _keys(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from netral.base.audit import closing, keys
    from netral.project.refusal import Refusal

    now = timezone.now()
    try:
        if options.new:
            print(f"A further key signs from now on: {keys.add_key(now=now)}")
        elif options.retire:
            print(f"Signs no more: {keys.retire_key(key_id=options.retire, now=now)}")
        elif options.begin_anew:
            print(f"The log goes on under another name: {closing.begin_anew(now=now)}")
        elif options.witness:
            print(
                f"Its cosignatures are taken: {keys.add_witness(verifier=options.witness, now=now)}"
            )
        elif options.no_witness:
            keys.remove_witness(verifier=options.no_witness, now=now)
        else:
            _list_keys()
    except keys.KeyTrouble as trouble:
        raise Refusal(str(trouble)) from trouble
    return 0


def _list_keys() -> None:
    from netral.base.audit import keys
    from netral.base.audit.models import LogKey

    for row in LogKey.objects.order_by("role", "added_at"):
        state = f"retired {row.retired_at:%Y-%m-%d}" if row.retired_at else "in use"
        print(f"{row.role:<8} {state:<18} {row.verifier}")
    print(f"Private halves: {keys.folder()}")


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
