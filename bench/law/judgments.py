"""Judgments per second against two rule engines, in one run on one core.

Run: python -m bench.law.judgments [--number 4000] [--rounds 5]

The situations are random and distinct; the contestants take turns, round by round, and the
ratio of a round compares only what ran within it. Our judgments are measured twice: `warm`, as a
server runs them, where the decision index remembers findings for equal relevant facts, and
`cold`, where every finding is weighed and composed anew. `first pass` is the first sight of all
situations, with the index of norms still to be built; it happens once per process. Before the
rounds the fast path is compared with the plain evaluator.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tests.law.reference import judge_plainly
from tests.law.situations import random_day, random_situation

from bench.law.peers import openfisca_judge, zen_judge
from netral.law import Library, Situation, judge, library
from netral.law.chapters import chapter
from netral.law.judge import find
from netral.law.situation import possible_values

Work = tuple[Situation, date]


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


def cold(law: Library) -> Callable[[Work], Any]:
    """A judgment without the memory of earlier findings."""

    def run(item: Work) -> Any:
        situation, on = item
        return find(law, chapter(law, situation.act, on), possible_values(law, situation, on), on)

    return run


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
    work = distinct_situations(law, number)
    peers = [peer_facts(law, situation) for situation, _ in work]
    contestants: dict[str, tuple[Callable[[Any], Any], Sequence[Any]]] = {
        "warm": (lambda item: judge(item[0], item[1], law=law), work),
        "cold": (cold(law), work[: number // 4]),
        "zen": (zen_judge(law), peers[: number // 10]),
        "openfisca": (openfisca_judge(law), peers[: number // 40]),
    }
    first = rate(*contestants["warm"])
    print(f"first pass {first:12,.0f} per second of CPU, index built on the way")
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    check(law, work[:: max(1, number // 400)])
    for _ in range(rounds):
        for name, (run, items) in contestants.items():
            rates[name].append(rate(run, items))
    return rates


def main() -> int:
    """Print rates and ratios; status 1 when a goal of 20 is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    law = library()
    rates = measure(law, options.number, options.rounds)
    print(f"norms {len(law.norms)}, acts {len(law.acts)}, distinct situations {options.number}")
    for name, values in rates.items():
        print(f"{name:10} median {statistics.median(values):12,.0f} per second of CPU")
    missed = False
    for peer in ("zen", "openfisca"):
        for own in ("warm", "cold"):
            ratios = [mine / other for mine, other in zip(rates[own], rates[peer], strict=True)]
            middle = statistics.median(ratios)
            print(f"{own} / {peer}: {middle:6.1f} times [{min(ratios):.1f} .. {max(ratios):.1f}]")
            missed |= own == "warm" and middle < 20
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
