"""Addresses of pledges."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "pledges"
urlpatterns: list[URLPattern] = []
