"""Deeds on the tree: add, rename, move, close, reopen, and who heads a unit."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netral.base.access import allow
from netral.people.forms.units import (
    CloseUnitForm,
    EndHeadForm,
    HeadForm,
    MoveUnitForm,
    NewUnitForm,
    RenameUnitForm,
)
from netral.people.models import Duty, HeadOfUnit, Unit
from netral.people.queries import duties as duty_queries
from netral.people.queries import units as unit_queries
from netral.people.services import heads
from netral.people.services import units as unit_services
from netral.people.views.register_frame import (
    Desk,
    attempt,
    desk_of,
    done,
    form_page,
    found,
    keeps_register,
    note_search,
)


def _open(request: HttpRequest, unit: UUID) -> tuple[Desk, Unit]:
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    one: Unit = found(unit_queries.unit_for(desk.reach, unit))
    return desk, one


def _back(unit: Unit) -> str:
    return reverse("people:units_unit", args=[unit.pk])


@allow(keeps_register)
def units_new(request: HttpRequest, parent: UUID | None = None) -> HttpResponse:
    """A unit directly under the government, or under ``parent``."""
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    above: Unit | None = None
    if parent:
        above = found(unit_queries.unit_for(desk.reach, parent))
    form = NewUnitForm(request.POST or None, initial={"on": desk.today})
    made: list[Unit] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            unit_services.add(
                actor=desk.actor,
                government=desk.government,
                parent=above,
                now=desk.now,
                **form.cleaned_data,
            )
        ),
    ):
        return done(request, _back(made[0]), _("Unit sudah ditambahkan."))
    return form_page(
        request,
        form,
        heading=_("Tambah unit"),
        label=_("Simpan"),
        cancel=_back(above) if above else reverse("people:units"),
        unit=above,
        is_below=True,
    )


@allow(keeps_register)
def units_rename(request: HttpRequest, unit: UUID) -> HttpResponse:
    desk, one = _open(request, unit)
    form = RenameUnitForm(request.POST or None, initial={"name": one.name})
    if form.is_valid() and attempt(
        form,
        lambda: unit_services.rename(
            actor=desk.actor, unit=one, name=form.cleaned_data["name"], now=desk.now
        ),
    ):
        return done(request, _back(one), _("Nama unit sudah diubah."))
    return form_page(
        request, form, heading=_("Ubah nama unit"), label=_("Simpan"), cancel=_back(one), unit=one
    )


@allow(keeps_register)
def units_move(request: HttpRequest, unit: UUID) -> HttpResponse:
    desk, one = _open(request, unit)
    form = MoveUnitForm(request.POST or None, reach=desk.reach, government=desk.government)
    if form.is_valid() and attempt(
        form,
        lambda: unit_services.move(
            actor=desk.actor, unit=one, parent=form.cleaned_data["parent"], now=desk.now
        ),
    ):
        return done(request, _back(one), _("Unit sudah dipindahkan."))
    staff = unit_queries.staff_below([one.pk]).get(one.pk, 0)
    return form_page(
        request,
        form,
        heading=_("Pindahkan unit"),
        label=_("Pindahkan"),
        cancel=_back(one),
        unit=one,
        intro=_(
            "Semua unit di bawahnya ikut pindah bersama %(staff)s pegawai. Penempatan setiap "
            "pegawai tidak berubah."
        )
        % {"staff": staff},
    )


@allow(keeps_register)
def units_close(request: HttpRequest, unit: UUID) -> HttpResponse:
    desk, one = _open(request, unit)
    form = CloseUnitForm(request.POST or None, initial={"on": desk.today})
    if form.is_valid() and attempt(
        form,
        lambda: unit_services.close(actor=desk.actor, unit=one, now=desk.now, **form.cleaned_data),
    ):
        return done(request, _back(one), _("Unit sudah ditutup. Riwayatnya tetap ada."))
    return form_page(
        request,
        form,
        heading=_("Tutup unit"),
        label=_("Tutup unit"),
        cancel=_back(one),
        unit=one,
        danger=True,
        intro=_(
            "Unit yang ditutup tidak dapat dipilih lagi dan kepalanya tidak lagi menjabat. "
            "Penutupan dapat ditarik kembali dari halaman unit."
        ),
    )


@allow(keeps_register)
@require_POST
def units_reopen(request: HttpRequest, unit: UUID) -> HttpResponse:
    desk, one = _open(request, unit)
    try:
        unit_services.reopen(actor=desk.actor, unit=one, now=desk.now)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return HttpResponseRedirect(_back(one))
    return done(request, _back(one), _("Unit dibuka kembali."))


@allow(keeps_register)
def units_head(request: HttpRequest, unit: UUID) -> HttpResponse:
    """Two steps while somebody heads the unit: who steps down is seen before it is done."""
    desk, one = _open(request, unit)
    current = unit_queries.heads_of(one).filter(valid_to=None).first()
    form = HeadForm(
        request.POST or None,
        reach=desk.reach,
        government=desk.government,
        initial={"on": desk.today},
    )
    if form.is_valid():
        if current and request.POST.get("steps_down") != str(current.pk):
            return _ask_about_head(request, one, current, form)
        if attempt(form, lambda: _set_head(desk, one, form)):
            return done(request, _back(one), _("Kepala unit sudah dicatat."))
    note_search(desk, form)
    intro = _("Unit ini belum mempunyai kepala.")
    if current:
        intro = _("Sekarang dikepalai %(name)s (%(kind)s) sejak %(day)s.") % {
            "name": current.person.full_name,
            "kind": current.get_kind_display(),
            "day": date_format(current.valid_from, "DATE_FORMAT"),
        }
    return form_page(
        request,
        form,
        heading=_("Ganti kepala unit") if current else _("Tetapkan kepala unit"),
        label=_("Lanjutkan") if current else _("Simpan"),
        cancel=_back(one),
        unit=one,
        intro=intro,
    )


def _set_head(desk: Desk, unit: Unit, form: HeadForm) -> None:
    heads.set_head(
        actor=desk.actor,
        unit=unit,
        person=form.cleaned_data["person"],
        kind=form.cleaned_data["kind"],
        on=form.cleaned_data["on"],
        now=desk.now,
    )


def _ask_about_head(
    request: HttpRequest, unit: Unit, current: HeadOfUnit, form: HeadForm
) -> HttpResponse:
    values = form.cleaned_data
    page = {
        "unit": unit,
        "current": current,
        "entering": values["person"],
        "kind": values["kind"],
        "kind_label": HeadOfUnit.Kind(values["kind"]).label,
        "on": values["on"],
        "is_same": current.person_id == values["person"].pk,
        "keeps_duty": duty_queries.heads_by_duty(current.person, unit),
        "cancel": _back(unit),
    }
    return render(request, "people/units/head_confirm.html", page)


@allow(keeps_register)
def units_end_head(request: HttpRequest, unit: UUID) -> HttpResponse:
    desk, one = _open(request, unit)
    form = EndHeadForm(request.POST or None, initial={"on": desk.today})
    if form.is_valid() and attempt(
        form,
        lambda: heads.end_head(
            actor=desk.actor, unit=one, on=form.cleaned_data["on"], now=desk.now
        ),
    ):
        return done(request, _back(one), _("Unit sekarang tanpa kepala."))
    return form_page(
        request,
        form,
        heading=_("Akhiri jabatan kepala unit"),
        label=_("Akhiri jabatan"),
        cancel=_back(one),
        unit=one,
        danger=True,
    )
