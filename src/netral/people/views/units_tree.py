"""The unit tree, one level at a time, and the page of one unit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from netral.base.access import allow
from netral.people.forms.units import UnitSearchForm
from netral.people.models import Posting, Unit
from netral.people.queries import changes as change_queries
from netral.people.queries import units as unit_queries
from netral.people.views.register_frame import Desk, desk_of, found, reads_register

PAGE_SIZE = 50
HISTORY_SIZE = 20


@allow(reads_register)
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The top of the tree; with ``?q=`` what matches, wherever it hangs."""
    desk = desk_of(request)
    form = UnitSearchForm(request.GET)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    context: dict[str, Any] = {"form": form, "text": text, "may_add": bool(desk.edits)}
    if text:
        units_open = unit_queries.open_units(desk.reach, desk.government)
        context |= _found(request, unit_queries.search(units_open, text))
    else:
        context["branches"] = unit_queries.branches(
            unit_queries.top_units(desk.reach, desk.government)
        )
        context["total"] = unit_queries.count_open(desk.reach, desk.government)
    return render(request, "people/units/tree.html", context)


@allow(reads_register)
@require_GET
def units_unit(request: HttpRequest, unit: UUID) -> HttpResponse:
    """One unit: who heads it, its staff by status, what hangs below it, what was changed."""
    desk = desk_of(request)
    one: Unit = found(unit_queries.unit_for(desk.reach, unit))
    figures = unit_queries.status_figures(one)
    history = Paginator(change_queries.unit_changes(one), HISTORY_SIZE).get_page(
        request.GET.get("page")
    )
    heads = list(unit_queries.heads_of(one))
    context = {
        "unit": one,
        "path": unit_queries.path_to(one),
        "branches": unit_queries.branches(unit_queries.children_of(one)),
        "closed": unit_queries.closed_below(one),
        "figures": _labelled(figures),
        "total": figures["all"],
        "head": next((head for head in heads if head.valid_to is None), None),
        "past_heads": [head for head in heads if head.valid_to is not None],
        "page": history,
        "lines": change_queries.lines(list(history.object_list)),
        "may_edit": _may_edit(desk, one),
    }
    return render(request, "people/units/unit.html", context)


def _found(request: HttpRequest, units_found: Any) -> dict[str, Any]:
    page = Paginator(units_found, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    paths, staff = unit_queries.paths_of(shown), unit_queries.staff_below([u.pk for u in shown])
    results = [(unit, paths.get(unit.pk, ""), staff.get(unit.pk, 0)) for unit in shown]
    return {"page": page, "results": results}


def _may_edit(desk: Desk, unit: Unit) -> bool:
    if not desk.edits:
        return False
    return desk.edits == desk.reach or bool(unit_queries.unit_for(desk.edits, unit.pk))


def _labelled(figures: dict[str, int]) -> list[tuple[str, str, int]]:
    """(code, label, count) of the statuses that occur, in their usual order."""
    pairs = Posting.Status.choices
    return [(code, str(label), figures[code]) for code, label in pairs if figures.get(code)]
