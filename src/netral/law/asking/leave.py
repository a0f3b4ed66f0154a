"""Unpaid leave (CLTN) is advised to nobody for whom no basis of it was found."""

from __future__ import annotations

from collections.abc import Mapping

from netral.law.asking.usual import usual
from netral.law.verdict import Verdict
from netral.law.vocabulary import Words

NO_BASIS = Words(
    "Bagi status ini tidak ditemukan dasar CLTN: jangan lakukan sebelum BKPSDM menjawab tertulis.",
    "For this status no basis for unpaid leave was found: do not do it before the personnel office "
    "has answered in writing.",
)
"""In place of a safe course that begins with taking that leave."""
_LEAVE, _WARNING = "CLTN", "Jangan"


def advised(verdict: Verdict, facts: Mapping[str, str]) -> Verdict:
    """The verdict with a safe course that is open to the status told."""
    safe = verdict.finding.safe.id
    if not _has_none(facts) or _LEAVE not in safe or safe.startswith(_WARNING):
        return verdict
    return verdict._replace(finding=verdict.finding._replace(safe=NO_BASIS))


def is_without(verdict: Verdict, facts: Mapping[str, str]) -> bool:
    """Whether a verdict rests on the leave that the status told does not have."""
    return _has_none(facts) and ("leave", "no") in verdict.finding.used


def asks_of_leave(text: str) -> bool:
    """Whether that leave is what is asked about: then its doubt is the answer."""
    return any(word in text.casefold() for word in ("cuti", "cltn", "leave"))


def _has_none(facts: Mapping[str, str]) -> bool:
    usually = usual().statuses.get(facts.get("status", ""), {})
    return usually.get("leave") == "no" and facts.get("leave") != "yes"
