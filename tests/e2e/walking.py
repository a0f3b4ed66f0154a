"""Walks from link to link through everything a person may open, one page per kind of address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.e2e.visitor import SIZES

if TYPE_CHECKING:
    from tests.e2e.visitor import Visitor

FILES = re.compile(
    r"\.(xlsx|csv|pdf|json|zip|xml|pem|txt)(\?|$)|/(unduh|berkas|bukti)(/|\?|$)|/static/|/sehat"
)
LINKS = "[...document.querySelectorAll('a[href]')].map((each) => each.href)"
EMPTY_A_FORM = """
() => {
  const forms = [...document.querySelectorAll('main form[method=post]:not(.demo-mark form)')];
  const form = forms.find((each) => each.querySelector('[required]:not([type=radio])'));
  if (!form) return false;
  form.noValidate = true;
  for (const field of form.elements) {
    if (['hidden', 'submit', 'checkbox', 'radio', 'file', 'button'].includes(field.type)) continue;
    if (field.tagName === 'SELECT' && field.options[0]?.value !== '') continue;
    field.value = '';
  }
  form.requestSubmit();
  return true;
}
"""


def route_of(address: str) -> str | None:
    """The pattern behind an address: every person's page is one kind of page; "" is the front."""
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return None


class Walk:
    """``seen`` are the patterns of the pages that were checked.

    With ``also`` each page is loaded once and looked at in that size too; pages whose pattern
    begins with ``without`` are left to another walk.
    """

    def __init__(self, visitor: Visitor, *, also: str = "", without: str = "-") -> None:
        self.visitor = visitor
        self.also = also
        self.without = without
        self.page = visitor.page
        self.seen: set[str] = set()
        self.faults: list[str] = []

    def from_page(self, *starts: str) -> set[str]:
        """Checks every kind of page that can be reached; returns their patterns."""
        waiting = list(starts)
        while waiting:
            address = waiting.pop(0)
            route = route_of(address)
            if route is None or route in self.seen or route.startswith(self.without):
                continue
            self.seen.add(route)
            waiting += self._visit(address)
        return self.seen

    def _visit(self, address: str) -> list[str]:
        answer = self.page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            return []
        self._note(f"{address} answered {answer.status}" if answer.status >= 400 else "")
        self._check()
        here = f"{urlsplit(self.page.url).scheme}://{urlsplit(self.page.url).netloc}"
        links: list[str] = self.page.evaluate(LINKS)
        self._leave_a_form_empty()
        return [link for link in links if link.startswith(here) and not FILES.search(link)]

    def _leave_a_form_empty(self) -> None:
        """Sends a form without what it needs, and checks the page that says so."""
        own = "main form[method=post]:not(.demo-mark form)"  # the strip is on every page
        needed = f"{own} [required]:not([type=radio])"
        if not self.page.locator(needed).count():
            return
        with self.page.expect_event("load", timeout=15_000):
            self.page.evaluate(EMPTY_A_FORM)
        self._check()

    def _check(self) -> None:
        self._look()
        if self.also:
            before = self.page.viewport_size
            self.page.set_viewport_size(SIZES[self.also])  # type: ignore[arg-type]
            self._look()
            self.page.set_viewport_size(before)  # type: ignore[arg-type]

    def _look(self) -> None:
        try:
            self.visitor.check()
        except AssertionError as fault:
            self._note(f"{self.page.viewport_size}: {fault}")
            self.visitor.problems.clear()

    def _note(self, fault: str) -> None:
        if fault:
            self.faults.append(fault)
