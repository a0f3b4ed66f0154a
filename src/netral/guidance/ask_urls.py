"""Addresses of asking. ``/tanya/`` is printed on posters and invitations: it never changes."""

from __future__ import annotations

from django.urls import path

from netral.guidance.views.asking import api, asked, kept, kiosk, pages

urlpatterns = [
    path("tanya/", pages.ask, name="ask"),
    path("tanya/kios/", kiosk.kiosk, name="ask_kiosk"),
    path("tanya/tersimpan/", kept.kept, name="ask_kept"),
    path("tanya/ditanyakan/", asked.asked, name="asked"),
    path("tanya/ditanyakan/unduh/", asked.asked_export, name="asked_export"),
    # At the root, because a service worker serves what lies beneath it.
    path("sw.js", kept.worker, name="ask_worker"),
    path("api/hukum/ask", api.ask, name="api_ask"),
]
