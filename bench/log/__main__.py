"""python -m bench.log [--rounds 3] [--entries 5000] [--leaves 4700000]

In turn with pymerkle's SqliteTree (installed for the benchmark only): durable appends, each
confirmed by a commit that survives a power cut, and inclusion proofs over 20,000 entries. Then
proofs and their verification over 4,700,000 leaves, with the memory they need.

Ours appends as a ceremony does, one hundred deeds a commit (``append_many``), and, beside it,
one deed a commit. Ours also writes salt, kind and hour, and keeps the numbers without gaps.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

PROVED = 20_000
WARM_UP = 20_000
"""Entries after which a journal has its full length and is written over: a file that still grows
costs each commit a further write, and an installation grows it once."""
GOALS = {"append": 10.0, "prove": 15.0}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--entries", type=int, default=5_000)
    options.add_argument("--leaves", type=int, default=4_700_000)
    options.add_argument("--large", metavar="FOLDER", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.large:
        return prove_large(Path(chosen.large), chosen.leaves)
    with tempfile.TemporaryDirectory(prefix="netral-bench-") as folder:
        set_up(folder)
        compare_appends(Path(folder), chosen.rounds, chosen.entries)
        compare_proofs(Path(folder), chosen.rounds)
        build_large(Path(folder) / "large", chosen.leaves)
        command = [sys.executable, "-m", "bench.log", "--leaves", str(chosen.leaves)]
        subprocess.run([*command, "--large", str(Path(folder) / "large")], check=True)
    return None


def set_up(folder: str) -> None:
    os.environ["NETRAL_VAR"] = folder
    os.environ["NETRAL_DATABASE"] = ""
    os.environ["NETRAL_ENV_FILE"] = os.devnull
    os.environ["DJANGO_SETTINGS_MODULE"] = "netral.project.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


Case = Callable[[], int]
"""Does it and says how often."""


def timed(deed: Case) -> tuple[float, float]:
    """Operations per second of the clock, and per second of this process's CPU."""
    clock, cpu = time.perf_counter(), time.process_time()
    count = deed()
    return count / (time.perf_counter() - clock), count / (time.process_time() - cpu)


