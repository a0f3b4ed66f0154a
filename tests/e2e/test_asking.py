"""Asking in a real browser: small, usable without scripts and without a network, nothing left."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST_LOAD_BYTES = 150_000
LIKE = "boleh gak pns like postingan calon bupati?"
STATES = {
    "allowed": "pns boleh nyoblos kan",
    "forbidden": LIKE,
    "ask first": "boleh like?",
    "choose act": "gimana ya min soal yang kemarin itu",
    "outside": "resep rendang padang yang enak",
    "nothing": "   ",
    "too long": "boleh " * 90,
}
FACES = pytest.mark.parametrize("size", ["phone", "desk"])


def ask(page: Page, question: str) -> None:
    page.locator("textarea").fill(question)
    with page.expect_navigation():
        page.locator("[data-ask] button").click()


@FACES
def test_every_state_is_accessible_and_fits(visitor: Callable[..., Visitor], size: str) -> None:
    somebody = visitor(size)
    for state, question in STATES.items():
        page = somebody.see("/tanya/")
        ask(page, question)
        somebody.check()
        for fold in page.locator("main details:not([name])").all():
            fold.locator("summary").first.click()
        somebody.check()
        assert page.url.endswith("/tanya/"), state


@FACES
def test_every_chip_opens_soundly(visitor: Callable[..., Visitor], size: str) -> None:
    somebody = visitor(size)
    page = somebody.go("/tanya/")
    ask(page, LIKE)
    for number in range(page.locator("details.ask-chip").count()):
        page.locator("details.ask-chip > summary").nth(number).click()
        somebody.check()


def test_an_english_reader_gets_english(visitor: Callable[..., Visitor], site: Any) -> None:
    somebody = visitor("phone")
    somebody.page.context.add_cookies([{"name": "bahasa", "value": "en", "url": site.url}])
    page = somebody.see("/tanya/")
    ask(page, "I am a civil servant, may I like a candidate's post?")
    somebody.check()
    assert page.locator("h2.verdict-word").inner_text().lower().startswith("forbidden")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_asking_answering_back_and_putting_right_without_scripts(
    visitor: Callable[..., Visitor],
) -> None:
    page = visitor("phone", java_script_enabled=False).go("/tanya/")
    ask(page, "boleh like?")
    page.get_by_role("button", name="mendukung", exact=True).last.click()
    assert page.locator("h2.verdict-word").inner_text().lower().startswith("dilarang")
    chip = page.locator("details.ask-chip", has_text="PNS dianggap").first
    chip.locator("summary").click()
    chip.get_by_role("button", name="PPPK", exact=True).click()
    assert page.locator("details.ask-chip summary", has_text="PPPK").count() == 1
    assert page.url.endswith("/tanya/")


@pytest.mark.parametrize("address", ["/tanya/", "/tanya/kios/"])
def test_enter_sends_and_shift_enter_begins_a_line(
    visitor: Callable[..., Visitor], address: str
) -> None:
    page = visitor("desk").go(address)
    field = page.locator("textarea")
    assert field.get_attribute("enterkeyhint") == "send"
    field.press("Enter")
    assert field.input_value() == "", "nothing to send yet, and no empty line"
    field.press_sequentially("boleh gak pns like")
    field.press("Shift+Enter")
    field.press_sequentially("postingan calon bupati?")
    assert field.input_value() == "boleh gak pns like\npostingan calon bupati?"
    field.press("Enter")
    page.locator("h2.verdict-word").wait_for()


def test_the_catalogue_is_short_under_a_thumb_whole_on_a_desk_and_works_without_scripts(
    visitor: Callable[..., Visitor],
) -> None:
    act = "/hukum/perbuatan/like/"
    for scripts in (True, False):
        phone = visitor("phone", java_script_enabled=scripts).go("/hukum/perbuatan/")
        assert phone.evaluate("document.documentElement.scrollHeight") < 1_600
        assert not phone.locator(f"a[href='{act}']").is_visible()
        phone.locator("summary", has_text="Media sosial dan pesan").click()
        link = phone.locator(f"a[href='{act}']")
        assert link.is_visible() and (link.bounding_box() or {})["height"] >= 44
    desk = visitor("desk").see("/hukum/perbuatan/")
    assert desk.locator(f"a[href='{act}']").is_visible()


def test_a_printed_answer_says_whence_and_when_and_offers_nothing_to_press(
    visitor: Callable[..., Visitor],
) -> None:
    page = visitor("phone").go("/tanya/")
    ask(page, LIKE)
    assert not page.locator(".print-only:visible").count()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Cetak").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    shown = page.locator("main").inner_text()
    assert "Dicetak " in shown and "/tanya/, data hukum versi" in shown
    assert "Dinilai menurut hukum pada" in shown and "Langkah aman" in shown
    assert "Dinilai untuk: " in shown and "PNS" in shown
    to_press = page.locator(":is(button, summary, form, input, nav):visible")
    assert to_press.and_(page.locator(":not(.ask-dispute > summary)")).all_inner_texts() == []
    assert page.locator(".law-positions:visible").count(), "who disagrees is printed unfolded"


def test_the_first_load_is_small(visitor: Callable[..., Visitor]) -> None:
    """Page, styles, typeface, scripts, icons, and all that the service worker fetches after."""
    somebody = visitor("phone")
    network = somebody.page.context.new_cdp_session(somebody.page)
    sizes: list[float] = []
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page = somebody.go("/tanya/")
    page.wait_for_load_state("networkidle")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    kept = page.evaluate(
        """async () => {
            const names = await caches.keys();
            const found = await Promise.all(names.map((name) => caches.open(name)));
            return (await Promise.all(found.map((one) => one.keys()))).flat().map((one) => one.url);
        }"""
    )
    by_worker = sum(_compressed(page, address) for address in kept)
    assert len(sizes) >= 5 and len(kept) >= 8

    assert sum(sizes) + by_worker < FIRST_LOAD_BYTES, (sizes, by_worker)


def _compressed(page: Page, address: str) -> int:
    """Bytes of an answer as the server sends it."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.evaluate("address => fetch(address, {cache: 'reload'}).then((got) => got.text())", address)
    network.detach()
    return int(sum(sizes))


