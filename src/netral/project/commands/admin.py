"""Make the first administrator of the installation, or the first personnel officer of a government.

Nobody gets a password: the command prints a one-time link with which the officer claims the
account, chooses a password or passkey, and sets up the second factor.

examples:
  netral admin --name "Nama Lengkap" --username admin.bkd
  netral admin --name "Nama Lengkap" --username 198503142010012003 --government 71
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from netral.project.refusal import Refusal
from netral.speaking.sentences import say

if TYPE_CHECKING:
    from netral.people.models import Government


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="full name")
    parser.add_argument("--username", required=True, help="staff number, or a word for outsiders")
    parser.add_argument(
        "--government", metavar="CODE", help="make a personnel officer of this government instead"
    )


def run(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from netral.people.services.accounts import (
        UsernameTaken,
        create_first_administrator,
    )

    claim = settings.PUBLIC_URL + reverse("people:claim")
    try:
        made = create_first_administrator(
            name=options.name,
            username=options.username,
            government=_government(options.government),
            now=timezone.now(),
        )
    except UsernameTaken as error:
        raise Refusal(
            f"{options.username} is taken or not usable as a sign-in name; choose another"
        ) from error
    name = made.account.username
    if made.is_new:
        say(f"Account {name} made.")
    else:
        say(f"Account {name} was there already; a new code replaces the old one.")
    say(f"Claim it at {claim}?k={made.code}")
    until = timezone.localtime(made.expires_at)
    say(f"The code {made.code} works once, until {until:%d-%m-%Y %H.%M %Z}.")
    return 0


def _government(code: str | None) -> Government | None:
    from netral.people.models import Government

    if code is None:
        return None
    found = Government.objects.filter(region_code=code).first()
    if found is None:
        known = ", ".join(Government.objects.values_list("region_code", flat=True)[:20])
        raise Refusal(
            f"no government has the region code {code} (there are: {known or '-'}). "
            f"Make it: netral government {code} --name …"
        )
    return found
