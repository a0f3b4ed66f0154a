"""A question about what a relative on the staff does, told again as the relative would ask it.

"My wife is a civil servant, I am not. May she campaign?" becomes "I am a civil servant. May I
campaign?": she is bound as everybody on the staff is, and no exception for families of staff
reaches her. What the words leave open, who acts or whether that one is on the staff, is taken as
the staff's own deed: that is never milder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from netral.law.asking.features import Told, tell
from netral.law.asking.knowledge import knowledge
from netral.law.asking.persons import ASKER, KIN, PRIVATE, STAFF, THIRD, Person, persons, words

_NEVER_BARE = frozenset(("ibu", "bapak"))
"""Also said to people one is no child of ("ibu lurah")."""
_ROLES = frozenset(("team", "party_wing", "witness", "party_member", "activity", "speak"))
_POST = "partisan_place"
"""A campaign that the family works for, or its post."""
Change = tuple[int, int, str]


def hear(text: str) -> Told:
    """What a question tells; told again where a relative on the staff does what is asked about."""
    told = tell(text, knowledge())
    people = persons(told.line, text)
    kin = _acting_kin(people, told)
    if not kin:
        return told
    retold, places = _rewritten(text, list(_changes(people, kin, told)))
    return replace(tell(retold, knowledge()), asked=text, places=places)


def helps_with_own_hands(told: Told) -> bool:
    """Whether who asks, and is not told to be none of the staff, does something for a campaign
    beside what the family does."""
    if told.conduct.isdisjoint(_ROLES) and _POST not in told.asks:
        return False
    people = persons(told.line, told.text)
    asker = [item for item in people if item.who == ASKER and item.acts]
    family = any(item.who == KIN and item.does and item.described != STAFF for item in people)
    if not family or any(item.described == PRIVATE for item in asker):
        return False
    helps = words().lists["helps"]
    done = {does for item in asker if not item.denied for does in _forms(item.does)}
    return not helps.isdisjoint(done)


def _forms(does: str) -> tuple[tuple[str], ...]:
    """The word as it is known, and without the ending of talk ("bikinin")."""
    return (does,), (does.removesuffix("in"),)


def _acting_kin(people: Sequence[Person], told: Told) -> str:
    """The word for the relative on the staff whose deed it is, or ""."""
    if "report" in told.conduct or not any(item.who == KIN for item in people):
        return ""
    no_deed = words().lists["runs"] | words().lists["suffers"]
    named = [item for item in people if item.acts]
    doing = [item for item in named if item.does and (item.does,) not in no_deed]
    doing = [item for item in doing if not item.denied]
    actor = doing[-1] if doing else next((item for item in named[::-1] if item.described), None)
    if actor is None or actor.who == ASKER:
        return ""
    kin = actor.kin if actor.who == KIN else _meant_by(actor, people)
    is_asker_told = any(item.described for item in people if item.who == ASKER and item.acts)
    if not doing and (is_asker_told or actor.does):
        return ""
    return kin if kin and _is_on_staff(kin, actor, people) else ""


def _meant_by(third: Person, people: Sequence[Person]) -> str:
    """Of whom a "she" or "he" is said: of the relative named last before."""
    before = [item.kin for item in people if item.who == KIN and item.first < third.first]
    return before[-1] if before else ""


def _is_on_staff(kin: str, actor: Person, people: Sequence[Person]) -> bool:
    """Whether the words say so of the asker's relative. "Istri pns" may be the asker herself, the
    wife of one on the staff: it needs an asker who is none and a deed told of the wife besides."""
    is_private = any(item.described == PRIVATE and item.kin != kin for item in people)
    owned = any(item.kin == kin and item.owned for item in people)
    for item in people:
        if item.described != STAFF or (item.kin != kin and item.who != THIRD):
            continue
        bare = item.acts and is_private and item is not actor and kin not in _NEVER_BARE
        if item.owned or (item.who == THIRD and owned) or bare:
            return True
    return False


def _changes(people: Sequence[Person], kin: str, told: Told) -> Iterator[Change]:
    """The places of the text that become others: the relative asks, the asker is their relative."""
    table, runs = words().kin, words().lists["runs"]
    other = table[tuple(kin.split())]
    for item in people:
        start, end = told.line.words[item.first].start, told.line.words[item.last].end
        if item.kin == kin or (item.who == THIRD and item.acts):
            yield start, end, "saya"
        elif item.who == ASKER and item.acts and (item.does,) in runs:
            yield start, end, f"{other} saya"
        elif item.who == ASKER and item.acts and (item.described or not item.does):
            yield start, told.line.words[max(item.last, item.end)].end, ""


def _rewritten(text: str, changes: Sequence[Change]) -> tuple[str, tuple[int, ...]]:
    """The text with the changes made, and for each of its letters its place before."""
    letters: list[str] = []
    places: list[int] = []
    done = 0
    for start, end, word in changes:
        letters += text[done:start]
        places += range(done, start)
        letters += word
        places += (min(start + place, end - 1) for place in range(len(word)))
        done = end
    letters += text[done:]
    places += range(done, len(text))
    return "".join(letters), tuple(places)
