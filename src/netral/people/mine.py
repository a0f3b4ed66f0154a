"""What features add to the pages about a person, to the data about them, and to the front page.

``people`` knows no feature, so features register here, in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from netral.people.models import Account, Person


@dataclass(frozen=True)
class Section:
    """A block on ``/saya/``: for example the pledge that waits to be signed."""

    key: str
    order: int
    template: str
    values: Callable[[HttpRequest], Mapping[str, Any] | None]
    """What the template needs; ``None`` when there is nothing to show to this person."""


@dataclass(frozen=True)
class HeldData:
    """What a feature keeps about a person, for ``/saya/data/`` and its JSON."""

    key: str
    title: Any
    """A lazy translation."""
    rows: Callable[[HttpRequest, Person], Sequence[Mapping[str, Any]]]
    """Plain values (text, numbers, moments), one mapping per thing kept, labelled in words. The
    request says who is reading: a session that a slip opened may be somebody else's."""


class Note(dict[str, Any]):
    """A row that says something about the others and is no thing kept: it is not counted."""


@dataclass(frozen=True)
class FrontLink:
    """A way in for strangers on the front page: for example checking a receipt."""

    label: Any
    url_name: str
    order: int


@dataclass(frozen=True)
class PersonFact:
    """A line on the officers' page of one person, beside their account."""

    key: str
    label: Any
    """A lazy translation."""
    values: Callable[[Account, Person], Sequence[str] | None]
    """In words, for this officer; ``None`` when the officer may not know."""


@dataclass(frozen=True)
class Matter:
    """What a person's request is about in a feature, for the officer who answers it."""

    key: str
    template: str
    values: Callable[[Account, Person, str], Mapping[str, Any] | None]
    """For this officer, about this person, from the words of the request; ``None``: nothing."""


_facts: dict[str, PersonFact] = {}
_matters: dict[str, Matter] = {}
_sections: dict[str, Section] = {}
_held: dict[str, HeldData] = {}
_confidential: set[str] = set()
_links: dict[str, FrontLink] = {}


def add_section(section: Section) -> None:
    _sections[section.key] = section


def add_held(held: HeldData) -> None:
    _held[held.key] = held


def add_person_fact(fact: PersonFact) -> None:
    _facts[fact.key] = fact


def facts_about(actor: Account, person: Person) -> list[dict[str, Any]]:
    """What this officer may be told about the person, by feature."""
    told = ((fact.label, fact.values(actor, person)) for fact in _facts.values())
    return [{"label": label, "values": values} for label, values in told if values is not None]


def add_matter(matter: Matter) -> None:
    _matters[matter.key] = matter


def matters_of(actor: Account, person: Person, words: str) -> list[dict[str, Any]]:
    """What this officer may be told about the things that a request names."""
    told = ((each.template, each.values(actor, person, words)) for each in _matters.values())
    return [{"template": name, "values": values} for name, values in told if values is not None]


def add_confidential_list(what: str) -> None:
    """A list (``NameListView.what``) on which people stand for what they wrote in confidence."""
    _confidential.add(what)


def confidential_lists() -> frozenset[str]:
    return frozenset(_confidential)


def add_front_link(link: FrontLink) -> None:
    _links[link.url_name] = link


def sections_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The sections that have something to say to this person, in order."""
    found = []
    for section in sorted(_sections.values(), key=lambda section: section.order):
        values = section.values(request)
        if values is not None:
            found.append({"template": section.template, "values": values})
    return found


def held_about(
    request: HttpRequest, person: Person
) -> list[tuple[HeldData, Sequence[Mapping[str, Any]]]]:
    return [(held, held.rows(request, person)) for held in _held.values()]


def front_links() -> list[dict[str, Any]]:
    links = sorted(_links.values(), key=lambda link: link.order)
    return [{"label": link.label, "address": reverse(link.url_name)} for link in links]
