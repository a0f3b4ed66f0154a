"""What an officer does with an import: map, decide, apply, throw away, undo, download."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from netral.base.access import allow
from netral.base.tables import xlsx_response
from netral.people.models import Import, ImportRow
from netral.people.queries import import_preview, staff
from netral.people.queries import imports as import_queries
from netral.people.services import imports as import_services
from netral.people.services.imports import ImportRefused
from netral.people.views import register_reading
from netral.people.views.downloads import spreadsheet
from netral.people.views.imports_import import open_import, sheet_forms
from netral.people.views.register_frame import keeps_whole_register


def _page_of(source: Import, query: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("people:imports_import", args=[source.pk]) + query)


@allow(keeps_whole_register)
def imports_columns(request: HttpRequest, source: UUID) -> HttpResponse:
    """What each header means. Remembered for every later file of this government."""
    desk, one = open_import(request, source)
    if one.state not in {Import.State.MAPPING, Import.State.PREVIEW}:
        return _page_of(one)
    sheets = sheet_forms(one, request.POST or None, all_sheets=True)
    if request.method == "POST" and all(sheet["form"].is_valid() for sheet in sheets):
        mapping: dict[str, str] = {}
        for sheet in sheets:
            mapping |= sheet["form"].changed_mapping()
        try:
            import_services.set_mapping(
                actor=desk.actor, source=one, sheet="", mapping=mapping, now=desk.now
            )
        except ImportRefused as refusal:
            messages.error(request, str(refusal))
        return _page_of(one)
    context = {"source": one, "sheets": sheets, "step": 2}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/imports/columns.html", context, status=status)


@allow(keeps_whole_register)
@require_POST
def imports_decide(request: HttpRequest, source: UUID) -> HttpResponse:
    """Answers of one page of questions: ``baris-17`` = a person's key, ``new`` or ``skip``."""
    desk, one = open_import(request, source)
    answered, refusals = 0, []
    given = import_queries.answers(desk.actor, one)
    for name, choice in request.POST.items():
        row_id, answer = _answer(name, str(choice), of="baris")
        if row_id is None or given.get(row_id) == choice:
            continue
        try:
            import_services.decide(actor=desk.actor, source=one, row_id=row_id, person_id=answer)
            answered += 1
        except ImportRefused as refusal:
            refusals.append(_("Baris %(line)s: %(why)s") % _refused(one, row_id, refusal))
    if answered:
        text = ngettext("%(count)s keputusan disimpan.", "%(count)s keputusan disimpan.", answered)
        messages.success(request, text % {"count": answered})
    elif not refusals:
        messages.warning(request, _("Pilih dahulu satu jawaban untuk sebuah baris."))
    for text in refusals:
        messages.error(request, text)
    return _page_of(one, f"?lihat={ImportRow.Action.ASK}")


def _answer(name: str, choice: str, *, of: str) -> tuple[int | None, Any]:
    """(row or unit of the file, a key or ``new`` or ``None`` for skip); none when no answer."""
    prefix, _dash, number = name.partition("-")
    if prefix != of or not number.isdecimal() or len(number) > 18:
        return None, None
    if choice in {"new", "skip"}:
        return int(number), "new" if choice == "new" else None
    try:
        return int(number), UUID(choice)
    except ValueError:
        return None, None


def _refused(source: Import, row_id: int, refusal: ImportRefused) -> dict[str, Any]:
    row = ImportRow.objects.filter(source=source, pk=row_id).first()
    return {"line": row.line if row else row_id, "why": str(refusal)}


@allow(keeps_whole_register)
@require_POST
def imports_units(request: HttpRequest, source: UUID) -> HttpResponse:
    """Which new units are old ones misspelled: ``unit-17`` = a unit's key or ``new``."""
    desk, one = open_import(request, source)
    answers: dict[int, Any] = {}
    for name, choice in request.POST.items():
        unit_id, answer = _answer(name, str(choice), of="unit")
        if unit_id is not None and answer is not None:
            answers[unit_id] = answer
    try:
        import_services.settle_units(actor=desk.actor, source=one, answers=answers, now=desk.now)
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
    return _page_of(one, f"?lihat={import_preview.UNITS}")


@allow(keeps_whole_register)
@require_POST
def imports_confirm(request: HttpRequest, source: UUID) -> HttpResponse:
    desk, one = open_import(request, source)
    try:
        import_services.confirm(
            actor=desk.actor,
            source=one,
            close_missing=request.POST.get("close_missing") == "on",
            new_units_are_meant=request.POST.get("new_units_are_meant") == "on",
            now=desk.now,
        )
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
        if one.counts.get("unit_doubtful"):
            return _page_of(one, f"?lihat={import_preview.UNITS}#rincian")
    return _page_of(one)


@allow(keeps_whole_register)
@require_POST
def imports_discard(request: HttpRequest, source: UUID) -> HttpResponse:
    desk, one = open_import(request, source)
    try:
        import_services.discard(actor=desk.actor, source=one, now=desk.now)
        messages.success(request, _("Impor dibuang. Register tidak berubah."))
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
    return _page_of(one)


@allow(keeps_whole_register)
def imports_undo(request: HttpRequest, source: UUID) -> HttpResponse:
    """Says what undoing will do or what stands in its way, then does it."""
    desk, one = open_import(request, source)
    if one.state != Import.State.APPLIED:
        return _page_of(one)
    if request.method == "POST":
        try:
            import_services.undo(actor=desk.actor, source=one, now=desk.now)
        except ImportRefused as refusal:
            messages.error(request, str(refusal))
        return _page_of(one)
    context = {
        "source": one,
        "figures": import_preview.figures(one),
        "blockers": import_queries.blockers_of_undo(desk.actor, one),
        "cancel_url": reverse("people:imports_import", args=[one.pk]),
    }
    return render(request, "people/imports/undo.html", context)


@allow(keeps_whole_register)
@require_GET
def imports_problems(request: HttpRequest, source: UUID) -> HttpResponseBase:
    """The rows with problems as a workbook, the bad cells marked."""
    desk, one = open_import(request, source)
    content = import_queries.problem_workbook(desk.actor, one)
    count = import_preview.problem_count(one)
    register_reading.record(desk, "people.import.problems", count=count)
    return xlsx_response(content, f"masalah-impor-{desk.today:%Y-%m-%d}")


@allow(keeps_whole_register)
@require_GET
def imports_local_ids(request: HttpRequest, source: UUID) -> HttpResponseBase:
    """Those to whom this import gave a local id, for the office to keep in its own list."""
    desk, one = open_import(request, source)
    people = staff.with_current(import_preview.local_ids_given(one)).order_by("name_key", "id")
    shown = list(people.values_list("pk", flat=True))
    register_reading.record(desk, "people.import.local_ids", count=len(shown), people=shown)
    name = f"id-lokal-{desk.today:%Y-%m-%d}"
    return spreadsheet("xlsx", name, desk.government, people, local_ids=True)
