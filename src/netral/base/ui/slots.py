"""Named places in the frame of a page that features fill: the navigation and the phase line.

Base knows no feature, so features register here, in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class NavigationItem:
    """One line of the officers' navigation."""

    label: Any
    """A lazy translation."""
    url_name: str
    shown_to: Callable[[HttpRequest], bool]
    order: int
    """Work of the programme from 10 to 90, its settings from 100."""
    badge: Callable[[HttpRequest], str] | None = None
    also: tuple[str, ...] = ()
    """First words of the names of other pages of the app that belong to this line."""


_navigation: list[NavigationItem] = []
_fillers: dict[str, Callable[[HttpRequest], Any]] = {}


def add_navigation(item: NavigationItem) -> None:
    if item not in _navigation:
        _navigation.append(item)


def navigation_for(request: HttpRequest) -> list[NavigationItem]:
    return sorted(
        (item for item in _navigation if item.shown_to(request)), key=lambda item: item.order
    )


def fill(slot: str, filler: Callable[[HttpRequest], Any]) -> None:
    """What the frame knows by name:

    - ``phase_line``: the phases, on every officer's page; has ``template`` and ``chip``
    - ``government``: the name above the heading
    - ``workplaces``: a switch for officers of several governments; its ``template`` sees ``switch``
    - ``demo_strip``: what the mark of a demonstration offers besides its sentence; its
      ``template`` sees ``strip``
    """
    _fillers[slot] = filler


def filled(slot: str, request: HttpRequest) -> Any:
    filler = _fillers.get(slot)
    return filler(request) if filler else None
