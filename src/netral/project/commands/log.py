"""The log that nobody can change unnoticed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="netral log", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="make tiles and checkpoints until told to stop")
    parser.parse_args(words)
    from netral.project.commandline import set_up_django

    set_up_django(quiet=False)
    from netral.base.audit.integrator import run_integrator

    run_integrator()
    return 0
