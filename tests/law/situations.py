"""Random but possible situations for the property tests and the benchmark."""

from __future__ import annotations

import random
from datetime import date, timedelta

from netral.law import Library, Situation

FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)


def random_day(source: random.Random, library: Library) -> date:
    """Half of the days lie beside a change of law, where mistakes hide."""
    if source.random() < 0.5:
        turns = [day for day in library.turning_days if day > FIRST]
        return source.choice(turns) - timedelta(days=source.randint(0, 1))
    return FIRST + timedelta(days=source.randrange((LAST - FIRST).days))


def random_situation(source: random.Random, library: Library) -> Situation:
    """Any act with a random part of the facts told."""
    act = source.choice(list(library.acts))
    given = library.facts.given_mask(library.act(act).given)
    share = source.choice((0.2, 0.5, 0.8, 1.0))
    facts: dict[str, str] = {}
    for name, fact in library.facts.facts.items():
        if fact.many or source.random() > share:
            continue
        open_values = [value for value in fact.values if given & library.facts.bits[name, value]]
        facts[name] = source.choice(open_values)
    return Situation(act, _consistent(facts, library.act(act).given))


def _consistent(facts: dict[str, str], given: object) -> dict[str, str]:
    """The office at stake decides the kind of election."""
    assert hasattr(given, "get")
    races = (facts["race"],) if "race" in facts else given.get("race", ())
    if races:
        facts.pop("election", None)
    return facts
