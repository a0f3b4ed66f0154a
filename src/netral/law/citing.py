"""How a provision is cited, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from netral.law.acts import Act
from netral.law.contests import Contest
from netral.law.index import chapter
from netral.law.instruments import Norm
from netral.law.library import Library
from netral.law.procedures import Step, steps


def citation(library: Library, provision: str, language: str = "id") -> str:
    """Article and instrument as lawyers write them: "Pasal 5 huruf n angka 5, PP 94/2021"."""
    item = library.provision(provision)
    short = library.instrument(item.instrument).short.in_language(language)
    article = item.article_en if language == "en" else item.article
    return f"{article}, {short}"


def disputes_about(library: Library, provision: str) -> tuple[Contest, ...]:
    """What authorities disagree on about a provision: disputes that unsettle it, and those in which
    somebody argues from its own text: its main evidence, unless others stand on that as well."""
    main = library.provision(provision).evidence[0]
    own = sum(item.evidence[0] == main for item in library.provisions.values()) == 1
    return tuple(
        item
        for item in library.contests.values()
        if provision in item.unsettles
        or (own and any(main in said.evidence for said in item.positions))
    )


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on a provision on a day: acts its norm can reach, acts it is a basis or an
    information for, provisions that name it as their basis, steps with a clock, and whether it is
    a general duty."""

    acts: tuple[Act, ...]
    basis_of_acts: tuple[Act, ...]
    basis_of: tuple[str, ...]
    steps: tuple[Step, ...]
    is_duty: bool

    @property
    def is_nothing(self) -> bool:
        """Whether nothing rests on it that day."""
        found = (self.acts, self.basis_of_acts, self.basis_of, self.steps)
        return not any(found) and not self.is_duty


def resting_on(library: Library, provision: str, on: date) -> Resting:
    """All that would have to be read again if the provision changed."""
    own: list[Act] = []
    further: list[Act] = []
    for act in library.acts.values():
        role = _role(library, act, provision, on)
        if role is not None:
            (own if role else further).append(act)
    based = (
        norm.provision
        for norm in library.norms.values()
        if provision in norm.basis and library.provision(norm.provision).in_force(on)
    )
    clocks = tuple(step for step in steps().values() if step.provision == provision)
    return Resting(
        tuple(own), tuple(further), tuple(dict.fromkeys(based)), clocks,
        any(
            provision in library.duties(status, on) for status in library.provision(provision).duty
        ),
    )  # fmt: skip


def _role(library: Library, act: Act, provision: str, on: date) -> bool | None:
    """True if a norm of the provision can reach the act, False if it is only cited beside one."""
    norms = [rule.source for rule in chapter(library, act.id, on).rules]
    if any(norm.provision == provision for norm in norms):
        return True
    return False if provision in set(_beside(act, norms)) else None


def _beside(act: Act, norms: list[Norm]) -> Iterator[str]:
    """The provisions a verdict may cite beside those that decide."""
    yield from act.cites
    for norm in norms:
        yield from norm.basis
        yield from norm.also_cites