def test_the_browser_finds_nothing_against_installing(visitor: Callable[..., Visitor]) -> None:
    """Chromium's own list: manifest, icon, worker, start. A test's window is always private."""
    page = visitor("phone").go("/tanya/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    browser = page.context.new_cdp_session(page)
    assert browser.send("Page.getAppManifest")["errors"] == []
    problems = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [problem["errorId"] for problem in problems] == ["in-incognito"]


def test_without_a_network_the_catalogue_and_the_kept_answer_are_there(
    browser: Any, site: Any, axe: Callable[[Page], list[str]]
) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto("/tanya/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert page.evaluate("localStorage.length") == 0
    ask(page, LIKE)
    assert page.evaluate("localStorage.length") == 0, "nothing is kept unasked"
    page.get_by_role("button", name="Simpan di ponsel ini").click()
    assert "Tersimpan di ponsel ini saja" in page.locator("[data-keeper]").inner_text()
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    context.set_offline(True)
    for address in ("/", "/tanya/", "/hukum/perbuatan/", "/preseden/", "/periksa-tulisan/"):
        page.goto(address)
        text = page.inner_text("main")
        assert "tanpa jaringan" in text and LIKE in text
        assert "Dilarang" in text and "SKB 2/2022" in text
        assert page.locator(".ask-catalogue dt").count() > 100
        assert axe(page) == []
    page.get_by_role("button", name="Hapus semua dari ponsel ini").click()
    assert page.evaluate("localStorage.length") == 0
    assert LIKE not in page.inner_text("main")
    context.set_offline(False)
    context.close()


def test_sending_without_a_network_keeps_the_words(visitor: Callable[..., Visitor]) -> None:
    page = visitor("phone").go("/tanya/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.locator("textarea").fill(LIKE)
    page.context.set_offline(True)
    page.locator("[data-ask] button").click()
    assert page.locator("[data-no-network]").is_visible()
    assert page.locator("textarea").input_value() == LIKE
    page.context.set_offline(False)


def test_the_worker_keeps_no_question_and_no_page_of_anybody(
    visitor: Callable[..., Visitor],
) -> None:
    page = visitor("phone").go("/tanya/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    ask(page, f"{LIKE} kenangamerah")
    page.goto("/akun/masuk/")
    kept = page.evaluate(
        """async () => {
            const all = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const one of await cache.keys()) {
                    all.push([one.url, await (await cache.match(one)).text()]);
                }
            }
            return all;
        }"""
    )
    assert kept and "kenangamerah" not in json.dumps(kept)
    assert not [address for address, _text in kept if "/akun/" in address]


COUNT = """
from datetime import timedelta
from django.utils import timezone
from netral.guidance.services.counting import count_asked
from netral.people.models import Government
for _each in range(7):
    count_asked(
        government=Government.objects.get(), day=timezone.localdate() - timedelta(days=7), acts=["share"], phase="quiet"
    )
"""


@FACES
def test_what_is_asked_most_is_sound(officer: Callable[..., Visitor], site: Any, size: str) -> None:
    site.run(COUNT)
    page = officer("organiser", size).see("/tanya/ditanyakan/?minggu=4")
    assert page.locator("tr", has_text="Masa tenang").count() == 1
    assert page.locator("nav [aria-current=page]").text_content() == "Paling ditanyakan"


# --- the kiosk -------------------------------------------------------------------------------------

SCREENS = pytest.mark.parametrize(
    "screen", [{"width": 1080, "height": 1920}, {"width": 1280, "height": 800}]
)


@SCREENS
def test_the_kiosk_is_large_and_leads_nowhere(
    visitor: Callable[..., Visitor], screen: dict[str, int]
) -> None:
    somebody = visitor("desk")
    page = somebody.page
    page.set_viewport_size(screen)
    somebody.see("/tanya/kios/")
    assert _small(page) == []
    page.locator("textarea").fill(LIKE)
    page.locator("[data-ask] button").click()
    page.locator(".verdict-word").wait_for()
    somebody.check()
    assert _small(page) == []
    leads = page.locator("a[href]:visible").evaluate_all("all => all.map((a) => a.pathname)")
    assert set(leads) <= {"/tanya/kios/"}


def _small(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a, button, textarea, summary, input:not([type=hidden])')]
            .filter((each) => each.offsetParent && !each.matches('.skip'))
            .filter((each) => each.getBoundingClientRect().height < 47.5)
            .map((each) => each.outerHTML.slice(0, 100))"""
    )
    return found


def test_the_kiosk_forgets_by_button_and_by_itself(visitor: Callable[..., Visitor]) -> None:
    somebody = visitor("desk")
    page = somebody.page
    page.clock.install()
    somebody.go("/tanya/kios/")
    entries = page.evaluate("history.length")
    for forget in ("button", "waiting"):
        page.locator("textarea").fill(f"{LIKE} kenangamerah")
        page.locator("[data-ask] button").click()
        page.locator(".verdict-word").wait_for()
        assert page.evaluate("history.length") == entries, "no entry with the question"
        if forget == "button":
            page.locator("[data-kiosk-end]").click()
        else:
            page.clock.fast_forward(61_000)
        page.locator("textarea").wait_for()
        assert page.locator("textarea").input_value() == ""
        assert "kenangamerah" not in page.content()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.go_back()
    assert "kenangamerah" not in page.content()


def test_going_back_shows_the_answer_again(visitor: Callable[..., Visitor]) -> None:
    page = visitor("phone").go("/tanya/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # from here on its worker answers
    ask(page, LIKE)
    verdict = page.locator("h2.verdict-word").inner_text()
    page.goto("/hukum/")
    page.go_back()
    assert page.locator("h2.verdict-word").inner_text() == verdict
