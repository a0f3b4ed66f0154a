"""python -m bench.pages [--people 18000 1000000] [--rounds 40]

For each size: builds a government, checks that the figures equal a full recount, then asks the
coverage page and the one-row page in turn and prints the ratio of the medians. Three hundred
signatures are not yet folded into the totals, as in the middle of a ceremony.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from netral.people.models import Account


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, nargs="+", default=[18_000, 1_000_000])
    options.add_argument("--rounds", type=int, default=40)
    chosen = options.parse_args()
    for people in chosen.people:
        with tempfile.TemporaryDirectory(prefix="netral-bench-") as folder:
            pid = os.fork()
            if pid == 0:  # a fresh process per size: Django is set up once per process
                measure(folder, people, chosen.rounds)
                os._exit(0)
            _, status = os.waitpid(pid, 0)
            if status:
                raise SystemExit(f"measuring {people} people failed")


def measure(folder: str, people: int, rounds: int) -> None:
    os.environ["NETRAL_VAR"] = folder
    os.environ.setdefault("NETRAL_DATABASE", "")
    os.environ["NETRAL_LOG_LEVEL"] = "warning"  # a line per request would bury the figures
    os.environ["DJANGO_SETTINGS_MODULE"] = "netral.project.settings"
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.pages.urls"
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _compare(people, rounds)


def _compare(people: int, rounds: int) -> None:
    from django.db import connection

    from bench.pages import world
    from netral.people.models import Unit
    from netral.pledges.services import coverage

    officer, election = world.build(people, units_per_top=max(20, people // 900))
    keys = {"government_id": officer.government_id, "election_id": election.id}
    world.sign_some_more(officer.government, election, 300)
    wrong = coverage.differences(**keys)
    client = _signed_in(officer)
    pages: dict[str, Callable[[], object]] = {
        "one row": lambda: client.get("/satu-baris/"),
        "coverage": lambda: client.get("/cakupan/"),
    }
    times = _in_turn(pages, rounds)
    ratio = statistics.median(times["coverage"]) / statistics.median(times["one row"])
    print(
        f"{connection.vendor}, {people:,} people in {Unit.objects.count():,} units, {rounds} rounds:"
        f" coverage {1000 * statistics.median(times['coverage']):.1f} ms,"
        f" one row {1000 * statistics.median(times['one row']):.1f} ms,"
        f" ratio {ratio:.2f} (goal 3 or less);"
        f" figures equal to a full recount: {'yes' if not wrong else wrong[:3]}"
    )


def _signed_in(officer: Account) -> Client:
    """A browser in which the officer has shown both factors, as the sign-in pages leave it."""
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(officer)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "type": "totp", "at": time.time()},
    ]
    session["account_authentication_methods_user"] = str(officer.pk)
    session.save()
    return client


def _in_turn(pages: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(rounds + 3):
        for name, ask in pages.items():
            started = time.perf_counter()
            answer = ask()
            elapsed = time.perf_counter() - started
            if answer.status_code != 200:  # type: ignore[attr-defined]
                raise SystemExit(f"{name} answered {answer.status_code}")  # type: ignore[attr-defined]
            if number >= 3:
                times[name].append(elapsed)
    return times


if __name__ == "__main__":
    main()
