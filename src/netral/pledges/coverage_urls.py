"""Addresses of the coverage page; ``insights`` will own it one day."""

from __future__ import annotations

from django.urls import path

from netral.pledges.views import coverage, reminders

urlpatterns = [
    path("cakupan/", coverage.coverage_page, name="coverage"),
    path("cakupan/unduh", coverage.export_figures, name="coverage_export"),
    path("cakupan/nama/", coverage.names_page, name="coverage_names"),
    path("cakupan/nama/unduh", coverage.export_names, name="coverage_names_export"),
    path("cakupan/pengingat/", reminders.reminders, name="reminders"),
]
