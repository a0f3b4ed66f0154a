"""Show waiting, running and failed jobs; try failed ones again or forget them.

A job that failed for good rests until somebody looks. What it raised is shown by type and place;
its message is not kept, because messages carry names and numbers.

examples:
  netral jobs
  netral jobs --retry 0197b2c4
  netral jobs --retry all
"""

from __future__ import annotations

import argparse

from netral.project.refusal import Refusal
from netral.speaking.sentences import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_mutually_exclusive_group()
    deeds.add_argument("--retry", metavar="ID|all", help="try failed jobs again, now")
    deeds.add_argument("--forget", metavar="ID|all", help="drop failed jobs")


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from netral.base.jobs import overview

    if options.retry or options.forget:
        deed = overview.retry if options.retry else overview.forget
        count = deed(options.retry or options.forget)
        if not count:
            raise Refusal("no failed job has that number; netral jobs lists them")
        say(f"{count} job(s) queued again." if options.retry else f"{count} job(s) forgotten.")
        return 0
    for line in overview.describe(timezone.now()):
        say(line)
    return 0
