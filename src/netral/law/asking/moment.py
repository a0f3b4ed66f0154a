"""When a question plays: the day whose law counts, the election and the phase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from netral.law.asking.shapes import Understanding
from netral.law.elections import KIND_OF_RACE, ElectionCalendar, calendars
from netral.law.errors import SituationError
from netral.law.library import library

# The words that questions files use, and the facts they stand for.
SUBJECTS: dict[str, dict[str, str]] = {
    "asn": {},
    "any": {},
    "pns": {"status": "PNS"},
    "cpns": {"status": "CPNS"},
    "pppk": {"status": "PPPK"},
    "pppk_pw": {"status": "PPPK_PW"},
    "non-asn": {"status": "NON_ASN"},
    "non_asn": {"status": "NON_ASN"},
    "spouse": {},
    "kades": {"status": "KADES"},
    "village_head": {"status": "KADES"},
    "perangkat_desa": {"status": "PERANGKAT_DESA"},
}
PHASES: dict[str, str | None] = {
    "any": None,
    "before_candidates_set": "candidacy",
    "candidates_set": "determined",
    "campaign": "campaign",
    "quiet_days": "quiet",
    "quiet_period": "quiet",
    "quiet": "quiet",
    "voting_day": "voting",
    "voting": "voting",
    "count": "count",
    "after": "after",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """The day whose law is applied, and all facts known before the act is judged."""

    day: date
    facts: dict[str, str]


def moment(
    read: Understanding,
    *,
    subject: str | None = None,
    phase: str | None = None,
    election: str | None = None,
    on: date | None = None,
    today: date | None = None,
    corrected: Mapping[str, str] | None = None,
) -> Moment:
    """Put together what was read and what was said beside the question.

    `corrected`: what the person has put right; it tells whose campaign is meant before the text.
    """
    facts = read.facts()
    facts.update(_named(SUBJECTS, subject, "subject"))
    told_phase = _phase(phase)
    if told_phase is not None:
        facts["phase"] = told_phase
    if election is not None:
        kind = calendars()[election].kind if election in calendars() else election
        library().facts.bit("election", kind)
        facts["election"] = kind
    if on is None:
        meant = _meant_election(election, facts | dict(corrected or {}))
        return Moment(last_campaign(today, meant), facts)
    facts.pop("phase", None)
    return Moment(on, _on_the_day(facts, on, election))


def last_campaign(today: date | None, election: str | None = None) -> date:
    """The last day of the latest campaign that had begun by `today` (of all, without a day).

    `election`: a calendar or a kind ("pemilu", "pemilihan"); its own campaign counts if one of it
    had begun, else the latest of all.
    """
    begun = [item for item in calendars().values() if today is None or item.campaign_start <= today]
    if not begun:
        return library().first_day
    meant = [item for item in begun if election in (item.id, item.kind)]
    latest = max(meant or begun, key=lambda item: item.campaign_end)
    return latest.campaign_end if today is None else min(latest.campaign_end, today)


def _meant_election(named: str | None, facts: dict[str, str]) -> str | None:
    """The calendar that was named, or the kind of election told or that the office belongs to."""
    if named in calendars():
        return named
    return facts.get("election") or KIND_OF_RACE.get(facts.get("race", ""))


def _on_the_day(facts: dict[str, str], on: date, election: str | None) -> dict[str, str]:
    """The phase on the day, by the calendar that was named or the one the day falls into."""
    found = calendars().get(election or "") or _running(on, facts.get("election"))
    if found is None:
        return facts
    phase = found.phase_on(on, facts.get("race"))
    if phase is None:
        return facts
    return facts | {"phase": phase.value, "election": facts.get("election", found.kind)}


def _running(on: date, kind: str | None) -> ElectionCalendar | None:
    """The election running on that day, the one nearest its vote if there are several."""
    fitting = [
        item
        for item in calendars().values()
        if kind in (None, item.kind) and min(item.candidacy_start.values()) <= on <= item.count_end
    ]
    return min(fitting, key=lambda item: abs((item.voting - on).days), default=None)


def _phase(word: str | None) -> str | None:
    if word is None or word in library().facts.facts["phase"].values:
        return word
    if word not in PHASES:
        raise SituationError(f"unknown phase '{word}'; known: {', '.join(PHASES)}")
    return PHASES[word]


def _named(table: dict[str, dict[str, str]], word: str | None, what: str) -> dict[str, str]:
    if word is None:
        return {}
    try:
        return table[word.casefold()]
    except KeyError:
        raise SituationError(f"unknown {what} '{word}'; known: {', '.join(table)}") from None
