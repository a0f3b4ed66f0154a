"""Cues: short patterns of words that tell a fact, an act or what a question is after.

The patterns stand in `data/asking/*.yaml`, written for people, not for machines:

* words in order; each matches all its everyday forms ("unggah" also "ngeposting");
* `a/b` one of several; `=word` exactly this form (for "dimasukkan" but not "memasukkan");
* `..` up to three words in between, `...` up to nine;
* `@name` one of the group of words `name`; `word_word` two words inside an alternative;
* `cue ~ other` the cue counts only if `other` is nowhere in the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from netral.law.asking.words import Lexicon, Word
from netral.law.errors import DataError

_GAPS = {"..": r"(?:[^ ]+ ){0,3}?", "...": r"(?:[^ ]+ ){0,9}?"}


@dataclass(frozen=True, slots=True)
class Cue:
    """One compiled pattern. `anchors`: roots of which one must be there, else it cannot match."""

    source: str
    pattern: re.Pattern[str]
    anchors: frozenset[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Line:
    """A question as the patterns see it: `written/root ` for every word, one after the other."""

    text: str
    roots: frozenset[str]
    words: Sequence[Word]

    def word_range(self, start: int, end: int) -> tuple[int, int]:
        """The places in the original text that a match from `start` to `end` stands on."""
        first = self.text.count(" ", 0, start)
        last = max(first, self.text.count(" ", 0, end) - 1)
        return self.words[first].start, self.words[last].end


def line_of(words: Sequence[Word]) -> Line:
    """The line for some words."""
    text = "".join(f"{word.written}/{word.root} " for word in words)
    roots = {word.root for word in words} | {f"={word.written}" for word in words}
    return Line(text, frozenset(roots), words)


class CueReader:
    """Compiles patterns with the words of one lexicon and its groups."""

    def __init__(self, lexicon: Lexicon, groups: Mapping[str, Iterable[str]]) -> None:
        self._lexicon = lexicon
        self._groups = {name: tuple(words) for name, words in groups.items()}

    def cue(self, source: str) -> Cue:
        """Compile one pattern; raises `DataError` naming what is wrong with it."""
        wanted, _, unless = (piece.strip() for piece in source.partition("~"))
        expression, anchors = self._compile(wanted, source)
        other = re.compile(self._compile(unless, source)[0]) if unless else None
        return Cue(source, re.compile(expression), anchors, other)

    def cues(self, sources: Iterable[str]) -> tuple[Cue, ...]:
        """Compile several patterns."""
        return tuple(self.cue(source) for source in sources)

    def _compile(self, wanted: str, source: str) -> tuple[str, frozenset[str]]:
        expression, best = r"(?:(?<= )|^)", frozenset[str]()
        pieces = wanted.split()
        if not pieces or pieces[0] in _GAPS or pieces[-1] in _GAPS:
            raise DataError(f"cue '{source}': it must start and end with a word")
        for piece in pieces:
            if piece in _GAPS:
                expression += _GAPS[piece]
                continue
            options = [self._option(option) for option in self._alternatives(piece, source)]
            expression += "(?:" + "|".join(option for option, _ in options) + ")"
            anchors = frozenset(anchor for _, anchor in options)
            if not best or len(anchors) < len(best):
                best = anchors
        return expression, best

    def _alternatives(self, piece: str, source: str) -> list[str]:
        found: list[str] = []
        for option in piece.split("/"):
            if not option.startswith("@"):
                found.append(option)
            elif option[1:] in self._groups:
                for word in self._groups[option[1:]]:
                    found += self._alternatives(word, source)
            else:
                raise DataError(f"cue '{source}': there is no group '{option[1:]}'")
        return [option for option in found if option]

    def _option(self, option: str) -> tuple[str, str]:
        """The expression of one alternative, and a root that must be there for it."""
        if option.startswith("="):
            return rf"{re.escape(option[1:])}/[^ ]+ ", option
        roots = [
            self._lexicon.root(part)
            for word in option.split("_")
            for part in self._lexicon.known_as(word)
        ]
        return "".join(rf"[^ ]+/{re.escape(root)} " for root in roots), roots[-1]


_DENIALS = re.compile(
    r"(?:tidak|tanpa|bukan|belum|jangan)/[^ ]+ "
    r"(?:(?:pernah|ikut|ada|sampai|mau|di|usah|pakai|make|memakai|menggunakan|bawa|jadi|"
    r"menjadi)/[^ ]+ )?$"
)


def affirmed(cue: Cue, line: Line) -> re.Match[str] | None:
    """The first place where the cue stands in the line without a denial right before it."""
    if line.roots.isdisjoint(cue.anchors):
        return None
    for match in cue.pattern.finditer(line.text):
        if not _DENIALS.search(line.text, 0, match.start()):
            denied = cue.unless is not None and cue.unless.search(line.text)
            return None if denied else match
    return None


def found(cue: Cue, line: Line) -> re.Match[str] | None:
    """The first place where the cue stands in the line."""
    if line.roots.isdisjoint(cue.anchors):
        return None
    match = cue.pattern.search(line.text)
    if match is None or (cue.unless is not None and cue.unless.search(line.text)):
        return None
    return match
