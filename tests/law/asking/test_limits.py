"""Start, memory and time of an answer on a small server, measured in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.law.test_alone import PLAIN

OWN = Path(__file__).parent / "questions.jsonl"
PROGRAM = """
import json, re, statistics, sys, time
from netral.law.asking import answer
answer("boleh?")
start, times = time.process_time(), []
for line in open(sys.argv[1], encoding="utf-8"):
    before = time.process_time()
    answer(json.loads(line)["question"])
    times.append(time.process_time() - before)
# What getrusage says counts the memory of the process that started this one as well.
held = re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())
memory = int(held.group(1)) / 1024
print(json.dumps([start, memory, statistics.quantiles(times, n=20)[-1]]))
"""


def test_an_answer_stays_within_the_limits_of_a_small_server() -> None:
    """CPU seconds of the start, MB held, and CPU seconds that 95 of 100 answers stay below."""
    command = [sys.executable, "-c", PROGRAM, str(OWN)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=PLAIN)
    start, memory, slow = json.loads(done.stdout)
    assert start < 2
    assert memory < 200
    assert slow < 0.05
