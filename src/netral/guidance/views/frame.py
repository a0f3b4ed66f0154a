"""What every page of the law shares: the day, the frame around it, the answer to a wrong day."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from netral.guidance.days import LawDay, NoSuchDay, read_day
from netral.law import library
from netral.people.access import officer

View = Callable[..., HttpResponse]


def on_a_day(view: Callable[..., HttpResponse]) -> View:
    """Gives the view the day of ``?pada=``; a day nobody can read, this or another one of the
    address, is answered in words."""

    @wraps(view)
    def with_day(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            return view(request, day=read_day(request), **arguments)
        except NoSuchDay as problem:
            context = {"problem": problem, "first_day": library().first_day}
            return page(request, "guidance/bad_day.html", LawDay.present(), context, 400)

    return with_day


def page(
    request: HttpRequest, template: str, day: LawDay, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Officers keep their navigation; everybody else reads the same page in a plain frame."""
    is_officer = officer.held(request)
    shared = {
        "layout": "base/desk.html" if is_officer else "guidance/public.html",
        "day": day,
        "law": library(),
    }
    return render(request, template, {**shared, **context}, status=status)
