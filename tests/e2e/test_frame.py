"""The frame in a real browser: small, quick, strict, usable by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.visitor import Visitor

FIRST_LOAD_BYTES = 150_000
FACES = pytest.mark.parametrize("size", ["phone", "desk"])


@FACES
def test_every_component_is_sound(visitor: Callable[..., Visitor], size: str) -> None:
    visitor(size).see("/gaya/")


@FACES
def test_an_unknown_address_is_a_calm_page(visitor: Callable[..., Visitor], size: str) -> None:
    page = visitor(size).see("/tidak/ada/di/sini", status=404)
    assert "Tidak ada halaman di alamat ini" in page.inner_text("h1")


@FACES
def test_a_form_that_stood_open_too_long_can_be_sent_again(
    visitor: Callable[..., Visitor], size: str
) -> None:
    somebody = visitor(size)
    page = somebody.go("/tidak/ada", status=404)
    page.context.clear_cookies()
    page.get_by_role("button", name="English").click()
    assert "sudah terlalu lama terbuka" in page.inner_text("h1")
    somebody.check()


def test_the_first_load_on_a_phone_is_small(visitor: Callable[..., Visitor]) -> None:
    """Everything a phone fetches for its first page, as compressed as the server sends it."""
    somebody = visitor("phone")
    network = somebody.page.context.new_cdp_session(somebody.page)
    sizes: list[float] = []
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    somebody.go("/akun/masuk/")
    somebody.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 3
    assert sum(sizes) < FIRST_LOAD_BYTES, sizes


def test_the_page_comes_from_this_host_alone(visitor: Callable[..., Visitor]) -> None:
    somebody = visitor("phone")
    asked: list[str] = []
    somebody.page.on("request", lambda request: asked.append(request.url))
    somebody.go("/gaya/")
    here = somebody.page.url.split("/gaya/")[0]
    assert asked
    assert not [url for url in asked if not url.startswith((here, "data:"))]


def test_the_menu_of_the_phone_opens_without_scripts(visitor: Callable[..., Visitor]) -> None:
    page = visitor("phone", java_script_enabled=False).go("/gaya/")
    body = page.locator(".side-body")
    assert not body.is_visible()
    page.locator(".nav-fold summary").click()
    assert body.is_visible()


def test_the_keyboard_reaches_the_content_first(visitor: Callable[..., Visitor]) -> None:
    page = visitor("desk").go("/tidak/ada", status=404)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Langsung ke isi"
    assert focused.bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_targets_are_large_enough_for_a_thumb(visitor: Callable[..., Visitor]) -> None:
    page = visitor("phone").go("/gaya/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('a.button, button, input, select, summary')]
            .filter((each) => each.offsetParent)
            .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
            .filter(([, box]) => Math.min(box.width, box.height) < 21.5)
            .map(([html]) => html)"""
    )
    assert small == []


def test_a_wide_table_scrolls_with_the_keyboard(visitor: Callable[..., Visitor]) -> None:
    page = visitor("phone").go("/gaya/")
    wrap = page.locator(".table-wrap").first
    wrap.evaluate("(box) => box.focus()")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert wrap.evaluate("(box) => box.scrollLeft") > 0


def test_quiet_motion_is_honoured(visitor: Callable[..., Visitor]) -> None:
    page = visitor("desk", reduced_motion="reduce").go("/gaya/")
    shown = page.locator(".button").first.evaluate("(each) => getComputedStyle(each).transition")
    assert shown in {"all", "all 0s ease 0s", "none"}
