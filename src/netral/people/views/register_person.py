"""One person: what stands about them now, where they worked, and what was changed by whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from netral.base.access import allow
from netral.people import mine
from netral.people.models import (
    Account,
    Erasure,
    ErasureProposal,
    HeadOfUnit,
    Person,
    Unit,
)
from netral.people.queries import accounts as account_queries
from netral.people.queries import changes as change_queries
from netral.people.queries import staff as staff_queries
from netral.people.queries import units as unit_queries
from netral.people.queries.recoveries import last_granted
from netral.people.services import erasing, recovering
from netral.people.views.register_frame import Desk, desk_of, found, reads_register

HISTORY_SIZE = 20


@allow(reads_register)
@require_GET
def register_person(request: HttpRequest, person: UUID) -> HttpResponse:
    desk = desk_of(request)
    who = found(staff_queries.person_for(desk.reach, person))
    postings = list(staff_queries.postings_of(who))
    headships = list(staff_queries.headships_of(who))
    _name_offices([*postings, *headships])
    current = next((posting for posting in postings if posting.valid_to is None), None)
    path = unit_queries.path_to(current.unit) if current else []
    erasure = Erasure.objects.filter(person=who).first()
    may_edit = _may_edit(desk, who)
    changes = change_queries.person_changes(who)
    if not may_edit:
        changes = changes.exclude(change_queries.ABOUT_THE_ACCOUNT)
    if erasure:
        changes = changes.filter(at__gte=erasure.at)  # what stood before is archive, not for eyes
    history = Paginator(changes, HISTORY_SIZE).get_page(request.GET.get("page"))
    account = Account.objects.filter(person=who).first()
    context = {
        "person": who,
        "current": current,
        "path": path,
        "postings": postings,
        "former_numbers": staff_queries.former_numbers_of(who),
        "headships": headships,
        "elsewhere": _elsewhere(desk, headships, current.unit, path) if current else [],
        "merged": staff_queries.merged_into(who),
        "account": account,
        "facts": mine.facts_about(desk.actor, who),
        "needs_slip": account_queries.accounts_needing_slip().filter(person=who).exists()
        if account
        else False,
        "page": history,
        "lines": change_queries.lines(list(history.object_list)),
        "erasure": erasure,
        "erased_by": _granted(who) if erasure else None,
        "erasure_proposal": None if erasure or current else erasing.waiting_for(who),
        "may_edit": erasure is None and may_edit,
        "recovered": last_granted(who) if may_edit else None,
        "recovery": recovering.waiting_for(who),
        "may_recover": not recovering.why_not(actor=desk.actor, person=who),
    }
    return render(request, "people/register/person.html", context)


def _name_offices(held: list[Any]) -> None:
    """Give each posting and headship ``office``: the units above, as namesakes are many."""
    paths = unit_queries.paths_of([one.unit for one in held])
    for one in held:
        one.office = paths.get(one.unit_id, "")


def _elsewhere(
    desk: Desk, headships: list[HeadOfUnit], unit: Unit, path: list[Unit]
) -> list[tuple[HeadOfUnit, bool]]:
    """What they head though they work elsewhere, and whether this officer may end it."""
    found = staff_queries.headships_elsewhere(headships, unit, path)
    if not found or not desk.edits:
        return [(head, False) for head in found]
    kept = desk.edits.units().filter(pk__in=[head.unit_id for head in found])
    keys = set(kept.values_list("pk", flat=True))
    return [(head, head.unit_id in keys) for head in found]


def _granted(person: Person) -> ErasureProposal | None:
    granted = ErasureProposal.objects.filter(person=person, is_granted=True)
    return granted.select_related("proposed_by", "decided_by").first()


def _may_edit(desk: Desk, person: Person) -> bool:
    """Reading may come from heading a unit; editing needs the personnel duty for this person."""
    if person.merged_into_id or not desk.edits:
        return False
    return desk.edits == desk.reach or bool(staff_queries.person_for(desk.edits, person.pk))
