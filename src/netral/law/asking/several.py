"""Which acts a question names: in a list, in several sentences, one after the other ("like and
share"), or as an order from above, where the act ordered counts and not the superior's.

What else a piece stands beside is taken away and the rest is read as a question of its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from netral.law.asking.cues import Cue, Line, affirmed
from netral.law.asking.features import Told, tell
from netral.law.asking.knowledge import knowledge
from netral.law.asking.matching import matcher
from netral.law.asking.scope import scope
from netral.law.asking.shapes import Reading
from netral.law.asking.usual import usual
from netral.law.asking.whose import helps_with_own_hands
from netral.law.library import library

SHOWN = 5
FAMILY = "family_ktp"
"""What the family of an employee does in its own name."""
_BY_FAMILY = frozenset((FAMILY, "house_used"))
"""What the family does without who asks."""
_AT_HOME = {"spouse_sticker": {"props"}, "house_used": {"lend_venue", "props", "activity"}}
_OF_ANOTHER = frozenset(("crime", "sentence", "class", "organiser", "remedy"))
REFUSAL = "refuse_order"
"""What a subordinate may do; answered beside whatever was ordered."""
RELATIVES = "relative_help"
"""What stays forbidden for any kin but a spouse."""
REPORT = "report_breach"
"""What is open to who knows of somebody else's breach; answered beside it."""
_OF_SUPERIORS = frozenset(("order_staff", "threaten_staff", "rally_bring_staff"))
_SHARPNESS = 13.0
_SURE_OF_PART, _SURE_OF_ITEM, _SURE_OF_DEED = 0.65, 0.15, 0.5
_MAY_BE_MEANT = 0.25
_OFFICES = frozenset(("election_body", "commissioner"))
_SIDES = frozenset(("activity", "money", "props", "team", "fund", "party_member", "wear", "speak"))
"""What nobody in such an office does by holding it."""
_ROLES = frozenset(("team", "party_member", "party_wing", "fund", "witness"))
_ASKED = re.compile(
    r"[?;\n]+|\b(?:te?rus|lalu|kemudian|sekalian|sambil|abis itu|habis itu|setelah itu)\b"
)
_MARK = re.compile(r"(?:^|(?<=[\s:;,.?!]))\(?([1-9]|[a-h])(?:\)|\.(?=\s))")
_BULLET = re.compile(r"(?:^|\n)\s*[-*•]\s+")
# "nomor 1." is no item of a list.
_NUMBER_OF = re.compile(
    r"(?:nomor|nomer|no|urut|paslon|calon|pasal|ayat|gol\w*|eselon|kelas)[\s.:#]*$"
)
# Deeds that people name in one breath.
_DEEDS = frozenset(("react", "comment", "share", "follow", "post", "join_group", "fund", "photo"))
_JOINED = re.compile(
    r"[,&+/]|\b(?:dan|dn|sama|serta|plus|atau|ato|terus|trus|lalu|kemudian|sekalian|sambil|juga|"
    r"and|or|then)\b"
)
# "boleh gak" asks and denies nothing.
_DENIED = re.compile(
    r"(?<!boleh\s)(?<!blh\s)(?<!bisa\s)(?<!bs\s)(?<!apa\s)(?<!aman\s)(?<!salah\s)"
    r"\b(?:gak?|g|nggak|ngga|enggak|ndak|tidak|tdk|tak|tanpa|bukan|jangan|belum|blm)\W+(?:\w+\W+)?"
    r"(?:nge\W?)?$"
)
_OF_THE_SUPERIOR = re.compile(
    r"\b(?:atasan|boss?|kadis|kabid|kabag|kepala|camat|lurah|kepsek|pimpinan|sekda|kapus)\s?nya\b"
)
_NEAR = 5  # words between two deeds named in one breath

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """`acts`: each is answered. `readings`: best first. `confidence`: of the act least sure.
    `aside`: the places of the text that tell of the order and its giver only. `of_another`: not who
    asks has done it."""

    acts: tuple[str, ...]
    readings: tuple[Reading, ...]
    confidence: float
    aside: tuple[Span, ...] = ()
    of_another: bool = False


def named(question: Told) -> Named:
    """The acts that a question names."""
    special = _ordered(question) or _of_private_kin(question) or _of_another(question)
    found = special or _listed(question) or _enumerated(question) or _plain(question)
    if _BY_FAMILY.intersection(found.acts) and helps_with_own_hands(question):
        return _of_a_helper(found.readings)
    return found


