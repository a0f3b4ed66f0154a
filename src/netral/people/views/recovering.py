"""An account whose owner cannot show the second step: asked for, decided, disputed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netral.base.access import allow, signed_in
from netral.people.forms.recovering import RecoverForm, RecoveryDecisionForm
from netral.people.models import Account, AccountRecovery, Duty, Person
from netral.people.queries import staff as staff_queries
from netral.people.services import recovering
from netral.people.views.register_frame import (
    Desk,
    attempt,
    desk_of,
    done,
    form_page,
    found,
    keeps_register,
)


@allow(keeps_register)
def register_recover(request: HttpRequest, person: UUID) -> HttpResponse:
    """What goes, what stays, then the proposal. A second officer decides on the same page."""
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    who: Person = found(staff_queries.person_for(desk.reach, person))
    back = reverse("people:register_person", args=[who.pk])
    proposal = recovering.waiting_for(who)
    if proposal is not None and who.pk != desk.actor.person_id:
        return _decide(request, desk, who, proposal)
    if "decision" in request.POST:  # somebody else was quicker, or took the proposal back
        messages.error(request, recovering.ANOTHER_NOW)
        return HttpResponseRedirect(back)
    if why_not := recovering.why_not(actor=desk.actor, person=who):
        messages.error(request, why_not)
        return HttpResponseRedirect(back)
    form = RecoverForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: recovering.propose(
            actor=desk.actor, person=who, reason=form.cleaned_data["reason"], now=desk.now
        ),
    ):
        return done(
            request,
            back,
            _("Usulan pemulihan disimpan. Slip baru berguna setelah petugas kedua menyetujuinya."),
        )
    return form_page(
        request,
        form,
        heading=_("Pulihkan akun"),
        label=_("Usulkan pemulihan"),
        cancel=back,
        template="people/register/recover.html",
        person=who,
    )


def _decide(
    request: HttpRequest, desk: Desk, who: Person, proposal: AccountRecovery
) -> HttpResponse:
    """What the second officer is asked to agree to, and their yes or no."""
    back = reverse("people:register_person", args=[who.pk])
    is_own = proposal.proposed_by_id == desk.actor.pk
    form = RecoveryDecisionForm(request.POST or None, proposal=proposal)
    if is_own:
        form.fields["reason"].label = _("Alasan menarik kembali")
    is_no = form.is_valid() and form.cleaned_data["decision"] == "refuse"

    def decide() -> None:
        if is_no:
            why = form.cleaned_data["reason"]
            recovering.refuse(actor=desk.actor, proposal=proposal, reason=why, now=desk.now)
        else:
            recovering.grant(actor=desk.actor, proposal=proposal, now=desk.now)

    if form.is_valid() and attempt(form, decide):
        if is_no:
            return done(request, back, _("Usulan pemulihan ditolak; akunnya tidak berubah."))
        return done(
            request,
            back,
            _("Semua jalan masuk dihapus. Cetak slip baru dan serahkan langsung kepadanya."),
        )
    return form_page(
        request,
        form,
        heading=_("Usulan Anda memulihkan akun ini")
        if is_own
        else _("Setujui pemulihan akun ini?"),
        label="",
        cancel=back,
        template="people/register/recover_decide.html",
        person=who,
        proposal=proposal,
        is_own=is_own,
        why_not=recovering.why_not_agree(actor=desk.actor, proposal=proposal),
        as_shown=form.as_shown,
    )


@allow(signed_in)
@require_POST
def dispute(request: HttpRequest, key: UUID) -> HttpResponse:
    """From one's own page: I have not asked for this."""
    owner = request.user
    assert isinstance(owner, Account)
    proposal = owner.recoveries.filter(pk=key).first()
    if proposal is None:
        raise Http404
    if recovering.dispute(owner=owner, proposal=proposal, now=timezone.now()):
        messages.success(request, _("Bantahan Anda tercatat; petugas kedua membacanya."))
    else:
        messages.error(request, _("Usulan itu sudah diputuskan; lihat halaman data Anda."))
    return HttpResponseRedirect(reverse("people:mine"))
