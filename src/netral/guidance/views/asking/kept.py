"""What works without a network: the page of kept answers and the service worker.

Answers are kept by the phone alone, when somebody presses the button: ``static/guidance/ask.js``.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.queries import acts
from netral.law import library

FILES = (
    "netral/css/netral.css",
    "netral/icon.svg",
    "netral/js/page.js",
    "vendor/fonts/plus-jakarta-sans.woff2",
    "guidance/law.css",
    "guidance/ask.css",
    "guidance/ask.js",
)
"""What the page of kept answers needs."""
LANGUAGES = ("id", "en")
TEMPLATE = "guidance/ask/kept.html"


@allow(anyone)
@require_safe
@gzip_page  # 114 acts with their safe course, fetched in both languages by the service worker
def kept(request: HttpRequest) -> HttpResponse:
    """``/tanya/tersimpan/?bahasa=en``: the same for everybody, so that it can be kept.

    The language may stand in the address, because a phone without a network cannot ask for it.
    """
    told = request.GET.get("bahasa", "")
    language = told if told in LANGUAGES else translation.get_language() or "id"
    with translation.override(language):
        response = render(request, TEMPLATE, page_facts())
    response["Content-Language"] = language
    return response


def page_facts() -> dict[str, object]:
    return {"groups": acts.by_group(), "law": library()}


@allow(anyone)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """``/sw.js``. The browser compares it byte by byte: new contents, new version."""
    response = HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=1)
def worker_script() -> str:
    """The script with what it keeps and the hash of all of that; made once per process."""
    pages = [f"{reverse('guidance:ask_kept')}?bahasa={language}" for language in LANGUAGES]
    kept = {"version": _version(), "pages": pages, "files": [static(name) for name in FILES]}
    return f"const KEPT = {json.dumps(kept)};\n{_source('guidance/worker.js')}"


def _version() -> str:
    """Sixteen hex digits over every kept byte: the files, and the page in both languages."""
    digest = hashlib.sha256()
    for name in (*FILES, "guidance/worker.js"):
        digest.update(_path(name).read_bytes())
    for language in LANGUAGES:
        with translation.override(language):
            digest.update(render_to_string(TEMPLATE, page_facts()).encode())
    return digest.hexdigest()[:16]


def _source(name: str) -> str:
    return _path(name).read_text("utf-8")


def _path(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)
