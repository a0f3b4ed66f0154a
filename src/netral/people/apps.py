from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "netral.people"
    label = "people"

    def ready(self) -> None:
        from netral.people import navigation, workplace  # noqa: PLC0415 (models must be loaded first)
        from netral.people.services import history  # noqa: PLC0415

        history.register()
        navigation.add_register_pages()
        navigation.name_the_government()
        workplace.offer_the_switch()
