"""The words of a pledge: variables, the digest that binds a signature to them, their order."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from netral.speaking.times import MONTHS

VARIABLES = ("pemilihan", "pemerintah", "pemimpin", "tanggal", "tempat")
"""What may stand in braces in a text. Indonesian, as the text is, whatever the page speaks."""
_BRACED = re.compile(r"\{([^{}]*)\}")
_STRAY_BRACE = re.compile(r"[{}]")
_NUMBERING = re.compile(r"\s*(?:\(?\d{1,2}[.)]|\(?[a-z][.)]|[ivx]{1,4}[.)]|[-–•*·])\s+")


@dataclass(frozen=True)
class Wording:
    """A pledge as people read it: one opening, numbered points, one closing."""

    title: str
    opening: str
    points: tuple[str, ...]
    closing: str

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> Wording:
        points = values["points"]
        assert isinstance(points, Sequence)
        return cls(
            title=str(values["title"]),
            opening=str(values["opening"]),
            points=tuple(str(point) for point in points),
            closing=str(values["closing"]),
        )

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "points": list(self.points)}


@dataclass(frozen=True)
class Stop:
    """One thing the leader reads aloud: ``kind`` is ``opening``, ``point`` or ``closing``."""

    index: int
    kind: str
    number: int
    """Of the point, from 1; 0 for opening and closing."""
    text: str


def canonical(wording: Wording) -> str:
    """The wording as JSON with sorted keys and no spaces: what the digest is of."""
    return json.dumps(wording.as_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(wording: Wording) -> str:
    """SHA-256 in hex of the canonical wording in UTF-8."""
    return hashlib.sha256(canonical(wording).encode()).hexdigest()


def stops(wording: Wording) -> tuple[Stop, ...]:
    """What is read, in order."""
    found: list[tuple[str, int, str]] = []
    if wording.opening:
        found.append(("opening", 0, wording.opening))
    found += [("point", number, text) for number, text in enumerate(wording.points, start=1)]
    if wording.closing:
        found.append(("closing", 0, wording.closing))
    return tuple(Stop(index, *rest) for index, rest in enumerate(found))


def problems(text: str) -> tuple[str, ...]:
    """Names in braces that mean nothing, and braces without a partner."""
    unknown = [name for name in _BRACED.findall(text) if name not in VARIABLES]
    stray = _STRAY_BRACE.findall(_BRACED.sub("", text))
    return tuple([f"{{{name}}}" for name in unknown] + stray)


def without_numbering(line: str) -> str:
    """A point as pasted from a letter, without its own ``1.``, ``(2)``, ``c)`` or dash.

    Pages and papers number the points themselves.
    """
    found = _NUMBERING.match(line)
    return line[found.end() :] if found else line


def fill(wording: Wording, values: Mapping[str, str]) -> Wording:
    """The wording with its variables replaced; nothing else in the text is interpreted."""

    def put(text: str) -> str:
        return _BRACED.sub(lambda found: values.get(found[1], found[0]), text)

    return Wording(
        put(wording.title),
        put(wording.opening),
        tuple(put(point) for point in wording.points),
        put(wording.closing),
    )


def spelled_date(at: datetime, zone_name: str) -> str:
    """``22 November 2026``: a pledge is an Indonesian document whatever the page speaks."""
    local = at.astimezone(ZoneInfo(zone_name))
    return f"{local.day} {MONTHS['id'][local.month - 1]} {local.year}"


def size_on_wall(wording: Wording) -> str:
    """How large the text may be to fit the hall's screen whole: ``l``, ``m``, ``s`` … ``xxxs``.

    Measured in Chromium at 1280×720: lines of some 46 characters at the largest size, and each
    point costs one more line of air.
    """
    weight = sum(len(stop.text) + 46 for stop in stops(wording)) + max(len(wording.title) - 46, 0)
    sizes = (("l", 520), ("m", 780), ("s", 940), ("xs", 1220), ("xxs", 1600))
    return next((size for size, limit in sizes if weight <= limit), "xxxs")
