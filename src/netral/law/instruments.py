"""Instruments and their provisions, with the norm a provision carries.

An instrument is a law, regulation, decree, circular, ruling or a collection of statements. A
provision
is the smallest thing a verdict cites. All days are inclusive; `until=None` means still in force.
`effective` and `until` are what is judged by; where the sources know less than a day, `dating` says
what they know, and that alone is shown (`netral.law.dating`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from netral.law.dating import EXACT, Dating
from netral.law.vocabulary import Confidence, NormClass, Words


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one fact is known: confidence, addresses, and possibly a short quotation."""

    id: str
    confidence: Confidence
    sources: tuple[str, ...]
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One condition of a norm: at least one of the listed values of at least one listed fact."""

    choices: Mapping[str, tuple[str, ...]]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts the element looks at."""
        return tuple(self.choices)


@dataclass(frozen=True, slots=True)
class Norm:
    """What a provision says, as conditions: all of `elements`, none of `exceptions`."""

    id: str
    klass: NormClass
    provision: str
    elements: tuple[Element, ...]
    exceptions: tuple[tuple[Element, ...], ...] = ()
    basis: tuple[str, ...] = ()
    lifts: tuple[str, ...] = ()
    sanction: str | None = None
    sanction_confidence: Confidence = Confidence.SINGLE
    conditions: tuple[Words, ...] = ()
    also_cites: tuple[str, ...] = ()

    @property
    def forbids(self) -> bool:
        """Whether the norm is a prohibition."""
        return self.klass is not NormClass.PERMISSION


@dataclass(frozen=True, slots=True)
class Mirror:
    """A provision that extends every prohibition of another instrument to further statuses."""

    instrument: str
    status: tuple[str, ...]
    sanction: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One citable rule: where it stands, what it says in our words, how we know, when it
    applies."""

    id: str
    instrument: str
    article: str
    article_en: str
    text: Words
    evidence: tuple[str, ...]
    confidence: Confidence
    effective: date
    until: date | None
    binds: frozenset[str] = frozenset()
    duty: frozenset[str] = frozenset()
    duty_until: date | None = None
    residual: frozenset[str] = frozenset()
    residual_until: date | None = None
    norm: Norm | None = None
    mirrors: Mirror | None = None
    date_note: Words | None = None
    dating: Dating = EXACT

    def in_force(self, on: date) -> bool:
        """Whether the provision applies on that day."""
        return self.effective <= on and (self.until is None or on <= self.until)

    def concerns(self, statuses: Iterable[str]) -> bool:
        """Whether it binds one of the statuses; without `binds` or `duty` it binds all."""
        bound = self.binds | self.duty
        return not bound or not bound.isdisjoint(statuses)


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument with its provisions and its place in the chain of replacements."""

    id: str
    kind: str
    name: Words
    short: Words
    enacted: date
    effective: date
    until: date | None
    evidence: tuple[str, ...]
    confidence: Confidence
    gazette: str | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    date_note: Words | None = None
    dating: Dating = EXACT
    provisions: Mapping[str, Provision] = field(default_factory=dict)

    def in_force(self, on: date) -> bool:
        """Whether the instrument applies on that day."""
        return self.effective <= on and (self.until is None or on <= self.until)
