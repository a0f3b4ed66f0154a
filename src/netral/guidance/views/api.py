"""The JSON interface under ``/api/hukum/``. Problems say in both languages what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.api import shapes
from netral.guidance.api.description import description
from netral.guidance.api.endpoints import endpoints
from netral.guidance.days import NoSuchDay, read_day
from netral.guidance.queries import acts as act_queries
from netral.guidance.queries import matrix as matrices
from netral.law import LawError, NotFoundError, Situation, judge, library
from netral.law.render.structure import verdict_json
from netral.law.vocabulary import Words

SECONDS_KEPT = 300

BAD_DAY = Words(
    "Tulis hari sebagai TTTT-BB-HH, misalnya 2024-10-07, tidak sebelum {first}.",
    "Write the day as YYYY-MM-DD, such as 2024-10-07, not before {first}.",
)
UNKNOWN = Words(
    "Parameter '{name}' tidak dikenal di sini; yang dikenal: {known}.",
    "There is no parameter '{name}' here; there are: {known}.",
)
BAD_VALUE = Words(
    "'{value}' bukan pilihan untuk '{name}'; pilih salah satu: {known}.",
    "'{value}' is no choice for '{name}'; choose one of: {known}.",
)
NO_ACT = Words(
    "Sebutkan perbuatannya: act=…; daftarnya di /api/hukum/acts.",
    "Name the act: act=…; they are listed at /api/hukum/acts.",
)
NO_FIT = Words(
    "Fakta itu tidak cocok dengan perbuatannya; ubah salah satu atau pilih perbuatan lain.",
    "These facts do not fit the act; change one or choose another act.",
)
NO_KEY = Words(
    "Tidak ada yang bernama itu; lihat daftarnya tanpa nama di belakang.",
    "Nothing has this name; see the list at the address without it.",
)
NO_ADDRESS = Words(
    "Alamat ini tidak ada; semua alamat tercantum di /api/hukum/openapi.json.",
    "There is no such address; all are listed at /api/hukum/openapi.json.",
)


def problem(
    status: int, code: str, words: Words, detail: str | None = None, **fill: str
) -> HttpResponse:
    """An answer that says what to do; ``detail`` is the library's own sentence."""
    message = {"id": words.id.format(**fill), "en": words.en.format(**fill)}
    return JsonResponse({"error": code, "message": message, "detail": detail}, status=status)


def endpoint(name: str) -> Callable[[Callable[..., dict[str, Any]]], Callable[..., HttpResponse]]:
    """Refuses what ``endpoints`` does not list, reads the day, and turns errors into answers."""

    def put(view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
            refusal = _refusal(request, name)
            if refusal is not None:
                return refusal
            try:
                on = read_day(request, "on").on
                answered = JsonResponse(view(request, on, **parts))
            except NoSuchDay as wrong:
                first = library().first_day.isoformat()
                return problem(400, wrong.reason, BAD_DAY, first=first)
            except NotFoundError as wrong:
                return problem(404, "not_found", NO_KEY, str(wrong))
            except LawError as wrong:
                return problem(400, "does_not_fit", NO_FIT, str(wrong))
            answered["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
            return answered

        return allow(anyone)(require_safe(answer))

    return put


def _refusal(request: HttpRequest, name: str) -> HttpResponse | None:
    """What is wrong with the query, if anything is."""
    known = endpoints()[name].query
    for told, value in _told(request).items():
        if told not in known:
            return problem(
                400, "unknown_parameter", UNKNOWN, name=told, known=", ".join(known) or "–"
            )
        values = known[told].values
        if values and value not in values:
            fill = {"name": told, "value": value[:60], "known": ", ".join(values)}
            return problem(400, "unknown_value", BAD_VALUE, **fill)
    if name == "api_judge" and "act" not in request.GET:
        return problem(400, "no_act", NO_ACT)
    return None


def _told(request: HttpRequest) -> dict[str, str]:
    """The query, each name once."""
    return {name: str(value) for name, value in request.GET.items()}


def _stamp(on: date) -> dict[str, str]:
    return {"on": on.isoformat(), "law_version": library().version}


@endpoint("api_openapi")
def openapi(request: HttpRequest, on: date) -> dict[str, Any]:
    return description()


@endpoint("api_instruments")
def instruments(request: HttpRequest, on: date) -> dict[str, Any]:
    kind = request.GET.get("kind")
    items = (item for item in library().instruments.values() if kind in (None, item.kind))
    return {**_stamp(on), "instruments": [shapes.instrument(item, on) for item in items]}


@endpoint("api_instrument")
def instrument(request: HttpRequest, on: date, instrument: str) -> dict[str, Any]:
    found = library().instrument(instrument)
    inner = [shapes.provision(item, on) for item in found.provisions.values()]
    return {**shapes.instrument(found, on), **_stamp(on), "provisions": inner}


@endpoint("api_provisions")
def provisions(request: HttpRequest, on: date) -> dict[str, Any]:
    only = request.GET.get("in_force") == "yes"
    items = (item for item in library().provisions.values() if not only or item.in_force(on))
    return {**_stamp(on), "provisions": [shapes.provision(item, on) for item in items]}


@endpoint("api_provision")
def provision(request: HttpRequest, on: date, instrument: str, article: str) -> dict[str, Any]:
    return {**shapes.provision(library().provision(f"{instrument}/{article}"), on), **_stamp(on)}


@endpoint("api_acts")
def acts(request: HttpRequest, on: date) -> dict[str, Any]:
    query, group = request.GET.get("q", ""), request.GET.get("group")
    found = act_queries.find(query) if query.split() else None
    items = found.acts if found else tuple(library().acts.values())
    return {
        "law_version": library().version,
        "exact": found.is_exact if found else True,
        "acts": [shapes.act(item) for item in items if group in (None, item.group)],
    }


@endpoint("api_act")
def act(request: HttpRequest, on: date, act: str) -> dict[str, Any]:
    return {**shapes.act(library().act(act)), "law_version": library().version}


@endpoint("api_judge")
def judge_view(request: HttpRequest, on: date) -> dict[str, Any]:
    facts = {name: value for name, value in _told(request).items() if name not in ("act", "on")}
    return verdict_json(library(), judge(Situation(request.GET["act"], facts), on))


@endpoint("api_matrix")
def matrix(request: HttpRequest, on: date) -> dict[str, Any]:
    election = request.GET.get("election", "pemilihan")
    status, name = request.GET.get("status"), request.GET.get("act")
    cells = [
        shapes.cell(item)
        for item in matrices.cells(on, election)
        if status in (None, item.status) and name in (None, item.act)
    ]
    return {**_stamp(on), "election": election, "cells": cells}


@allow(anyone)
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever else is asked under ``/api/hukum/``."""
    return problem(404, "no_such_address", NO_ADDRESS)
