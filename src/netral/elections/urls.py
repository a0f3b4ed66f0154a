"""Addresses of elections."""

from __future__ import annotations

from django.urls import URLPattern, path

from netral.elections import views

app_name = "elections"
urlpatterns: list[URLPattern] = [
    path("pemilu/", views.election_list, name="election_list"),
    path("pemilu/tambah/", views.election_add, name="election_add"),
    path("pemilu/<uuid:election>/", views.election_detail, name="election_detail"),
    path("pemilu/<uuid:election>/ubah/", views.election_change, name="election_change"),
    path(
        "pemilu/<uuid:election>/tahap/<uuid:phase>/",
        views.election_override,
        name="election_override",
    ),
    path(
        "pemilu/<uuid:election>/tahap/<uuid:phase>/bawaan",
        views.election_withdraw,
        name="election_withdraw",
    ),
    path("peragaan/hari", views.demo_day, name="demo_day"),
]
