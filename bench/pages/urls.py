"""The product's addresses and one more: a page in the same layout that reads one row."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from netral.base.access import allow
from netral.people.access import officer
from netral.people.models import Government
from netral.project.urls import handler403, handler404, handler500  # noqa: F401
from netral.project.urls import urlpatterns as product

PAGE = """{% extends "base/desk.html" %}
{% block title %}Satu baris{% endblock %}{% block heading %}{{ government.name }}{% endblock %}
{% block content %}<p>{{ government.region_code }}</p>{% endblock %}"""


@cache
def template() -> Any:
    """Compiled once, as the product's own templates are."""
    return engines["django"].from_string(PAGE)


@allow(officer)
def one_row(request: HttpRequest) -> HttpResponse:
    government = Government.objects.get(pk=request.user.government_id)
    return HttpResponse(template().render({"government": government}, request))


urlpatterns = [path("satu-baris/", one_row), *product]
