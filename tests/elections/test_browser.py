"""The election pages in a real browser: on a phone and a desk, accessible, error states too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.elections import rules, services
from netral.elections.models import Election, Phase
from netral.people.models import Account
from tests.elections.factories import make_government, make_officer
from tests.people.accounts.sessions import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer() -> Account:
    services.load_known_elections(now=timezone.now())
    return make_officer(make_government("64"))


@pytest.fixture
def open_as(new_page: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """A page on which ``account`` is signed in, second factor shown."""

    def make(account: Account, size: str) -> Page:
        client = sign_in(Client(), account, second_factor=True)
        name = django_settings.SESSION_COOKIE_NAME
        page = new_page(size)
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        return page

    return make


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_every_election_page_is_accessible_and_fits(
    open_as: Callable[..., Page], axe: Callable[[Page], list[str]], officer: Account, size: str
) -> None:
    phase = Phase.objects.get(election__code="pemilihan-2024-64", code="quiet")
    addresses = [
        reverse("elections:election_list"),
        reverse("elections:election_detail", args=[Election.objects.get(code="pemilu-2024").pk]),
        reverse("elections:election_detail", args=[phase.election_id]),
        reverse("elections:election_override", args=[phase.election_id, phase.pk]),
        reverse("elections:election_add"),
    ]
    page = open_as(officer, size)
    for address in addresses:
        page.goto(address)
        assert axe(page) == [], address
        assert page.locator("h1").count() == 1
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{address} is {width} px too wide"


def test_a_form_sent_empty_says_what_is_missing_and_stays_accessible(
    open_as: Callable[..., Page], axe: Callable[[Page], list[str]], officer: Account
) -> None:
    page = open_as(officer, "desk")
    page.goto(reverse("elections:election_add"))
    page.get_by_role("button", name="Simpan").click()
    assert page.locator(".has-problem").count() >= 7
    assert axe(page) == []


def test_moving_the_demonstrations_day_moves_the_phase_line(
    open_as: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    officer: Account,
    settings: Any,
) -> None:
    settings.DEMO = True
    now = timezone.now()
    today = rules.local_day(now, "Asia/Makassar")
    days = rules.Milestones(
        candidacy_from=today - timedelta(days=40),
        determined_on=today - timedelta(days=15),
        campaign_from=today - timedelta(days=12),
        campaign_to=today + timedelta(days=47),
        voting_on=today + timedelta(days=51),
        count_to=today + timedelta(days=70),
    )
    details = services.own.ElectionDetails("pemilihan", "Pemilihan rekaan", "64", "x", "", days)
    services.add_election(actor=officer, government=officer.government, details=details, now=now)
    page = open_as(officer, "desk")
    page.goto(reverse("elections:election_list"))
    current = page.locator(".phase-line [aria-current=step]")
    assert current.inner_text() == "Kampanye · hari ke-13 dari 60"
    page.get_by_label("Hari dalam peragaan").fill(days.voting_on.isoformat())
    page.get_by_role("button", name="Ubah hari").click()
    page.wait_for_load_state()
    assert current.inner_text() == "Pemungutan"
    assert axe(page) == []
    page.get_by_role("button", name="Kembali ke hari sebenarnya").click()
    page.wait_for_load_state()
    assert current.inner_text() == "Kampanye · hari ke-13 dari 60"