def shares(scores: Mapping[str, float], shown: int = SHOWN) -> tuple[Reading, ...]:
    """The best acts with their shares of all."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    top = ranked[0][1]
    weights = [(act, math.exp(_SHARPNESS * (score - top))) for act, score in ranked]
    total = sum(weight for _, weight in weights)
    return tuple(Reading(act, weight / total) for act, weight in weights[:shown])


def _readings(question: Told) -> tuple[Reading, ...]:
    return shares(matcher().scores(question))


def _plain(question: Told) -> Named:
    """The best act, and what else is asked in a sentence of its own."""
    readings = _readings(question)
    found = [readings[0].act]
    if readings[1].score >= _MAY_BE_MEANT and _role(readings[1].act) & question.conduct:
        found.append(readings[1].act)
    found += _of_an_officer(question, found[0])
    parts = [part for part in _ASKED.split(question.text) if len(part.split()) > 1]
    for part in parts if len(parts) > 1 else ():
        piece = tell(part, knowledge())
        best = _readings(piece)[0]
        sure = best.act in piece.named and best.score >= _SURE_OF_PART
        if sure and scope().of(piece)[0] == "inside":
            found.append(best.act)
    return Named(tuple(dict.fromkeys(found)), readings, readings[0].score)


def _of_an_officer(question: Told, office: str) -> list[str]:
    """What is asked of somebody in an office of the election beside holding it."""
    held = _OFFICES.intersection(library().act(office).given["conduct"])
    if not held:
        return []
    conduct = dict(knowledge().conduct)
    spans = [span for name in held for span in _places(conduct[name], question.line)]
    rest = tell(_without(question.text, spans), knowledge())
    best = _readings(rest)[0]
    sides = not _SIDES.isdisjoint(library().act(best.act).given["conduct"])
    return [best.act] if sides and best.act in rest.named and best.score >= _MAY_BE_MEANT else []


def _role(act: str) -> frozenset[str]:
    """The roles that the act is about: who tells of one asks about it, too."""
    return _ROLES.intersection(library().act(act).given["conduct"])


def _listed(question: Told) -> Named | None:
    """The acts of a list, each item read with what stands before the list."""
    lead, items = items_of(question.text)
    if len(items) < 2:
        return None
    pieces = [tell(f"{lead} {item}", knowledge()) for item in items]
    found = [_enumerated(piece) or _plain(piece) for piece in pieces if _is_asked(piece)]
    found = [item for item in found if item.confidence >= _SURE_OF_ITEM]
    return _together(found) if found else None


def items_of(text: str) -> tuple[str, list[str]]:
    """What stands before a list in the text, and its items; none where there is no list."""
    marks = [
        match for match in _MARK.finditer(text)
        if not _NUMBER_OF.search(text[: match.start()].casefold())
    ]  # fmt: skip
    names = [match.group(1) for match in marks]
    counted = any(names == list(order)[: len(names)] for order in ("123456789", "abcdefgh"))
    if not counted or len(names) < 2:
        marks = list(_BULLET.finditer(text))
    if len(marks) < 2:
        return "", []
    ends = [*(match.start() for match in marks[1:]), len(text)]
    items = [text[match.end() : end].strip() for match, end in zip(marks, ends, strict=True)]
    lead = text[: marks[0].start()].strip()
    return ("" if "?" in lead else lead), [item for item in items if item]


def _enumerated(question: Told) -> Named | None:
    """The acts of deeds named in one breath: each is read without the others."""
    deeds = _deeds(question.line, question.text)
    chained = {
        deed for pair in pairwise(deeds) if _is_chained(question.text, *pair) for deed in pair
    }
    deeds = [deed for deed in deeds if deed in chained]
    if not deeds:
        return None  # as most questions are: nothing is read twice
    # What is done with one photo is one deed with its posting; whatever the whole says of it stays.
    told = {name for _, name in deeds}
    one_photo = {"photo", "post"} <= told
    whole = _plain(question)
    found: list[Named] = [whole] if one_photo else []
    for deed in deeds:
        if one_photo and deed[1] == "post":
            continue
        rest = _without(question.text, [span for span, _ in deeds if span != deed[0]])
        best = _readings(tell(rest, knowledge()))
        conduct = set(library().act(best[0].act).given["conduct"])
        means = {deed[1]} | ({"photo_post"} if deed[1] in ("photo", "post") else set())
        if best[0].score >= _SURE_OF_DEED and conduct & means:
            found.append(Named((best[0].act,), best, best[0].score))
    if len({item.acts for item in found}) < 2:
        return None
    return Named(
        tuple(dict.fromkeys((*_together(found).acts, *_further(whole, found)))),
        whole.readings,
        max(whole.confidence, min(item.confidence for item in found)),
    )


def _further(whole: Named, found: Iterable[Named]) -> Iterator[str]:
    """The acts of the whole question that are about something else than the deeds."""
    law = library()
    told = {name for item in found for act in item.acts for name in law.act(act).given["conduct"]}
    for act in whole.acts:
        if not told.intersection(law.act(act).given["conduct"]):
            yield act


def _deeds(line: Line, text: str) -> list[tuple[Span, str]]:
    """The places of the deeds told, in order; of those in one place the first."""
    text = text.casefold()
    found: list[tuple[Span, str]] = []
    for name, cues in knowledge().conduct:
        if name in _DEEDS:
            places = [span for span in _places(cues, line) if not _DENIED.search(text[: span[0]])]
            found += [(span, name) for span in places[:1]]
    found.sort()
    return [
        deed for number, deed in enumerate(found)
        if not number or deed[0][0] >= found[number - 1][0][1]
    ]  # fmt: skip


def _is_chained(text: str, one: tuple[Span, str], other: tuple[Span, str]) -> bool:
    between = text[one[0][1] : other[0][0]].casefold()
    return len(between.split()) <= _NEAR and _JOINED.search(between) is not None


def _ordered(question: Told) -> Named | None:
    """The act that was ordered, and refusing it.

    None where nothing was, where it was a duty or takes no side, and where it is refused already.
    """
    own = "ordered" in question.asks and not question.asks & _OF_ANOTHER
    own = own and not _OF_THE_SUPERIOR.search(question.text.casefold())
    if not own or _tells(question, "duty", "yes") or _readings(question)[0].act == REFUSAL:
        return None
    orders = dict(knowledge().asks)["ordered"]
    aside = tuple(_places(orders, question.line))
    rest = tell(_without(question.text, aside), knowledge())
    told = rest if rest.conduct or rest.named else question
    found = _listed(told) or _enumerated(told) or _plain(told)
    acts = tuple(act for act in found.acts if act not in _OF_SUPERIORS)
    left = [item for item in found.readings if item.act not in (*_OF_SUPERIORS, REFUSAL)]
    if not left:
        return None
    first = left[0]
    if first.act in usual().guarded:
        return None
    readings = (first, Reading(REFUSAL, first.score), *left[1 : SHOWN - 1])
    return Named((*(acts or (first.act,)), REFUSAL), readings, found.confidence, aside)


def _of_private_kin(question: Told) -> Named | None:
    """What somebody does who is no employee and asks as the family of one."""
    if "private_kin" not in question.asks:
        return None
    readings = _readings(question)
    best = readings[0].act
    about_staff = library().act(best).given.get("relation") == ("spouse",)
    if about_staff or question.conduct & _AT_HOME.get(best, set()):
        return None
    first = Reading(FAMILY, readings[0].score)
    others = [item for item in readings if item.act != FAMILY]
    return Named((FAMILY,), (first, *others[: SHOWN - 1]), _SURE_OF_PART)


def _of_a_helper(readings: tuple[Reading, ...]) -> Named:
    """The own help of who asks for the family in a campaign, never the family's deed."""
    first = Reading(RELATIVES, readings[0].score)
    others = [item for item in readings if item.act not in (RELATIVES, *_BY_FAMILY)]
    return Named((RELATIVES,), (first, *others[: SHOWN - 1]), _SURE_OF_PART)


