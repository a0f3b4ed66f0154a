"""Who stands in the current election, and where a text names them.

A name, a number or a slogan in the text becomes one word such as `[calon]`, so that the rules
speak of "a candidate" and hold in every election.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from netral.law.asking.words import Word, plain
from netral.law.posts.numbers import numbered

CANDIDATE, PARTY, SLOGAN = "[calon]", "[partai]", "[slogan]"
ADDRESSED, BARE_NAME = "[sapaan]", "[nama]"
"""Weaker: one part of a name after "Pak" or "paslon"; one part of a name that may well mean
something else."""

_BEFORE_NAMES = frozenset(
    "pak bu bapak ibu bang mas mbak kang gus haji paslon calon cabup cawabup cagub cawagub "
    "cawalkot caleg capres cawapres si tim relawan petahana kandidat".split()
)
_BEFORE_PARTIES = frozenset("partai kader caleg dpp dpd dpc fraksi kubu coblos pilih".split())
_PARTS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_APOSTROPHES = str.maketrans("", "", "'’")
_ANY_NUMBER = frozenset(range(1, 31))

Phrase = tuple[tuple[str, ...], str, int]
"""Words that name a contestant, what they become, and the contestant's place."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A ticket or a party. `names`: each person's or the party's full name; `aliases`: short
    names and nicknames of the campaign; `slogans`: what stands on its posters; `race`: which
    ballot, where there are several on one day (the governor's and the regent's)."""

    kind: str
    number: int | None
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    slogans: tuple[str, ...] = ()
    race: str = ""


@dataclass(frozen=True)
class Contest:
    """The contestants of the current election; empty when none is known."""

    contestants: tuple[Contestant, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Whether anybody stands with a number; parties without one are known between elections."""
        return any(item.number is not None for item in self.contestants)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers on the ballot; all small ones while nobody is known."""
        known = {item.number for item in self.contestants if item.number is not None}
        return frozenset(known) or _ANY_NUMBER

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Words that name a contestant, what they become, and whose they are; longest first."""
        found = []
        for index, item in enumerate(self.contestants):
            strong = PARTY if item.kind == "party" else CANDIDATE
            for slogan in item.slogans:
                found.append((_parts(slogan), SLOGAN, index))
            for name in (*item.names, *item.aliases):
                found.append((_parts(name), strong, index))
            if item.kind != "party":
                single = (part for name in item.names for part in _parts(name) if len(part) > 2)
                found += [((part,), BARE_NAME, index) for part in single]
        return tuple(sorted(found, key=lambda row: -len(row[0])))

    @cached_property
    def phrases_from(self) -> Mapping[str, Sequence[Phrase]]:
        """The phrases by their first word."""
        found = defaultdict(list)
        for row in self.phrases:
            if row[0]:
                found[row[0][0]].append(row)
        return dict(found)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Full names, short names and slogans of two words or more, written together."""
        return tuple(sorted({"".join(row[0]) for row in self.phrases if len(row[0]) > 1}))

    @cached_property
    def tag_words(self) -> frozenset[str]:
        """Parts of names and short names: in a hashtag they count as a word of their own."""
        return frozenset(row[0][0] for row in self.phrases if len(row[0]) == 1)

    def balances(self, whose: Iterable[str]) -> bool:
        """Whether several contestants for the same post are named."""
        told = [one.split("|") for one in whose]
        races = {item.race for item in self.contestants} | {""}
        return any(
            len({number for race, number in told if race in ("", wanted)}) > 1 for wanted in races
        )

    @cached_property
    def short_names(self) -> frozenset[str]:
        """Abbreviations that are also plain words unless written in capitals."""
        names = (name for item in self.contestants for name in (*item.names, *item.aliases))
        return frozenset(_same(name) for name in names if name.isupper() and len(name) <= 6)


@dataclass(frozen=True, slots=True)
class Named:
    """The words of a clause with contestants named, and whose each such word is: "race|number",
    without a race where only a number stands."""

    words: tuple[Word, ...]
    whose: frozenset[str]


def _parts(name: str) -> tuple[str, ...]:
    return tuple(_same(part) for part in _PARTS.findall(name))


def _same(written: str) -> str:
    """A part of a name as it is compared: "Mas'ud" is also written "Masud"."""
    return plain(written).translate(_APOSTROPHES)


def name_contestants(
    words: Sequence[Word], contest: Contest, text: str, ordinary: Container[str] = ()
) -> Named:
    """Puts one word for each name, number and slogan of a contestant in `words`.

    `ordinary` are words of the language: a part of a name that is one ("Putra", "Dua") counts only
    after "Pak" or a word like it, and a party's short name ("Gelora") after "partai".
    """
    whose: set[str] = set()
    named = _named(words, contest, text, whose, ordinary)
    found = list(_joined(numbered(named, contest.numbers, text, whose)))
    return Named(tuple(found), frozenset(whose))


def _named(
    words: Sequence[Word], contest: Contest, text: str, whose: set[str], ordinary: Container[str]
) -> list[tuple[Word, int]]:
    """Names and slogans; with each word the contestant's place, or -1."""
    done: list[tuple[Word, int]] = []
    forms = [_same(text[word.start : word.end]) for word in words]
    at = 0
    while at < len(words):
        row = _phrase_at(forms, words, at, contest, text)
        if row is None:
            done.append((words[at], -1))
            at += 1
            continue
        parts, becomes, index = row
        is_word = parts[0] in ordinary and parts[0] not in contest.short_names
        if len(parts) == 1 and is_word and not _is_led(words, at, becomes):
            done.append((words[at], -1))
            at += 1
            continue
        if becomes == BARE_NAME:
            if _is_somebody_else(words, at, contest, text):
                done.append((words[at], -1))
                at += 1
                continue
            if _names_somebody(words, at, text):
                becomes = ADDRESSED
        item = contest.contestants[index]
        whose.add(f"{item.race}|{item.number or -index - 1}")
        last = words[at + len(parts) - 1]
        done.append((Word(becomes, becomes, words[at].start, last.end), index))
        at += len(parts)
    return done


