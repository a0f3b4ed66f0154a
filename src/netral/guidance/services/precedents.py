"""From a question to a published answer: drafting, the second person, and what comes after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from netral.elections.rules import local_day
from netral.guidance.models import Consultation, ConsultationStep
from netral.guidance.queries.consultations import moves_open_to, public_precedents, roots
from netral.guidance.rules import cited, wording
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.rules.drafted import judged
from netral.guidance.rules.precedent_moves import Move
from netral.law import library
from netral.people.models import Account, Government


class NotNow(Exception):
    """Somebody else was quicker: the consultation is no longer in a state for this move."""


class ReasonMissing(ValueError):
    """The move needs a reason, which everybody concerned can read."""


class Unfinished(ValueError):
    """The draft lacks its question, its answer, or its basis in the law."""


class Contradictory(ValueError):
    """The answer says the opposite of the law data's verdict, which would stand above it."""


@dataclass(frozen=True)
class Draft:
    """What a drafter writes. ``question`` names nobody; ``provisions`` are ids of the law."""

    question: str
    answer: str
    act: str
    facts: Mapping[str, str] = field(default_factory=dict)
    provisions: tuple[str, ...] = ()
    valid_until: date | None = None


def take(*, consultation: Consultation, draft: Draft, actor: Account, now: datetime) -> None:
    """Begins the answer with what the law data gave (``services.drafting``)."""
    _move(consultation, moves.TAKE, actor, now, _written(consultation, draft, actor, now))


def save(*, consultation: Consultation, draft: Draft, actor: Account, now: datetime) -> None:
    """Writes the draft anew. Who saves has written at it, and cannot be the second person."""
    _move(consultation, moves.SAVE, actor, now, _written(consultation, draft, actor, now))


def submit(*, consultation: Consultation, actor: Account, now: datetime) -> None:
    """Hands the draft to a second person. Raises :class:`Unfinished`, :class:`Contradictory`."""
    consultation.refresh_from_db()
    if not is_whole(consultation):
        raise Unfinished
    if wording.contradicts(consultation.outcome, consultation.answer):
        raise Contradictory
    _move(consultation, moves.SUBMIT, actor, now, {})


def is_whole(consultation: Consultation) -> bool:
    """Whether nothing is missing that a second person would have to check."""
    return bool(consultation.question and consultation.answer and consultation.provisions)


def give_back(*, consultation: Consultation, reason: str, actor: Account, now: datetime) -> None:
    _move(consultation, moves.GIVE_BACK, actor, now, {}, reason)


@transaction.atomic
def publish(*, consultation: Consultation, actor: Account, now: datetime) -> Consultation:
    """Publishes with the next number of the government's year. Only by a second person.

    The government's row is locked while the number is taken, so that none is left out.
    """
    Government.objects.select_for_update().get(pk=consultation.government_id)
    consultation.refresh_from_db()
    year = local_day(now, consultation.government.time_zone).year
    taken = Consultation.objects.filter(government=consultation.government_id, year=year)
    number = (taken.aggregate(last=Max("number"))["last"] or 0) + 1
    words = " ".join((consultation.question, consultation.answer, *_act_words(consultation.act)))
    _move(
        consultation, moves.PUBLISH, actor, now,
        {
            "year": year, "number": number, "published_at": now, "closed_at": now,
            "reviewed_by": actor, "search_words": f" {' '.join(dict.fromkeys(roots(words)))} ",
        },
    )  # fmt: skip
    consultation.refresh_from_db()
    return consultation


def keep(*, consultation: Consultation, reason: str, actor: Account, now: datetime) -> None:
    """The answer holds under the law as it is now: its basis is written down anew.

    Raises :class:`Unfinished` when nothing it cites is in force any more, :class:`Contradictory`
    when the law data now says the opposite of its words.
    """
    law, day = library(), local_day(now, consultation.government.time_zone)
    names = [
        name for name in consultation.provisions
        if name in law.provisions and law.provisions[name].in_force(day)
    ]  # fmt: skip
    basis = {"basis": cited.digests(names, law), "law_version": law.version, "law_day": day}
    if not names:
        raise Unfinished
    verdict = _outcome(consultation.act, consultation.facts, day)
    if wording.contradicts(verdict, consultation.answer):
        raise Contradictory
    _move(consultation, moves.KEEP, actor, now, {**basis, "outcome": verdict, "notice": ""}, reason)


