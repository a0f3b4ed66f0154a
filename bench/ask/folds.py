"""How well example questions are understood that the training has not seen.

Run: python -m bench.ask.folds [--folds 5]       (needs numpy: requirements/bench.txt)

The cues were written by people who knew many of the examples, so these figures flatter them.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Sequence

from bench.ask.train import fit_acts, fit_scope
from netral.law.asking.features import tell
from netral.law.asking.knowledge import knowledge
from netral.law.asking.matching import Matcher
from netral.law.asking.reading import shares
from netral.law.asking.scope import Scope, read_cues
from netral.law.asking.texts import examples_of, further_phrases, outside_phrases
from netral.law.library import library


def acts(folds: int) -> tuple[float, float, float]:
    """How often an unseen question finds its act first, and among three; and the surprise (nats)."""
    law, known, more = library(), knowledge(), further_phrases()
    own = [
        (name, text)
        for name, act in law.acts.items()
        for text in (*act.phrases, *act.phrases_en, *more.get(name, ()))
    ]
    random.Random(2026).shuffle(own)
    examples = examples_of(law)
    first = three = 0
    surprise = 0.0
    for fold in range(folds):
        hidden = {text for _, text in own[fold::folds]}
        fewer = {name: [t for t in texts if t not in hidden] for name, texts in examples.items()}
        fitted, classes = fit_acts(fewer)
        trained = Matcher(law, fitted.linear(classes))
        for name, text in own[fold::folds]:
            readings = shares(trained.scores(tell(text, known)), len(classes))
            ranked = [reading.act for reading in readings[:3]]
            first += ranked[0] == name
            three += name in ranked
            surprise -= math.log(next(item.score for item in readings if item.act == name) + 1e-9)
    return first / len(own), three / len(own), surprise / len(own)


def scope(folds: int) -> tuple[float, float]:
    """How often an unseen question inside, and outside, is taken for what it is."""
    known = knowledge()
    rows = [(text, True) for texts in examples_of(library()).values() for text in texts[4:]]
    rows += [(text, False) for text in outside_phrases()]
    random.Random(2026).shuffle(rows)
    right = {True: 0, False: 0}
    for fold in range(folds):
        held = rows[fold::folds]
        kept = [row for number, row in enumerate(rows) if number % folds != fold]
        fitted = fit_scope([t for t, here in kept if here], [t for t, here in kept if not here])
        trained = Scope(read_cues(known), fitted.linear(["inside"]))
        for text, here in held:
            right[here] += (trained.of(tell(text, known)) != "outside") == here
    total = {side: sum(here is side for _, here in rows) for side in right}
    return right[True] / total[True], right[False] / total[False]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folds", type=int, default=5)
    folds = parser.parse_args(arguments).folds
    first, three, surprise = acts(folds)
    print(f"act first {first:.3f}, among three {three:.3f}, surprise {surprise:.2f}", flush=True)
    inside, outside = scope(folds)
    print(f"inside taken for inside {inside:.3f}, outside for outside {outside:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
