"""`judge`: what the law of a day says about a situation, and why."""

from __future__ import annotations

from datetime import date

from netral.law.chapters import Chapter, chapter
from netral.law.errors import SituationError
from netral.law.findings import compose
from netral.law.library import Library, library
from netral.law.situation import Situation, possible_values
from netral.law.trace import Trace
from netral.law.verdict import Finding, Verdict
from netral.law.weighing import weigh


def judge(situation: Situation, on: date, *, law: Library | None = None) -> Verdict:
    """Judge a situation under the law in force on `on`.

    A missing fact never counts as "no": it leaves the elements that need it undetermined, and the
    verdict lists it as a question if it could change the result. Situations that agree in all
    relevant facts share one finding and one trace.
    """
    law = law or library()
    if on < law.first_day:
        raise SituationError(f"the law data start on {law.first_day}; ask about that day or later")
    possible = possible_values(law, situation, on)
    index = chapter(law, situation.act, on)
    key = possible & index.relevant
    judged = index.judged.get(key)
    if judged is None:
        judged = index.judged.keep(key, judge_afresh(law, index, possible, on))
    finding, trace = judged
    return Verdict(situation.act, on, law.version, finding, trace)


def judge_afresh(law: Library, index: Chapter, possible: int, on: date) -> tuple[Finding, Trace]:
    """The finding and the trace for one chapter and one set of possible values, not remembered."""
    weighing = weigh(index, possible)
    finding = compose(law, index, possible, on, weighing)
    return finding, Trace(index, possible, weighing.decided)
