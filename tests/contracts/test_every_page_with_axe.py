"""Every address of the resolver is looked at with axe, or answers no page.

The list comes from the resolver: an address that is added tomorrow is looked at by itself, in the
state its row in a ``url_examples.py`` makes; one that shows no page to anybody here must say why
in ``ELSEWHERE``. Every form is sent empty as well, so that its problems are looked at too. Other
states of the same pages are looked at by the walks in ``tests/e2e``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from allauth.core.internal.ratelimit import respond_429
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from netral.guidance.views.asking import limits
from netral.guidance.views.postcheck import pages as postcheck
from netral.people.services import accounts as account_services
from netral.people.services import throttling
from tests.contracts.expectations import Page
from tests.contracts.places import ANONYMOUS, ROLES, STAFF, World, make_world
from tests.contracts.showing import Screen
from tests.contracts.visiting import ADDRESSES, each_page, visit
from tests.people.accounts import factories
from tests.people.accounts.sessions import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Window

CHECKOUT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
FIRST = ("personnel", ANONYMOUS, STAFF, "organiser", "reviewer")
"""Who is asked first: they see most. Then somebody else who may."""
BEFORE = "personnel, who has not shown the second factor yet"
PROBLEM = b"errorlist"
PAGE, FILE, DEED = "page", "file", "deed"
ELSEWHERE = {
    "mfa_authenticate": "tests/e2e/test_sign_in.py::test_an_officer_arrives_at_who_has_not_been_reached",
    "mfa_reauthenticate_webauthn": "tests/people/accounts/test_passkeys.py::"
    "test_claim_make_a_passkey_and_come_in_with_it",
    "style": "tests/e2e/test_frame.py::test_every_component_is_sound",
    "openid_connect_callback": "tests/people/accounts/test_single_sign_on.py::"
    "test_a_refusal_of_the_provider_is_an_accessible_page",
}
"""Pages of a state or a setting that is not there in this world → the test that looks at them."""
WITHOUT_PAGE = {
    "elections:demo_day": "a deed, in a demonstration alone",
    "guidance:api_unknown": "JSON that says 404",
    "guidance:precedent_by_key": "leads to the address that says the number",
    "log:proof": "JSON of an entry",
    "mfa_login_webauthn": "JSON for the script of the sign-in page",
    "openid_connect_login": "leads to the provider",
    "pledges:activate_here": "a deed that leads back to the ceremony",
    "set_language": "a deed that leads back to the page",
}
"""What answers with neither a page, a file nor a plain refusal of GET, and why."""


@pytest.fixture
def world(db: None) -> World:
    """The personnel officer has a password and an authenticator app, as officers do."""
    made = make_world()
    officer = made.here["personnel"]
    made.here[BEFORE] = factories.make_officer("personnel", officer.government)
    session = sign_in(Client(), made.here[BEFORE], second_factor=False).session
    made.cookies[made.here[BEFORE].pk] = session.session_key or ""
    account_services.set_up_authenticator_app(account=officer, secret="JBSWY3DPEHPK3PXP" * 2)
    RecoveryCodes.activate(officer)
    officer.set_password("sandi-yang-panjang-sekali")
    officer.save()
    made.cookies[officer.pk] = (
        sign_in(Client(), officer, second_factor=True).session.session_key or ""
    )
    return made


@pytest.fixture
def screen(browser: Browser, axe: Callable[[Window], list[str]]) -> Iterator[Screen]:
    made = Screen(browser, axe)
    yield made
    made.close()


def is_page(answer: HttpResponseBase) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html") and (
        answer.status_code in {200, 401, 422}
    )


def tried(world: World, name: str, page: Page, role: str) -> HttpResponseBase:
    """What it did to the database is undone."""
    visitor = None if role == ANONYMOUS else world.here[role]
    world.home.kept["own visitor"] = visitor.pk if page.own_as and visitor else None
    with transaction.atomic():
        answer = visit(world, page, name, world.home, visitor)
        transaction.set_rollback(True)
    return answer


def looked_up(world: World, name: str, page: Page) -> tuple[str, list[HttpResponseBase]]:
    """What kind of address it is, and its pages: as the first who gets one sees it, and what its
    form sent empty is answered with. ``""`` when nobody got anything that says what it is."""
    may = [role for role in FIRST if role in page.may]
    others = [role for role in ROLES if role in page.may and role not in may]
    kind = ""
    for role in [*may, *others[:1], BEFORE] if page.may else [*FIRST, BEFORE]:
        opened = tried(world, name, replace(page, method="get"), role)
        if is_page(opened):
            sent = tried(world, name, replace(page, method="post", data=None), role)
            is_refused = is_page(sent) and PROBLEM in sent.content  # type: ignore[attr-defined]
            return PAGE, [opened, sent] if is_refused else [opened]
        done = tried(world, name, page, role) if page.method == "post" else opened
        if is_page(done):
            return PAGE, [done]
        if done.status_code == 200:
            return FILE, []
        kind = kind or (DEED if opened.status_code == 405 else "")
    return kind, []


def test_every_address_shows_an_accessible_page_or_none(world: World, screen: Screen) -> None:
    wrong: list[str] = []
    kinds: dict[str, str] = {}
    for name, page in each_page(world.home):
        kinds[name], found = looked_up(world, name, page)
        for answer in found:
            if fault := screen.show(answer):
                wrong.append(f"{name} ({answer.request['REQUEST_METHOD']}): {fault}")  # type: ignore[attr-defined]
    assert not wrong, "\n\n".join(wrong)
    unseen = {name for name in ADDRESSES if not kinds.get(name)}
    assert unseen == ELSEWHERE.keys() | WITHOUT_PAGE.keys(), (
        "axe saw no page of these; give their row a state that has one"
    )
    assert sum(kind == PAGE for kind in kinds.values()) > 110


def test_what_is_looked_at_elsewhere_is() -> None:
    for name, place in ELSEWHERE.items():
        path, test = place.split("::")
        assert f"def {test}(" in (CHECKOUT / path).read_text("utf-8"), name


def too_many(monkeypatch: pytest.MonkeyPatch) -> dict[str, HttpResponseBase]:
    """What somebody reads who tried too often, at every door that counts."""
    monkeypatch.setattr(throttling, "FREE_PER_ADDRESS", 1)
    for module, name in ((postcheck, "PAGES"), (limits, "PAGES")):
        few = throttling.Allowance(
            f"few.{module.__name__}", uses=1, window=getattr(module, name).window
        )
        monkeypatch.setattr(module, name, few)
    doors: dict[str, Callable[[], HttpResponseBase]] = {
        "a receipt": lambda: Client().get("/periksa/7K3M9Q2XHB/"),
        "a slip": lambda: Client().get("/aktivasi/", {"k": "000000000000"}),
        "a text": lambda: Client().post("/periksa-tulisan/", {"tulisan": "Halo", "untuk": "post"}),
        "a question": lambda: Client().post("/tanya/", {"pertanyaan": "Bolehkah memberi like?"}),
    }
    return {
        f"too often: {door}": [knock() for _turn in range(8)][-1] for door, knock in doors.items()
    }


def refusals(monkeypatch: pytest.MonkeyPatch, world: World) -> dict[str, HttpResponseBase]:
    found = too_many(monkeypatch)
    assert {answer.status_code for answer in found.values()} == {429}, found
    officer = Client(raise_request_exception=False)
    officer.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[world.here["auditor"].pk]
    opened = officer.get("/akun/masuk/")
    found["too often: allauth's own"] = respond_429(opened.wsgi_request)
    found["too often: allauth's own"].request = opened.request  # type: ignore[attr-defined]
    found["not yours"] = officer.get("/pegawai/")
    found["nothing here"] = officer.get("/tidak/ada/")
    found["open too long"] = Client(enforce_csrf_checks=True).post("/akun/masuk/")
    monkeypatch.setattr("netral.pledges.queries.coverage.elections_with_coverage", None)
    found["broken"] = officer.get("/cakupan/")
    return found


def test_every_refusal_is_an_accessible_page(
    world: World, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = refusals(monkeypatch, world)
    assert [answer.status_code for answer in found.values()][-4:] == [403, 404, 403, 500]
    wrong = [f"{name}: {fault}" for name, answer in found.items() if (fault := screen.show(answer))]
    assert not wrong, "\n\n".join(wrong)
