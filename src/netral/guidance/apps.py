from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidanceConfig(AppConfig):
    name = "netral.guidance"
    label = "guidance"

    def ready(self) -> None:
        from netral.base.ui import slots  # noqa: PLC0415 (models are loaded by now)
        from netral.people.access import officer  # noqa: PLC0415
        from netral.people.mine import FrontLink, add_front_link  # noqa: PLC0415

        add_front_link(FrontLink(_("Baca hukum netralitas"), "guidance:law", 30))
        slots.add_navigation(
            slots.NavigationItem(
                label=_("Hukum"),
                url_name="guidance:law",
                shown_to=officer.held,
                order=80,
                also=("instruments", "instrument", "acts", "act", "matrix"),
            )
        )
