"""The context processor behind ``base/page.html``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from netral.base.ui import slots


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that a phone page which shows no navigation asks the database nothing for it."""
    return {
        "frame": {
            "navigation": SimpleLazyObject(lambda: _navigation(request)),
            "phase_line": SimpleLazyObject(lambda: slots.filled("phase_line", request)),
            "demo_strip": SimpleLazyObject(lambda: slots.filled("demo_strip", request)),
            "government": SimpleLazyObject(lambda: slots.filled("government", request)),
            "workplaces": SimpleLazyObject(lambda: slots.filled("workplaces", request)),
            "is_demo": settings.DEMO,
        }
    }


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    current = request.resolver_match.view_name if request.resolver_match else ""
    return [
        {
            "label": item.label,
            "url_name": item.url_name,
            "is_current": _belongs(current, item),
            "badge": item.badge(request) if item.badge else "",
            "is_setting": item.order >= 100,
        }
        for item in slots.navigation_for(request)
    ]


def _belongs(url_name: str, item: slots.NavigationItem) -> bool:
    """Whether a page is under a line: ``people:units_move`` is under ``people:units``."""
    app, _, name = item.url_name.partition(":")
    current_app, _, current = url_name.partition(":")
    return app == current_app and current.split("_")[0] in {name.split("_")[0], *item.also}
