"""What can be logged: each feature registers its kinds, with a way to find the rows again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from netral.tlog.entries import KIND, Content

Contents = Callable[[Collection[UUID]], Mapping[UUID, Content]]
Count = Callable[[], int]
Beside = Callable[[], Iterator[str]]
Describe = Callable[[Collection[UUID]], Mapping[UUID, str]]


@dataclass(frozen=True)
class Kind:
    """``contents`` makes anew, from the rows as they are now, what was committed to; rows that
    are gone are left out. ``count`` says how many rows there are that should be in the log.
    ``label``: what such entries are, for the public page. ``made_from``: the kinds of entries that
    ``contents`` counts, so that it says something else once one of them was changed.
    ``describe`` says of rows, in a sentence of the commands (decision 0418), by what an officer
    finds them, never whose they are; it is asked for some hundreds at once.
    ``beside``: what entries commit to and no table holds, such as files; a sentence for each that
    is not what it was."""

    name: str
    contents: Contents
    count: Count
    label: Promise | str = ""
    made_from: frozenset[str] = frozenset()
    describe: Describe | None = None
    beside: Beside | None = None


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Called in ``AppConfig.ready``. Raises ValueError for a name that is no short plain word."""
    if not KIND.fullmatch(kind.name):
        raise ValueError(f"a kind of entry is a short word of small letters: {kind.name!r}")
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    """Raises KeyError when no feature registered it."""
    return _kinds[name]


def all_kinds() -> list[Kind]:
    return list(_kinds.values())
