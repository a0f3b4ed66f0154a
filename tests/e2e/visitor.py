"""A visitor with a browser: goes to pages and notices what is wrong with them."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import ConsoleMessage, Page

    from tests.e2e.world import SignIn

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    "Failed to load resource: the server responded with a status of 500",
    "Service Worker registration blocked by Playwright",
)
"""What Chromium writes to its console about a page that refuses or breaks on purpose, and of a
window that was opened without service workers."""


class Visitor:
    """Wraps a Playwright ``page``; ``problems`` collects what its console complained about.

    ``also`` names another size in which every page that is checked is looked at as well.
    """

    also = ""

    def __init__(self, page: Page, axe: Callable[[Page], list[str]]) -> None:
        self.page = page
        self.axe = axe
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            self.problems.append(f"{self.page.url}: {message.text}")

    def go(self, address: str, *, status: int = 200) -> Page:
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == status, f"{address} answered {answer.status}"
        return self.page

    def check(self) -> None:
        """The page as it stands: accessible, one heading, nothing sticking out sideways."""
        page = self.page
        assert page.locator("h1").count() == 1, f"{page.url} needs one h1"
        assert page.title().strip(" ·Netral"), f"{page.url} has no title"
        self._look()
        if self.also:
            usual = page.viewport_size
            page.set_viewport_size(SIZES[self.also])
            self._look()
            page.set_viewport_size(usual)
        assert not self.problems, "\n".join(self.problems)

    def _look(self) -> None:
        page = self.page
        found = self.axe(page)
        where = f"{page.url} at {page.viewport_size['width']} px"
        assert not found, "\n".join([where, *found])
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{where} is {wide} px wider than the screen"

    def see(self, address: str, *, status: int = 200) -> Page:
        """Goes there and checks the page."""
        self.go(address, status=status)
        self.check()
        return self.page

    def sign_in(self, entry: SignIn) -> None:
        """Through the front door: number, password, and the second factor where there is one."""
        page = self.page
        self.go("/akun/masuk/")
        self.check()
        page.locator("input[name=login]").fill(entry.username)
        page.locator("input[name=password]").fill(entry.password)
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        if entry.totp_secret and page.locator("input[name=code]").count():
            self.check()
            page.locator("input[name=code]").fill(second_factor(entry.totp_secret))
            page.locator("main form button").first.click()
            page.wait_for_load_state()
        assert "/akun/masuk" not in page.url, page.inner_text("main")


def second_factor(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238), worked out without the product's help."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    number: int = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
