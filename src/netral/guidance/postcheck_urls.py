"""Addresses of the text check."""

from __future__ import annotations

from django.urls import path

from netral.guidance.views.postcheck import api, pages

urlpatterns = [
    path("periksa-tulisan/", pages.post_check, name="post_check"),
    path("api/hukum/check-text", api.check_text, name="api_check_text"),
]
