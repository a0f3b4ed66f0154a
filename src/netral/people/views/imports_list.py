"""All imports of the government, newest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from netral.base.access import allow
from netral.people.models import Duty, Import
from netral.people.views.register_frame import desk_of, keeps_register


@allow(keeps_register)
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    page = Paginator(Import.objects.filter(government=desk.government), 20).get_page(1)
    return render(request, "people/imports/list.html", {"page": page})
