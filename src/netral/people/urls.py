"""Addresses of people."""

from __future__ import annotations

from netral.people import account_urls

app_name = "people"
urlpatterns = [*account_urls.urlpatterns]
