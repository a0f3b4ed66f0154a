"""Officers: who holds which duty where, handing out, the second officer's yes, ending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from netral.base.access import allow
from netral.people import codes
from netral.people.access import duty, either, installation_admin, officer
from netral.people.forms.duties import (
    WHAT_IT_ALLOWS,
    DecisionForm,
    GrantForm,
    OutsideOfficerForm,
    ReasonForm,
)
from netral.people.models import Account, Duty, Government
from netral.people.queries import authority, workplace
from netral.people.queries import duties as duty_queries
from netral.people.services import accounts as account_services
from netral.people.services import claiming, privacy
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
    seen = duty_queries.duties_read_by(actor).filter(ended_at=None)
    endable = duty_queries.duties_seen_by(actor).filter(ended_at=None)
    governments = (
        list(duty_queries.governments_handled_by(actor)) if actor.is_installation_admin else []
    )
    page = Paginator(seen.filter(confirmed_at__isnull=False), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "people/duties/list.html",
        {
            "waiting": seen.filter(confirmed_at=None),
            "mine_to_decide": set(duty_queries.awaiting(actor).values_list("pk", flat=True)),
            "page": page,
            "may_end": set(endable.values_list("pk", flat=True)),
            **_ways_back(actor, list(page), may_reset=hands_out(request)),
            "may_hand_out": hands_out(request)
            and (not actor.is_installation_admin or bool(governments)),
            "governments": governments,
            "is_alone": _is_alone(actor),
        },
    )


def _ways_back(actor: Account, shown: list[Duty], *, may_reset: bool) -> dict[str, set[UUID]]:
    """Whose second factor one officer resets here, and for which duties two recover the account."""
    powerful = Duty.objects.filter(
        account__in=[duty.account_id for duty in shown],
        kind__in=authority.POWERFUL,
        confirmed_at__isnull=False,
        ended_at=None,
    )
    held = set(powerful.values_list("account_id", flat=True))
    resettable = {
        duty.account_id for duty in shown if duty.account_id in held or not duty.account.person_id
    }
    own = authority.people_of(actor, Duty.Kind.PERSONNEL).filter(
        pk__in=[duty.account.person_id for duty in shown if duty.account_id not in resettable]
    )
    reached = set(own.values_list("pk", flat=True))
    return {
        "resettable": resettable if may_reset else set(),
        "recoverable": {duty.pk for duty in shown if duty.account.person_id in reached},
    }


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
    privacy.record_search(
        actor=actor, government=government, people=form.people_found(), now=timezone.now()
    )
    return render(request, "people/duties/grant.html", {"form": form})


def _chosen_government(request: HttpRequest, actor: Account) -> Government:
    """The government of the form; by default the one in which the actor works."""
    offered = duty_queries.governments_handled_by(actor)
    if not offered.exists():
        subtrees = authority.duties_of(actor, Duty.Kind.PERSONNEL).values("government_id")
        offered = Government.objects.filter(pk__in=subtrees)
    wanted = request.POST.get("government") or request.GET.get("government")
    try:
        chosen = (
            offered.filter(pk=UUID(wanted)).first() if wanted else workplace.among(actor, offered)
        )
    except ValueError:
        chosen = None
    if chosen is None:
        raise Http404
    return chosen


def _grant(request: HttpRequest, form: GrantForm, government: Government) -> bool:
    try:
        given = duty_services.grant(
            actor=_actor(request),
            account=form.cleaned_data["account"],
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
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the second officer is asked to agree to, and their yes or no."""
    held = _duty_or_404(request, key)
    if held.confirmed_at is not None or held.ended_at is not None:
        messages.info(request, _("Tugas ini tidak lagi menunggu persetujuan."))
        return HttpResponseRedirect(reverse("people:duties"))
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _decide(request, held, form.cleaned_data))
        except duty_services.Refused as refused:
            form.add_error(None, refused.message)
        else:
            return HttpResponseRedirect(reverse("people:duties"))
    units = duty_queries.units_under(held)
    values = {
        "form": form,
        "duty": held,
        "power": WHAT_IT_ALLOWS[held.kind],
        "units": units.count(),
        "reason": duty_queries.reason_given(held),
        "others": duty_queries.others_held(held),
        "why_not": duty_services.why_not_decide(actor=_actor(request), duty=held),
    }
    return render(request, "people/duties/confirm.html", values)


def _decide(request: HttpRequest, held: Duty, values: dict[str, Any]) -> str:
    actor, now, name = _actor(request), timezone.now(), {"name": held.account.name}
    if values["decision"] == "refuse":
        duty_services.decline(actor=actor, duty=held, reason=values["reason"], now=now)
        return _("Usulan tugas untuk %(name)s ditolak.") % name
    duty_services.confirm(actor=actor, duty=held, now=now)
    return _("Disetujui: tugas %(name)s berlaku mulai sekarang.") % name


@allow(any_officer)
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ends a duty, or takes back one that still waits; the reason is kept."""
    held = _duty_or_404(request, key)
    is_waiting = held.confirmed_at is None
    if is_waiting and not duty_services.why_not_decide(actor=_actor(request), duty=held):
        return HttpResponseRedirect(reverse("people:duties_confirm", args=[held.pk]))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            duty_services.end(
                actor=_actor(request),
                duty=held,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except duty_services.Refused as refused:
            form.add_error(None, refused.message)
        else:
            done = _("Usulan tugas ditarik kembali.") if is_waiting else _("Tugas diakhiri.")
            messages.success(request, done)
            return HttpResponseRedirect(reverse("people:duties"))
    values = {"form": form, "duty": held, "is_waiting": is_waiting}
    return render(request, "people/duties/end.html", values)


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
    if not duty_services.resets_here(held.account):
        messages.error(request, duty_services.Refused(duty_services.Problem.NOT_POWERFUL).message)
        return HttpResponseRedirect(reverse("people:duties"))
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
