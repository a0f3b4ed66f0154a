from __future__ import annotations

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "netral.elections"
    label = "elections"

    def ready(self) -> None:
        from netral.elections.frame import fill_frame  # noqa: PLC0415 (models are loaded only now)

        fill_frame()
