"""A page that stands in for others when a phone has no network, and its service worker.

The page must be the same for everybody: it is fetched by a stranger and kept by every phone. What
a person wants to keep stays in their browser's own storage and is shown by the page's script.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

LANGUAGES = ("id", "en")
EVERYWHERE = (
    "netral/css/netral.css",
    "netral/icon.svg",
    "netral/js/page.js",
    "vendor/fonts/plus-jakarta-sans.woff2",
)
"""What every page needs."""
WORKER = "netral/js/offline_worker.js"


@dataclass(frozen=True)
class StandIn:
    """One page that phones keep, and for which addresses it stands."""

    name: str
    """Of the cache; no name may be the beginning of another."""
    route: str
    template: str
    facts: Callable[[], Mapping[str, object]]
    files: tuple[str, ...]
    """Static files it needs beside ``EVERYWHERE``."""
    ours: str
    """Regular expression, as JavaScript reads it: the paths for which it stands in."""
    never: str = "^$"

    def page(self, request: HttpRequest) -> HttpResponse:
        """The language may stand in the address (``?bahasa=en``), because a phone without a
        network cannot ask for it."""
        told = request.GET.get("bahasa", "")
        language = told if told in LANGUAGES else translation.get_language() or "id"
        with translation.override(language):
            response = render(request, self.template, dict(self.facts()))
        response["Content-Language"] = language
        return response

    def worker(self) -> HttpResponse:
        """The service worker. The browser compares it byte by byte: new contents, new version."""
        response = HttpResponse(_script(self), content_type="text/javascript; charset=utf-8")
        response["Cache-Control"] = "no-cache"
        return response

    def script(self) -> str:
        """The worker's script with what it keeps before it."""
        kept = {
            "name": self.name,
            "version": self.version(),
            "pages": [f"{reverse(self.route)}?bahasa={language}" for language in LANGUAGES],
            "files": [static(name) for name in (*EVERYWHERE, *self.files)],
            "ours": self.ours,
            "never": self.never,
        }
        return f"const KEPT = {json.dumps(kept)};\n{_path(WORKER).read_text('utf-8')}"

    def version(self) -> str:
        """Sixteen hex digits over every kept byte: the files, and the page in both languages."""
        digest = hashlib.sha256()
        for name in (*EVERYWHERE, *self.files, WORKER):
            digest.update(_path(name).read_bytes())
        for language in LANGUAGES:
            with translation.override(language):
                digest.update(render_to_string(self.template, dict(self.facts())).encode())
        return digest.hexdigest()[:16]


@lru_cache  # made once per process
def _script(stand_in: StandIn) -> str:
    return stand_in.script()


def _path(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)
