"""The whole law as one frozen object: instruments, norms, acts, contests, sanctions, and its
version.

`library()` reads the data that ships with the package once per process. Tests and offices with
data of
their own call `load(folder)`.
"""

from __future__ import annotations

import bisect
import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Protocol

from netral.law.acts import Act
from netral.law.contests import Contest
from netral.law.errors import NotFoundError
from netral.law.facts import Vocabulary
from netral.law.instruments import Evidence, Instrument, Norm, Provision
from netral.law.loading.catalogue import read_act
from netral.law.loading.files import (
    read_authorities,
    read_contest,
    read_evidence,
    read_instrument,
    read_sanction,
)
from netral.law.loading.norms import read_facts
from netral.law.loading.reader import Entry, read_yaml
from netral.law.mirroring import mirrored_norms
from netral.law.procedures import procedures
from netral.law.sanctions import Imposer, Sanction, Supervisor, imposer

DATA = Path(__file__).parent / "data"
_NOT_LAW = ("examples", "asking", "posts", "rules")


class _Dated(Protocol):
    @property
    def effective(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


@dataclass(frozen=True)
class Library:
    """Everything the evaluator needs. Build it with `load` or `library`."""

    folder: Path
    version: str
    first_day: date
    facts: Vocabulary
    evidence: dict[str, Evidence]
    instruments: dict[str, Instrument]
    contests: dict[str, Contest]
    sanctions: dict[str, Sanction]
    supervisors: tuple[Supervisor, ...]
    imposers: tuple[Imposer, ...]
    acts: dict[str, Act]
    compiled: dict[object, object] = field(default_factory=dict, repr=False)

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """All provisions by id."""
        return {
            name: provision
            for instrument in self.instruments.values()
            for name, provision in instrument.provisions.items()
        }

    @cached_property
    def norms(self) -> dict[str, Norm]:
        """All norms by id, those extended to further statuses included."""
        norms = {name: item.norm for name, item in self.provisions.items() if item.norm is not None}
        return norms | mirrored_norms(self.provisions, norms)

    @cached_property
    def cited_beside(self) -> frozenset[str]:
        """The provisions that norms and acts may cite beside those that decide."""
        norms = ((*norm.basis, *norm.also_cites) for norm in self.norms.values())
        return frozenset().union(*norms, *(act.cites for act in self.acts.values()))

    @cached_property
    def turning_days(self) -> list[date]:
        """The days on which some part of the law starts, or the day after it ends, in order."""
        parts: list[_Dated] = [
            *self.provisions.values(), *self.instruments.values(), *self.contests.values(),
            *(entry for item in self.sanctions.values() for entry in item.ranges),
            *self.supervisors, *procedures().values(),
        ]  # fmt: skip
        days = {part.effective for part in parts if part.effective}
        ends = [part.until for part in parts]
        for item in self.provisions.values():
            ends += (item.duty_until, item.residual_until)
        return sorted(days | {end + timedelta(days=1) for end in ends if end})

    def epoch(self, on: date) -> int:
        """The number of the stretch of days, between two turning days, that `on` lies in."""
        return bisect.bisect_right(self.turning_days, on)

    def stretch_start(self, on: date) -> date:
        """The first day of the stretch that `on` lies in, but not before the data begin."""
        epoch = self.epoch(on)
        return max(self.turning_days[epoch - 1], self.first_day) if epoch else self.first_day

    def provision(self, name: str) -> Provision:
        """One provision by id such as "SKB-2022/D6"."""
        try:
            return self.provisions[name]
        except KeyError:
            raise NotFoundError.naming("provision", name, self.provisions) from None

    def instrument(self, name: str) -> Instrument:
        """One instrument by id such as "PP-94-2021"."""
        try:
            return self.instruments[name]
        except KeyError:
            raise NotFoundError.naming("instrument", name, self.instruments) from None

    def act(self, name: str) -> Act:
        """One act by id."""
        try:
            return self.acts[name]
        except KeyError:
            raise NotFoundError.naming("act", name, self.acts) from None

    def duties(self, status: str, on: date) -> tuple[str, ...]:
        """The general duties of neutrality that bind `status` on that day."""
        return tuple(
            item.id
            for item in self.provisions.values()
            if status in item.duty and item.in_force(on) and not _over(item.duty_until, on)
        )

    def residuals(self, status: str, on: date) -> tuple[str, ...]:
        """The provisions that catch what no other one names."""
        return tuple(
            item.id
            for item in self.provisions.values()
            if status in item.residual and item.in_force(on) and not _over(item.residual_until, on)
        )

    def supervisors_on(self, on: date) -> tuple[Supervisor, ...]:
        """The bodies that supervise on that day."""
        return tuple(body for body in self.supervisors if body.in_office(on))

    def imposer(self, *, post: str, government: str, level: str, on: date) -> Imposer | None:
        """Who imposes a level of PNS discipline; None if the sources do not say for that day."""
        row = imposer(self.imposers, post=post, government=government, level=level)
        return row if row is not None and self.provision(row.provision).in_force(on) else None


def _over(until: date | None, on: date) -> bool:
    return until is not None and until < on


def load(folder: Path = DATA) -> Library:
    """Read and check all data files under `folder`."""
    facts = read_facts(read_yaml(folder / "facts.yaml"))
    evidence = read_evidence(
        read_yaml(folder / "evidence.yaml") | read_yaml(folder / "evidence_more.yaml")
    )
    instruments = {
        key: read_instrument(key, raw, evidence, facts)
        for path in sorted((folder / "instruments").glob("*.yaml"))
        for key, raw in read_yaml(path).items()
    }
    contests = {
        key: read_contest(key, raw, evidence, facts)
        for key, raw in read_yaml(folder / "contests.yaml").items()
    }
    sanctions = {
        key: read_sanction(key, raw, facts)
        for key, raw in read_yaml(folder / "sanctions.yaml").items()
    }
    supervisors, imposers = read_authorities(read_yaml(folder / "authorities.yaml"))
    acts = {
        key: read_act(path.stem, key, raw, facts)
        for path in sorted((folder / "acts").glob("*.yaml"))
        for key, raw in read_yaml(path).items()
    }
    loaded = Library(
        folder, _version(folder), _first_day(folder), facts, evidence, instruments, contests,
        sanctions,
        supervisors, imposers, acts,
    )  # fmt: skip
    _check(loaded)
    return loaded


def _version(folder: Path) -> str:
    """The first 12 hexadecimal digits of SHA-256 over all data files, by name.

    The examples and the knowledge of everyday words are no law and leave the version alone.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".csv") and path.parent.name not in _NOT_LAW:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _first_day(folder: Path) -> date:
    """The first day the data answer for."""
    entry = Entry.of(
        "meta.yaml", read_yaml(folder / "meta.yaml"), {"first_day", "edition"}, {"first_day"}
    )
    return entry.day("first_day")


def _check(loaded: Library) -> None:
    """References between files; imported here because the checks need the finished library."""
    from netral.law.checks import check_references  # noqa: PLC0415

    check_references(loaded)


@lru_cache(maxsize=1)
def library() -> Library:
    """The law that ships with the package."""
    return load()
