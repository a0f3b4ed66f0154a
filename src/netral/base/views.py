"""Pages that belong to no feature: health, failures."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from netral.base import stale
from netral.base.access import allow, anyone
from netral.base.ui import style


@allow(anyone)
def health(request: HttpRequest) -> JsonResponse:
    """``GET /sehat``: 200 while the database answers, 503 when not. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Offers a page to load anew and send again. What was sent before may well be there, so the
    refusal speaks only of what was sent just now."""
    way = stale.way_on(request)
    return render(request, way.template, {"again": way.address}, status=403)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/failure_403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/failure_404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Without the request, so that nothing on the page asks the database."""
    return HttpResponse(render_to_string("base/failure_500.html"), status=500)


@allow(anyone)
def style_page(request: HttpRequest) -> HttpResponse:
    """``GET /gaya/``: every component with its markup, for those who make pages."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "base/style.html", style.samples(request))
