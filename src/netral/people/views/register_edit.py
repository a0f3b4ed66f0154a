"""Deeds on one person: facts, posting, leaving and coming back, number, joining a double."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from netral.base.access import allow
from netral.people.forms.register import (
    EraseForm,
    ErasureDecisionForm,
    LeaveForm,
    MergeForm,
    MergeSearchForm,
    NumberForm,
    PersonFactsForm,
    PostingForm,
    initial_posting,
)
from netral.people.models import Duty, ErasureProposal, Person, Unit
from netral.people.queries import duties as duty_queries
from netral.people.queries import staff as staff_queries
from netral.people.queries import units as unit_queries
from netral.people.services import erasing, merging, postings
from netral.people.services import staff as staff_services
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


def _open(request: HttpRequest, person: UUID) -> tuple[Desk, Person]:
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    who: Person = found(staff_queries.person_for(desk.reach, person))
    return desk, who


def _back(person: Person) -> str:
    return reverse("people:register_person", args=[person.pk])


@allow(keeps_register)
def register_facts(request: HttpRequest, person: UUID) -> HttpResponse:
    desk, who = _open(request, person)
    initial = {key: getattr(who, key) for key in PersonFactsForm.base_fields}
    form = PersonFactsForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: staff_services.correct(
            actor=desk.actor, person=who, facts=form.facts(), now=desk.now
        ),
    ):
        return done(request, _back(who), _("Data pegawai sudah disimpan."))
    return form_page(
        request,
        form,
        heading=_("Ubah data pegawai"),
        label=_("Simpan"),
        cancel=_back(who),
        person=who,
    )


@allow(keeps_register)
def register_posting(request: HttpRequest, person: UUID) -> HttpResponse:
    """A new posting from a day on; for somebody who left, their return."""
    desk, who = _open(request, person)
    last = staff_queries.postings_of(who).first()
    works = last is not None and last.valid_to is None
    form = PostingForm(
        request.POST or None,
        reach=desk.reach,
        government=desk.government,
        initial=initial_posting(last, desk.today),
    )
    deed = postings.change if works else postings.take_back
    if form.is_valid() and attempt(
        form,
        lambda: deed(
            actor=desk.actor,
            person=who,
            posting=form.posting(),
            on=form.cleaned_data["on"],
            now=desk.now,
        ),
    ):
        return done(request, _back(who), _posted(who, form.cleaned_data["unit"]))
    return form_page(
        request,
        form,
        heading=_("Ubah penempatan") if works else _("Catat kembali bekerja"),
        label=_("Simpan"),
        cancel=_back(who),
        template="people/register/posting.html",
        person=who,
        works=works,
        last=last,
        headships=staff_queries.headships_ended_by_leaving(who),
    )


def _posted(person: Person, unit: Unit) -> str:
    """A headship does not follow its person to another unit, nor does it end with the move."""
    said = _("Penempatan sudah dicatat.")
    headships = staff_queries.headships_of(person)
    still = staff_queries.headships_elsewhere(headships, unit, unit_queries.path_to(unit))
    if not still:
        return said
    units = ", ".join(head.unit.name for head in still)
    more = _("Ia masih tercatat sebagai kepala definitif %(units)s.") % {"units": units}
    return f"{said} {more}"


@allow(keeps_register)
def register_leave(request: HttpRequest, person: UUID) -> HttpResponse:
    desk, who = _open(request, person)
    form = LeaveForm(request.POST or None, initial={"on": desk.today})
    if form.is_valid() and attempt(
        form,
        lambda: postings.leave(actor=desk.actor, person=who, now=desk.now, **form.cleaned_data),
    ):
        return done(request, _back(who), _("Pegawai dicatat berhenti. Riwayatnya tetap ada."))
    return form_page(
        request,
        form,
        heading=_("Catat berhenti"),
        label=_("Catat berhenti"),
        cancel=_back(who),
        person=who,
        danger=True,
        intro=_(
            "Sejak hari itu ia tidak lagi dihitung sebagai pegawai dan tidak lagi menjadi kepala "
            "unit. Bila keliru, catat bahwa ia kembali bekerja."
        ),
        template="people/register/leave.html",
        duties=duty_queries.duties_to_end(who),
    )


@allow(keeps_register)
def register_erase(request: HttpRequest, person: UUID) -> HttpResponse:
    """For somebody who left: what goes, what stays, then the proposal. A second officer decides."""
    desk, who = _open(request, person)
    proposal = erasing.waiting_for(who)
    if proposal is not None:
        return _decide_erasure(request, desk, who, proposal)
    form = EraseForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: erasing.propose(actor=desk.actor, person=who, now=desk.now, **form.cleaned_data),
    ):
        return done(
            request,
            _back(who),
            _("Usulan penghapusan disimpan. Datanya dihapus setelah petugas kedua menyetujuinya."),
        )
    return form_page(
        request,
        form,
        heading=_("Hapus data orang ini"),
        label=_("Usulkan penghapusan"),
        cancel=_back(who),
        template="people/register/erase.html",
        person=who,
        danger=True,
    )


def _decide_erasure(
    request: HttpRequest, desk: Desk, who: Person, proposal: ErasureProposal
) -> HttpResponse:
    """What the second officer is asked to agree to, and their yes or no."""
    why_not = erasing.why_not_agree(actor=desk.actor, proposal=proposal)
    form = ErasureDecisionForm(request.POST or None)
    if why_not:
        form.fields["reason"].label = _("Alasan menarik kembali")
    is_no = form.is_valid() and form.cleaned_data["decision"] == "refuse"

    def decide() -> None:
        if is_no:
            why = form.cleaned_data["reason"]
            erasing.refuse(actor=desk.actor, proposal=proposal, reason=why, now=desk.now)
        else:
            erasing.erase(actor=desk.actor, proposal=proposal, now=desk.now)

    if form.is_valid() and attempt(form, decide):
        if is_no:
            return done(request, _back(who), _("Usulan penghapusan ditolak; datanya tetap ada."))
        return done(request, _back(who), _("Datanya sudah dihapus. Ini tidak dapat dibatalkan."))
    return form_page(
        request,
        form,
        heading=_("Usulan Anda menghapus data orang ini")
        if why_not
        else _("Setujui penghapusan data orang ini?"),
        label="",
        cancel=_back(who),
        template="people/register/erase_decide.html",
        person=who,
        proposal=proposal,
        why_not=why_not,
    )


@allow(keeps_register)
def register_number(request: HttpRequest, person: UUID) -> HttpResponse:
    desk, who = _open(request, person)
    form = NumberForm(request.POST or None, today=desk.today, initial={"on": desk.today})
    if form.is_valid() and attempt(
        form,
        lambda: staff_services.change_number(
            actor=desk.actor,
            person=who,
            number=form.cleaned_data["number"],
            on=form.cleaned_data["on"],
            now=desk.now,
        ),
    ):
        return done(
            request,
            _back(who),
            _("Nomor sudah diganti. Bila statusnya juga berubah, ubah penempatan."),
        )
    return form_page(
        request,
        form,
        heading=_("Ganti nomor"),
        label=_("Ganti nomor"),
        cancel=_back(who),
        person=who,
        intro=_(
            "Untuk non-ASN yang menjadi PPPK atau PPPK dengan NI yang baru. Nomor yang lama tetap "
            "tercatat sebagai miliknya, begitu pula seluruh riwayatnya."
        ),
    )


@allow(keeps_register)
def register_merge(request: HttpRequest, person: UUID) -> HttpResponse:
    """First finds the double; the address of the second step names both, so it can be sent."""
    desk, who = _open(request, person)
    data = request.GET if "other" in request.GET else None
    form = MergeSearchForm(data, reach=desk.reach, government=who.government, person=who)
    if form.is_valid():
        other = form.cleaned_data["other"]
        return HttpResponseRedirect(
            reverse("people:register_merge_confirm", args=[who.pk, other.pk])
        )
    note_search(desk, form)
    doubles = staff_queries.possible_doubles(desk.reach, who.government, who.name)
    return form_page(
        request,
        form,
        heading=_("Gabungkan catatan kembar"),
        label=_("Lanjutkan"),
        cancel=_back(who),
        template="people/register/merge_search.html",
        person=who,
        doubles=[double for double in doubles if double.pk != who.pk],
    )


@allow(keeps_register)
def register_merge_confirm(request: HttpRequest, person: UUID, other: UUID) -> HttpResponse:
    """What joining ``other`` into ``person`` will do, then the deed."""
    desk, kept = _open(request, person)
    dropped: Person = found(staff_queries.person_for(desk.reach, other))
    try:
        plan = merging.plan(actor=desk.actor, kept=kept, dropped=dropped)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return HttpResponseRedirect(_back(kept))
    form = MergeForm(request.POST or None, initial={"on": desk.today})
    if form.is_valid() and attempt(form, lambda: _merge(desk, kept, dropped, form.cleaned_data)):
        return done(request, _back(kept), _("Kedua catatan sudah digabung."))
    return form_page(
        request,
        form,
        heading=_("Periksa sebelum menggabungkan"),
        label=_("Gabungkan"),
        cancel=_back(kept),
        template="people/register/merge_confirm.html",
        person=kept,
        plan=plan,
        columns=[_column(kept), _column(dropped)],
    )


def _merge(desk: Desk, kept: Person, dropped: Person, values: dict[str, Any]) -> None:
    merging.merge(actor=desk.actor, kept=kept, dropped=dropped, now=desk.now, **values)


def _column(person: Person) -> dict[str, Any]:
    return {"person": person, "current": postings.current_posting(person)}
