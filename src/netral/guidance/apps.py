from __future__ import annotations

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "netral.guidance"
    label = "guidance"

    def ready(self) -> None:
        from netral.guidance import mine  # noqa: PLC0415 (models are loaded by now)

        mine.register()
