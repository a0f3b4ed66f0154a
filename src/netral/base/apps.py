from __future__ import annotations

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "netral.base"
    label = "base"

    def ready(self) -> None:
        from django.conf import settings  # noqa: PLC0415 (the settings are complete only now)

        from netral.base.audit import closing, erasing, recounting, standing  # noqa: F401, PLC0415
        from netral.base.logs import set_up_logs  # noqa: PLC0415

        closing.register()
        erasing.register()
        set_up_logs(style=settings.LOG_FORMAT, level=settings.LOG_LEVEL)
