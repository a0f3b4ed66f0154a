"""Shows an answer of the product in a real browser without a server: same markup, sheet, scripts
and content policy, from inside the test's own transaction."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponseBase

from tests.e2e.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page, Route

HERE = "http://localhost"
PHONE = {"width": 360, "height": 740}
KEPT = ("Content-Type", "Content-Security-Policy")


class Screen:
    """One browser window of a phone's width; ``show`` says what is wrong with an answer."""

    def __init__(self, browser: Browser, axe: Callable[[Page], list[str]]) -> None:
        self.context = browser.new_context(
            viewport=PHONE,
            service_workers="block",
            locale="id-ID",  # type: ignore[arg-type]
        )
        page = self.context.new_page()
        page.route("**/*", self._answer)
        self.visitor = Visitor(page, axe)
        self.answer: HttpResponseBase | None = None

    def show(self, answer: HttpResponseBase) -> str:
        """Loads the answer at its address and checks it with axe; "" if all is well."""
        self.answer = answer
        self.visitor.page.goto(f"{HERE}{answer.request['PATH_INFO']}")  # type: ignore[attr-defined]
        try:
            self.visitor.check()
        except AssertionError as fault:
            return str(fault)
        finally:
            self.visitor.problems.clear()
        return ""

    def close(self) -> None:
        self.context.close()

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.is_navigation_request() and self.answer is not None:
            answer, self.answer = self.answer, None
            headers = {name: answer[name] for name in KEPT if name in answer}
            route.fulfill(status=answer.status_code, headers=headers, body=answer.content)  # type: ignore[attr-defined]
        elif path.startswith(settings.STATIC_URL) and (
            found := finders.find(path.removeprefix(settings.STATIC_URL))
        ):
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(content_type=kind, body=Path(found).read_bytes())
        else:
            route.fulfill(status=204)
