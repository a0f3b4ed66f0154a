"""Reads evidence, instruments, contests, sanctions and authorities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from netral.law.contests import AFFECTS, VIEWS, Contest, Position
from netral.law.dating import DATED_BY, Dating, is_time
from netral.law.errors import DataError
from netral.law.facts import Vocabulary
from netral.law.instruments import Evidence, Instrument, Mirror, Provision
from netral.law.loading.articles import english_article
from netral.law.loading.norms import read_elements, read_norm
from netral.law.loading.reader import Entry, words
from netral.law.sanctions import Imposer, Range, Sanction, Supervisor
from netral.law.vocabulary import Confidence, NormClass, Words

_INSTRUMENT_KEYS = {
    "kind", "name", "short", "gazette", "enacted", "effective", "until", "replaces", "replaced_by",
    "amends", "amended_by", "date_note", "evidence", "provisions", "dated", "dated_by", "ended",
    "issued",
}  # fmt: skip
_PROVISION_KEYS = {
    "article", "text", "evidence", "from", "until", "binds", "duty", "duty_until", "residual",
    "residual_until", "norm", "mirrors", "date_note", "dated", "dated_by", "ended",
}  # fmt: skip
KINDS = (
    "law", "government_regulation", "presidential_regulation", "agency_regulation",
    "joint_decree", "circular", "ruling", "statement", "practice",
)  # fmt: skip


def read_evidence(data: Mapping[str, Any]) -> dict[str, Evidence]:
    """Evidence by id."""
    found = {}
    for key, raw in data.items():
        entry = Entry.of(
            f"evidence {key}", raw, {"confidence", "sources", "quote"}, {"confidence", "sources"}
        )
        confidence = entry.choice("confidence", Confidence)
        sources = entry.texts("sources")
        if not sources and confidence is not Confidence.MEMORY:
            raise DataError(f"{entry.place}: give a source or mark it as memory")
        found[key] = Evidence(key, confidence, sources, entry.maybe_text("quote"))
    return found


def read_instrument(
    key: str, raw: Any, evidence: Mapping[str, Evidence], facts: Vocabulary
) -> Instrument:
    """One instrument with its provisions."""
    required = {"kind", "name", "short", "enacted", "effective", "evidence", "provisions"}
    entry = Entry.of(f"instrument {key}", raw, _INSTRUMENT_KEYS, required)
    if entry.text("kind") not in KINDS:
        raise DataError(f"{entry.place}: kind must be one of: {', '.join(KINDS)}")
    until = entry.maybe_day("until")
    if until is not None and until < entry.day("effective"):
        raise DataError(f"{entry.place}: 'until' lies before 'effective'")
    provisions = {}
    for article, body in raw["provisions"].items():
        provision = _provision(entry, key, str(article), body, evidence, facts)
        provisions[provision.id] = provision
    return Instrument(
        id=key,
        kind=entry.text("kind"),
        name=entry.words("name"),
        short=entry.words("short"),
        enacted=entry.day("enacted"),
        effective=entry.day("effective"),
        until=until,
        evidence=entry.texts("evidence"),
        confidence=_confidence(entry, evidence),
        gazette=entry.maybe_text("gazette"),
        replaces=entry.texts("replaces"),
        replaced_by=entry.maybe_text("replaced_by"),
        amends=entry.texts("amends"),
        amended_by=entry.texts("amended_by"),
        date_note=entry.maybe_words("date_note"),
        dating=_dating(entry),
        provisions=provisions,
    )


def _dating(entry: Entry, parent: Entry | None = None) -> Dating:
    """What is known of the days; a provision has that of its instrument for days of that.

    A collection of statements or practices dates by those unless an entry says otherwise.
    """
    for key in ("dated", "ended", "issued"):
        told = entry.maybe_text(key)
        if told is not None and not is_time(told):
            raise DataError(f"{entry.place}: '{key}' must be like 2023, 2016-11 or unknown")
    kind = (parent or entry).text("kind")
    by = entry.maybe_text("dated_by") or (kind if kind in DATED_BY else None)
    if by is not None and by not in DATED_BY:
        raise DataError(f"{entry.place}: dated_by must be one of: {', '.join(DATED_BY)}")
    start, end = entry.maybe_text("dated"), entry.maybe_text("ended")
    if parent is not None:
        start = start if start or entry.has("from") else parent.maybe_text("dated")
        end = end if end or entry.has("until") else parent.maybe_text("ended")
    return Dating(start, end, entry.maybe_text("issued"), by if start else None)


def _confidence(entry: Entry, evidence: Mapping[str, Evidence]) -> Confidence:
    """The confidence of the first evidence named: the main ground stands first."""
    names = entry.texts("evidence")
    if not names:
        raise DataError(f"{entry.place}: name at least one evidence")
    for name in names:
        if name not in evidence:
            raise DataError(
                f"{entry.place}: evidence '{name}' does not exist; add it to the evidence file"
            )
    return evidence[names[0]].confidence


def _provision(
    parent: Entry,
    instrument: str,
    article: str,
    raw: Any,
    evidence: Mapping[str, Evidence],
    facts: Vocabulary,
) -> Provision:
    """One provision; its days default to those of the instrument."""
    name = f"{instrument}/{article}"
    entry = Entry.of(name, raw, _PROVISION_KEYS, {"article", "text", "evidence"})
    confidence = _confidence(entry, evidence)
    article_words = _article(entry)
    return Provision(
        id=name,
        instrument=instrument,
        article=article_words.id,
        article_en=article_words.en,
        text=entry.words("text"),
        evidence=entry.texts("evidence"),
        confidence=confidence,
        effective=entry.day("from") if entry.has("from") else parent.day("effective"),
        until=_until(entry, parent),
        binds=_statuses(entry, "binds", facts),
        duty=_statuses(entry, "duty", facts),
        duty_until=entry.maybe_day("duty_until"),
        residual=_statuses(entry, "residual", facts),
        residual_until=entry.maybe_day("residual_until"),
        norm=read_norm(name, raw["norm"], facts, confidence) if entry.has("norm") else None,
        mirrors=_mirror(entry, facts) if entry.has("mirrors") else None,
        date_note=entry.maybe_words("date_note"),
        dating=_dating(entry, parent),
    )


def _article(entry: Entry) -> Words:
    """The place within the instrument; a name that is no number is given in both languages."""
    told = entry.data["article"]
    if not isinstance(told, str):
        return entry.words("article")
    english = english_article(entry.text("article"))
    if english is None:
        raise DataError(f"{entry.place}: write 'article' as {{id: …, en: …}}; it is not a number")
    return Words(told, english)


def _until(entry: Entry, parent: Entry) -> date | None:
    """`until: open` keeps one article alive after its instrument was repealed."""
    if entry.data.get("until") == "open":
        return None
    return entry.day("until") if entry.has("until") else parent.maybe_day("until")


def _statuses(entry: Entry, key: str, facts: Vocabulary) -> frozenset[str]:
    """A list of employment statuses."""
    names = entry.texts(key)
    for name in names:
        if ("status", name) not in facts.bits:
            raise DataError(f"{entry.place}: {facts.explain('status', name)}")
    return frozenset(names)


def _mirror(entry: Entry, facts: Vocabulary) -> Mirror:
    """The reference of a provision that extends another instrument."""
    keys = {"instrument", "status", "sanction"}
    inner = Entry.of(f"{entry.place}: mirrors", entry.data["mirrors"], keys, keys)
    _statuses(inner, "status", facts)
    return Mirror(inner.text("instrument"), inner.texts("status"), inner.text("sanction"))


_COUNTS_ONLY_WITH = {"unsettles": "outcome", "possible": "class", "sanctions": "sanction"}
"""What a contest may name, by what it affects: elsewhere it would change nothing, unnoticed."""


def read_contest(
    key: str, raw: Any, evidence: Mapping[str, Evidence], facts: Vocabulary
) -> Contest:
    """One contested point."""
    allowed = {
        "name", "affects", "when", "unsettles", "positions", "safe", "from", "until", "possible",
        "sanctions",
    }  # fmt: skip
    entry = Entry.of(
        f"contest {key}", raw, allowed, {"name", "affects", "when", "positions", "safe"}
    )
    if entry.text("affects") not in AFFECTS:
        raise DataError(f"{entry.place}: affects must be one of: {', '.join(AFFECTS)}")
    for name, affected in _COUNTS_ONLY_WITH.items():
        if entry.texts(name) and entry.text("affects") != affected:
            raise DataError(f"{entry.place}: '{name}' counts only with 'affects: {affected}'")
    positions = tuple(_position(entry, item, evidence) for item in raw["positions"])
    return Contest(
        id=key,
        name=entry.words("name"),
        affects=entry.text("affects"),
        elements=read_elements(entry.place, raw["when"], facts),
        unsettles=entry.texts("unsettles"),
        positions=positions,
        safe=entry.words("safe"),
        effective=entry.maybe_day("from"),
        until=entry.maybe_day("until"),
        possible=entry.choices("possible", NormClass),
        sanctions=entry.texts("sanctions"),
    )


def _position(parent: Entry, raw: Any, evidence: Mapping[str, Evidence]) -> Position:
    """One position within a contest."""
    keys = {"who", "when", "view", "says", "evidence"}
    entry = Entry.of(f"{parent.place}: position", raw, keys, keys)
    if entry.text("view") not in VIEWS:
        raise DataError(f"{entry.place}: view must be one of: {', '.join(VIEWS)}")
    _confidence(entry, evidence)
    who = entry.data["who"]
    named = words(f"{entry.place}: 'who'", who) if isinstance(who, Mapping) else None
    return Position(
        named.id if named else entry.text("who"),
        named.en if named else entry.text("who"),
        entry.text("when"),
        entry.text("view"),
        entry.words("says"),
        entry.texts("evidence"),
    )


def read_sanction(key: str, raw: Any, facts: Vocabulary) -> Sanction:
    """One sanction level."""
    entry = Entry.of(
        f"sanction {key}", raw, {"name", "weight", "ranges", "crime"}, {"name", "weight", "ranges"}
    )
    ranges = tuple(_range(entry, item, facts) for item in raw["ranges"])
    crime = {name: (int(low), int(high)) for name, (low, high) in raw.get("crime", {}).items()}
    return Sanction(key, entry.words("name"), int(raw["weight"]), ranges, crime)


def _range(parent: Entry, raw: Any, facts: Vocabulary) -> Range:
    """One range of a sanction level."""
    allowed = {"status", "provision", "options", "who", "from", "until"}
    entry = Entry.of(
        f"{parent.place}: range", raw, allowed, {"status", "provision", "options", "who"}
    )
    return Range(
        status=_statuses(entry, "status", facts),
        provision=entry.text("provision"),
        options=tuple(words(entry.place, item) for item in raw["options"]),
        who=entry.words("who"),
        effective=entry.maybe_day("from"),
        until=entry.maybe_day("until"),
    )


def read_authorities(data: Mapping[str, Any]) -> tuple[tuple[Supervisor, ...], tuple[Imposer, ...]]:
    """Supervising bodies and the table of imposing officials."""
    supervisors = []
    for raw in data["supervisors"]:
        allowed = {"body", "role", "provision", "from", "until", "pending_until"}
        entry = Entry.of(
            "authorities.yaml: supervisor", raw, allowed, {"body", "role", "provision", "from"}
        )
        supervisors.append(
            Supervisor(
                entry.words("body"),
                entry.words("role"),
                entry.text("provision"),
                entry.day("from"),
                entry.maybe_day("until"),
                entry.maybe_day("pending_until"),
            )
        )
    imposers = []
    for raw in data["imposers"]:
        keys = {"post", "government", "level", "who", "provision"}
        entry = Entry.of("authorities.yaml: imposer", raw, keys, keys)
        imposers.append(
            Imposer(
                frozenset(entry.texts("post")),
                frozenset(entry.texts("government")),
                frozenset(entry.texts("level")),
                entry.words("who"),
                entry.text("provision"),
            )
        )
    return tuple(supervisors), tuple(imposers)
