"""How well example questions are understood that the training has not seen.

Run: python -m bench.ask.folds [--folds 5]       (needs scikit-learn: requirements/bench.txt)
     python -m bench.ask.folds --answers         whole answers with a quarter of the examples held back
     python -m bench.ask.folds --sets            each set unseen by scope and second opinion

The cues were written by people who knew many of the examples, so these figures flatter them.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import numpy as np

from bench.ask.questions import accepted
from bench.ask.train import (
    RIDGE_SCOPE,
    SETS,
    asked_in_sets,
    asked_of_acts,
    fit_acts,
    fit_outcomes,
    fit_scope,
    weighed,
)
from netral.law.asking import answer, answering, reading, several
from netral.law.asking.features import tell
from netral.law.asking.knowledge import knowledge
from netral.law.asking.matching import Matcher
from netral.law.asking.opinion import OUTCOMES, Opinion
from netral.law.asking.scope import Scope, read_cues
from netral.law.asking.several import shares
from netral.law.asking.shapes import OUT_OF_SCOPE
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
            right[here] += (trained.of(tell(text, known))[0] != "outside") == here
    total = {side: sum(here is side for _, here in rows) for side in right}
    return right[True] / total[True], right[False] / total[False]


def answers() -> tuple[int, int, list[str]]:
    """Held-back examples, how many get the outcome of their act, and prohibitions called allowed."""
    law, known = library(), knowledge()
    asked = asked_of_acts()
    random.Random(2026).shuffle(asked)
    held, kept = asked[::4], [one for number, one in enumerate(asked) if number % 4]
    hidden = {one.text for one in held}
    fewer = {n: [t for t in texts if t not in hidden] for n, texts in examples_of(law).items()}
    fitted, classes = fit_acts(fewer)
    inside = [text for texts in fewer.values() for text in texts]
    beside = fit_scope(inside, [one.text for one in kept if one.outcome == OUTCOMES[-1]])
    second = fit_outcomes(kept + asked_in_sets(sorted(SETS.glob("*.jsonl"))))
    matcher = Matcher(law, fitted.linear(classes))
    scope = Scope(read_cues(known), beside.linear(["inside"]))
    opinion = Opinion(second.linear(OUTCOMES))
    with (
        patch.object(reading, "matcher", return_value=matcher),
        patch.object(reading, "scope", return_value=scope),
        patch.object(several, "scope", return_value=scope),
        patch.object(answering, "opinion", return_value=opinion),
    ):
        found = [(one, answer(one.text).outcome) for one in held]
    right = sum(one.outcome == outcome for one, outcome in found)
    grave = ("forbidden", "crime")
    return len(held), right, [o.text for o, out in found if out == "allowed" and o.outcome in grave]


@dataclass(frozen=True)
class Fixed:
    """A comparison whose scores for the question at hand are known already."""

    classes: tuple[str, ...]
    said: Sequence[float]

    def scores(self, _features: Mapping[str, float]) -> list[float]:
        """Those scores, whatever is asked."""
        return list(self.said)


def left_out(
    bags: Sequence[Mapping[str, float]],
    wanted: np.ndarray,
    ridge: float,
    weight: np.ndarray,
    groups: Sequence[Sequence[int]],
) -> np.ndarray:
    """The scores of every row of a group by a fit without that group; one inversion for all."""
    table = weighed(bags)[2]
    inverse = np.linalg.inv(table @ table.T + np.diag(ridge / weight).astype(np.float32))
    parts = inverse @ wanted
    scores = np.zeros(wanted.shape)
    for group in groups:
        rows = np.array(group)
        block = inverse[np.ix_(rows, rows)].astype(np.float64)
        scores[rows] = wanted[rows] - np.linalg.solve(block, parts[rows])
    return scores


@dataclass
class Tally:
    """What came of one set: `alone` by the acts alone, `both` with the second opinion."""

    questions: int = 0
    alone: int = 0
    both: int = 0
    outside: int = 0
    called_outside: int = 0
    found_outside: int = 0
    dangerous: list[str] = field(default_factory=list)

    def add(self, row: Mapping[str, Any], alone: str, both: str) -> None:
        """Count one question."""
        gold = row["verdict_coarse"]
        self.questions += 1
        self.alone += alone in accepted(row)
        self.both += both in accepted(row)
        self.outside += gold == OUT_OF_SCOPE
        self.called_outside += both == OUT_OF_SCOPE
        self.found_outside += gold == both == OUT_OF_SCOPE
        if gold in ("forbidden", "crime") and both == "allowed":
            self.dangerous.append(row["question"])


def sets() -> dict[str, Tally]:
    """By set: answers with scope and second opinion trained on the other sets."""
    known, examples, paths = knowledge(), asked_of_acts(), sorted(SETS.glob("*.jsonl"))
    cues, files = read_cues(known), {path.stem: asked_in_sets([path]) for path in paths}
    asked = examples + [one for rows in files.values() for one in rows]
    groups, at = [], len(examples)
    for rows in files.values():
        groups.append(range(at, at + len(rows)))
        at += len(rows)
    told = [tell(one.text, known) for one in asked]
    inside = np.array([one.outcome != OUT_OF_SCOPE for one in asked])
    half = len(asked) / 2
    insides = left_out(
        [cues.features(one) for one in told], np.where(inside, 1.0, -1.0)[:, None], RIDGE_SCOPE,
        np.where(inside, half / inside.sum(), half / (~inside).sum()), groups,
    )  # fmt: skip
    found = {}
    for path, group in zip(paths, groups, strict=True):
        tally = found[path.stem] = Tally()
        lines = path.read_text(encoding="utf-8").splitlines()
        others = [one for other, rows in files.items() if other != path.stem for one in rows]
        opinion = Opinion(fit_outcomes(examples + others).linear(OUTCOMES))
        for row, place in zip(map(json.loads, lines), group, strict=True):
            beside = {"subject": row["subject"], "phase": row["phase"]}
            scope = Scope(cues, Fixed(("inside",), insides[place]))
            with (
                patch.object(reading, "scope", return_value=scope),
                patch.object(several, "scope", return_value=scope),
                patch.object(answering, "opinion", return_value=opinion),
            ):
                alone = answer(row["question"], **beside, second_opinion=False)
                tally.add(row, alone.outcome, answer(row["question"], **beside).outcome)
    return found


def show_sets() -> None:
    """Print a line for each set."""
    for name, tally in sets().items():
        print(
            f"{name}: {tally.questions} questions, acts alone {tally.alone / tally.questions:.3f}, "
            f"both {tally.both / tally.questions:.3f}, out of scope {tally.found_outside} found of "
            f"{tally.outside}, {tally.called_outside} called so, dangerous {len(tally.dangerous)}"
        )
        print("".join(f"  {text}\n" for text in tally.dangerous), end="")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--answers", action="store_true", help="whole answers, a quarter held back")
    parser.add_argument("--sets", action="store_true", help="each set unseen by the second opinion")
    options = parser.parse_args(arguments)
    if options.answers:
        total, right, dangerous = answers()
        print(f"{total} held back, {right / total:.3f} answered like their act")
        print("\n".join([f"prohibitions answered allowed: {len(dangerous)}", *dangerous]))
    if options.sets:
        show_sets()
    if options.answers or options.sets:
        return 0
    folds = options.folds
    first, three, surprise = acts(folds)
    print(f"act first {first:.3f}, among three {three:.3f}, surprise {surprise:.2f}", flush=True)
    inside, outside = scope(folds)
    print(f"inside taken for inside {inside:.3f}, outside for outside {outside:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
