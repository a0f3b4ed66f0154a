"""Planning a ceremony and moving it along its table of moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from netral.base.reasons import explains
from netral.elections.models import Election
from netral.people.models import Account, Government, Unit
from netral.pledges.models import Ceremony, CeremonyMove, PledgeText
from netral.pledges.queries.ceremonies import (
    ceremonies_for,
    may_write_texts,
    units_to_cover,
)
from netral.pledges.rules import codes, levels, moves, wording
from netral.pledges.rules.wording import Wording
from netral.pledges.services import coverage
from netral.pledges.services.agreeing import Contradicted, require_agreement, with_contradiction
from netral.pledges.services.closing import keep_figures
from netral.pledges.services.recounting import log_closing
from netral.pledges.services.texts import wording_of


class OutOfStep(Exception):
    """The ceremony is no longer in the state this deed starts from; look again."""


class ReasonNeeded(Exception):
    """This move takes back what was announced, and the reason goes into the record."""


class NotPublished(Exception):
    """Only a published version of the text can be read and signed."""


@dataclass(frozen=True)
class Plan:
    """What an officer decides about a ceremony."""

    election: Election
    text: PledgeText
    title: str
    leader: str
    place: str
    planned_at: datetime
    units: tuple[Unit, ...] = ()
    """Tops of the subtrees covered; empty for the whole government."""
    accepts: str = levels.ACCOUNT
    """Which evidence signatures by phone must stand on."""


def plan_ceremony(*, government: Government, plan: Plan, actor: Account, now: datetime) -> Ceremony:
    """Creates the ceremony with a wall code of its own."""
    _require_reach(actor, government, plan.units)
    _require_usable(plan.text, government)
    for attempt in range(25):
        # Four characters until they become hard to find, then five.
        code = codes.new_wall_code(4 if attempt < 20 else 5)
        try:
            with transaction.atomic():
                ceremony = Ceremony.objects.create(
                    government=government,
                    code=code,
                    created_by=actor,
                    created_at=now,
                    **_fields(plan, government),
                )
                ceremony.units.set(plan.units)
                _count(ceremony, plan)
                return ceremony
        except IntegrityError:
            if not Ceremony.objects.filter(code=code).exists():
                raise
    raise RuntimeError("no free wall code")


@transaction.atomic
def edit_ceremony(*, ceremony: Ceremony, plan: Plan, actor: Account, now: datetime) -> None:
    """Changes a planned ceremony. Raises :class:`OutOfStep` once the reading has begun."""
    _require_organiser(actor, ceremony)
    _require_reach(actor, ceremony.government, plan.units)
    _require_usable(plan.text, ceremony.government)
    changed = Ceremony.objects.filter(pk=ceremony.pk, state=moves.PLANNED).update(
        **_fields(plan, ceremony.government)
    )
    if not changed:
        raise OutOfStep
    ceremony.units.set(plan.units)
    _count(ceremony, plan)


def move(
    *,
    ceremony: Ceremony,
    name: str,
    actor: Account,
    now: datetime,
    reason: str = "",
    dated_today: bool = False,
) -> Ceremony:
    """Makes one move of ``rules.moves``. Two officers pressing at once: one moves, one is told.

    Starting the reading fixes the wording for good: election, leader, place and date as they
    are at that moment. With ``dated_today`` the date is that of the reading, not the planned one.
    A closing without a sentence as ``reason`` raises :class:`Contradicted` when the record is not
    what the log has; with one, the trail keeps both. Nobody waits while that is looked at;
    what comes in meanwhile is written with its entry.
    """
    _require_organiser(actor, ceremony)
    if name == moves.CLOSE.name and ceremony.state == moves.SIGNING:
        reason = _reason_to_close(ceremony, reason)
    return _move(
        ceremony=ceremony, name=name, actor=actor, now=now, reason=reason, dated_today=dated_today
    )


def _reason_to_close(ceremony: Ceremony, reason: str) -> str:
    """Why it is closed although the log contradicts it: signing must not stay open for ever because
    somebody changed a row. Empty where there is nothing to explain."""
    try:
        require_agreement(ceremony)
    except Contradicted as why:
        if not explains(reason):
            raise
        return with_contradiction(reason.strip(), why)
    return ""


@transaction.atomic
def _move(
    *,
    ceremony: Ceremony,
    name: str,
    actor: Account,
    now: datetime,
    reason: str,
    dated_today: bool,
) -> Ceremony:
    step = moves.MOVES[name]
    if step.needs_reason and not reason.strip():
        raise ReasonNeeded
    fresh = Ceremony.objects.select_related("government", "election", "text").get(pk=ceremony.pk)
    if dated_today and step is moves.START_READING:
        fresh.planned_at = now
    updates = {"state": step.target, **_effects(step, fresh, now)}
    changed = Ceremony.objects.filter(pk=ceremony.pk, state=step.source).update(**updates)
    if not changed:
        raise OutOfStep
    made = CeremonyMove.objects.create(
        ceremony=ceremony,
        move=step.name,
        before=step.source,
        after=step.target,
        reason=reason.strip(),
        actor=actor,
        at=now,
    )
    if step is moves.CLOSE:
        keep_figures(made)
        log_closing(made, now=now)
    fresh.refresh_from_db()
    return fresh


def read_stop(*, ceremony: Ceremony, shown: int, target: int, actor: Account) -> bool:
    """Moves the highlight from the stop the leader saw to another. A double tap moves once.

    Returns whether it moved.
    """
    _require_organiser(actor, ceremony)
    if not 0 <= target < len(wording.stops(Wording.from_dict(ceremony.wording))):
        return False
    changed = Ceremony.objects.filter(
        pk=ceremony.pk, state=moves.READING, point_being_read=shown
    ).update(point_being_read=target)
    return bool(changed)


def show_after(*, ceremony: Ceremony, shown: str, target: str, actor: Account) -> bool:
    """Once closed, the wall goes on to the thanks and to the photo, or back to the figures.

    A double tap moves once. Returns whether it moved.
    """
    _require_organiser(actor, ceremony)
    if target not in Ceremony.After.values:
        return False
    changed = Ceremony.objects.filter(pk=ceremony.pk, state=moves.CLOSED, after=shown).update(
        after=target
    )
    return bool(changed)


def filled_wording(
    text: PledgeText,
    *,
    government: Government,
    election: Election,
    leader: str,
    place: str,
    planned_at: datetime,
) -> Wording:
    """The text with its variables as they are for one ceremony."""
    return wording.fill(
        wording_of(text),
        {
            "pemilihan": election.name,
            "pemerintah": government.name,
            "pemimpin": leader,
            "tempat": place,
            "tanggal": wording.spelled_date(planned_at, government.time_zone),
        },
    )


def wording_as_if(ceremony: Ceremony, *, text: PledgeText, planned_at: datetime) -> Wording:
    """What people would read there, were it with this text and on this day."""
    return filled_wording(
        text,
        government=ceremony.government,
        election=ceremony.election,
        leader=ceremony.leader,
        place=ceremony.place,
        planned_at=planned_at,
    )


def _fields(plan: Plan, government: Government) -> dict[str, Any]:
    filled = filled_wording(
        plan.text,
        government=government,
        election=plan.election,
        leader=plan.leader,
        place=plan.place,
        planned_at=plan.planned_at,
    )
    return {
        "election": plan.election,
        "text": plan.text,
        "title": plan.title,
        "leader": plan.leader,
        "place": plan.place,
        "planned_at": plan.planned_at,
        "accepts": plan.accepts,
        "wording": filled.as_dict(),
        "wording_digest": wording.digest(filled),
    }


def _count(ceremony: Ceremony, plan: Plan) -> None:
    """The coverage figures of an election begin with its first ceremony in the government."""
    coverage.ensure_counted(government_id=ceremony.government_id, election_id=plan.election.pk)


def _effects(step: moves.Move, ceremony: Ceremony, now: datetime) -> dict[str, Any]:
    """What a move changes besides the state."""
    if step is moves.START_READING:
        filled = wording_as_if(ceremony, text=ceremony.text, planned_at=ceremony.planned_at)
        return {
            "point_being_read": 0,
            "planned_at": ceremony.planned_at,
            "wording": filled.as_dict(),
            "wording_digest": wording.digest(filled),
        }
    if step is moves.OPEN_SIGNING:
        return {"opened_at": now}
    if step is moves.CLOSE:
        return {"closed_at": now}
    if step is moves.REOPEN:
        return {"closed_at": None, "after": Ceremony.After.FIGURES}
    return {}


def _require_organiser(actor: Account, ceremony: Ceremony) -> None:
    if not ceremonies_for(actor).filter(pk=ceremony.pk).exists():
        raise PermissionDenied


def _require_reach(actor: Account, government: Government, units: Iterable[Unit]) -> None:
    """The whole government needs the duty for the whole of it; units must all be reached."""
    wanted = {unit.pk for unit in units}
    if not wanted:
        if not may_write_texts(actor, government):
            raise PermissionDenied
        return
    if units_to_cover(actor, government).filter(pk__in=wanted).count() != len(wanted):
        raise PermissionDenied


def _require_usable(text: PledgeText, government: Government) -> None:
    if text.government_id != government.pk or text.published_at is None:
        raise NotPublished
