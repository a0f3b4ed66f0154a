"""Real cases, restated by hand: every act is in the catalogue, and classes agree or the row says
why not."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from netral.law import Outcome, Situation, judge, library
from netral.law.vocabulary import GRAVITY

TABLE = Path(__file__).parent / "tables" / "cases.csv"
CASES = list(csv.DictReader(TABLE.open(encoding="utf-8", newline="")))
SPECIFIC = [case for case in CASES if case["acts"]]

# What a body decided, and the verdicts that agree with it. "Not proven" agrees with anything
# unsettled.
AGREEING = {
    "crime": {Outcome.CRIME},
    "discipline": {Outcome.FORBIDDEN_DISCIPLINE},
    "ethics": {Outcome.FORBIDDEN_ETHICS},
    "not_proven": {Outcome.CONTESTED, Outcome.UNDETERMINED, Outcome.ALLOWED, Outcome.ALLOWED_IF},
}


def verdict_of(case: dict[str, str]) -> Outcome:
    """The gravest outcome among the acts of a case."""
    facts = dict(item.split("=") for item in case["facts"].split())
    if case["status"]:
        facts["status"] = case["status"]
    on = date.fromisoformat(case["on"])
    outcomes = [
        judge(Situation(act, facts, case["calendar"] or None), on).outcome
        for act in case["acts"].split(";")
    ]
    return max(outcomes, key=lambda item: GRAVITY.get(item, -1))


def test_the_table_holds_all_cases_once() -> None:
    assert len(CASES) == 45
    assert len({case["id"] for case in CASES}) == 45
    assert all(case["source"].startswith("http") for case in CASES)


@pytest.mark.parametrize("case", SPECIFIC, ids=lambda case: case["id"])
def test_every_act_named_is_in_the_catalogue(case: dict[str, str]) -> None:
    for act in case["acts"].split(";"):
        assert library().act(act)


@pytest.mark.parametrize("case", SPECIFIC, ids=lambda case: case["id"])
def test_the_verdict_is_the_one_restated(case: dict[str, str]) -> None:
    assert verdict_of(case) == case["verdict"]


@pytest.mark.parametrize(
    "case",
    [case for case in SPECIFIC if case["body_decided"] != "none"],
    ids=lambda case: case["id"],
)
def test_it_agrees_with_the_body_or_says_why_not(case: dict[str, str]) -> None:
    agrees = verdict_of(case) in AGREEING[case["body_decided"]]
    assert case["agrees"] == ("yes" if agrees else "no")
    assert agrees or case["why"]


def test_unfinished_and_unspecific_cases_are_marked() -> None:
    for case in CASES:
        if not case["acts"]:
            assert case["why"] == "unspecific", case["id"]
        elif case["body_decided"] == "none":
            assert case["why"].startswith("unfinished"), case["id"]
