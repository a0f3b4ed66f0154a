"""Judgments with their full reasons per second against two rule engines, in one run on one core.

Run: python -m bench.law.judgments [--number 4000] [--rounds 5]

The contestants take turns, round by round, and the ratio of a round compares only what ran within
it. A judgment counts when every part of its verdict has been read: outcome, citations, questions,
facts used, sanctions, deciders, disagreements, conditions, notes, clocks, safe course, and the trace
with each norm considered and each of its elements. Three kinds are told apart:

- `new`: situations this process never saw; the pieces that verdicts share (chapters, weighings,
  citations) have grown from ten times as many other situations, as in a server that has run a while;
- `repeated`: the same situations again, as questions come in real life; each was asked twice
  before, for what is asked once is not kept;
- `first`: nothing is built yet, not even the index of norms; it happens once per process.

Before the rounds the fast path is compared with the plain evaluator.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from tests.law.reference import judge_plainly
from tests.law.situations import random_day, random_situation

from bench.law.peers import openfisca_judge, zen_judge
from netral.law import Library, Situation, judge, library
from netral.law.verdict import Finding

Work = tuple[Situation, date]

GOAL = 20
read_parts = attrgetter(*Finding._fields)


def distinct_situations(law: Library, number: int) -> list[Work]:
    """`number` different situations with their days."""
    source = random.Random(2026)
    found: dict[Any, Work] = {}
    while len(found) < number:
        situation, on = random_situation(source, law), random_day(source, law)
        found[situation.act, on, tuple(sorted(situation.facts.items()))] = (situation, on)
    return list(found.values())


def peer_facts(law: Library, situation: Situation) -> dict[str, str]:
    """The same facts for an engine without acts: what the act fixes is spelled out."""
    facts = {name: values[0] for name, values in law.act(situation.act).given.items()}
    return facts | dict(situation.facts)


def rate(run: Callable[[Any], Any], work: Sequence[Any]) -> float:
    """Runs per second of CPU time."""
    start = time.process_time()
    for item in work:
        run(item)
    return len(work) / (time.process_time() - start)


def read_all(law: Library, item: Work) -> int:
    """Judge, and read every part of the verdict; returns how many parts there were."""
    situation, on = item
    verdict = judge(situation, on, law=law)
    return len(read_parts(verdict.finding)) + len(verdict.finding.trace.considered)


def check(law: Library, work: Sequence[Work]) -> None:
    """The fast path never differs from the plain one, or the benchmark means nothing."""
    for situation, on in work:
        fast, plain = (
            judge(situation, on, law=law).outcome,
            judge_plainly(law, situation, on).outcome,
        )
        if fast is not plain:
            raise SystemExit(f"{situation} on {on}: fast {fast}, plain {plain}")


def measure(law: Library, number: int, rounds: int) -> dict[str, list[float]]:
    """Rates per contestant and round."""
    unseen = distinct_situations(law, (11 + rounds) * number)
    peers = [peer_facts(law, situation) for situation, _ in unseen[: number // 10]]
    zen, openfisca = zen_judge(law), openfisca_judge(law)

    def ours(item: Work) -> int:
        return read_all(law, item)

    first = rate(ours, unseen[:number])
    print(f"first      {first:12,.0f} per second of CPU, index built on the way")
    check(law, unseen[: max(1, number // 400)])
    for item in unseen[number : 11 * number]:
        ours(item)
    gc.collect()
    gc.freeze()  # the situations of this benchmark are no part of a server's garbage
    rates: dict[str, list[float]] = {name: [] for name in ("new", "repeated", "zen", "openfisca")}
    for turn in range(rounds):
        work = unseen[(11 + turn) * number :][:number]
        rates["new"].append(rate(ours, work))
        rate(ours, work)
        rates["repeated"].append(rate(ours, work))
        rates["zen"].append(rate(zen, peers))
        rates["openfisca"].append(rate(openfisca, peers[: number // 40]))
    return rates


def main() -> int:
    """Print rates and ratios; status 1 when repeated situations miss the goal."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    law = library()
    rates = measure(law, options.number, options.rounds)
    print(
        f"norms {len(law.norms)}, acts {len(law.acts)}, {options.number} distinct situations a round"
    )
    for name, values in rates.items():
        print(f"{name:10} median {statistics.median(values):12,.0f} per second of CPU")
    missed = False
    for peer in ("zen", "openfisca"):
        for own in ("new", "repeated"):
            ratios = [mine / other for mine, other in zip(rates[own], rates[peer], strict=True)]
            middle = statistics.median(ratios)
            print(f"{own} / {peer}: {middle:6.1f} times [{min(ratios):.1f} .. {max(ratios):.1f}]")
            goal = "reached" if middle >= GOAL else "NOT reached"
            print(f"    goal of {GOAL} times {goal}")
            missed |= own == "repeated" and middle < GOAL
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
