"""What each address promises, written down by its feature in ``tests/**/url_examples.py``.

A feature adds::

    from tests.contracts.expectations import Page, holders, signed_in

    PAGES = {
        "people:register": Page(may=holders("personnel", "head")),
        "people:register_person": Page(
            may=holders("personnel"),
            arguments=lambda place: {"person": place.person.pk},
        ),
    }

``may`` names the roles of the home government that get an answer. Nobody of another government
ever gets one for an address with arguments, and no subtree officer for a place beside theirs:
that needs no word here, it is always tried.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.contracts.places import (
    ANONYMOUS,
    INSTALLATION_ADMIN,
    ROLES,
    SUBTREE,
    WHOLE,
    Place,
)

TESTS = Path(__file__).resolve().parents[1]
everybody = frozenset(ROLES)
signed_in = everybody - {ANONYMOUS}
officers = WHOLE | SUBTREE


def holders(*kinds: str) -> frozenset[str]:
    """Those with one of these duties, for the whole government or for the subtree."""
    return whole(*kinds) | frozenset(f"{kind}_unit" for kind in kinds)


def whole(*kinds: str) -> frozenset[str]:
    """Those with one of these duties for the whole government only."""
    assert set(kinds) <= WHOLE, f"no such duty among {kinds}"
    return frozenset(kinds)


def with_admin(roles: frozenset[str]) -> frozenset[str]:
    return roles | {INSTALLATION_ADMIN}


@dataclass(frozen=True)
class Page:
    """What one address promises."""

    may: frozenset[str]
    """Roles of the home government that get an answer (not 403, 404 nor a way to sign in)."""
    arguments: Callable[[Place], Mapping[str, Any]] | None = None
    """The address's arguments for an object at a place; makes the object if need be."""
    method: str = "get"
    data: Callable[[Place], Mapping[str, Any]] | None = None
    query: Callable[[Place], Mapping[str, Any]] | None = None
    open: bool = False
    """The arguments name no object at all (a file kind): strangers may, and see only theirs."""
    public_object: bool = False
    """The object is open to the world by its code: a ceremony, a receipt. Names stay unseen."""
    whole_object: bool = False
    """The object belongs to the whole government, not to a unit: subtree officers may see it."""
    own: bool = False
    """About the visitor alone: nobody else gets an answer, not even in the same unit."""
    own_as: Callable[[Any, Place], Mapping[str, Any]] | None = None
    """With ``own``: the arguments for an object of this visitor (an account)."""
    words: frozenset[str] = frozenset()
    """Arguments that are no key: a file kind, the name of a provider."""
    codes: frozenset[str] = frozenset()
    """Arguments that are a random code of at least 50 bits, or made public on purpose."""
    shows_government: bool = False
    """May show the government's name to strangers (an open page of a ceremony)."""

    @property
    def is_about_an_object(self) -> bool:
        """Whether strangers are refused whatever their duty."""
        return self.arguments is not None and not (self.public_object or self.open)


def all_pages() -> dict[str, Page]:
    """Every feature's rows together; two rows for one address are a mistake."""
    found: dict[str, Page] = {}
    for path in sorted(TESTS.rglob("url_examples.py")):
        name = ".".join(path.relative_to(TESTS.parent).with_suffix("").parts)
        for address, page in importlib.import_module(name).PAGES.items():
            assert address not in found, f"{address} stands in two url_examples.py ({name})"
            found[address] = page
    return found
