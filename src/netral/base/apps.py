from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOT_FILLED_IN = _("Isian ini belum diisi.")


class BaseConfig(AppConfig):
    name = "netral.base"
    label = "base"

    def ready(self) -> None:
        from django.conf import settings  # noqa: PLC0415 (the settings are complete only now)
        from django.forms import Field  # noqa: PLC0415 (not before it is needed)

        from netral.base.audit import closing, erasing, recounting, standing  # noqa: F401, PLC0415
        from netral.base.logs import set_up_logs  # noqa: PLC0415

        # Django's own Indonesian speaks of a "bidang", which is a kind of unit here.
        Field.default_error_messages["required"] = NOT_FILLED_IN
        closing.register()
        erasing.register()
        set_up_logs(style=settings.LOG_FORMAT, level=settings.LOG_LEVEL)
