"""The government itself: made, then its name, seat, letterhead, time zone."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from netral.base.access import allow
from netral.people.access import installation_admin
from netral.people.forms.register import GovernmentForm, NewGovernmentForm
from netral.people.models import Account, Duty
from netral.people.queries import changes as change_queries
from netral.people.services import governments
from netral.people.views.register_frame import (
    attempt,
    desk_of,
    done,
    form_page,
    keeps_whole_register,
)


@allow(keeps_whole_register)
def government(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    form = GovernmentForm(
        request.POST or None,
        initial={key: getattr(desk.government, key) for key in GovernmentForm.base_fields},
    )
    if form.is_valid() and attempt(
        form,
        lambda: governments.describe(
            actor=desk.actor, government=desk.government, now=desk.now, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Pengaturan pemerintah daerah sudah disimpan."))
        return HttpResponseRedirect(reverse("people:government"))
    history = Paginator(change_queries.government_changes(desk.government), 20).get_page(
        request.GET.get("page")
    )
    return form_page(
        request,
        form,
        heading=_("Pemerintah daerah"),
        label=_("Simpan"),
        cancel="",
        template="people/register/government.html",
        government=desk.government,
        page=history,
        lines=change_queries.lines(list(history.object_list)),
    )


@allow(installation_admin)
def new_government(request: HttpRequest) -> HttpResponse:
    """The administrator of the installation names a government; its data stay closed to them."""
    actor = request.user
    assert isinstance(actor, Account)  # the rule let nobody else in
    form = NewGovernmentForm(request.POST or None)
    back = reverse("people:duties")
    if form.is_valid() and attempt(
        form,
        lambda: governments.establish(actor=actor, now=timezone.now(), **form.cleaned_data),
    ):
        return done(request, back, _("Pemerintah daerah sudah dibuat. Berikutnya: petugasnya."))
    return form_page(
        request, form, heading=_("Pemerintah daerah baru"), label=_("Simpan"), cancel=back
    )
