"""Articles 24 and 28 of PP 94/2021: officials who must sanction, superiors who must follow up.

Restated from the text of the regulation (evidence DIS-AUTH-DUTY and DIS-P28): the competent official
must sanction; one who does not is sanctioned by the superior, one whose sanction is unfit more
heavily. A direct superior who does not summon, examine or report is sanctioned more heavily, after
an examination. Both bind since August 31, 2021, and only civil servants under the regulation.
"""

from __future__ import annotations

from datetime import date

import pytest

from netral.law import Outcome, Situation, Verdict, judge, library
from netral.law.catalogue import search_acts
from netral.law.citing import citation, resting_on
from netral.law.matrix import STATUSES
from netral.law.procedures import Counting, step
from netral.law.vocabulary import Confidence

FIRST_DAY, DAY_BEFORE = date(2021, 8, 31), date(2021, 8, 30)
OFFICIAL, SUPERIOR = "PP-94-2021/24", "PP-94-2021/28"
REACHED = {"light_sanction": {OFFICIAL}, "ignore_breach": {OFFICIAL, SUPERIOR}}


def done(act: str, on: date = FIRST_DAY, status: str = "PNS") -> Verdict:
    return judge(Situation(act, {"status": status}), on)


def applied(verdict: Verdict) -> set[str]:
    return {item.provision for item in verdict.finding.citations if item.role == "applied"}


@pytest.mark.parametrize("act", REACHED)
@pytest.mark.parametrize("status", ["PNS", "CPNS"])
def test_not_following_up_is_a_breach_of_discipline_since_the_regulation_holds(
    act: str, status: str
) -> None:
    verdict = done(act, status=status)
    assert verdict.outcome is Outcome.FORBIDDEN_DISCIPLINE
    assert applied(verdict) == REACHED[act]
    assert verdict.finding.confidence is Confidence.PRIMARY


@pytest.mark.parametrize("act", REACHED)
def test_the_day_before_no_such_rule_is_found_and_that_does_not_make_it_allowed(act: str) -> None:
    verdict = done(act, DAY_BEFORE)
    assert verdict.outcome is Outcome.UNDETERMINED
    assert not {OFFICIAL, SUPERIOR} & set(verdict.provisions)
    assert verdict.finding.sanctions == () and verdict.finding.possible == ()
    assert "Itu tidak berarti boleh" in verdict.finding.notes[0].id


@pytest.mark.parametrize("act", REACHED)
@pytest.mark.parametrize("status", sorted(set(STATUSES) - {"PNS", "CPNS"}))
def test_the_regulation_reaches_nobody_else(act: str, status: str) -> None:
    verdict = done(act, date(2024, 10, 7), status)
    assert verdict.outcome is Outcome.UNDETERMINED
    assert not {OFFICIAL, SUPERIOR} & set(verdict.provisions)


def test_the_sanction_is_the_one_that_each_article_gives() -> None:
    (unfit,) = done("light_sanction").finding.sanctions
    assert (unfit.norm, unfit.provision) == (OFFICIAL, OFFICIAL)
    assert "lebih berat" in unfit.options[1].id and unfit.who.id == "atasan pejabat itu"
    ignored = done("ignore_breach").finding.sanctions
    assert {(item.norm, item.provision) for item in ignored} == {
        (OFFICIAL, OFFICIAL),
        (SUPERIOR, SUPERIOR),
    }
    direct = next(item for item in ignored if item.norm == SUPERIOR)
    assert direct.options[0].id == "hukuman disiplin yang lebih berat, setelah ia diperiksa"
    assert {item.who for item in ignored} <= set(done("ignore_breach").finding.deciders)


def test_without_a_status_the_verdict_asks_for_it() -> None:
    verdict = judge(Situation("ignore_breach", {}), FIRST_DAY)
    assert verdict.outcome is Outcome.UNDETERMINED and verdict.missing == ("status",)


def test_both_are_found_by_everyday_words_and_name_what_to_do() -> None:
    law = library()
    assert "ignore_breach" in {act.id for act in search_acts(law, "tidak memeriksa")}
    assert "light_sanction" in {act.id for act in search_acts(law, "hukuman ringan")}
    assert law.act("ignore_breach").safe.id.startswith("Panggil tertulis dalam tujuh hari kerja")


def test_the_articles_stand_on_the_text_and_name_the_acts_and_steps_that_rest_on_them() -> None:
    law = library()
    for name, article in ((OFFICIAL, "Pasal 24"), (SUPERIOR, "Pasal 28")):
        provision = law.provision(name)
        assert citation(law, name) == f"{article}, PP 94/2021"
        assert (provision.effective, provision.until) == (FIRST_DAY, None)
        assert law.evidence[provision.evidence[0]].quote
        reached = {act.id for act in resting_on(law, name, FIRST_DAY).acts}
        assert reached == {act for act, articles in REACHED.items() if name in articles}
    steps = resting_on(law, OFFICIAL, FIRST_DAY).steps
    assert [item.id for item in steps] == ["pp94/decision"]
    assert step("pp94/decision").counting is Counting.UNKNOWN
