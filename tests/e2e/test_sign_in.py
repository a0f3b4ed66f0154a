"""The officers' door: number, password and second factor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.visitor import Visitor
from tests.e2e.world import SignIn


@pytest.mark.parametrize(("size", "role"), [("phone", "second"), ("desk", "organiser")])
def test_an_officer_arrives_at_who_has_not_been_reached(
    visitor: Callable[..., Visitor], sign_ins: dict[str, SignIn], size: str, role: str
) -> None:
    officer = visitor(size)
    officer.sign_in(sign_ins[role])
    officer.see("/")
    assert officer.page.inner_text("h1") == "Siapa yang belum tersentuh"


def test_a_wrong_password_says_what_to_do(
    visitor: Callable[..., Visitor], sign_ins: dict[str, SignIn]
) -> None:
    somebody = visitor("phone")
    page = somebody.go("/akun/masuk/")
    page.locator("input[name=login]").fill(sign_ins["second"].username)
    page.locator("input[name=password]").fill("bukan-sandinya")
    page.locator("main form button").first.click()
    assert page.locator(".errorlist").first.is_visible()
    somebody.check()