def in_turn(title: str, rounds: int, cases: dict[str, Callable[[], Case]], goal: float) -> None:
    """Runs the cases one after the other, ``rounds`` times; the last one is the peer.

    Each is prepared first: making up what is to be logged is no part of logging it.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
    for _round in range(rounds):
        for name, prepare in cases.items():
            found[name].append(timed(prepare()))
    middle = {
        name: tuple(statistics.median(column) for column in zip(*rows, strict=True))
        for name, rows in found.items()
    }
    peer = list(cases)[-1]
    print(f"\n{title} ({rounds} rounds in turn, medians; goal {goal:g} times {peer})")
    for name, (clock, cpu) in middle.items():
        print(
            f"  {name:<34} {clock:>10,.0f}/s  {cpu:>10,.0f} per CPU second   "
            f"{clock / middle[peer][0]:6.1f} x clock  {cpu / middle[peer][1]:6.1f} x CPU"
        )


def entries(count: int) -> Iterator[bytes]:
    return (os.urandom(300) for _ in range(count))


def compare_appends(folder: Path, rounds: int, count: int) -> None:
    from django.db import transaction
    from django.utils import timezone
    from pymerkle import SqliteTree

    from netral.base import audit
    from netral.base.audit.models import LogEntry
    from netral.base.ids import new_id

    audit.register_kind(audit.Kind("bench", lambda keys: {}, lambda: 0))
    peer = SqliteTree(str(folder / "peer.sqlite3"))
    peer.con.execute("PRAGMA synchronous=FULL")
    peer.con.execute("PRAGMA journal_mode=WAL")  # what is best for it

    def deeds(number: int) -> list[Any]:
        content = audit.Content({"text": os.urandom(110).hex()}, {"person": "x" * 36})
        return [audit.Logged(new_id(), content, new_id()) for _ in range(number)]

    def ours(batch: int, total: int) -> Case:
        groups = [deeds(batch) for _ in range(total // batch)]
        before = LogEntry.objects.count()

        def append() -> int:
            for group in groups:
                with transaction.atomic():
                    audit.append_many(kind="bench", deeds=group, now=timezone.now())
            assert LogEntry.objects.count() == before + len(groups) * batch
            return len(groups) * batch

        return append

    def theirs(total: int) -> Case:
        given, before = list(entries(total)), peer.get_size()

        def append() -> int:
            for entry in given:
                peer.append_entry(entry)
            assert peer.get_size() == before + total
            return total

        return append

    ours(100, WARM_UP)()
    theirs(WARM_UP // 10)()
    in_turn(
        "Durable append, SQLite, synchronous=FULL",
        rounds,
        {
            "ours, 100 deeds a commit": lambda: ours(100, count),
            "ours, one deed a commit": lambda: ours(1, count // 10),
            "pymerkle SqliteTree": lambda: theirs(count // 10),
        },
        GOALS["append"],
    )


def compare_proofs(folder: Path, rounds: int) -> None:
    from pymerkle import SqliteTree, verify_inclusion

    from netral.tlog.hashing import leaf_hash
    from netral.tlog.proofs import check_inclusion, inclusion_proof
    from netral.tlog.tiles import TileReader

    raw = list(entries(PROVED))
    peer = SqliteTree(str(folder / "proofs.sqlite3"))
    peer.append_entries(raw)
    place = folder / "proofs"
    root = write_tiles(place, (leaf_hash(entry) for entry in raw))
    chance = random.Random(1)
    source = TileReader(PROVED, lambda tile: (place / tile.path).read_bytes())

    def ours(count: int) -> int:
        for _ in range(count):
            inclusion_proof(source, chance.randrange(PROVED), PROVED)
        return count

    def theirs(count: int) -> int:
        for _ in range(count):
            peer.prove_inclusion(chance.randrange(PROVED) + 1, PROVED)
        return count

    at = chance.randrange(PROVED)
    check_inclusion(leaf_hash(raw[at]), at, PROVED, inclusion_proof(source, at, PROVED), root)
    verify_inclusion(peer.get_leaf(at + 1), peer.get_root(), peer.prove_inclusion(at + 1, PROVED))
    in_turn(
        f"Inclusion proofs over {PROVED:,} entries",
        rounds,
        {
            "ours, from tiles": lambda: partial(ours, 4000),
            "pymerkle SqliteTree": lambda: partial(theirs, 300),
        },
        GOALS["prove"],
    )


def write_tiles(place: Path, leaves: Iterator[bytes]) -> bytes:
    """The tiles of a tree, without waiting for the disk; returns the root."""
    from netral.tlog.tiles import Edge

    edge = Edge()

    def put(path: str, content: bytes) -> None:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)

    for leaf in leaves:
        for tile, content in edge.append(leaf):
            put(tile.path, content)
    for tile, content in edge.partial_tiles():
        put(tile.path, content)
    return edge.root()


def leaf_number(number: int) -> bytes:
    return hashlib.sha256(number.to_bytes(8, "big")).digest()


def build_large(place: Path, leaves: int) -> None:
    started = time.process_time()
    place.mkdir()
    root = write_tiles(place, map(leaf_number, range(leaves)))
    (place / "root").write_bytes(root)
    print(f"\nTree of {leaves:,} leaves written in {time.process_time() - started:.0f} CPU seconds")


def prove_large(place: Path, leaves: int) -> None:
    """In a process of its own, so that its memory is that of proving and verifying alone."""
    from netral.tlog.proofs import check_inclusion, inclusion_proof
    from netral.tlog.tiles import TileReader

    root = (place / "root").read_bytes()
    source = TileReader(leaves, lambda tile: (place / tile.path).read_bytes())
    chance = random.Random(2)
    before = memory()

    def both(count: int) -> int:
        for _ in range(count):
            at = chance.randrange(leaves)
            proof = inclusion_proof(source, at, leaves)
            check_inclusion(leaf_number(at), at, leaves, proof, root)
        return count

    print(f"Prove and verify a leaf of {leaves:,} at random, tiles on disk, memory of the process:")
    for count in (1000, 4000):
        clock, cpu = timed(lambda count=count: both(count))
        after = memory()
        print(
            f"  {count:>5} times: {clock:,.0f}/s, {cpu:,.0f} per CPU second; "
            f"{after:.0f} MB resident, {after - before:.0f} MB more than at the start"
        )


def memory() -> float:
    """Resident MB of this process now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
