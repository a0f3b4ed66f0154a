"""`judge`: what the law of a day says about a situation, and why."""

from __future__ import annotations

from datetime import date

from netral.law.errors import SituationError
from netral.law.index import index_of
from netral.law.library import Library, library
from netral.law.situation import Situation, possible_values
from netral.law.verdict import Verdict


def judge(situation: Situation, on: date, *, law: Library | None = None) -> Verdict:
    """Judge a situation under the law in force on `on`.

    A missing fact never counts as "no": it leaves the elements that need it undetermined, and the
    verdict lists it as a question if it could change the result. Situations that agree in all
    relevant facts share one finding.
    """
    law = law or library()
    if on < law.first_day:
        raise SituationError(f"the law data start on {law.first_day}; ask about that day or later")
    index = index_of(law)
    found = index.chapters[on][situation.act]
    possible = possible_values(found.outline, situation, on)
    finding = index.findings[found, possible & found.relevant]
    return tuple.__new__(Verdict, (situation.act, on, law.version, finding))
