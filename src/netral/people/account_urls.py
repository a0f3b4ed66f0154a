"""Addresses of accounts, duties and a person's own data; included by ``people.urls``."""

from __future__ import annotations

from django.urls import path

from netral.people.views import accounts

urlpatterns = [
    path("akun/langkah-kedua/", accounts.second_factor, name="second_factor"),
]
