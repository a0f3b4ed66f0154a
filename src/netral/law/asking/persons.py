"""Who is named in a question, what they are said to be, and who of them acts.

Words alone, without a grammar: whoever stands at the beginning of a clause, or behind "may" or
"if", acts; whoever stands behind any other word ("with", "for", "the house of") is spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from netral.law.asking.cues import Line
from netral.law.asking.knowledge import FOLDER, knowledge
from netral.law.asking.words import Word
from netral.law.loading.reader import read_yaml

ASKER, KIN, THIRD = "asker", "kin", "third"
STAFF, PRIVATE = "staff", "private"
_BREAKS = frozenset(",.;:?!()\n–—")
_FURTHEST = 4
"""Words between a person and what they are said to be."""
_EMPLOYEE = "karyawan"
Roots = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One mention. `first` and `last` are the places of its words, `end` of what it is said to be.

    `kin`: the word of the family, where it is one of them. `owned`: "my" husband, so that nobody
    else's is meant. `acts`: stands where who acts stands. `described`: "staff", "private" or "".
    `does`: what the words that follow begin with, "" where nothing does; `denied`: not that.
    """

    who: str
    kin: str
    first: int
    last: int
    owned: bool
    acts: bool
    described: str
    end: int
    does: str
    denied: bool


@dataclass(frozen=True)
class Words:
    """The lists of `whose.yaml`, each word as its roots."""

    kin: Mapping[Roots, str]
    lists: Mapping[str, frozenset[Roots]]

    def at(self, name: str, roots: Roots, place: int) -> int:
        """How many words of the list's longest entry stand at the place."""
        known = self.kin if name == "kin" else self.lists[name]
        sizes = range(min(3, len(roots) - place), 0, -1)
        return next((size for size in sizes if roots[place : place + size] in known), 0)


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists that ship with the package."""
    raw = read_yaml(FOLDER / "whose.yaml")
    return Words(
        {_roots(word): other for word, other in raw["kin"].items()},
        {name: frozenset(map(_roots, found)) for name, found in raw.items() if name != "kin"},
    )


def _root_of(word: Word, text: str) -> str:
    """The root; a "karyawan" is read as "pegawai" elsewhere, and is none of the state's."""
    typed = text[word.start : word.end].casefold()
    return _EMPLOYEE if typed.startswith(_EMPLOYEE) else word.root


def _roots(word: str) -> Roots:
    return tuple(knowledge().lexicon.root(part) for part in word.split("_"))


def persons(line: Line, text: str) -> tuple[Person, ...]:
    """Everybody who is named, in order."""
    return tuple(_Walk(line, text).persons())


class _Walk:
    """Reads a line from left to right."""

    def __init__(self, line: Line, text: str) -> None:
        self._words, self._line, self._text = words(), line.words, text
        self._roots: Roots = tuple(_root_of(word, text) for word in line.words)
        breaks = [place for place in range(1, len(self._roots)) if self._is_broken(place)]
        self._breaks = set(breaks)
        for one, after in pairwise([*breaks, 0]):
            if line.words[one].written == "who":  # "my wife, who is …, wants": no clause of its own
                self._breaks -= {one, after}

    def persons(self) -> Iterator[Person]:
        place, told_until = 0, 0
        while place < len(self._roots):
            found = self._person(place, told_until)
            if found is not None:
                told_until = found.end if found.described else 0
                yield found
            place = found.last + 1 if found else place + max(1, self._skip(place))

    def _skip(self, place: int) -> int:
        return self._words.at("no_kin", self._roots, place)

    def _is_broken(self, place: int) -> bool:
        between = self._text[self._line[place - 1].end : self._line[place].start]
        return bool(_BREAKS.intersection(between))

    def _person(self, place: int, told_until: int) -> Person | None:
        who = self._who(place)
        if not who:
            return None
        first, last, kin, owned = place, place, "", False
        if who == KIN:
            first, last, kin, owned = self._kin(place)
        described, end = self._described(last + 1)
        does, denied = self._does(max(last, end) + 1)
        acts = self._may_act(first) or 0 < told_until == first - 1
        return Person(who, kin, first, last, owned, acts, described, end, does, denied)

    def _who(self, place: int) -> str:
        if self._skip(place):
            return ""
        return next((who for who in (KIN, ASKER, THIRD) if self._is(who, place)), "")

    def _is(self, name: str, place: int) -> int:
        return self._words.at(name, self._roots, place)

    def _kin(self, place: int) -> tuple[int, int, str, bool]:
        """The mention of somebody of the family with what stands around it."""
        size = self._is(KIN, place)
        kin, after = " ".join(self._roots[place : place + size]), place + size
        typed = self._text[self._line[place].start : self._line[after - 1].end].casefold()
        owned = typed.endswith(("ku", "q"))
        while self._goes_on(after) and (self._is("kin_further", after) or self._is(KIN, after)):
            after += 1
        if self._goes_on(after) and self._is(ASKER, after):
            owned, after = True, after + 1
        mine = place > 0 and self._line[place - 1].written == "my"
        return place - mine, after - 1, kin, owned or mine

    def _goes_on(self, place: int) -> bool:
        return place < len(self._roots) and place not in self._breaks

    def _described(self, place: int) -> tuple[str, int]:
        """What follows says somebody is, with the place of its last word."""
        start, denied = place, False
        while self._goes_on(place) and place - start < _FURTHEST:
            if self._called(place):
                is_private = denied or self._is(PRIVATE, place)
                end = place
                while self._goes_on(end) and self._called(end):
                    end += self._called(end)
                return PRIVATE if is_private else STAFF, end - 1
            if not (self._is("idle", place) or self._is("denial", place)):
                return "", start - 1
            denied = denied or bool(self._is("denial", place))
            place += 1
        return (PRIVATE, place - 1) if denied and not self._goes_on(place) else ("", start - 1)

    def _called(self, place: int) -> int:
        """How many words of a status or a trade stand here."""
        return max(self._is(PRIVATE, place), self._is(STAFF, place))

    def _does(self, place: int) -> tuple[str, bool]:
        """The first word of a clause that tells something, and whether it is denied."""
        denied = False
        while self._goes_on(place):
            if self._is("denial", place):
                denied = True
            elif self._who(place) and self._may_act(place):
                break  # somebody else acts from here on
            elif not self._is("idle", place):
                return self._roots[place], denied
            place += 1
        return "", denied

    def _may_act(self, place: int) -> bool:
        if place == 0 or place in self._breaks:
            return True
        return bool(self._is("before", place - 1))
