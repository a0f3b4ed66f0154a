"""Write the settings file of a real installation, with fresh secrets.

Refuses to touch a settings file that is there already.

examples:
  netral init --public-url https://netral.contoh.go.id
  netral init --public-url http://localhost:8000     try it out; opens on this machine only
"""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from netral.project.configuration import write_settings
from netral.project.environment import env_file, parse_database
from netral.project.refusal import Refusal
from netral.project.supervision.addresses import is_this_machine
from netral.speaking.sentences import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--public-url", required=True, help="address in people's browsers: https://…"
    )
    parser.add_argument(
        "--database", default="", help="postgresql://user@host/name (default: SQLite under var/)"
    )


def run(options: argparse.Namespace) -> int:
    address = urlsplit(options.public_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise Refusal("--public-url needs a whole address, such as https://netral.contoh.go.id")
    if address.scheme == "http" and not is_this_machine(address.hostname):
        raise Refusal(
            "http:// would send passwords readably through the network; give an https:// address, "
            "or http://localhost:8000 to try it out on this machine alone"
        )
    if options.database:
        parse_database(options.database)
    path = env_file()
    write_settings(path, public_url=options.public_url.rstrip("/"), database=options.database)
    say(f"Settings written to {path}.")
    say("Next: netral upgrade, netral government, netral admin (twice, two people), netral run.")
    return 0
