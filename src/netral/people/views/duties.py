"""Officers: who holds which duty where, handing out, the second officer's yes, ending."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netral.base.access import allow
from netral.people import codes
from netral.people.access import duty, either, installation_admin, officer
from netral.people.forms.duties import GrantForm, OutsideOfficerForm, ReasonForm
from netral.people.models import Account, Duty, Government
from netral.people.queries import authority
from netral.people.queries import duties as duty_queries
from netral.people.services import accounts as account_services
from netral.people.services import claiming
from netral.people.services import duties as duty_services

hands_out = either(installation_admin, duty(Duty.Kind.PERSONNEL))
any_officer = either(installation_admin, officer)


def _actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # the rule let nobody else in
    return request.user


def _duty_or_404(request: HttpRequest, key: UUID) -> Duty:
    found = duty_queries.duty_seen_by(_actor(request), key)
    if found is None:
        raise Http404
    return found


@allow(any_officer)
def duties(request: HttpRequest) -> HttpResponse:
    """The duties in force and those that wait for a second officer."""
    actor = _actor(request)
    seen = duty_queries.duties_seen_by(actor).filter(ended_at=None)
    page = Paginator(seen.filter(confirmed_at__isnull=False), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "people/duties/list.html",
        {
            "waiting": seen.filter(confirmed_at=None),
            "page": page,
            "may_hand_out": hands_out(request),
            "is_alone": _is_alone(actor),
        },
    )


def _is_alone(actor: Account) -> bool:
    """Whether nobody else could confirm: then the page says how a second officer comes about."""
    if actor.is_installation_admin:
        return False
    mine = authority.governments_of(actor, Duty.Kind.PERSONNEL)
    others = Duty.objects.filter(
        government__in=mine, kind=Duty.Kind.PERSONNEL, unit=None, ended_at=None
    )
    return mine.exists() and not others.exclude(account=actor).exists()


@allow(any_officer)
def deeds(request: HttpRequest) -> HttpResponse:
    """Everything that was done to duties, newest first."""
    rows = duty_queries.deeds_seen_by(_actor(request))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "people/duties/deeds.html", {"page": page})


@allow(hands_out)
def grant(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    government = _chosen_government(request, actor)
    form = GrantForm(request.POST or None, actor=actor, government=government)
    if request.method == "POST" and form.is_valid() and _grant(request, form, government):
        return HttpResponseRedirect(reverse("people:duties"))
    return render(request, "people/duties/grant.html", {"form": form})


def _chosen_government(request: HttpRequest, actor: Account) -> Government:
    """The government of the form; by default the first in which the actor hands out duties."""
    offered = duty_queries.governments_handled_by(actor)
    if not offered.exists():
        subtrees = authority.duties_of(actor, Duty.Kind.PERSONNEL).values("government_id")
        offered = Government.objects.filter(pk__in=subtrees)
    wanted = request.POST.get("government") or request.GET.get("government")
    try:
        chosen = offered.filter(pk=UUID(wanted)).first() if wanted else offered.first()
    except ValueError:
        chosen = None
    if chosen is None:
        raise Http404
    return chosen


def _grant(request: HttpRequest, form: GrantForm, government: Government) -> bool:
    try:
        given = duty_services.grant(
            actor=_actor(request),
            account=form.cleaned_data["identifier"],
            kind=form.cleaned_data["kind"],
            government=government,
            unit=form.cleaned_data["unit"],
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except duty_services.Refused as refused:
        form.add_error(None, refused.message)
        return False
    if given.confirmed_at is None:
        messages.info(request, _("Tugas dicatat dan menunggu persetujuan petugas kedua."))
    else:
        messages.success(request, _("Tugas diberikan."))
    return True


@allow(hands_out)
@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        duty_services.confirm(
            actor=_actor(request), duty=_duty_or_404(request, key), now=timezone.now()
        )
    except duty_services.Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Tugas disetujui dan mulai berlaku."))
    return HttpResponseRedirect(reverse("people:duties"))


@allow(any_officer)
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ends a duty, or declines one that waits; the reason is kept."""
    held = _duty_or_404(request, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deed = duty_services.end
        if held.confirmed_at is None and held.granted_by_id != _actor(request).pk:
            deed = duty_services.decline
        try:
            deed(
                actor=_actor(request),
                duty=held,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except duty_services.Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Tugas diakhiri."))
            return HttpResponseRedirect(reverse("people:duties"))
    return render(request, "people/duties/end.html", {"form": form, "duty": held})


@allow(hands_out)
def outside_officer(request: HttpRequest) -> HttpResponse:
    """An account for an officer from outside; its code is shown once, here."""
    form = OutsideOfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        government = _chosen_government(request, _actor(request))
        try:
            made = account_services.create_outside_officer(
                actor=_actor(request),
                government=government,
                name=form.cleaned_data["name"],
                username=form.cleaned_data["username"],
                now=timezone.now(),
            )
        except account_services.UsernameTaken:
            form.add_error("username", _("Nama akun ini sudah dipakai; pilih yang lain."))
        except claiming.NotYours:
            form.add_error(None, _("Anda tidak membuat akun petugas di sana."))
        else:
            values = {"made": made, "code": codes.written(made.code)}
            return render(request, "people/duties/outside_made.html", values)
    return render(request, "people/duties/outside.html", {"form": form})


@allow(hands_out)
def reset_factor(request: HttpRequest, key: UUID) -> HttpResponse:
    """For the officer of this duty, whose phone and recovery codes are lost."""
    held = _duty_or_404(request, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            waiting = duty_services.reset_second_factor(
                actor=_actor(request),
                account=held.account,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except duty_services.Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(
                request,
                _("Langkah kedua dihapus; %(count)d tugas menunggu persetujuan petugas lain.")
                % {"count": waiting},
            )
            return HttpResponseRedirect(reverse("people:duties"))
    return render(request, "people/duties/reset_factor.html", {"form": form, "duty": held})
