"""How well and how fast questions in everyday words are answered, on one core.

Run: python -m bench.ask.questions [FILE.jsonl …] [--text-only]

A questions file has one JSON object per line: id, question, subject, phase, verdict_coarse and,
where more than one answer is right, acceptable_verdicts. Without a file the committed set of our
own is scored. Dangerous errors (the source says forbidden or crime, the answer says allowed) are
listed one by one. How well unseen example questions are understood: python -m bench.ask.folds.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_START = time.process_time()
from netral.law.asking import answer  # noqa: E402 (the start is part of what is measured)

OWN = Path(__file__).parents[2] / "tests/law/asking/questions.jsonl"
COARSE = {
    "allowed_with_conditions": "conditional",
    "forbidden_ethics": "forbidden",
    "forbidden_discipline": "forbidden",
    "unclear_authorities_disagree": "unclear",
}


def accepted(row: dict[str, Any]) -> set[str]:
    """The coarse outcomes that count as right."""
    lenient = {COARSE.get(word, word) for word in row.get("acceptable_verdicts", ())}
    return lenient | {row["verdict_coarse"]}


def score(path: Path, *, text_only: bool) -> list[float]:
    """Print the figures of one file; returns the CPU seconds of every answer."""
    right = strict = 0
    times: list[float] = []
    dangerous: list[str] = []
    scope: Counter[tuple[bool, bool]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    for row in rows:
        beside = (
            {} if text_only else {key: row.get(key) for key in ("subject", "phase", "election")}
        )
        start = time.process_time()
        found = answer(row["question"], **beside)
        times.append(time.process_time() - start)
        gold = row["verdict_coarse"]
        right += found.outcome in accepted(row)
        strict += found.outcome == gold
        seen[gold, found.outcome] += 1
        scope[gold == "out_of_scope", found.outcome == "out_of_scope"] += 1
        if gold in ("forbidden", "crime") and found.outcome == "allowed":
            dangerous.append(f"  {row['id']}: {row['question']}")
    print(f"{path.name}: {len(rows)} questions{', text only' if text_only else ''}")
    print(f"  coarse accuracy {right / len(rows):.3f} (one answer only: {strict / len(rows):.3f})")
    outside = scope[True, True] + scope[True, False]
    called = scope[True, True] + scope[False, True]
    if outside and called:
        print(
            f"  out of scope: recall {scope[True, True] / outside:.3f}, "
            f"precision {scope[True, True] / called:.3f}"
        )
    print(f"  dangerous errors: {len(dangerous)}")
    print("\n".join(dangerous), end="\n" if dangerous else "")
    for (gold, got), number in sorted(seen.items()):
        if gold != got:
            print(f"  {gold} answered {got}: {number}")
    return times


def main(arguments: Sequence[str] | None = None) -> int:
    """Print everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, default=[OWN])
    parser.add_argument("--text-only", action="store_true", help="ignore subject and phase")
    options = parser.parse_args(arguments)
    answer("boleh?")
    start = time.process_time() - _START
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times: list[float] = []
    for path in options.files:
        times += score(path, text_only=options.text_only)
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    print(
        f"start {start:.2f} s CPU, memory {memory:.0f} MB, "
        f"answer p50 {statistics.median(times) * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms CPU"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
