"""The pages of allauth that Netral uses, each with an access rule of ours."""

from __future__ import annotations

from allauth.urls import urlpatterns as allauth_patterns
from django.urls import URLPattern, URLResolver

from netral.base.access import anyone


def _open(patterns: list[URLPattern | URLResolver]) -> None:
    """allauth guards its own views; the gate only has to know that they are meant to answer."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _open(pattern.url_patterns)
        else:
            pattern.callback.access_rule = anyone  # type: ignore[union-attr]


_open(allauth_patterns)
urlpatterns = allauth_patterns
