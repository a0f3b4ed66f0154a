"""The queue of those who write to SQLite: one at a time, in turn, and free again after a kill."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from netral.base.turn import own_turn

pytestmark = pytest.mark.django_db(transaction=True)
HOLD = """
import sys, time
from fcntl import LOCK_EX, flock
room = open(sys.argv[1], "w")
flock(room, LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    if connection.vendor != "sqlite":
        pytest.skip("many write side by side on PostgreSQL")
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_whoever_writes_all_the_time_takes_turns_with_the_others() -> None:
    order: list[str] = []

    def write(name: str) -> None:
        for _number in range(20):
            with own_turn():
                order.append(name)
                time.sleep(0.002)

    writers = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    changes = sum(one != other for one, other in pairwise(order))
    assert len(order) == 40
    assert changes >= 30, "".join(order)


def test_whoever_has_the_turn_does_not_wait_for_it_again() -> None:
    with own_turn(), own_turn():
        pass
    with own_turn():
        pass


def test_the_turn_of_a_killed_process_goes_to_the_next(folder: Path) -> None:
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder / "turn.room")], stdout=subprocess.PIPE
    )
    assert held.stdout is not None
    assert held.stdout.readline() == b"held\n"
    got = threading.Event()

    def wait() -> None:
        with own_turn():
            got.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not got.wait(0.2)
    held.kill()
    assert got.wait(10)
    waiting.join()
    held.wait()
