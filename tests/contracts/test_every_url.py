"""Walks every address of the product as every duty, as a stranger, and signed out.

A new view without a row in a ``url_examples.py`` fails here; so does a row that promises too
much or too little. See ``tests/contracts/expectations.py`` for how to write one.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.converters import UUIDConverter

from netral.people.converters import SealedNumber
from netral.people.models import Account
from tests.contracts.addresses import every_address
from tests.contracts.expectations import Page
from tests.contracts.places import (
    ANONYMOUS,
    ROLES,
    SECRET_BESIDE,
    SECRET_HOME,
    STAFF,
    SUBTREE,
    Place,
    World,
    make_world,
)
from tests.contracts.visiting import ADDRESSES, PAGES, each_page, visit
from tests.people.accounts.sessions import sign_in

# --- what needs no database -----------------------------------------------------------------------


def test_every_address_has_a_name_of_its_own() -> None:
    names = [name for name, _entry in every_address(get_resolver())]
    assert not [name for name in names if name.startswith("(no name)")]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_every_view_has_an_access_rule(name: str) -> None:
    view = ADDRESSES[name].callback
    assert callable(getattr(view, "access_rule", None)), (
        f"{view.__module__}.{view.__name__} has no access rule: put @allow(...) on it"
    )


def test_every_address_is_written_down() -> None:
    missing = sorted(set(ADDRESSES) - set(PAGES))
    assert not missing, (
        "no row in any tests/**/url_examples.py for: " + ", ".join(missing) + ". "
        "Say there who may open each (tests/contracts/expectations.py shows how)."
    )


def test_nothing_is_written_down_that_is_not_there() -> None:
    gone = sorted(set(PAGES) - set(ADDRESSES))
    assert not gone, "rows for addresses that do not exist: " + ", ".join(gone)


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) & set(PAGES)))
def test_no_key_can_be_guessed(name: str) -> None:
    page = PAGES[name]
    for argument, converter in ADDRESSES[name].pattern.converters.items():
        if isinstance(converter, UUIDConverter | SealedNumber):
            continue
        assert argument in page.words | page.codes, (
            f"{name}: <{argument}> can be guessed; use <uuid:{argument}>, or list it under "
            "words (no key at all) or codes (50 random bits) in its row"
        )


# --- what is tried --------------------------------------------------------------------------------


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def _answers(response: HttpResponseBase) -> bool:
    if response.status_code in {301, 302, 303}:
        target = response.headers["Location"].split("?")[0]
        return target not in {reverse("account_login"), reverse("people:second_factor")}
    return response.status_code not in {403, 404}


def _text(response: HttpResponseBase) -> str:
    """What a visitor reads. An endless stream is not waited for: the gate has spoken before."""
    if response.streaming:
        is_endless = "event-stream" in response.headers.get("Content-Type", "")
        if is_endless:
            response.close()
            return ""
        return b"".join(response.streaming_content).decode("utf-8", "ignore")  # type: ignore[attr-defined]
    return response.content.decode("utf-8", "ignore")  # type: ignore[attr-defined]


def _tried(
    world: World, page: Page, name: str, place: Place, visitor: Account | None
) -> tuple[bool, str, int]:
    """``(answered, text, status)``; whatever it did to the database is undone."""
    with transaction.atomic():
        response = visit(world, page, name, place, visitor)
        outcome = _answers(response), _text(response), response.status_code
        transaction.set_rollback(True)
    return outcome


def _say(wrong: list[str]) -> None:
    assert not wrong, "\n" + "\n".join(wrong)


def test_at_home_exactly_those_get_an_answer(world: World) -> None:
    wrong = []
    for name, page in each_page(world.home):
        for role in ROLES:
            visitor = None if role == ANONYMOUS else world.here[role]
            world.home.kept["own visitor"] = visitor.pk if page.own_as and visitor else None
            answered, _read, status = _tried(world, page, name, world.home, visitor)
            if status >= 500:
                wrong.append(f"{name}: fails for {role}")
            elif answered != (role in page.may):
                promise = "should get an answer" if role in page.may else "should be refused"
                wrong.append(f"{name}: {role} {promise}, got {status}")
    _say(wrong)


def test_strangers_get_nothing_of_ours(world: World) -> None:
    """Officers of another government: no object of ours, and no word of ours on any page."""
    wrong = []
    for name, page in each_page(world.home):
        for role in sorted((page.may | {STAFF}) & set(world.strangers)):
            visitor = world.strangers[role]
            answered, read, status = _tried(world, page, name, world.home, visitor)
            if answered and page.is_about_an_object:
                wrong.append(f"{name}: {role} of another government got {status}")
            if SECRET_HOME in read and not page.shows_government:
                wrong.append(f"{name}: {role} of another government reads our names")
    _say(wrong)


def test_a_subtree_officer_gets_nothing_from_beside(world: World) -> None:
    """Within the same government, but outside the subtree: neither the object nor its names."""
    wrong = []
    for name, page in each_page(world.beside):
        for role in sorted(SUBTREE & page.may):
            answered, read, status = _tried(world, page, name, world.beside, world.here[role])
            if answered and page.is_about_an_object and not page.whole_object:
                wrong.append(f"{name}: {role} got {status} beside their subtree")
            if f"Orang {SECRET_BESIDE}" in read:
                wrong.append(f"{name}: {role} reads names from beside their subtree")
    _say(wrong)


def test_what_is_ones_own_is_nobody_elses(world: World) -> None:
    """Also not the officer's beside whom one sits."""
    wrong = []
    for name, page in each_page(world.home):
        if not page.own:
            continue
        for role in sorted(page.may):
            answered, _read, status = _tried(world, page, name, world.home, world.here[role])
            if answered:
                wrong.append(f"{name}: {role} got {status} on somebody else's")
    _say(wrong)


def test_without_the_second_factor_no_officers_page_answers(world: World) -> None:
    """Pages that staff do not get are not there for an officer who only has a password."""
    wrong = []
    for name, page in each_page(world.home):
        if "staff" in page.may or ANONYMOUS in page.may:
            continue
        arguments = dict(page.arguments(world.home)) if page.arguments else {}
        for role in sorted(page.may):
            client = sign_in(Client(), world.here[role], second_factor=False)
            address = reverse(name, kwargs=arguments)
            response = client.get(address) if page.method == "get" else client.post(address)
            if _answers(response):
                wrong.append(f"{name}: {role} got {response.status_code} without it")
    _say(wrong)
