"""Deeds: loading the known calendar, a government's own elections and days, the demo's day."""

from netral.elections.services.demo_day import set_demo_day
from netral.elections.services.loading import LoadSummary, load_known_elections
from netral.elections.services.overrides import override_phase, withdraw_override
from netral.elections.services.own import add_election, change_election

__all__ = [
    "LoadSummary",
    "add_election",
    "change_election",
    "load_known_elections",
    "override_phase",
    "set_demo_day",
    "withdraw_override",
]
