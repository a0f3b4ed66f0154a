from __future__ import annotations

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "netral.elections"
    label = "elections"
