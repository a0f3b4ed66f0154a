"""Which browser a request comes from: a random word in a signed cookie, and the address.

The cookie says nothing about a person. It lets the house tell a browser on which somebody signed
in before from a strange one, so that guessing from elsewhere never locks the owner out.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase

COOKIE = "perangkat"
_signer = Signer(salt="netral.people.devices")
_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("UC Browser", r"UCBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone|iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X"),
    ("Linux", r"Linux|X11"),
)


@dataclass(frozen=True)
class Origin:
    """Where an attempt comes from. ``device`` is empty for a browser that keeps no cookies."""

    address: str = ""
    device: str = ""


def keyed_hash(purpose: str, text: str) -> str:
    """64 hex digits. Without the key nobody can try out numbers or addresses against it."""
    message = f"{purpose}:{text}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def origin_of(request: HttpRequest) -> Origin:
    """The origin of a request: its address behind trusted proxies, and its device if known."""
    try:
        address = get_adapter(request).get_client_ip(request)
    except ImproperlyConfigured:  # fewer proxies than the setting says: take what we see
        address = request.META.get("REMOTE_ADDR", "")
    return Origin(address=address or "", device=_device(request))


def _device(request: HttpRequest) -> str:
    try:
        word = _signer.unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return ""
    return keyed_hash("device", word)


def mark(request: HttpRequest, response: HttpResponseBase) -> None:
    """Gives a browser without a device cookie one. Call it on the pages where one signs in."""
    if _device(request):
        return
    response.set_cookie(
        COOKIE,
        _signer.sign(secrets.token_urlsafe(18)),
        max_age=60 * 60 * 24 * 730,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def describe(text: str) -> str:
    """``Chrome, Android`` from a User-Agent header: enough for the owner to recognise it."""
    found = [
        next((name for name, pattern in table if re.search(pattern, text)), "")
        for table in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(part for part in found if part)
