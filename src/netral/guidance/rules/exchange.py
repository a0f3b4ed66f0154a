"""What a person has said so far about one question. It lives in the form on the page alone: every
press of a button sends the whole of it again, and nothing of it is kept on the server.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from netral.law import library
from netral.law.asking import Said

LONGEST = 500
"""Characters of a question. Enough for a small story; more is a case for a reviewer."""
Sent = Mapping[str, Sequence[str]]
"""The fields of a form, each with all its values in the order of the page."""


@dataclass(frozen=True, slots=True)
class Exchange(Said):
    """``on``: the day chosen by hand. ``wrong_day``: a day that cannot be used, as typed.
    ``counted``: acts of this question that are in the statistics.
    """

    counted: tuple[str, ...] = ()
    on: date | None = None
    wrong_day: str = ""


def read_exchange(sent: Sent) -> Exchange:
    """Reads the form. What no button of ours sends (an unknown fact or act) is left aside."""
    told = dict(_facts(sent.get("fakta", ())))
    told.update(_facts(sent.get("ubah", ())))
    day, wrong_day = _day(sent)
    return Exchange(
        text=" ".join(_last(sent, "pertanyaan").split()),
        told=told,
        acts=_acts(sent.get("hanya", ())) or _acts(sent.get("perbuatan", ())),
        asked=tuple(
            dict.fromkeys(n for n in sent.get("ditanya", ()) if n in library().facts.facts)
        ),
        counted=_acts(sent.get("terhitung", ())),
        on=day,
        wrong_day=wrong_day,
    )


def _last(sent: Sent, name: str) -> str:
    values = sent.get(name, ())
    return values[-1] if values else ""


def _facts(pairs: Sequence[str]) -> list[tuple[str, str]]:
    """``status:PNS`` as a pair, if the vocabulary knows it."""
    known = library().facts.facts
    found = []
    for pair in pairs:
        name, _colon, value = pair.partition(":")
        if name in known and name != "conduct" and value in known[name].values:
            found.append((name, value))
    return found


def _acts(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name in library().acts))


def _day(sent: Sent) -> tuple[date | None, str]:
    """The day chosen by hand; a new one beats the one chosen before, "hari ini" forgets it."""
    if sent.get("tanpa_hari"):
        return None, ""
    typed = _last(sent, "hari_baru") or _last(sent, "hari")
    if not typed:
        return None, ""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None, typed[:20]
    return (day, "") if day >= library().first_day else (None, typed)
