"""Run background jobs until told to stop (netral run does this for you).

On SIGTERM the job in hand is finished first. A worker that is killed loses nothing: another one
runs its job again.
"""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queues", default="", help="only these, with commas (default: all)")
    parser.add_argument("--until-empty", action="store_true", help="leave when nothing is ready")


def run(options: argparse.Namespace) -> None:
    from netral.base.jobs.worker import run_worker

    queues = [name.strip() for name in options.queues.split(",") if name.strip()]
    run_worker(queues, until_empty=options.until_empty)
