"""The fast path against the plain one, on situations nobody chose."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netral.law import Library, Situation, judge, library
from netral.law.trace import Row
from tests.law.reference import judge_plainly
from tests.law.situations import random_day, random_situation


def rows_by_reason(rows: list[Row], reason: str) -> set[str]:
    return {row.norm for row in rows if row.reason == reason}


def compare(law: Library, situation: Situation, on: object) -> None:
    """Outcome and the sets of applied, contested and permitted norms are the same."""
    verdict = judge(situation, on, law=law)  # type: ignore[arg-type]
    plain = judge_plainly(law, situation, on)  # type: ignore[arg-type]
    place = f"{situation} on {on}"
    rows = list(verdict.finding.trace.considered())
    applied = {name for name in rows_by_reason(rows, "applied") if law.norms[name].forbids}
    permitted = {name for name in rows_by_reason(rows, "applied") if not law.norms[name].forbids}
    assert verdict.outcome is plain.outcome, place
    assert applied == plain.applied, place
    assert rows_by_reason(rows, "contested") == plain.contested, place
    assert permitted == plain.permitted, place


@pytest.mark.parametrize("seed", range(8))
def test_the_fast_path_never_differs(seed: int) -> None:
    source = random.Random(seed)
    law = library()
    for _ in range(250):
        compare(law, random_situation(source, law), random_day(source, law))


@settings(max_examples=100)
@given(st.randoms(use_true_random=False))
def test_the_fast_path_never_differs_for_any_source(source: random.Random) -> None:
    law = library()
    compare(law, random_situation(source, law), random_day(source, law))
