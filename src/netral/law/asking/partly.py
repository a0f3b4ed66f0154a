"""What of a question a permission does not reach: the second half, told in the same breath.

An act that is free was read, and the words go on: "… while I comment", "… but what I report is a
lie", twice. What the act does not speak of was not judged. Then nothing is permitted: the answer
says which act it is about and quotes what is left. Once somebody has chosen an act or answered a
question, no second opinion weighs the rest, so that every piece is looked at, also one of which
nothing is understood but that something is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from netral.law.asking.features import Told, content, tell
from netral.law.asking.knowledge import knowledge
from netral.law.asking.persons import words
from netral.law.asking.shapes import PERMITTED, Answer, Given, Part, gravity
from netral.law.asking.usual import usual
from netral.law.asking.words import Word
from netral.law.library import library

ASKED, ANSWERED, CHOSEN = "asked", "answered", "chosen"
BOOTH = "booth"
"""Who helps another to vote: the law data hold no norm on it."""
_AND = frozenset(
    """sambil sembari seraya sekalian terus lalu kemudian tapi tetapi plus malah but then also
    sekaligus""".split()
)
_ALSO = frozenset("dan serta and while lagi".split())
_OF_TIME = frozenset("hari minggu bulan tahun jam menit semester pemilu pilkada lintas".split())
_STOPS = frozenset(",.;:?!()\n")
# Deeds that nobody does in passing: each is judged by itself.
_DEEDS = frozenset(
    """react comment share post follow join_group photo pose props activity favour facilities_use
    mobilise team fund party_member party_wing support_letter speak witness bet wear money
    promote_online""".split()
)
_ALIKE = (frozenset(("photo", "post", "photo_post")), frozenset(("pose", "photo", "photo_post")))
_HEAVY = {"stance": ("support", "belittle"), "visibility": ("public",)}
"""Beside the burdens, which take a permission back by themselves."""
_WHERE = frozenset(("visibility",))
"""Where it is done, which weighs only against an act done elsewhere."""
_IN_PASSING = frozenset("photo mobilise follow react team party_member join_group".split())
_POSTED = frozenset("unggah story pasang tulis buat bikin whatsapp medsos facebook sebar".split())
_OF_OTHERS = frozenset("photo pose mobilise follow team party_member speak".split())
"""What is often told of others where a question asked back was answered."""
_BEFALLS = frozenset(("unwilled",))
"""What others may have done to the person: then the second opinion weighs it."""
_FALSE = frozenset(("fraud", "own_role", "stead"))
_PLACES = frozenset(("enrolled", "partisan_place"))
"""Where nothing is free once somebody has chosen the act by hand."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause; `joined`: it stands behind a word that goes on, such as "sambil"; `also`: behind an
    "and", which joins nouns as well."""

    text: str
    joined: bool
    also: bool = False


def held_back(found: Answer, question: Told, way: str, *, grave: bool = False) -> Answer:
    """The answer, with no permission for what it has not read. `way`: whether the person has only
    asked, answered a question asked back, or chosen an act. `grave`: the words as a whole are like
    those of what is forbidden; whether somebody may hold an office says nothing of that either.
    Where votes or their papers are misused, no answer to a question asked back is waited for."""
    misuse = knowledge().misuses(question.line)
    if misuse and found.outcome in PERMITTED and found.status == "choose_act":
        return replace(found, outcome="unclear")
    early = way == ASKED and not misuse
    verdicts = ("answered", "review") if early else ("answered", "review", "ask_first")
    if found.outcome not in PERMITTED or found.status not in verdicts:
        return found
    left = tuple(dict.fromkeys(_left(found, question, way)))
    bound = usual().bound.issuperset(part.act for part in found.parts)
    if not left and grave and (way == CHOSEN or (way == ANSWERED and bound)):
        left = (question.typed,)
    if not left:
        return found
    parts = tuple(
        replace(part, outcome="unclear", unanswered=left) if part.outcome in PERMITTED else part
        for part in found.parts
    )
    return replace(
        found, parts=parts, outcome=max(parts, key=gravity).outcome, status="partial", ask=()
    )


def _left(found: Answer, question: Told, way: str) -> Iterator[str]:
    if BOOTH in question.asks or knowledge().misuses(question.line):
        yield question.typed
        return
    pieces = list(_pieces(question))
    goes_on = any(piece.joined or piece.also for piece in pieces)
    explained = _explained(found.parts)
    if way == ASKED and (not goes_on or "household" in explained):
        return  # one clause is weighed as a whole; the family's deed is not that of who asks
    of_others = usual().others.issuperset(part.act for part in found.parts)
    for place, piece in enumerate(pieces):
        apart = not (piece.joined or piece.also)
        if apart and (of_others or (place and way == ASKED)):
            continue  # what is told before is what others did, and what stands apart is weighed
        told = tell(piece.text, knowledge())
        if (
            _has_more(told, piece, explained, way)
            or _is_heavy(told, piece, found.parts, way)
            or (piece.joined and (way != ASKED or found.outcome == "allowed") and _is_open(told))
        ):
            yield piece.text


def _explained(parts: Collection[Part]) -> frozenset[str]:
    """The deeds that the acts answered speak of."""
    told = {name for part in parts for name in library().act(part.act).given["conduct"]}
    return frozenset(told.union(*(alike for alike in _ALIKE if alike & told)))


def _has_more(told: Told, piece: Piece, explained: frozenset[str], way: str) -> bool:
    """Whether a clause tells a deed that the acts answered do not speak of, or a falsehood."""
    deeds = (told.conduct & _DEEDS) - explained
    roots = {word.root for word in told.line.words}
    if "status" in roots and roots.isdisjoint(_POSTED):
        deeds -= {"post"}  # that of an employee
    if way == ASKED and "refused" in told.asks:
        return False
    if way == ASKED and (_BEFALLS & told.asks or not piece.joined):
        deeds -= _IN_PASSING
    elif way == ANSWERED and not piece.joined:
        deeds -= _OF_OTHERS
    return bool(deeds or told.asks & _FALSE or (way == CHOSEN and told.asks & _PLACES))


def _is_heavy(told: Told, piece: Piece, parts: Collection[Part], way: str) -> bool:
    """Whether a clause tells something heavy that was not weighed."""
    return (piece.joined or way != ASKED) and any(_is_unweighed(item, parts) for item in told.given)


def _is_unweighed(told: Given, parts: Collection[Part]) -> bool:
    """Whether what was told is heavy, and no rule looked at it or an act says the opposite."""
    if told.value not in _HEAVY.get(told.fact, ()):
        return False
    if told.fact in _WHERE:
        given = (library().act(part.act).given.get(told.fact, (told.value,)) for part in parts)
        return any(told.value not in values for values in given)
    return all((told.fact, told.value) not in part.guess.finding.used for part in parts)


def _is_open(piece: Told) -> bool:
    """Whether a clause tells of something that is not understood: of more than nothing, than what
    somebody is or has not done, and than what people do in passing with nobody of the contest."""
    lists, telling = words().lists, content(piece.line)
    before = {(word.root,) for word in piece.line.words[:2]}
    if piece.conduct or not telling or before & lists["denial"]:
        return False
    contest = any(item.fact in ("account", "beside") for item in piece.given)
    plain = (telling[0],) in lists["passing"] | lists["staff"]
    return contest or "partial" in piece.asks or not plain


def _pieces(question: Told) -> Iterator[Piece]:
    """The clauses of a question in the order of its words."""
    text, told = question.text, question.line.words
    first, joined, also = 0, False, False
    for place, word in enumerate(told):
        goes_on, adds = _goes_on(told, place), word.written in _ALSO
        before = text[told[place - 1].end : word.start] if place else ""
        if goes_on or adds or _STOPS.intersection(before):
            if place > first:
                yield Piece(text[told[first].start : told[place - 1].end], joined, also)
            first, joined, also = place + (goes_on or adds), goes_on, adds
    if first < len(told):
        yield Piece(text[told[first].start : told[-1].end], joined, also)


def _goes_on(told: Sequence[Word], place: int) -> bool:
    """Whether a word leads on to something else; "bulan lalu" and "lalu lintas" do not."""
    if told[place].written == "lalu":
        beside = {word.root for word in told[max(0, place - 1) : place + 2]}
        return beside.isdisjoint(_OF_TIME)
    return told[place].written in _AND
