"""Build the demonstration: an invented province of 18,000 people, always the same.

Its register is read through the real import, which takes a minute or two. Prints how to sign in;
netral run then serves it (and builds it by itself in a checkout that nobody configured). A
demonstration that is there already stays as it is. Refused over a real register.

examples:
  netral demo                  build it, or show its sign-ins once more
  netral demo --fresh          throw the demonstration away and build it anew
  netral demo --size 2000      a small one, in seconds
"""

from __future__ import annotations

import argparse

from netral.project.refusal import Refusal
from netral.speaking.sentences import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fresh", action="store_true", help="throw the demonstration away first")
    parser.add_argument("--size", type=int, default=18_000, help="how many people (default: 18000)")


def run(options: argparse.Namespace) -> int:
    from django.conf import settings

    from netral.project import demonstrating, installation, upgrading

    if not settings.DEMO:
        raise Refusal(
            "this installation is configured as a real one; a demonstration needs "
            "NETRAL_DEMO=true and a database of its own (NETRAL_DATABASE)"
        )
    with installation.only_user():
        if options.fresh:
            demonstrating.throw_away()
        upgrading.apply_migrations(say)
        installation.must_fit_settings()
        if installation.holds_people():
            demonstrating.keep_current()
            say("The demonstration is there already; --fresh builds it anew.")
        else:
            demonstrating.build(size=options.size, report=say)
    for line in demonstrating.sign_in_lines():
        say(line)
    return 0