def withdraw(*, consultation: Consultation, reason: str, actor: Account, now: datetime) -> None:
    """Withdraws visibly: number, text and page stay, with the reason and the day."""
    values = {"notice": reason.strip(), "withdrawn_at": now}
    _move(consultation, moves.WITHDRAW, actor, now, values, reason)


def refer(
    *, consultation: Consultation, same_as: Consultation, actor: Account, now: datetime
) -> None:
    """Answers with a precedent that is published already, of the same government."""
    open_ones = public_precedents().exclude(state=moves.WITHDRAWN)
    if not open_ones.filter(pk=same_as.pk, government=consultation.government_id).exists():
        raise PermissionDenied
    _move(consultation, moves.REFER, actor, now, {"same_as": same_as, "closed_at": now})


def decline(*, consultation: Consultation, reason: str, actor: Account, now: datetime) -> None:
    """Closes a question that is none of neutrality, or that cannot be answered, and says why."""
    values = {"closed_at": now, "notice": reason.strip()}
    _move(consultation, moves.DECLINE, actor, now, values, reason)


@transaction.atomic
def flag_changed(*, now: datetime) -> int:
    """Flags published answers whose basis changed; returns how many. Runs daily and on upgrade.

    A basis has changed when a cited provision is gone, reads otherwise or is out of force, or when
    the same facts are now judged otherwise.
    """
    law, flagged = library(), 0
    for one in Consultation.objects.filter(state=moves.PUBLISHED).select_related("government"):
        day = local_day(now, one.government.time_zone)
        reasons = list(cited.changed(one.provisions, law, day))
        if one.act and one.outcome and _outcome(one.act, one.facts, day) != one.outcome:
            reasons.append(one.act)
        if reasons:
            reason = ", ".join(reasons)[:500]
            try:
                _write(one, moves.FLAG, None, now, {"notice": reason}, reason)
            except NotNow:
                continue  # withdrawn in this very moment
            flagged += 1
    return flagged


def _move(
    consultation: Consultation,
    move: Move,
    actor: Account,
    now: datetime,
    values: dict[str, Any],
    reason: str = "",
) -> None:
    consultation.refresh_from_db(fields=["state", "drafted_by"])
    if consultation.state not in move.sources:
        raise NotNow
    if move not in moves_open_to(actor, consultation):
        raise PermissionDenied
    if move.needs_reason and not reason.strip():
        raise ReasonMissing
    _write(consultation, move, actor, now, values, reason)


@transaction.atomic
def _write(
    consultation: Consultation,
    move: Move,
    actor: Account | None,
    now: datetime,
    values: dict[str, Any],
    reason: str,
) -> None:
    """The conditional UPDATE and its line in the history, or neither."""
    before = consultation.state
    rows = Consultation.objects.filter(pk=consultation.pk, state=before)
    if not rows.update(state=move.target, **values):
        raise NotNow
    ConsultationStep.objects.create(
        consultation=consultation, move=move.name, before=before, after=move.target,
        reason=reason.strip(), actor=actor, at=now,
    )  # fmt: skip
    consultation.refresh_from_db()


def _written(
    consultation: Consultation, draft: Draft, actor: Account, now: datetime
) -> dict[str, Any]:
    law, day = library(), local_day(now, consultation.government.time_zone)
    return {
        "question": draft.question.strip(),
        "answer": draft.answer.strip(),
        "act": draft.act,
        "facts": dict(draft.facts),
        "outcome": _outcome(draft.act, draft.facts, day),
        "basis": cited.digests(draft.provisions, law),
        "law_version": law.version,
        "law_day": day,
        "valid_until": draft.valid_until,
        "drafted_by": actor,
        "drafted_at": now,
    }


def outcome_on(consultation: Consultation, day: date) -> str:
    """What the law data says on that day of the act and the facts that were judged."""
    return _outcome(consultation.act, consultation.facts, day)


def _outcome(act: str, facts: Mapping[str, str], day: date) -> str:
    """The outcome word of today's law; "" without an act, or where act or facts are unknown now."""
    verdict = judged(act, facts, day)
    return verdict.outcome.value if verdict else ""


def _act_words(act: str) -> tuple[str, ...]:
    found = library().acts.get(act)
    return (found.name.id, *found.synonyms) if found else ()
