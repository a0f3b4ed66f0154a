"""What auditors see of imports: when, by whom and how much; never a name out of a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from netral.base.access import allow
from netral.people.models import Duty
from netral.people.queries import imports as import_queries
from netral.people.views.register_frame import WholeGovernmentRule, desk_of

PAGE_SIZE = 30
audits_whole_government = WholeGovernmentRule(Duty.Kind.AUDITOR)


@allow(audits_whole_government)
@require_GET
def imports_figures(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request, Duty.Kind.AUDITOR)
    audited = import_queries.imports_audited_by(desk.actor).filter(government=desk.government)
    page = Paginator(audited, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(source, import_queries.closed_by(source)) for source in page]
    return render(request, "people/imports/audit.html", {"page": page, "lines": lines})
