from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    name = "netral.pledges"
    label = "pledges"

    def ready(self) -> None:
        from netral.base import events, live  # noqa: PLC0415 (models are loaded by now)
        from netral.people.events import (  # noqa: PLC0415
            PeopleErased,
            PeopleMerged,
            RegisterChanged,
        )
        from netral.pledges import mine  # noqa: PLC0415
        from netral.pledges.queries.wall import live_state  # noqa: PLC0415
        from netral.pledges.services import following, logging, recounting  # noqa: PLC0415
        from netral.pledges.services.erasing import follow_erasure  # noqa: PLC0415
        from netral.pledges.services.merging import follow_merge  # noqa: PLC0415
        from netral.pledges.views import coming_back  # noqa: PLC0415

        mine.register()
        logging.register()
        recounting.register()
        coming_back.register()
        live.add_channel("ikrar", live_state)
        events.subscribe(PeopleMerged, follow_merge)
        events.subscribe(PeopleErased, follow_erasure)
        events.subscribe(RegisterChanged, following.follow_register)
        self._add_navigation()

    def _add_navigation(self) -> None:
        from netral.base.ui import slots  # noqa: PLC0415 (models are loaded by now)
        from netral.pledges.access import (  # noqa: PLC0415
            reads_ceremonies,
            reads_declines,
            sees_figures,
        )

        slots.add_navigation(
            slots.NavigationItem(
                label=_("Tidak menandatangani"),
                url_name="pledges:declines",
                shown_to=reads_declines.held,
                order=25,
            )
        )
        slots.add_navigation(
            slots.NavigationItem(
                label=_("Cakupan"),
                url_name="pledges:coverage",
                shown_to=sees_figures.held,
                order=10,
                also=("reminders",),
            )
        )
        slots.add_navigation(
            slots.NavigationItem(
                label=_("Ikrar"),
                url_name="pledges:ceremonies",
                shown_to=reads_ceremonies.held,
                order=20,
                also=(
                    "ceremony",
                    "texts",
                    "text",
                    "lead",
                    "result",
                    "missing",
                    "paper",
                    "paper_names",
                    "paper_withdraw",
                ),
            )
        )
