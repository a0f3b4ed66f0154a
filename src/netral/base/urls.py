"""Addresses that belong to no feature."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from netral.base import views
from netral.base.access import allow, anyone

urlpatterns: list[URLPattern | URLResolver] = [
    path("bahasa", allow(anyone)(set_language), name="set_language"),
    path("log/", include("netral.base.audit.urls")),
    path("gaya/", views.style_page, name="style"),
]
