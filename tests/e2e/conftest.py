"""What the browser tests share: one running site, visitors, the officers' sign-ins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.site import Site
from tests.e2e.visitor import SIZES, Visitor
from tests.e2e.world import SignIn

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def visitor(
    browser: Browser, site: Site, axe: Callable[[Page], list[str]]
) -> Iterator[Callable[..., Visitor]]:
    """``visitor("phone")`` or ``visitor("desk", java_script_enabled=False)``: somebody new."""
    contexts = []
    made: list[Visitor] = []

    def make(size: str = "desk", **options: Any) -> Visitor:
        options = {"locale": "id-ID", "timezone_id": "Asia/Makassar", **options}
        context = browser.new_context(base_url=site.url, viewport=SIZES[size], **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        made.append(Visitor(context.new_page(), axe))
        return made[-1]

    yield make
    problems = [problem for each in made for problem in each.problems]
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="session")
def sign_ins(site: Site) -> dict[str, SignIn]:
    """The officers of the office by role."""
    return {role: SignIn(**entry) for role, entry in site.sign_ins.items()}


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Cookies of officers who signed in already: a code of the second factor works once."""
    return {}


@pytest.fixture
def officer(
    visitor: Callable[..., Visitor], sign_ins: dict[str, SignIn], sessions: dict[str, Any]
) -> Callable[..., Visitor]:
    """``officer("personnel", "phone")``: signed in, second factor shown."""

    def make(role: str, size: str = "desk") -> Visitor:
        if role not in sessions:
            somebody = visitor("desk")
            somebody.sign_in(sign_ins[role])
            sessions[role] = somebody.page.context.storage_state()
        return visitor(size, storage_state=sessions[role])

    return make
