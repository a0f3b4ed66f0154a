"""A question as a bag of features: roots, pairs, pieces of words, and what the cues found."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from netral.law.asking.cues import Line
from netral.law.asking.knowledge import Knowledge, told
from netral.law.asking.shapes import Given

_IDLE = frozenset(
    """yang di ke dari dan atau untuk dengan pada itu ini saya kamu anda kami kita dia mereka apa
    apakah boleh bisa tidak kalau jika ya kan sih kok dong deh nih tuh lah kah pun juga lagi sudah
    belum akan mau ada adalah dalam oleh sebagai karena agar supaya tapi tetapi saja cuma hanya
    begitu begini bagaimana mengapa kapan siapa mana berapa pns asn pppk cpns pegawai negeri sipil
    bu pak ibu admin tolong mohon terima selamat pagi siang sore kak gan halo assalamualaikum
    aman bahaya kena sanksi dilarang langgar pelanggaran masih tetap punya jadi nah terus si
    the a an of is i my to in on for it be do or and at if am are we as with was does""".split()
)
# Courtesy and small talk: they say nothing of the subject and weigh nowhere.
FILLERS = frozenset(
    """ya yah iya sih dong deh nih tuh loh lho kan kok kah lah min admin kak gan pak bu mas
    mbak bang om bro sis tolong mohon maaf permisi izin tanya makasih trims halo hai
    assalamualaikum wkwk hehe haha hehehe selamat pagi siang sore malam salam""".split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """A question with everything the cues found in it.

    `asks`: what it is after beside the act; `disputes`: the contests its words touch. `asked`: what
    was typed, where `text` tells it again as somebody else would ask it (`whose`); `places`: for
    every letter of `text` its place there.
    """

    text: str
    line: Line
    given: tuple[Given, ...]
    conduct: frozenset[str]
    named: frozenset[str]
    excluded: frozenset[str]
    asks: frozenset[str]
    disputes: frozenset[str]
    features: Mapping[str, float]
    asked: str = ""
    places: Sequence[int] = ()

    @property
    def typed(self) -> str:
        """The question in the words of who asked it."""
        return self.asked or self.text

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text as it was typed a piece of `text` stands."""
        return (self.places[start], self.places[end - 1] + 1) if self.asked else (start, end)


def tell(text: str, known: Knowledge) -> Told:
    """Read a text into features."""
    line = known.line(text)
    given, conduct = known.given(line), known.conducts(line)
    excluded = frozenset(told(known.excluded, line))
    named = frozenset(told(known.acts, line)) - excluded
    features = _features(line, given, conduct) | {f"act={name}": 1.5 for name in named}
    return Told(
        text=text,
        line=line,
        given=given,
        conduct=conduct,
        named=named,
        excluded=excluded,
        asks=known.purposes(line),
        disputes=frozenset(told(known.contests, line)),
        features=features,
    )


def content(line: Line) -> list[str]:
    """The roots that carry meaning."""
    return [word.root for word in line.words if word.root not in _IDLE]


def _features(line: Line, given: Iterable[Given], conduct: Iterable[str]) -> dict[str, float]:
    roots = content(line)
    found: dict[str, float] = {}
    for root in roots:
        found[root] = 1.0
        if len(root) > 4:
            for start in range(len(root) - 2):
                found["#" + root[start : start + 4]] = 0.35
    for first, second in itertools.pairwise(roots):
        found[f"{first} {second}"] = 0.8
    for item in given:
        if item.fact not in ("status", "phase"):
            found[f"{item.fact}={item.value}"] = 0.8
    for name in conduct:
        found[f"conduct={name}"] = 1.2
    return found
