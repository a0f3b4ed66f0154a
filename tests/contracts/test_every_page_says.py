"""What stands on every page: that a demonstration is one, and for officers the phase of today.

The list of pages comes from the resolver, as in ``test_every_url``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponseBase

from netral.elections import services
from netral.people.models import Government
from tests.contracts.places import ANONYMOUS, KINDS, ROLES, SUBTREE, World, make_world
from tests.contracts.visiting import each_page, visit

pytestmark = pytest.mark.django_db
IN_CAMPAIGN = datetime(2024, 10, 7, 4, tzinfo=UTC)
MARK = "Peragaan: semua orang dan data di sini rekaan."
UNMARKED = {
    "pledges:kept": "names nobody and depends on nobody: kept by phones for when there is no network",
    "guidance:ask_kept": "as above",
}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(IN_CAMPAIGN, tick=True):
        services.load_known_elections(now=IN_CAMPAIGN)
        made = make_world()
        Government.objects.update(is_demo=True)
        yield made


def pages_of(world: World, roles: Iterable[str] = ROLES) -> Iterator[tuple[str, str, str]]:
    """``(address, role, text)`` of each page as the first of ``roles`` who may see it gets it."""
    for name, page in each_page(world.home):
        for role in (role for role in roles if role in page.may):
            visitor = None if role == ANONYMOUS else world.here[role]
            world.home.kept["own visitor"] = visitor.pk if page.own_as and visitor else None
            with transaction.atomic():
                answer = visit(world, page, name, world.home, visitor)
                transaction.set_rollback(True)
            if is_page(answer):
                yield name, role, answer.content.decode()  # type: ignore[attr-defined]
                break


def is_page(answer: HttpResponseBase) -> bool:
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return is_html and not answer.streaming and answer.status_code in {200, 422}


def test_a_demonstration_says_so_on_every_page(world: World, settings: Any) -> None:
    settings.DEMO = True
    seen, silent = set(), []
    for name, role, text in pages_of(world):
        seen.add(name)
        if MARK not in text and name not in UNMARKED:
            silent.append(f"{name} as {role}")
    assert len(seen) > 100, sorted(seen)
    assert silent == []


def test_every_officers_page_says_the_phase_of_today(world: World) -> None:
    """But for the administrator of the installation, who works for no government."""
    seen, silent = set(), []
    for name, role, text in pages_of(world, [*KINDS, *sorted(SUBTREE)]):
        if not re.search(r'<html lang="id"[^>]* class="desk">', text):
            continue
        seen.add(name)
        if 'class="phase-line"' not in text or "hari ke-13 dari 60" not in text:
            silent.append(f"{name} as {role}")
    assert len(seen) > 50, sorted(seen)
    assert silent == []
