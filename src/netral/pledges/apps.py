from __future__ import annotations

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "netral.pledges"
    label = "pledges"
