"""How well and how fast questions in everyday words are answered, on one core.

Run: python -m bench.ask.questions [FILE.jsonl …] [--folds 5] [--text-only]

A questions file has one JSON object per line: id, question, subject, phase, verdict_coarse and,
where more than one answer is right, acceptable_verdicts. Without a file the committed set of our
own is scored. Dangerous errors (the source says forbidden or crime, the answer says allowed) are
listed one by one. The folds measure how often an act is found by example questions of its own that
the matcher has not seen; its cues have been written by people who knew them.
"""

from __future__ import annotations

import argparse
import json
import random
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
from netral.law.asking.knowledge import knowledge  # noqa: E402
from netral.law.asking.matching import Matcher, tell  # noqa: E402
from netral.law.asking.texts import examples_of  # noqa: E402
from netral.law.library import library  # noqa: E402

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


def held_out(folds: int) -> tuple[float, float]:
    """How often an unseen example question finds its act first, and among the first three."""
    law, known = library(), knowledge()
    own = [
        (name, text) for name, act in law.acts.items() for text in (*act.phrases, *act.phrases_en)
    ]
    random.Random(2026).shuffle(own)
    examples = examples_of(law)
    first = three = 0
    for fold in range(folds):
        hidden = {text for _, text in own[fold::folds]}
        fewer = {name: [t for t in texts if t not in hidden] for name, texts in examples.items()}
        trained = Matcher(law, known, fewer)
        for name, text in own[fold::folds]:
            scores, _ = trained.scores(tell(text, known))
            ranked = sorted(scores, key=scores.__getitem__, reverse=True)[:3]
            first += ranked[0] == name
            three += name in ranked
    return first / len(own), three / len(own)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, default=[OWN])
    parser.add_argument("--folds", type=int, default=5)
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
    if options.folds > 1:
        first, three = held_out(options.folds)
        print(
            f"own example questions, {options.folds} folds: act first {first:.3f}, "
            f"among three {three:.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
