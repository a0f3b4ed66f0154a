"""One import on one page, which follows its state from reading to undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from netral.base.access import allow
from netral.people.forms.imports import FIELD_LABELS, MappingForm
from netral.people.models import Duty, Import, RowAction
from netral.people.queries import (
    import_columns,
    import_doubtful,
    import_marked,
    import_preview,
)
from netral.people.queries import imports as import_queries
from netral.people.views import register_reading
from netral.people.views.register_frame import Desk, desk_of, found, keeps_whole_register

State, Action = Import.State, RowAction
AT_WORK = (State.READING, State.APPLYING, State.UNDOING)
PAGE_SIZE = 50
QUESTIONS_SIZE = 20
TABS = (
    Action.CREATE,
    Action.CHANGE,
    Action.MOVE,
    Action.CLOSE,
    Action.REOPEN,
    Action.MISSING,
    Action.ASK,
    Action.SKIP,
    Action.BAD,
    Action.SAME,
)
LEFT_OUT = (Action.ASK, Action.SKIP, Action.BAD)
"""What applying passed over, for the officer to come back to."""


def open_import(request: HttpRequest, source: UUID) -> tuple[Desk, Import]:
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    mine = import_queries.imports_for(desk.actor).filter(government=desk.government)
    one: Import = found(mine.filter(pk=source).first())
    return desk, one


@allow(keeps_whole_register)
@require_GET
def imports_import(request: HttpRequest, source: UUID) -> HttpResponse:
    desk, one = open_import(request, source)
    context: dict[str, Any] = {"source": one, "step": _step(one), "counts": one.counts}
    if one.state in AT_WORK:
        context |= _at_work(one)
    elif one.state == State.MAPPING:
        context["sheets"] = sheet_forms(one)
    elif one.state == State.PREVIEW:
        context |= _preview(request, desk, one)
    elif one.state == State.APPLIED:
        context |= _applied(request, desk, one)
    return render(request, "people/imports/import.html", context)


@allow(keeps_whole_register)
@require_GET
def imports_progress(request: HttpRequest, source: UUID) -> JsonResponse:
    """What ``progress.js`` asks for: done and total in rows, a sentence, where to go at the end."""
    _desk, one = open_import(request, source)
    working = _at_work(one)
    finished = one.state not in AT_WORK
    return JsonResponse(
        {
            "done": one.progress_done,
            "total": one.progress_total,
            "text": working["text"],
            "finished": finished,
            "next": reverse("people:imports_import", args=[one.pk]) if finished else None,
        }
    )


def sheet_forms(
    source: Import, data: Any = None, *, all_sheets: bool = False
) -> list[dict[str, Any]]:
    """The sheets whose columns need an answer, or all that hold a table, each with its form."""
    kind = "units" if source.is_tree else "staff"
    fields = import_preview.fields_of(kind)
    states = {"unmapped", "read"} if all_sheets else {"unmapped"}
    return [
        {
            "name": report["name"],
            "form": MappingForm(
                data, prefix=f"s{number}", columns=report["columns"], fields=fields
            ),
            "missing": [_missing_words(wanted) for wanted in report["missing"]],
        }
        for number, report in enumerate(source.mapping.get("sheets", []))
        if report["state"] in states
    ]


def _missing_words(wanted: str) -> str:
    labels = [str(FIELD_LABELS.get(field, field)) for field in wanted.split("|")]
    return _(" atau ").join(labels)


def _step(source: Import) -> int:
    order = {State.READING: 2, State.MAPPING: 2, State.PREVIEW: 3, State.APPLYING: 4}
    return order.get(State(source.state), 5)


def _at_work(source: Import) -> dict[str, Any]:
    headings = {
        State.READING: _("Berkas sedang dibaca"),
        State.APPLYING: _("Perubahan sedang diterapkan"),
        State.UNDOING: _("Impor sedang ditarik kembali"),
    }
    text = ""
    if source.progress_total:
        text = _("%(done)s dari %(total)s") % {
            "done": _grouped(source.progress_done),
            "total": _grouped(source.progress_total),
        }
    return {"working": headings.get(State(source.state), ""), "text": text}


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _preview(request: HttpRequest, desk: Desk, source: Import) -> dict[str, Any]:
    return _details(request, desk, source, TABS) | {
        "figures": import_preview.figures(source),
        "unused": import_columns.unused(source),
        "unread_sheets": import_columns.unread_sheets(source),
        "says_office_only": import_columns.says_office_only(source),
        "same_as": import_queries.applied_before(desk.actor, source),
        "changes_nothing": not import_preview.changes_something(source),
    }


def _details(
    request: HttpRequest, desk: Desk, source: Import, actions: tuple[RowAction, ...]
) -> dict[str, Any]:
    """The tabs for ``actions`` and what the chosen one lists."""
    tabs = import_preview.tabs(source, [str(action) for action in actions])
    asked = request.GET.get("lihat", "")
    names = [tab.code for tab in tabs]
    current = asked if asked in names else next(iter(names), "")
    context: dict[str, Any] = {"tabs": tabs, "current": current}
    if current == import_preview.PROBLEMS:
        severity, kind = request.GET.get("tingkat", ""), request.GET.get("jenis", "")
        problems = import_queries.problems(desk.actor, source, severity, kind)
        page = Paginator(problems, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"page": page, "problems": import_preview.worded(list(page.object_list))}
        context["kinds"] = import_marked.by_kind(source)
    elif current == import_preview.UNITS:
        context |= _units(request, source)
    elif current:
        context |= _rows(request, desk, source, current)
    return context


def _units(request: HttpRequest, source: Import) -> dict[str, Any]:
    staged = import_preview.units_of(source)
    page = Paginator(staged, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "rows": import_preview.unit_lines(list(page.object_list)),
        "doubtful": import_doubtful.doubtful_units(source),
    }


def _rows(request: HttpRequest, desk: Desk, source: Import, action: str) -> dict[str, Any]:
    size = QUESTIONS_SIZE if action == Action.ASK else PAGE_SIZE
    staged: Any = import_queries.rows(desk.actor, source, action)
    page = Paginator(staged, size).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    if source.is_tree:
        return {"page": page, "rows": import_preview.unit_lines(shown)}
    people = import_preview.people_shown(shown)
    register_reading.record(desk, "people.import", count=len(shown), people=people)
    return {"page": page, "rows": import_preview.lines(shown)}


def _applied(request: HttpRequest, desk: Desk, source: Import) -> dict[str, Any]:
    left_out = LEFT_OUT if source.close_missing else (*LEFT_OUT, Action.MISSING)
    is_kept = source.problems.exists() or source.rows.exists()
    details = _details(request, desk, source, left_out) if is_kept else {}
    return details | {
        "figures": import_preview.figures(source),
        "blockers": import_queries.blockers_of_undo(desk.actor, source),
        "new_local_ids": import_preview.local_ids_given(source).count(),
    }
