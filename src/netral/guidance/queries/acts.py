"""The catalogue of acts: groups, search, and what the law says about one act on a day."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from netral.guidance.queries.instruments import ProvisionView, provision
from netral.law import PHASES, Situation, SituationError, judge, library
from netral.law.acts import GROUPS, Act
from netral.law.catalogue import search_acts
from netral.law.contests import Contest
from netral.law.instruments import Evidence
from netral.law.matrix import STATUSES
from netral.law.vocabulary import Words

ELECTIONS = ("pemilihan", "pemilu")
NEAREST = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Acts that fit a search; ``is_exact`` when each of the words stands in each of them."""

    acts: tuple[Act, ...]
    is_exact: bool


def by_group() -> list[tuple[Words, list[Act]]]:
    """All acts under the headings of the catalogue."""
    groups: dict[str, list[Act]] = {name: [] for name in GROUPS}
    for act in library().acts.values():
        groups[act.group].append(act)
    return [(GROUPS[name], acts) for name, acts in groups.items() if acts]


def find(query: str) -> Found:
    """Every word first; when nothing has them all, the acts whose rare words come nearest."""
    exact = search_acts(library(), query) if query.split() else []
    if exact or not query.split():
        return Found(tuple(exact), True)
    wanted = set(_words(query))
    texts, counts = _texts()
    scores = {
        name: sum(1 / counts[word] for word in wanted & words) for name, words in texts.items()
    }
    best = sorted((name for name in scores if scores[name]), key=lambda name: -scores[name])
    return Found(tuple(library().acts[name] for name in best[:NEAREST]), False)


def _words(text: str) -> list[str]:
    return re.findall(r"\w{2,}", text.casefold())


@lru_cache(maxsize=1)
def _texts() -> tuple[dict[str, set[str]], Counter[str]]:
    """The words of each act, slang of its example questions included; how many acts have each."""
    texts = {}
    for name, act in library().acts.items():
        told = (name, act.name.id, act.name.en, act.about.id, act.about.en)
        texts[name] = set(_words(" ".join((*told, *act.synonyms, *act.phrases, *act.phrases_en))))
    return texts, Counter(word for words in texts.values() for word in words)


@dataclass(frozen=True, slots=True)
class Position:
    """What somebody holds in a dispute, with the addresses of the sources."""

    who: str
    who_en: str
    when: str
    view: str
    says: Words
    evidence: tuple[Evidence, ...]
    is_later: bool
    """Said after the day whose law is read."""


@dataclass(frozen=True, slots=True)
class Dispute:
    contest: Contest
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that is cited for an act on a day, over every status, phase and kind of election."""

    provisions: tuple[ProvisionView, ...]
    disputes: tuple[Dispute, ...]


def dispute(name: str, on: date | None = None) -> Dispute:
    """One contest; with a day, what was said after it is marked."""
    contest = library().contests[name]
    known = library().evidence
    positions = tuple(
        Position(
            item.who,
            item.who_en,
            item.when,
            item.view,
            item.says,
            tuple(known[key] for key in item.evidence),
            on is not None and item.is_after(on),
        )
        for item in contest.positions
    )
    return Dispute(contest, positions)


def grounds(act: Act, on: date) -> Grounds:
    """Provisions in the order in which verdicts put them, and the disputes they show."""
    cited: dict[str, None] = {}
    contests: dict[str, None] = {}
    for election in ELECTIONS:
        for status in STATUSES:
            for phase in PHASES:
                facts = {"status": status, "phase": phase.value, "election": election}
                try:
                    verdict = judge(Situation(act.id, facts), on)
                except SituationError:
                    continue
                cited.update(dict.fromkeys(verdict.provisions))
                contests.update(dict.fromkeys(verdict.finding.contests))
    return Grounds(
        tuple(provision(name) for name in cited), tuple(dispute(name, on) for name in contests)
    )
