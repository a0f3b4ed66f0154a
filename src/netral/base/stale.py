"""Where a form leads that was refused because its page is too old.

Base knows no feature, so features register here, in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


@dataclass(frozen=True)
class WayOn:
    address: str
    template: str = "base/failure_csrf.html"
    """Another where what was to be sent is known to be there already. It sees ``again``."""


Guide = Callable[[HttpRequest], WayOn]
"""Sees a form that was refused: it reads, and changes nothing."""

_guides: dict[str, Guide] = {}


def add_guide(route: str, guide: Guide) -> None:
    _guides[route] = guide


def way_on(request: HttpRequest) -> WayOn:
    """What the form's feature says, else the page on which the form stood."""
    match = request.resolver_match
    guide = _guides.get(match.view_name) if match else None
    return guide(request) if guide else WayOn(_page_before(request))


def _page_before(request: HttpRequest) -> str:
    """Of this host, and no script: a service worker may have sent the form in its own name."""
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()})
    return before if is_ours and not urlsplit(before).path.endswith(".js") else "/"
