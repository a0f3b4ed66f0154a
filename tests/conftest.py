"""What every test may use: real jobs, a real browser, a second database address."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests import append_only
from tests.command_alone import Alone, alone_in
from tests.sessions import Sessions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHECKOUT = Path(__file__).resolve().parents[1]
append_only.install()
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser beside a busy machine may be late; what fails there twice, fails. Both are shown."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Runs the jobs that are ready, with the real engine, in this process; returns how many.

    A job that failed waits for its next try: ``DBTaskResult`` says how it went.
    """
    from netral.base.jobs import engine

    return engine.drain


@pytest.fixture(autouse=True)
def own_log(settings: Any, tmp_path: Path) -> Path:
    """The log's files and keys of each test are its own, as its database is."""
    settings.LOG_DIR, settings.KEY_DIR = tmp_path / "log-files", tmp_path / "keys"
    return tmp_path


@pytest.fixture(autouse=True)
def indonesian_again() -> Iterator[None]:
    """A page in English leaves its language to the thread, and so to the next test."""
    yield
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def alone(tmp_path: Path) -> Alone:
    """``alone("verify", …)``: ``netral log`` where Django cannot be imported; its home is
    ``tmp_path``."""
    return alone_in(tmp_path)


@pytest.fixture
def process_environment(settings: Any) -> dict[str, str]:
    """The environment in which a process of the product meets this test's database.

    Use with ``@pytest.mark.django_db(transaction=True)``: other processes see committed rows only.
    """
    from django.db import connection

    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{facts['NAME']}"
    else:
        login = f"{facts['USER']}:{quote(facts['PASSWORD'])}@" if facts["USER"] else ""
        host = quote(str(facts["HOST"]), safe="")
        address = f"postgresql://{login}/{facts['NAME']}?host={host}"
        if facts["PORT"]:
            address = f"postgresql://{login}:{facts['PORT']}/{facts['NAME']}?host={host}"
    ours = ("NETRAL_", "DJANGO_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **kept,
        "NETRAL_ENV_FILE": os.devnull,
        "NETRAL_DATABASE": address,
        "NETRAL_VAR": str(settings.VAR_DIR),
        "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session. Mark the test ``@pytest.mark.browser``."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(CHECKOUT / "tools"))
    from browser import bring

    # Playwright's synchronous interface runs a loop in this thread, which Django mistakes for
    # asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=bring(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[None]:
    """A thread or process of a test may still hold a session when the database is dropped.

    SQLite does not mind; PostgreSQL refuses, and the whole run fails in its last second. What
    was held is ended and warned of, with the test that left it.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock():
        sessions = Sessions(connection)
    request.config.pluginmanager.register(sessions)
    yield
    request.config.pluginmanager.unregister(sessions)
    for session in sessions.left():
        warnings.warn(f"a test left a session of PostgreSQL: {session}", stacklevel=1)


@pytest.fixture
def new_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """``new_page("phone")`` or ``new_page("desk", java_script_enabled=False)``: a fresh visitor.

    Addresses are relative: ``page.goto("/pegawai/")``. A script error fails the test.
    """
    contexts = []
    complaints: list[str] = []

    def make(size: str = "desk", **options: Any) -> Page:
        options = {"locale": "id-ID", "timezone_id": "Asia/Makassar", **options}
        context = browser.new_context(base_url=live_server.url, viewport=SIZES[size], **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints, f"scripts failed: {complaints}"


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """``axe(page)``: the accessibility problems of the page as it stands, one line each."""
    source = (CHECKOUT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def look(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", rules
        )
        return [
            f"{problem['id']}: {problem['help']} ({node['html'][:120]})"
            for problem in found["violations"]
            for node in problem["nodes"]
        ]

    return look
