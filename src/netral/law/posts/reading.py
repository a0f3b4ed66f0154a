"""A text cut into clauses of comparable words, whatever tricks it is written with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from netral.law.asking.words import Lexicon, Word, plain

ASKED_SHORT = 3
"""Words, the question mark among them, of a question that the next sentence answers: "Ranu? No"."""
_SPREAD = re.compile(r"(?<![^\W_])(?:[^\W\d_][ ._*-]){3,}[^\W\d_](?![^\W_])")
_TOKEN = re.compile(
    r"(?P<link>https?://\S+|www\.\S+)|(?P<tag>#\w+)|(?P<keycap>[1-9])\ufe0f?\u20e3"
    r"|(?P<sign>(?:[\u261d\u270c\U0001f91f\U0001f918][\ufe0f\U0001f3fb-\U0001f3ff]*)+)|(?P<number>\d+(?:[.,:]\d+)+|\d+)(?![^\W\d_])"
    r"|(?P<word>[^\W_]+(?:['’-][^\W_]+)*)|(?P<stop>[.!?;\n]+)"
)
_SPLIT = re.compile(r"^(paslon|nomor|nomer|nomr|nmr|no|urut|partai|calon)(\d{1,2})$")
_LEET = str.maketrans("0134578@$", "oieastbas")
_HAS_LEET = re.compile(r"(?<![^\W_])(?=[^\s#]*[0-9@$])(?=[^\s#]*[a-z])[a-z0-9@$]+(?![^\W_])")
_ABBREVIATED = re.compile(r"\b(no|jl|rp|dr|hj|h|ir|prof|tgl)\.(?=\s*[\w])")
_TURNS = frozenset({"tapi", "tetapi", "namun", "sedangkan", "melainkan"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Words up to a full stop or a "but"; a question mark stays as the word "?"."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """`tags` are hashtags (without the sign) and where they stand; `spread` the places of words
    written letter by letter."""

    clauses: tuple[Clause, ...]
    tags: tuple[Word, ...]
    spread: tuple[tuple[int, int], ...]


def read(text: str, lexicon: Lexicon, phrases: Mapping[tuple[str, ...], str]) -> Reading:
    """Clauses and hashtags of `text`. `phrases`: several words that stand for one."""
    straight = _straighten(plain(text), lexicon)
    spread = tuple(match.span() for match in _SPREAD.finditer(straight))
    straight = _SPREAD.sub(_close_up, straight)
    straight = _ABBREVIATED.sub(lambda match: f"{match.group(1)} ", straight)
    tags: list[Word] = []
    clauses: list[Clause] = []
    now: list[Word] = []
    for match in _TOKEN.finditer(straight):
        if match.lastgroup == "tag":
            tags.append(Word(match.group()[1:], match.group()[1:], match.start(), match.end()))
            continue
        new = list(_words(match, lexicon))
        ends = match.lastgroup == "stop"
        if ends or (new and new[0].written in _TURNS):
            if ends and "?" in match.group():
                now.append(Word("?", "?", match.start(), match.end()))
                if len(now) <= ASKED_SHORT and "\n" not in match.group():
                    continue
            clauses.append(Clause(_as_one(now, phrases)))
            now = []
        now += new
    clauses.append(Clause(_as_one(now, phrases)))
    return Reading(tuple(item for item in clauses if item.words), tuple(tags), spread)


def _words(match: re.Match[str], lexicon: Lexicon) -> Iterator[Word]:
    kind, written = match.lastgroup, match.group()
    if kind == "link":
        yield Word("[tautan]", "[tautan]", match.start(), match.end())
    elif kind == "keycap":
        yield Word(f"0{written[0]}", f"0{written[0]}", match.start(), match.end())
    elif kind == "sign":
        yield Word("[isyarat]", "[isyarat]", match.start(), match.end())
    elif kind == "number":
        yield Word(written, written, match.start(), match.end())
    elif kind == "word":
        joined = _SPLIT.match(written)
        if joined:
            cut = match.start() + len(joined.group(1))
            lead = "nomor" if joined.group(1).startswith("n") else joined.group(1)
            yield Word(lead, lead, match.start(), cut)
            yield Word(joined.group(2), joined.group(2), cut, match.end())
            return
        at = match.start()
        for piece in written.split("-") if _is_compound(written) else (written,):
            for part in lexicon.known_as(piece):
                yield Word(part, lexicon.root(part), at, at + len(piece))
            at += len(piece) + 1


def _is_compound(written: str) -> bool:
    """Two different words with a hyphen: each keeps its place. "anak-anak" is one word."""
    head, _, tail = written.partition("-")
    return bool(tail) and not tail.startswith(head)


def _as_one(words: list[Word], phrases: Mapping[tuple[str, ...], str]) -> tuple[Word, ...]:
    done: list[Word] = []
    at = 0
    while at < len(words):
        for length in (3, 2):
            here = words[at : at + length]
            meant = phrases.get(tuple(word.written for word in here))
            if meant and len(here) == length:
                done.append(Word(meant, meant, here[0].start, here[-1].end))
                at += length
                break
        else:
            done.append(words[at])
            at += 1
    return tuple(done)


def _straighten(text: str, lexicon: Lexicon) -> str:
    """Reads "c0blos" as "coblos", letter for letter, where that gives a known word."""

    def straight(match: re.Match[str]) -> str:
        word = match.group()
        meant = word.translate(_LEET)
        if _SPLIT.match(word) or word.isdigit() or meant == word:
            return word
        (known, *_rest) = lexicon.known_as(meant)
        return meant if lexicon.root(known) in lexicon.roots and len(word) > 3 else word

    return _HAS_LEET.sub(straight, text)


def _close_up(match: re.Match[str]) -> str:
    """Reads "p i l i h" as "pilih" with the rest left empty, so that places stay the same."""
    letters = re.sub(r"[ ._*-]", "", match.group())
    return letters.ljust(len(match.group()))