def _is_led(words: Sequence[Word], at: int, becomes: str) -> bool:
    """Whether a word before it says that a person or a party follows."""
    before = words[at - 1].written if at else ""
    return before in (_BEFORE_PARTIES if becomes == PARTY else _BEFORE_NAMES)


def _is_somebody_else(words: Sequence[Word], at: int, contest: Contest, text: str) -> bool:
    """Whether a further name follows, which is none of the contestants': "Bara Setiawan"."""
    if at + 1 == len(words):
        return False
    following = text[words[at + 1].start : words[at + 1].end]
    is_ours = any(len(row[0]) == 1 for row in contest.phrases_from.get(_same(following), ()))
    in_small = any(text[word.start : word.end].islower() for word in words)
    return _is_name_like(following) and in_small and not is_ours


def _names_somebody(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether one part of a name stands for the person: after "Pak", or with a capital inside a
    sentence."""
    if at == 0:
        return False
    previous = words[at - 1]
    return previous.written in _BEFORE_NAMES or (
        _is_name_like(text[words[at].start : words[at].end])
        and text[previous.start : previous.end].islower()
    )


def _is_name_like(written: str) -> bool:
    return written[:1].isupper() and not written.isupper()


def _phrase_at(
    forms: Sequence[str], words: Sequence[Word], at: int, contest: Contest, text: str
) -> Phrase | None:
    """The longest phrase that begins at a word; `forms` are the words as they are compared."""
    for row in contest.phrases_from.get(forms[at], ()):
        parts = row[0]
        if tuple(forms[at : at + len(parts)]) != parts:
            continue
        written = text[words[at].start : words[at + len(parts) - 1].end]
        if len(parts) == 1 and parts[0] in contest.short_names and not written.isupper():
            continue
        return row
    return None


def _joined(words: list[tuple[Word, int]]) -> Iterator[Word]:
    """Two bare names of one ticket beside each other are the ticket: "Ranu-Sita"."""
    at = 0
    while at < len(words):
        word, index = words[at]
        following = words[at + 1] if at + 1 < len(words) else None
        is_pair = following is not None and word.written == following[0].written == BARE_NAME
        if is_pair and following is not None and index == following[1]:
            yield Word(CANDIDATE, CANDIDATE, word.start, following[0].end)
            at += 2
            continue
        yield word
        at += 1
