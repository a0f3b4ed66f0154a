"""What must hold for every situation, whatever the data say."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from netral.law import Outcome, Situation, SituationError, judge, library
from netral.law.index import chapter
from netral.law.vocabulary import GRAVITY
from tests.law.situations import random_day, random_situation

# Facts that make an act worse, as (fact, milder, graver). A permission for the spouse or for a
# duty is
# lost, never won, by the graver value.
AGGRAVATING = [
    ("active", "no", "yes"),
    ("party_attributes", "no", "yes"),
    ("facilities", "no", "yes"),
    ("mobilises", "no", "yes"),
    ("intent", "no", "yes"),
    ("visibility", "private", "public"),
    ("gesture", "none", "partisan"),
    ("stance", "neutral", "support"),
    ("resigned", "yes", "no"),
    ("even_handed", "yes", "no"),
]


def sample(seed: int, number: int = 300) -> list[tuple[Situation, date]]:
    source = random.Random(seed)
    law = library()
    return [(random_situation(source, law), random_day(source, law)) for _ in range(number)]


@pytest.mark.parametrize("seed", range(4))
def test_every_verdict_cites_a_provision_in_force(seed: int) -> None:
    law = library()
    for situation, on in sample(seed):
        verdict = judge(situation, on)
        assert verdict.provisions, (situation, on)
        assert all(law.provision(name).in_force(on) for name in verdict.provisions)


@pytest.mark.parametrize("fact, milder, graver", AGGRAVATING)
def test_an_aggravating_fact_never_makes_it_milder(fact: str, milder: str, graver: str) -> None:
    for situation, on in sample(99, 400):
        try:
            before = judge(replace(situation, facts={**situation.facts, fact: milder}), on).outcome
            after = judge(replace(situation, facts={**situation.facts, fact: graver}), on).outcome
        except SituationError:
            continue
        if before in GRAVITY and after in GRAVITY:
            assert GRAVITY[after] >= GRAVITY[before], (situation, on, before, after)


def test_a_missing_fact_never_counts_as_no() -> None:
    """Whatever a missing fact turns out to be, the settled outcome was among the possible ones."""
    law = library()
    for situation, on in sample(7, 400):
        verdict = judge(situation, on)
        for question in verdict.finding.questions:
            for value, _ in question.answers:
                try:
                    told = judge(
                        replace(situation, facts={**situation.facts, question.fact: value}), on
                    )
                except SituationError:
                    continue
                if verdict.forbidden:
                    assert GRAVITY[told.outcome] >= GRAVITY[verdict.outcome], (
                        situation,
                        on,
                        question.fact,
                        value,
                    )
                elif verdict.outcome in (Outcome.ALLOWED, Outcome.ALLOWED_IF):
                    assert not told.forbidden, (situation, on, question.fact, value)
                elif told.outcome is not Outcome.UNDETERMINED:
                    assert told.outcome in verdict.finding.possible, (
                        situation,
                        on,
                        question.fact,
                        value,
                    )
    assert law


def test_an_undetermined_verdict_asks_or_admits_silence() -> None:
    for situation, on in sample(11, 600):
        verdict = judge(situation, on)
        if verdict.outcome is Outcome.UNDETERMINED:
            assert verdict.finding.questions or verdict.finding.notes, (situation, on)


def test_every_outcome_is_reachable() -> None:
    reached = {judge(situation, on).outcome for seed in range(6) for situation, on in sample(seed)}
    assert reached == set(Outcome)


def test_nothing_before_the_first_day_is_answered() -> None:
    with pytest.raises(SituationError, match="start on 2018-01-01"):
        judge(Situation("vote", {"status": "PNS"}), date(2017, 12, 31))


def test_days_of_one_stretch_give_the_same_finding() -> None:
    situation = Situation("like", {"status": "PNS", "account": "candidate"}, "pilkada-2024")
    first, second = (judge(situation, date(2024, 10, day)).finding for day in (7, 8))
    assert first == second
    assert first.citations is second.citations


def test_facts_that_no_norm_of_the_act_asks_for_change_nothing() -> None:
    """Memory rests on this: a rule looks only at the facts it names. Whatever else is told, the
    finding is the same in every part, the facts used included."""
    law = library()
    source = random.Random(17)
    changed = 0
    for situation, on in sample(16, 500):
        rules = chapter(law, situation.act, on)
        asked = {"status", "election", "race", "repeated", *law.act(situation.act).given}
        for rule in (*rules.rules, *rules.outline.disputes):
            tests = (*rule.source.elements, *(item for group in rule.source.exceptions
                     for item in group))  # fmt: skip
            asked.update(name for item in tests for name in item.facts)
        other = dict(situation.facts)
        for name, fact in law.facts.facts.items():
            if name not in asked:
                changed += 1
                other[name] = source.choice(list(fact.values))
        before, after = judge(situation, on), judge(replace(situation, facts=other), on)
        assert before == after, (situation, other, on)
    assert changed > 1000


@pytest.mark.parametrize(
    "situation, message",
    [
        (Situation("lik"), "did you mean like"),
        (Situation("like", {"akun": "candidate"}), "unknown fact 'akun'"),
        (Situation("like", {"account": "calon"}), "choose one of: candidate, team"),
        (Situation("like", {"conduct": "share"}), "the act fixes the conduct"),
        (Situation("photo_candidate_posted", {"relation": "spouse"}), "use spouse_photo"),
        (Situation("like", {"election": "pemilihan", "race": "president"}), "does not belong"),
        (Situation("like", {}, "pilkada-2099"), "known: pemilu-2024"),
    ],
    ids=["act", "fact", "value", "conduct", "contradiction", "race", "calendar"],
)
def test_a_wrong_question_gets_a_helpful_answer(situation: Situation, message: str) -> None:
    from netral.law import LawError

    with pytest.raises(LawError, match=message):
        judge(situation, date(2024, 10, 7))
