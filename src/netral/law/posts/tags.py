"""Hashtags that campaign, or that carry the name of a contestant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netral.law.asking.words import Word, plain
from netral.law.posts.contest import Contest
from netral.law.posts.knowledge import Known
from netral.law.posts.shapes import Finding, Strength

LONG = 5
"""Letters from which a name may open a hashtag in small letters with anything behind it."""
_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
_BESIDE_NAMES = re.compile(
    r"pak|bu|bang|mas|kang|ayo|yuk|mari|salam|dukung|pilih|coblos|tusuk|menang(?:kan)?|jaya|juara|"
    r"lanjut(?:kan)?|tetap|bersama|untuk|tim|relawan|sahabat|pendukung|gas(?:pol)?|kawal|cinta|"
    r"bupati|gubernur|wali(?:kota)?|presiden|hebat|no(?:mor)?|paslon|partai|asal|bukan|tolak|"
    r"jangan|lawan|kita|kami|ku|2024|fix|bismillah|\d"
)
"""What people write together with a name in a hashtag without capitals."""


def in_tags(
    tags: tuple[Word, ...], rules: tuple[Known, ...], contest: Contest, text: str
) -> Iterator[Finding]:
    """The hashtags of a text that one of `rules` speaks of."""
    for rule in rules:
        for tag in tags if rule.tags else ():
            strength = _strength(text[tag.start + 1 : tag.end], rule, contest)
            if strength is not None:
                yield Finding(tag.start, tag.end, rule.rule, strength)


def _strength(written: str, rule: Known, contest: Contest) -> Strength | None:
    """`written` as it stands. Patterns see it in one piece, and cut where a capital stands."""
    pieces = [plain(piece) for piece in _PIECES.findall(written)]
    whole, cut = plain(written), " ".join(pieces)
    if any(pattern.search(form) for pattern in rule.tags for form in (whole, cut)):
        return Strength.SURE
    return Strength.LIKELY if _names(whole, pieces, contest) else None


def _names(whole: str, pieces: list[str], contest: Contest) -> bool:
    """Whether a contestant is named: a full name anywhere, a part of one only as a word of its
    own, for "asih" also ends "terimakasih"."""
    joined = whole.replace("_", "")
    if any(name in joined for name in contest.tags):
        return True
    if not contest.tag_words.isdisjoint(pieces):
        return True
    return any(_stands_alone(joined, word) for word in contest.tag_words if word in joined)


def _stands_alone(joined: str, word: str) -> bool:
    """Whether only words of campaigns stand around `word` in a hashtag of small letters."""
    before, _, after = joined.partition(word)
    if not before and len(word) >= LONG:
        return True
    return not _BESIDE_NAMES.sub("", before) and not _BESIDE_NAMES.sub("", after)
