"""Which unit a row means: found in the register by UNOR id or name, or planned as a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from netral.base.ids import new_ids
from netral.people.folding import matching_key, tidy
from netral.people.services.imports import spelling

MOST_SIMILAR = 10
"""So many units are offered for a name that resembles them; one more is kept as a sign of it."""


@dataclass(slots=True)
class UnitNode:
    """A unit of the register, or one that the import would create. Keys are 32 digits."""

    id: str
    name: str
    name_key: str
    external_id: str
    parent: str | None
    closed: bool = False
    is_new: bool = False
    sheet: str = ""
    line: int = 0
    field: str = ""
    """The column that names it: ``unit_name`` or ``unit_top``."""
    similar: tuple[UnitNode, ...] = ()
    """Existing units with nearly the same name, nearest first: perhaps only a typing error. Of an
    existing one: itself first, because the officer said that it is meant."""
    is_settled: bool = False
    """The officer said that it really is a new unit."""
    adopted: bool = False
    """A unit known by name alone whose UNOR id the file tells."""


class UnitMeant(NamedTuple):
    """The unit that rows mean."""

    key: str | None
    """32 digits; none when it cannot be told."""
    code: str = ""
    """Why it cannot."""
    is_office_only: bool = False
    """The row names the office and leaves open where in it."""
    namesakes: tuple[str, ...] = ()
    """The units that bear the name, when it cannot be told which of them is meant."""
    named: str = ""
    """What the file calls a unit that cannot be told."""
    field: str = ""
    """Where it says so: ``unit_name`` or ``unit_top``."""


@dataclass(frozen=True)
class Respelled:
    """A name that the officer said is an existing unit's, and where it stood."""

    name: str
    unit: str
    sheet: str
    line: int
    similar: tuple[UnitNode, ...]


class _Place(NamedTuple):
    """A name that no unit of the register bears, and where the file says it."""

    name: str
    parent: str | None
    sheet: str
    line: int
    field: str
    anywhere: bool
    """The file names none above it, so it could be any unit."""

    @property
    def key(self) -> str:
        return matching_key(self.name)


