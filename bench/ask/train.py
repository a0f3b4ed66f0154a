"""Trains the comparisons that `netral ask` reads: act meant, subject met, and the usual outcome.

Run: python -m bench.ask.train     (needs scikit-learn: requirements/bench.txt; about a minute)

Over the weighed features of all example texts: regularised least squares for acts and subject,
logistic regression for outcomes. The same texts always give the same files. Run it after changing examples, cues or words, and commit what it writes.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, cg
from sklearn.linear_model import LogisticRegression

from netral.law.asking import answer, opinion
from netral.law.asking.features import tell
from netral.law.asking.knowledge import FOLDER, knowledge
from netral.law.asking.linear import Linear, written
from netral.law.asking.scope import read_cues
from netral.law.asking.shapes import OUT_OF_SCOPE
from netral.law.asking.texts import examples_of, further_phrases, outside_phrases
from netral.law.library import library

Bag = Mapping[str, float]
ACTS, SCOPE = FOLDER / "trained_acts.txt", FOLDER / "trained_scope.txt"
OUTCOMES = FOLDER / "trained_outcomes.txt"
SETS = Path(__file__).parent / "sets"
SEEN_OFTEN_ENOUGH = 2
RIDGE_ACTS, RIDGE_SCOPE = 0.7, 1.0
CLOSE = 1e-7
FREEDOM = 20.0  # of the weights of outcomes: the inverse of how hard they are drawn to nothing
OF_ITS_ACT = 0.03  # how much an example of an act counts, against a question with its own answer


@dataclass(frozen=True)
class Fitted:
    """The weights of every feature for every class, with its rarity."""

    names: list[str]
    rarity: list[float]
    weights: np.ndarray

    def lines(self, classes: Sequence[str]) -> list[str]:
        """As lines of a file."""
        return written(classes, zip(self.names, self.rarity, self.weights.tolist(), strict=True))

    def linear(self, classes: Sequence[str]) -> Linear:
        """As `netral ask` would read it."""
        head, *lines = self.lines(classes)
        table = dict(line.split("\t") for line in lines)
        return Linear(classes, json.loads(head)["unit"], table)


def fit(bags: Sequence[Bag], wanted: np.ndarray, ridge: float, weight: np.ndarray) -> Fitted:
    """Weights that bring every bag near its row of `wanted`; `weight`: how much each bag counts.

    Found step by step: the likeness of every bag with every other would fill gigabytes.
    """
    names, rarity, table = weighed_sparsely(bags)
    back, loose = table.T.tocsr(), ridge / weight
    likeness = LinearOperator(
        (len(bags), len(bags)), matvec=lambda row: table @ (back @ row) + loose * row
    )
    shares = [_solved(likeness, column) for column in wanted.T]
    return Fitted(names, rarity, back @ np.stack(shares, axis=1))


def _solved(likeness: LinearOperator, wanted: np.ndarray) -> np.ndarray:
    """By conjugate gradients, closer than a written weight shows."""
    found, failed = cg(likeness, wanted.astype(float), rtol=CLOSE, maxiter=5000)
    if failed:
        raise ArithmeticError("the comparison was not found")
    return found


def weighed(bags: Sequence[Bag]) -> tuple[list[str], list[float], np.ndarray]:
    """As :func:`weighed_sparsely`, with every place of the table."""
    names, rarity, table = weighed_sparsely(bags)
    return names, rarity, table.toarray().astype(np.float32)


def weighed_sparsely(bags: Sequence[Bag]) -> tuple[list[str], list[float], sparse.csr_array]:
    """The features seen often enough, their rarity, and every bag as a row of length one."""
    seen = Counter(name for bag in bags for name in bag)
    names = sorted(name for name, count in seen.items() if count >= SEEN_OFTEN_ENOUGH)
    place = {name: number for number, name in enumerate(names)}
    rarity = [round(math.log(1 + len(bags) / seen[name]), 2) for name in names]
    values, columns, ends = array("d"), array("l"), [0]
    for bag in bags:
        kept = [(place[name], value) for name, value in bag.items() if name in place]
        row = [value * rarity[column] for column, value in kept]
        length = math.hypot(*row) or 1.0
        values.extend(value / length for value in row)
        columns.extend(column for column, _ in kept)
        ends.append(len(values))
    shape = (len(bags), len(names))
    return names, rarity, sparse.csr_array((values, columns, ends), shape=shape)


def fit_acts(examples: Mapping[str, Sequence[str]]) -> tuple[Fitted, list[str]]:
    """The comparison of acts by examples of each."""
    known, acts = knowledge(), list(examples)
    rows = [(number, text) for number, act in enumerate(acts) for text in examples[act]]
    wanted = np.zeros((len(rows), len(acts)))
    wanted[np.arange(len(rows)), [number for number, _ in rows]] = 1
    bags = [tell(text, known).features for _, text in rows]
    return fit(bags, wanted, RIDGE_ACTS, np.ones(len(rows))), acts


def fit_scope(inside: Sequence[str], outside: Sequence[str]) -> Fitted:
    """The comparison of the subject with everything else; both sides weigh the same."""
    known = knowledge()
    cues = read_cues(known)
    bags = [cues.features(tell(text, known)) for text in (*inside, *outside)]
    wanted = np.array([[1.0]] * len(inside) + [[-1.0]] * len(outside))
    half = len(bags) / 2
    weight = np.array([half / len(inside)] * len(inside) + [half / len(outside)] * len(outside))
    return fit(bags, wanted, RIDGE_SCOPE, weight)


@dataclass(frozen=True)
class Asked:
    """A question with its outcome."""

    text: str
    outcome: str
    weight: float = OF_ITS_ACT
    subject: str | None = None
    phase: str | None = None


def asked_of_acts() -> list[Asked]:
    """The acts' example questions with the outcome of their act, and those beside the subject."""
    more = further_phrases()
    found = [
        Asked(text, answer(text, acts=(name,)).outcome)
        for name, act in library().acts.items()
        for text in (*act.phrases, *act.phrases_en, *more.get(name, ()))
    ]
    return found + [Asked(text, OUT_OF_SCOPE) for text in outside_phrases()]


