"""Pages that belong to no feature: health, failures."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from netral.base.access import allow, anyone


@allow(anyone)
def health(request: HttpRequest) -> JsonResponse:
    """``GET /sehat``: 200 while the database answers. Says nothing else to the world."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "base/failure_csrf.html", status=403)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/failure_403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/failure_404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "base/failure_500.html", status=500)
