"""A fact the person tells leads to the act beside it when the act read excludes that fact."""

from __future__ import annotations

import pytest

from netral.law.asking import answer
from netral.law.asking.related import related, tellings


@pytest.mark.parametrize(
    ("act", "told", "found"),
    [
        ("photo_candidate_posted", {"relation": "spouse"}, "spouse_photo"),
        ("photo_candidate_posted", {"relation": "relative"}, "photo_candidate_posted"),
        ("photo_candidate_posted", {"duty": "yes"}, "photo_candidate_posted"),
        ("rally_active", {"active": "no"}, "rally_passive"),
        ("rally", {"relation": "spouse"}, "spouse_rally"),
    ],
)
def test_a_told_fact_leads_to_the_neighbour_it_fits(
    act: str, told: dict[str, str], found: str
) -> None:
    assert related(act, told) == found


def test_the_facts_that_lead_away_are_those_the_act_excludes() -> None:
    assert ("relation", "spouse") in set(tellings("photo_candidate_posted"))
    assert ("active", "no") in set(tellings("rally_active"))
    assert all(value != "none" for _, value in tellings("like"))


def test_an_answer_follows_what_was_told_by_hand_alone() -> None:
    text = "boleh foto bareng calon?"
    assert answer(text).parts[0].act == "photo_candidate_posted"
    assert answer(text, facts={"relation": "spouse"}).parts[0].act == "spouse_photo"
