"""Pages of elections, for officers; and the day of the demonstration."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netral.base.access import allow
from netral.elections import queries, rules, services, today
from netral.elections.access import demo_officer, editor
from netral.elections.forms import DemoDayForm, ElectionForm, OverrideForm, initial_of
from netral.elections.models import Phase, PhaseOverride
from netral.elections.services.authority import may_edit
from netral.elections.services.problems import ElectionError
from netral.people.access import officer
from netral.people.models import Account, Government
from netral.people.queries.workplace import workplace_of


@allow(officer)
@require_safe
def election_list(request: HttpRequest) -> HttpResponse:
    """Every election known here, the one under way first of all."""
    actor, government = _desk(request)
    now = today.now()
    concerning = set(queries.concerning(government).values_list("pk", flat=True))
    current = queries.current_election(government, now)
    elections = queries.elections_listed(actor, rules.local_day(now, government.time_zone))
    elections.sort(key=lambda election: election != current)
    context = {
        "current": current,
        "concerning": [election for election in elections if election.pk in concerning],
        "elsewhere": [election for election in elections if election.pk not in concerning],
        "may_edit": may_edit(actor, government),
    }
    return render(request, "elections/list.html", context)


@allow(officer)
@require_safe
def election_detail(request: HttpRequest, election: UUID) -> HttpResponse:
    actor, government = _desk(request)
    found = get_object_or_404(queries.elections_for(actor), pk=election)
    phases = queries.phases_for(actor, found, today.now())
    is_own = found.government_id is not None
    may = may_edit(actor, government) and rules.covers(found.region_code, government.region_code)
    context = {
        "election": found,
        "main_phases": [item for item in phases if item.phase.is_main],
        "steps": [item for item in phases if not item.phase.is_main],
        "parties": found.parties.all(),
        "tickets": found.tickets.all(),
        "sources": found.source.split("\n") if found.source else [],
        "may_change": is_own and may_edit(actor, government),
        "may_override": may and not is_own,
    }
    return render(request, "elections/detail.html", context)


@allow(editor)
@require_http_methods(["GET", "HEAD", "POST"])
def election_add(request: HttpRequest) -> HttpResponse:
    actor, government = _desk(request)
    form = ElectionForm(request.POST or None, initial={"region_code": government.region_code})
    if request.method == "POST" and form.is_valid():
        try:
            election = services.add_election(
                actor=actor,
                government=government,
                details=form.details(),
                now=timezone.now(),
            )
        except ElectionError as problem:
            form.add_error(problem.field or None, problem.message)
        else:
            messages.success(request, _("Pemilihan dicatat."))
            return redirect("elections:election_detail", election=election.pk)
    return render(request, "elections/form.html", {"form": form, "election": None})


@allow(editor)
@require_http_methods(["GET", "HEAD", "POST"])
def election_change(request: HttpRequest, election: UUID) -> HttpResponse:
    """Only for elections this government recorded; a loaded one is not found here."""
    actor, government = _desk(request)
    own = queries.elections_for(actor).filter(government=government)
    found = get_object_or_404(own, pk=election)
    form = ElectionForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_election(
                actor=actor, election=found, details=form.details(), now=timezone.now()
            )
        except ElectionError as problem:
            form.add_error(problem.field or None, problem.message)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("elections:election_detail", election=found.pk)
    return render(request, "elections/form.html", {"form": form, "election": found})


@allow(editor)
@require_http_methods(["GET", "HEAD", "POST"])
def election_override(request: HttpRequest, election: UUID, phase: UUID) -> HttpResponse:
    actor, government = _desk(request)
    found = _loaded_phase(actor, election, phase)
    in_force = _override_in_force(government, found)
    days = in_force or found
    initial = {"starts_on": days.starts_on, "ends_on": days.ends_on}
    form = OverrideForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.override_phase(
                actor=actor,
                government=government,
                phase=found,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ElectionError as problem:
            form.add_error(problem.field or None, problem.message)
        else:
            messages.success(request, _("Jadwal setempat berlaku."))
            return redirect("elections:election_detail", election=found.election_id)
    context = {"form": form, "phase": found, "election": found.election, "in_force": in_force}
    return render(request, "elections/override.html", context)


@allow(editor)
@require_POST
def election_withdraw(request: HttpRequest, election: UUID, phase: UUID) -> HttpResponse:
    actor, government = _desk(request)
    found = _loaded_phase(actor, election, phase)
    override = _override_in_force(government, found)
    if override is not None:
        try:
            services.withdraw_override(actor=actor, override=override, now=timezone.now())
        except ElectionError as problem:
            messages.error(request, problem.message)
        else:
            messages.success(request, _("Jadwal bawaan berlaku lagi."))
    return redirect("elections:election_detail", election=found.election_id)


def _desk(request: HttpRequest) -> tuple[Account, Government]:
    """The officer and their government; whoever has none has no calendar to look at."""
    actor = request.user
    government = workplace_of(actor) if isinstance(actor, Account) else None
    if not isinstance(actor, Account) or government is None:
        raise PermissionDenied
    return actor, government


def _loaded_phase(actor: Account, election: UUID, phase: UUID) -> Phase:
    visible = queries.elections_for(actor).filter(government=None)
    phases = Phase.objects.select_related("election").filter(election__in=visible)
    return get_object_or_404(phases, pk=phase, election=election)


def _override_in_force(government: Government, phase: Phase) -> PhaseOverride | None:
    return PhaseOverride.objects.filter(
        government=government, phase=phase, withdrawn_at=None
    ).first()


@allow(demo_officer)
@require_POST
def demo_day(request: HttpRequest) -> HttpResponse:
    """Moves the demonstration's day and returns to the page where that was asked."""
    actor, government = _desk(request)
    form = DemoDayForm(request.POST)
    day = form.cleaned_data["day"] if form.is_valid() else None
    if not form.is_valid():
        messages.error(request, _("Tulis hari itu sebagai tanggal, misalnya 2026-11-22."))
    else:
        try:
            services.set_demo_day(
                actor=actor,
                day=None if "today" in request.POST else day,
                zone=government.time_zone,
                now=timezone.now(),
            )
        except ElectionError as problem:
            messages.error(request, problem.message)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"