@dataclass
class UnitPlan:
    """The units of one government as they are, plus those that the file adds."""

    nodes: dict[str, UnitNode] = field(default_factory=dict)
    by_external: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    government_key: str = ""
    remembered: dict[tuple[str | None, str], str | None] = field(default_factory=dict)
    """(parent, folded name) → the unit that is meant, or ``None`` for really a new one."""
    respelled: dict[tuple[str | None, str], Respelled] = field(default_factory=dict)
    """What of it this file made use of."""
    children: dict[str | None, list[UnitNode]] = field(default_factory=lambda: defaultdict(list))
    """The existing units under each."""

    def add(self, node: UnitNode) -> None:
        self.nodes[node.id] = node
        if node.external_id:
            self.by_external[node.external_id] = node.id
        self.by_name[node.name_key].append(node.id)
        if not node.is_new:
            self.children[node.parent].append(node)

    def resolve(self, ref: str, name: str, top: str, *, sheet: str, line: int) -> UnitMeant:
        """The unit, or a problem code when it cannot be told which is meant.

        ``top``: the office above. Without ``name`` the row says no more than that office.
        """
        if ref and ref in self.by_external:
            return UnitMeant(self.by_external[ref])
        meant = self._along(ref if name else "", name, top, sheet=sheet, line=line)
        named = " \u00b7 ".join(part for part in (tidy(name), tidy(top)) if part)
        return meant._replace(is_office_only=bool(top and not name), named=meant.code and named)

    def _along(self, ref: str, name: str, top: str, *, sheet: str, line: int) -> UnitMeant:
        path = [*_path(top, "unit_top"), *_path(name, "unit_name")]
        path = [part for part in path if not self.is_government(part[0])]
        parent: str | None = None  # an empty path is the government alone: no unit
        for depth, (part, field_) in enumerate(path):
            is_last = depth == len(path) - 1
            rivals = self._under(parent, part, anywhere=depth == 0)
            if len(rivals) > 1:
                namesakes = tuple(rivals) if is_last else ()
                return UnitMeant(None, "unit_ambiguous", namesakes=namesakes, field=field_)
            found = rivals[0] if rivals else None
            if found is None:
                place = _Place(part, parent, sheet, line, field_, anywhere=len(path) == 1)
                found = self._meant(place) or self._plan(place, ref if is_last else "")
            elif is_last and ref and not self.nodes[found].external_id:
                self._adopt(found, ref)
            parent = found
        return UnitMeant(parent)

    def _under(self, parent: str | None, name: str, *, anywhere: bool) -> list[str]:
        """The open units of that name: right below ``parent``, else anywhere further down."""
        open_ones = [key for key in self.by_name.get(matching_key(name), ()) if self._is_open(key)]
        if anywhere:
            at_top = [key for key in open_ones if self.nodes[key].parent is None]
            return at_top if len(at_top) == 1 else open_ones
        direct = [key for key in open_ones if self.nodes[key].parent == parent]
        return direct or [key for key in open_ones if parent in self._above(key)]

    def find(self, ref: str, name: str, parent: str | None) -> str | None:
        """An open unit with this UNOR id, or with this name right under ``parent``."""
        if ref and ref in self.by_external:
            return self.by_external[ref]
        for key in self.by_name.get(matching_key(name), ()):
            if self.nodes[key].parent == parent and self._is_open(key):
                return key
        return None

    def is_under(self, key: str, office: str) -> bool:
        """Whether the unit ``key`` is ``office`` or stands below it."""
        return key == office or office in self._above(key)

    def _is_open(self, key: str) -> bool:
        return not self.nodes[key].closed

    def is_government(self, name: str) -> bool:
        key = matching_key(name)
        return key == self.government_key or key.startswith(
            (
                "pemerintah provinsi",
                "pemerintah kabupaten",
                "pemerintah kota",
                "pemprov ",
                "pemkab ",
            )
        )

    def _above(self, key: str) -> list[str]:
        found: list[str] = []
        at = self.nodes[key].parent
        while at is not None and at not in found:
            found.append(at)
            at = self.nodes[at].parent
        return found

    def _adopt(self, key: str, ref: str) -> None:
        self.nodes[key].external_id = ref
        self.nodes[key].adopted = True
        self.by_external[ref] = key

    def _meant(self, place: _Place) -> str | None:
        """The existing unit that the officer said this spelling means."""
        unit = self.said_to_be(place.key, place.parent)
        if unit is None:
            return None
        if (place.parent, place.key) not in self.respelled:
            others = (node for node in self._similar(place) if node.id != unit)
            self.respelled[place.parent, place.key] = Respelled(
                tidy(place.name), unit, place.sheet, place.line, (self.nodes[unit], *others)
            )
        return unit

    def said_to_be(self, key: str, parent: str | None) -> str | None:
        """The open unit that the officer once said this folded name below ``parent`` means."""
        unit = self.remembered.get((parent, key))
        return unit if unit in self.nodes and self._is_open(unit) else None

    def is_said_to_be_new(self, key: str, parent: str | None) -> bool:
        return (parent, key) in self.remembered and self.remembered[parent, key] is None

    def _plan(self, place: _Place, ref: str) -> str:
        """A new unit."""
        fresh = UnitNode(
            new_ids(1)[0], tidy(place.name), place.key, ref, place.parent,
            is_new=True, sheet=place.sheet, line=place.line, field=place.field,
            similar=self._similar(place),
            is_settled=self.is_said_to_be_new(place.key, place.parent),
        )  # fmt: skip
        self.add(fresh)
        return fresh.id

    def _similar(self, place: _Place) -> tuple[UnitNode, ...]:
        """The existing units, below the same one or any, that this could be a misspelling of."""
        groups = self.children.values() if place.anywhere else self._groups_below(place.parent)
        return similar_of(place.key, (node for group in groups for node in group))

    def _groups_below(self, parent: str | None) -> Iterator[list[UnitNode]]:
        """The children of ``parent``; below a unit everything, as a name is looked for there."""
        group = self.children.get(parent, [])
        yield group
        if parent is not None:
            for node in group:
                yield from self._groups_below(node.id)

    def ancestors(self, key: str) -> list[tuple[str, int]]:
        """The unit itself at 0, then everything above it with its distance."""
        return [(key, 0), *((above, at) for at, above in enumerate(self._above(key), start=1))]


def similar_of(key: str, units: Iterable[UnitNode]) -> tuple[UnitNode, ...]:
    """The open ones of the ``units`` with nearly this folded name, nearest first."""
    rivals = ((node.name_key, node) for node in units if not node.closed)
    return tuple(spelling.close_ones(key, rivals)[: MOST_SIMILAR + 1])


def _path(name: str, field_: str) -> list[tuple[str, str]]:
    return [(part, field_) for part in _parts(name) if matching_key(part)]


def _parts(name: str) -> list[str]:
    """A path such as ``Dinas A > Bidang B`` from the top down; most names are one part."""
    for separator in (" > ", " \\ ", " | ", ">>"):
        if separator in name:
            return [tidy(part) for part in name.split(separator) if tidy(part)]
    return [tidy(name)] if name else []
