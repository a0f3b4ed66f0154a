"""Everyday Indonesian brought to comparable words: spelling, slang, affixes, doubled words.

A word keeps its place in the text, so that what was understood can be shown in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from netral.law.asking.spelling import Spelling

# Signs that say something; their colour and style (variation selectors) belong to them.
_SIGN = r"[\u261d\u270c\u2764\U0001f44d\U0001f44f\U0001f525\U0001f60d\U0001f918\U0001f91f]"
SIGN = rf"(?:{_SIGN}[\ufe0f\U0001f3fb-\U0001f3ff]*)+"
_WORD = re.compile(rf"{SIGN}|[0-9]+(?:[.,][0-9]+)+|[^\W_]+(?:['’-][^\W_]+)*")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_DOUBLED = re.compile(r"^([a-z]{3,})2$|^([a-z]{3,})-\2(?:nya|an)?$")
# What follows a "no" that is short for a number; before anything else it denies ("no seragam").
_NUMBERED = re.compile(
    r"[\s.:]*(?:$|\d|urut|satu|dua|tiga|empat|lima|berapa|brp|hp|wa|tel|rek|calon|paslon|surat|sk|kartu|induk|pol)"
)
_PARTICLES = ("nya", "lah", "kah", "pun", "ku", "mu", "dong")
_SUFFIXES = ("kan", "in", "an", "i")
# Nasal prefixes swallow the first letter of the root; each gives the letters it may have been.
_NASALS = (
    ("meny", ("s",)), ("peny", ("s",)), ("nye", ("se", "ce")), ("ny", ("s", "c")),
    ("menge", ("",)), ("nge", ("",)),
    ("meng", ("", "k")), ("peng", ("", "k")), ("ng", ("", "k")),
    ("mem", ("", "p")), ("pem", ("", "p")), ("men", ("", "t")), ("pen", ("", "t")),
    ("me", ("",)), ("pe", ("",)), ("ber", ("",)), ("be", ("",)), ("ter", ("",)), ("di", ("",)),
    ("ke", ("",)), ("ku", ("",)), ("se", ("",)), ("per", ("",)), ("m", ("p", "")), ("n", ("t", "")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word: how it was written (small letters), its root, and where it stands."""

    written: str
    root: str
    start: int
    end: int


class Lexicon:
    """The known roots and the table of everyday spellings."""

    def __init__(
        self, roots: Iterable[str], slang: Mapping[str, str], standard: frozenset[str] = frozenset()
    ) -> None:
        """`standard`: further words that are spelled well and must not be taken for slips."""
        self.slang = {word: tuple(meant.split()) for word, meant in slang.items()}
        meant = {part for parts in self.slang.values() for part in parts if len(part) > 3}
        self.roots = frozenset(roots) | meant
        self._standard = standard
        self._spelling = Spelling(self.roots | self.slang.keys())
        self._memory: dict[str, tuple[str, ...]] = {}

    def read(self, text: str) -> list[Word]:
        """The words of a text in order."""
        shown = plain(text)
        found: list[Word] = []
        for match in _WORD.finditer(shown):
            denies = match.group() == "no" and not _NUMBERED.match(shown, match.end())
            for part in ("tidak",) if denies else self.known_as(match.group()):
                found.append(Word(part, self.root(part), match.start(), match.end()))
        return _without_tags(found, shown)

    def known_as(self, word: str) -> tuple[str, ...]:
        """The everyday word in standard spelling; it may stand for several words."""
        if re.fullmatch(SIGN, word):
            return self.slang[word[0]]
        if word not in self.slang and word not in self.roots:
            word = _STRETCHED.sub(r"\1", word)
        if word in self.slang:
            return self.slang[word]
        doubled = _DOUBLED.match(word)
        if doubled:
            single = doubled.group(1) or doubled.group(2)
            return self.slang.get(single, (single,))
        if "-" in word:
            pieces = word.split("-")
            return tuple(part for piece in pieces if piece for part in self.known_as(piece))
        for particle in ("nya", "ny", "lah", "kah"):
            stem = word.removesuffix(particle)
            if stem != word and len(stem) > 2 and stem in self.slang:
                return self.slang[stem]
        return (word,)

    def root(self, word: str) -> str:
        """The root of a word: itself if known, else without affixes where a known root is left."""
        known = self._memory.get(word)
        if known is None:
            if len(self._memory) > 20_000:
                self._memory.clear()
            known = self._memory[word] = (self._find_root(word),)
        return known[0]

    def _find_root(self, word: str) -> str:
        if word in self.roots or word.isdigit():
            return word
        for body in _without_endings(word):
            if body in self.roots:
                return body
            for prefix, letters in _NASALS:
                if body.startswith(prefix):
                    for letter in letters:
                        root = letter + body[len(prefix) :]
                        if len(root) > 2 and root in self.roots:
                            return root
                        if root[:3] in ("per", "ber", "di") and root[3:] in self.roots:
                            return root[3:]
        heard = self._by_sound(word)
        if heard is not None or word in self._standard:
            return heard or word
        return self._spelling.nearest(word) or word

    def _by_sound(self, word: str) -> str | None:
        """Talk says "denger" and "diem" where the standard word has an a."""
        for body in _without_endings(word):
            place = body.rfind("e")
            if place > 0:
                heard = body[:place] + "a" + body[place + 1 :]
                for root in (heard, heard.removeprefix("nge"), heard.removeprefix("di")):
                    if len(root) > 3 and root in self.roots:
                        return root
        return None


# After these words "tidak" only asks ("boleh gak …"), and so it does before these ("… gak ya").
_ASKED = frozenset(
    """boleh bisa aman kena masalah langgar pidana larang apa atau salah apakah dosa bahaya wajib
    perlu harus sah""".split()
)
_TRAILING = frozenset(("sih", "ya", "kah", "yah", "yo", "to"))


def _without_tags(words: list[Word], text: str) -> list[Word]:
    """The words without those "tidak" that make a question instead of denying something."""
    kept = []
    for place, word in enumerate(words):
        if word.written == "tidak":
            before = words[place - 1].root if place else ""
            after = words[place + 1] if place + 1 < len(words) else None
            closing = text[word.end : after.start if after else len(text)]
            ends = place > 0 and (after is None or any(mark in closing for mark in "?!.,;"))
            asks = before in _ASKED and not (after and after.root in _ASKED)
            if asks or ends or (after is not None and after.written in _TRAILING):
                continue
        kept.append(word)
    return kept


def plain(text: str) -> str:
    """Small letters without accents, letter for letter, so that places stay the same."""
    letters = []
    for letter in text:
        small = letter.casefold()[:1]
        bare = unicodedata.normalize("NFKD", small)[:1]
        letters.append(bare if bare.isascii() and bare else small)
    return "".join(letters)


def _without_endings(word: str) -> list[str]:
    """The word, then the word without particles, then without a suffix."""
    found = [word]
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) > 2:
            found.append(word[: -len(particle)])
    for body in list(found):
        for suffix in _SUFFIXES:
            if body.endswith(suffix) and len(body) - len(suffix) > 2:
                found.append(body[: -len(suffix)])
    return found
