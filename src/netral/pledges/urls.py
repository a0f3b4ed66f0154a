"""Addresses of pledges."""

from __future__ import annotations

from django.urls import include, path

app_name = "pledges"
urlpatterns = [path("", include("netral.pledges.coverage_urls"))]