def _of_another(question: Told) -> Named | None:
    """What somebody else did, and reporting it; reporting alone where that is what is asked."""
    if "of_another" not in question.asks:
        return None
    found = _listed(question) or _enumerated(question) or _plain(question)
    if "report" in question.conduct or found.readings[0].act in usual().others:
        return Named((REPORT,), found.readings, found.confidence, of_another=True)
    acts = tuple(dict.fromkeys((*found.acts, REPORT)))
    return Named(acts, found.readings, found.confidence, of_another=True)


def _tells(question: Told, fact: str, value: str) -> bool:
    return any((item.fact, item.value) == (fact, value) for item in question.given)


def _together(found: list[Named]) -> Named:
    """Several named as one, the first leading."""
    acts = dict.fromkeys(act for item in found for act in item.acts)
    readings = {item.act: item for one in reversed(found) for item in reversed(one.readings)}
    ranked = sorted(readings.values(), key=lambda item: (item.act not in acts, -item.score))
    return Named(tuple(acts), tuple(ranked[:SHOWN]), min(item.confidence for item in found))


def _is_asked(piece: Told) -> bool:
    return bool(piece.conduct) or scope().of(piece)[0] != "outside"


def _places(cues: Iterable[Cue], line: Line) -> list[Span]:
    """Where one of the cues stands in the text, first place first."""
    matches = (affirmed(cue, line) for cue in cues)
    return sorted(line.word_range(item.start(), item.end()) for item in matches if item)


def _without(text: str, spans: Iterable[Span]) -> str:
    """The text with the places left empty."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