def asked_in_sets(paths: Iterable[Path]) -> list[Asked]:
    """The questions of questions files."""
    rows: list[dict[str, Any]] = [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [
        Asked(row["question"], row["verdict_coarse"], 1.0, row["subject"], row["phase"])
        for row in rows
    ]


def fit_outcomes(asked: Sequence[Asked]) -> Fitted:
    """The comparison of outcomes, whatever the act."""
    known = knowledge()
    bags = [
        opinion.features(tell(one.text, known), subject=one.subject, phase=one.phase)
        for one in asked
    ]
    names, rarity, table = weighed_sparsely(bags)
    model = LogisticRegression(C=FREEDOM, fit_intercept=False, max_iter=500, tol=1e-5)
    outcomes = [opinion.OUTCOMES.index(one.outcome) for one in asked]
    model.fit(table, outcomes, sample_weight=[one.weight for one in asked])
    return Fitted(names, rarity, model.coef_.T)


def main() -> int:
    """Train all and write them."""
    examples = examples_of(library())
    fitted, acts = fit_acts(examples)
    ACTS.write_text("\n".join(fitted.lines(acts)) + "\n", encoding="utf-8")
    labelled = asked_in_sets(sorted(SETS.glob("*.jsonl")))
    inside = [text for texts in examples.values() for text in texts]
    inside += [one.text for one in labelled if one.outcome != OUT_OF_SCOPE]
    outside = [one.text for one in labelled if one.outcome == OUT_OF_SCOPE]
    scope = fit_scope(inside, [*outside_phrases(), *outside])
    SCOPE.write_text("\n".join(scope.lines(["inside"])) + "\n", encoding="utf-8")
    usual = fit_outcomes(asked_of_acts() + labelled)
    OUTCOMES.write_text("\n".join(usual.lines(opinion.OUTCOMES)) + "\n", encoding="utf-8")
    for path in (ACTS, SCOPE, OUTCOMES):
        print(f"{path.name}: {path.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
