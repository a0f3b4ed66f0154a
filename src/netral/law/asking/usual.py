"""What is usually meant when nobody said it, from `data/asking/usual.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from netral.law.asking.knowledge import FOLDER
from netral.law.elections import KIND_OF_RACE
from netral.law.library import Library, library
from netral.law.loading.reader import read_yaml

# Who tells one of these is not presumed to have done one of those.
_HARMLESS = (("duty", "yes"), ("active", "no"), ("even_handed", "yes"))
_AGGRAVATING = frozenset(("duty", "active", "party_attributes", "even_handed"))


@dataclass(frozen=True, slots=True)
class Usual:
    """Assumptions for all acts, for single acts, and the election where it decides."""

    always: Mapping[str, str]
    acts: Mapping[str, Mapping[str, str]]
    election: str
    statuses: Mapping[str, Mapping[str, str]]
    lean: frozenset[str]
    open: frozenset[str]
    free: frozenset[str]
    fair: frozenset[str]
    guarded: frozenset[str]
    partisan: frozenset[str]
    others: frozenset[str]
    grown_ups: frozenset[str]
    at_home: frozenset[str]
    attended: frozenset[str]
    resign: frozenset[str]
    bound: frozenset[str]
    family: frozenset[str]

    def for_act(self, law: Library, act: str, told: Mapping[str, str]) -> dict[str, str]:
        """The assumptions that fit the act and that nobody told otherwise."""
        given = law.act(act).given
        usual_status = self.statuses.get(told.get("status", ""), {})
        wanted = {**self.always, **usual_status, **self.acts.get(act, {})}
        if any(told.get(fact) == value for fact, value in _HARMLESS):
            wanted = {fact: value for fact, value in wanted.items() if fact not in _AGGRAVATING}
        wanted.setdefault("election", _election_of(told, given) or self.election)
        return {
            fact: value
            for fact, value in wanted.items()
            if fact not in told and (fact not in given or value in given[fact])
        }


def _election_of(told: Mapping[str, str], given: Mapping[str, tuple[str, ...]]) -> str | None:
    """The kind of election that the office at stake belongs to."""
    races = (told["race"],) if "race" in told else given.get("race", ())
    kinds = {KIND_OF_RACE[race] for race in races}
    return kinds.pop() if len(kinds) == 1 else None


@lru_cache(maxsize=1)
def usual() -> Usual:
    """The assumptions that ship with the package, checked against the law."""
    raw = read_yaml(FOLDER / "usual.yaml")
    law = library()
    for act, facts in raw["acts"].items():
        law.act(act)
        for fact, value in facts.items():
            law.facts.bit(fact, value)
    sets = {
        name: frozenset(raw[name])
        for name in (
            "lean",
            "open",
            "free",
            "fair",
            "guarded",
            "partisan",
            "others",
            "grown_ups",
            "at_home",
            "attended",
            "resign",
            "bound",
            "family",
        )
    }
    return Usual(raw["always"], raw["acts"], raw["election"], raw["statuses"], **sets)
