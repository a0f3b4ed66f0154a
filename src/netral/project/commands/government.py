"""Make a government: a province, regency or city, still without people.

Its level and time zone follow from the Kemendagri code. Afterwards make its first two personnel
officers with netral admin; they bring in the register.

examples:
  netral government 64.02 --name "Pemerintah Kabupaten Contoh"
  netral admin --name "Nama Lengkap" --username 198503142010012003 --government 64.02
"""

from __future__ import annotations

import argparse

from netral.project.environment import env_file
from netral.project.refusal import Refusal
from netral.speaking.sentences import language, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="region code, such as 64 or 64.02")
    parser.add_argument("--name", required=True, help="as on the letterhead")


def run(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.utils import timezone, translation

    from netral.people.services.governments import establish

    try:
        with translation.override(language()):
            made = establish(
                actor=None, region_code=options.code, name=options.name, now=timezone.now()
            )
            print(f"{made.name}: {made.get_level_display()}, {made.get_time_zone_display()}.")
    except ValidationError as problem:
        with translation.override(language()):
            raise Refusal(" ".join(problem.messages)) from problem
    if made.time_zone != settings.TIME_ZONE:
        zone = made.get_time_zone_display()
        say(
            f"Commands and nightly work go by another zone; for {zone} write "
            f"NETRAL_TIME_ZONE={zone.lower()} into the settings file ({env_file()})."
        )
    say(f"Next: netral admin --name … --username … --government {made.region_code}")
    return 0
