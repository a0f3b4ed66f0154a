"""Say what is wrong with the settings, the database and the files.

Exit code 0: nothing, or warnings only; 1: an error. Each id (netral.E006) is explained in
docs/manual, chapter operations.

examples:
  netral check                 this installation as it is
  netral check --production    as it must be before real people use it
"""

from __future__ import annotations

import argparse

from netral.speaking.sentences import say, told


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--recount", action="store_true", help="make all kept figures anew first")
    parser.add_argument("--production", action="store_true", help="hold it to production's rules")


def run(options: argparse.Namespace) -> int:
    from netral.base.checks import recount_everything
    from netral.project.checking import describe, errors, findings, log_comes_first

    if options.recount:
        say(f"Counted anew: {', '.join(map(told, recount_everything()))}.")
    found = findings(production=options.production)
    for line in describe(found):
        say(line)
    if not found:
        say("Nothing to complain about.")
    if log_comes_first(found):
        say(
            f"{len(errors(found))} error(s). The log comes first: change nothing until what "
            "differs in it is explained, only then put right what is left."
        )
    elif errors(found):
        say(f"{len(errors(found))} error(s): put them right before you serve this installation.")
    return 1 if errors(found) else 0
