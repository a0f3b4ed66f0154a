"""The fast path against the plain one, on situations nobody chose."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netral.law import Library, Situation, judge, library
from netral.law.index import Index, index_of
from netral.law.memory import LIMIT, Memory, Recurring
from netral.law.procedures import procedures
from netral.law.trace import Row
from netral.law.verdict import Finding
from netral.law.vocabulary import State
from tests.law.reference import element_state, judge_plainly, possible_of
from tests.law.situations import random_day, random_situation


def rows_by_reason(rows: list[Row], reason: str) -> set[str]:
    return {row.norm for row in rows if row.reason == reason}


STATES = {True: State.HOLDS, False: State.FAILS, None: State.UNDETERMINED}


def compare(law: Library, situation: Situation, on: date) -> None:
    """Outcome, the sets of applied, contested and permitted norms, and how each element of each
    norm stands are the same."""
    verdict = judge(situation, on, law=law)
    plain = judge_plainly(law, situation, on)
    place = f"{situation} on {on}"
    rows = list(verdict.finding.trace.considered)
    applied = {name for name in rows_by_reason(rows, "applied") if law.norms[name].forbids}
    permitted = {name for name in rows_by_reason(rows, "applied") if not law.norms[name].forbids}
    assert verdict.outcome is plain.outcome, place
    assert applied == plain.applied, place
    assert rows_by_reason(rows, "contested") == plain.contested, place
    assert permitted == plain.permitted, place
    possible = possible_of(law, situation, on)
    for row in verdict.finding.trace.rows():
        shown = row.elements if row.reason != "not_in_force" else ()
        states = [STATES[element_state(item.element, possible)] for item in shown]
        assert states == [item.state for item in shown], (place, row.norm)


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


def forget(index: Index) -> None:
    """All that was ever composed."""
    for owner in (index, index._wording, *index.rules, *index.disputes):
        for part in vars(owner).values():
            if isinstance(part, Memory):
                part.clear()
    for rule in (*index.rules, *index.disputes):
        rule.test[1].clear()


def test_a_stream_of_questions_does_not_fill_the_memory() -> None:
    made: list[int] = []
    memory: Memory[int, str] = Memory(lambda key: made.append(key) or str(key))
    for number in range(LIMIT):
        assert memory[number] == str(number) == memory[number]
    assert len(memory) == LIMIT == len(made)
    assert memory[LIMIT] == str(LIMIT)
    assert dict(memory) == {LIMIT: str(LIMIT)}


def test_what_is_asked_once_is_not_kept() -> None:
    made: list[int] = []
    memory: Memory[int, str] = Recurring(lambda key: made.append(key) or str(key))
    assert [memory[7] for _ in range(4)] == ["7"] * 4
    assert made == [7, 7] and dict(memory) == {7: "7"}
    for number in range(8, LIMIT + 8):
        assert memory[number] == str(number)
    assert set(memory) == {7}


def test_a_verdict_from_before_the_memory_forgot_is_still_the_same() -> None:
    law, on = library(), date(2024, 10, 7)
    asked = Situation("like", {"status": "PPPK", "account": "candidate", "phase": "campaign"})
    before = judge(asked, on, law=law)
    forget(index_of(law))
    again = judge(asked, on, law=law)
    assert again.finding.trace.considered[0] is not before.finding.trace.considered[0]
    assert again == before


def test_every_day_on_which_a_procedure_starts_or_ends_divides_the_days() -> None:
    """Findings are shared within a stretch of days, so no clock may start in the middle of one."""
    law = replace(library(), instruments={}, contests={}, sanctions={}, supervisors=(), compiled={})
    for path in procedures().values():
        if path.effective and path.effective > law.first_day:
            assert law.epoch(path.effective) != law.epoch(path.effective - timedelta(days=1))
        if path.until:
            assert law.epoch(path.until) != law.epoch(path.until + timedelta(days=1))


@pytest.mark.parametrize("seed", [31, 32])
def test_remembered_findings_never_mix(seed: int) -> None:
    """A finding from memory says in every part what a fresh one says."""
    source = random.Random(seed)
    law, other = library(), replace(library(), compiled={})
    for _ in range(400):
        situation, on = random_situation(source, law), random_day(source, law)
        remembered = judge(situation, on, law=law).finding
        forget(index_of(other))
        fresh = judge(situation, on, law=other).finding
        for name in Finding._fields[:-1]:
            assert getattr(remembered, name) == getattr(fresh, name), (name, situation, on)
        assert list(remembered.trace.rows()) == list(fresh.trace.rows()), (situation, on)


def test_facts_outside_the_norms_still_count() -> None:
    """Status, kind of election and repetition change a finding though no norm asks for them."""
    on = date(2024, 10, 7)
    asked = [
        judge(Situation("survey", {"status": status}), on) for status in ("PNS", "NON_ASN", "KADES")
    ]
    assert len({verdict.provisions for verdict in asked}) == 3
    base = {"status": "PNS", "account": "candidate", "phase": "campaign"}
    clocks = {
        judge(Situation("like", {**base, "election": kind}), on).finding.clocks
        for kind in ("pemilu", "pemilihan")
    }
    assert len(clocks) == 2
    notes = [
        judge(Situation("like", {**base, "repeated": value}), on).finding.notes
        for value in ("no", "yes")
    ]
    assert notes[0] == () and "lebih berat" in notes[1][0].id
