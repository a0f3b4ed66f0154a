"""The staff list, its export, and adding one person by hand."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from netral.base.access import allow
from netral.people.forms.register import NewPersonForm, StaffFilterForm
from netral.people.models import Duty, Person, Posting, Unit
from netral.people.queries import staff as staff_queries
from netral.people.queries import units as unit_queries
from netral.people.services import staff as staff_services
from netral.people.views import register_reading
from netral.people.views.downloads import spreadsheet
from netral.people.views.register_frame import (
    Desk,
    attempt,
    desk_of,
    form_page,
    keeps_register,
    reads_register,
)

PAGE_SIZE = 50


@allow(reads_register)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    form, unit = _filter_form(request, desk)
    filters = form.filters()
    people = staff_queries.staff(desk.reach, desk.government, filters)
    figures = staff_queries.figures(desk.reach, desk.government, filters)
    page = _with_offices(_page(request, people, figures["all"]))
    shown = [person.pk for person in page.object_list]
    register_reading.record(desk, "people.staff", count=len(shown), unit=unit, people=shown)
    context = {
        "desk": desk,
        "form": form,
        "page": page,
        "figures": _labelled(figures),
        "total": figures["all"],
        "unit": unit,
        "is_filtered": bool(form.changed_data),
        "gone": None if figures["all"] else _gone_alike(desk, filters),
    }
    return render(request, "people/register/list.html", context)


def _gone_alike(desk: Desk, filters: staff_queries.StaffFilters) -> dict[str, Any] | None:
    """Those who left and are found by the same words, where nobody who works here is."""
    if filters.gone or not filters.text:
        return None
    left = staff_queries.StaffFilters(text=filters.text, gone=True)
    count = staff_queries.staff(desk.reach, desk.government, left).count()
    query = urlencode({"q": filters.text, "keadaan": "gone"})
    address = f"{reverse('people:register')}?{query}"
    return {"count": count, "words": filters.text, "address": address} if count else None


@allow(reads_register)
@require_GET
def register_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The filtered list as a file, local ids included, so that the office can keep them."""
    desk = desk_of(request)
    form, unit = _filter_form(request, desk)
    filters = form.filters()
    people = staff_queries.staff(desk.reach, desk.government, filters)
    whole, top = (False, unit) if filters.narrows else _whole(desk, unit)
    shown = list(people.values_list("pk", flat=True))
    register_reading.record(
        desk,
        f"people.staff.{kind}",
        count=len(shown),
        unit=top,
        people=None if whole else shown,
    )
    people = staff_queries.sorted_staff(people, request.GET.get("sort", ""))
    return spreadsheet(kind, f"pegawai-{desk.today:%Y-%m-%d}", desk.government, people)


def _whole(desk: Desk, unit: Unit | None) -> tuple[bool, Unit | None]:
    """Whether all of an unfiltered list is everybody in one place, and the unit that it is.

    Then the place says who was shown, without a row for each of them.
    """
    if unit or desk.government.pk in desk.reach.governments:
        return True, unit
    tops = list(unit_queries.top_units(desk.reach, desk.government)[:2])
    return (True, tops[0]) if len(tops) == 1 else (False, None)


@allow(keeps_register)
def register_new(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    form = NewPersonForm(
        request.POST or None,
        reach=desk.reach,
        government=desk.government,
        today=desk.today,
        initial={"on": desk.today},
    )
    made: list[Person] = []
    if form.is_valid() and attempt(form, lambda: made.append(_add(desk, form))):
        return HttpResponseRedirect(reverse("people:register_person", args=[made[0].pk]))
    return form_page(
        request,
        form,
        heading=_("Tambah pegawai"),
        label=_("Simpan"),
        cancel=reverse("people:register"),
        intro=_("Untuk banyak orang sekaligus, impor berkas lebih cepat."),
        doubles=form.doubles,
    )


def _add(desk: Desk, form: NewPersonForm) -> Person:
    return staff_services.add(
        actor=desk.actor,
        government=desk.government,
        number=form.cleaned_data["number"],
        facts=form.facts(),
        posting=form.posting(),
        on=form.cleaned_data["on"],
        now=desk.now,
    )


def _filter_form(request: HttpRequest, desk: Desk) -> tuple[StaffFilterForm, Unit | None]:
    """The form offers the units at the top, and the deeper one that a link led here with."""
    tops = unit_queries.top_units(desk.reach, desk.government).order_by("name_key")
    units = [(str(key), name) for key, name in tops.values_list("pk", "name")]
    unit = _asked_unit(request, desk)
    if unit and str(unit.pk) not in dict(units):
        units.append((str(unit.pk), unit.name))
    return StaffFilterForm(request.GET, units=units), unit


def _asked_unit(request: HttpRequest, desk: Desk) -> Unit | None:
    try:
        key = UUID(request.GET.get("unit", ""))
    except ValueError:
        return None
    return unit_queries.unit_for(desk.reach, key)


def _page(request: HttpRequest, people: QuerySet[Person], total: int) -> Page[Person]:
    paginator = Paginator(
        staff_queries.sorted_staff(people, request.GET.get("sort", "")), PAGE_SIZE
    )
    paginator.count = total  # already counted for the figures
    return paginator.get_page(request.GET.get("page"))


def _with_offices(page: Page[Person]) -> Page[Person]:
    """Each person with ``office``: the units above theirs, as many are called Sekretariat."""
    people: list[Any] = list(page.object_list)
    posted = {one.pk: one.current.unit for one in people if getattr(one, "current", None)}
    paths = unit_queries.paths_of(list(posted.values()))
    for person in people:
        unit = posted.get(person.pk)
        person.office = paths.get(unit.pk, "") if unit else ""
    page.object_list = people
    return page


def _labelled(figures: dict[str, int]) -> list[tuple[str, str, int]]:
    """(code, label, count) of the statuses that occur, in their usual order."""
    pairs = Posting.Status.choices
    return [(code, str(label), figures[code]) for code, label in pairs if figures.get(code)]
