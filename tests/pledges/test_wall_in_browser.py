"""The wall as a projector shows it: nothing of the pledge is cut off, and the QR stays large."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from netral.pledges.models import Ceremony
from netral.pledges.rules import moves
from netral.pledges.rules.wording import Wording
from netral.pledges.services import ceremonies
from netral.pledges.services.ceremonies import filled_wording
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_person, make_unit
from tests.pledges.factories import NOW, Hall, make_hall

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROJECTORS = ((1280, 720), (1366, 768), (1920, 1080))
LEADER = "Sekretaris Daerah Provinsi Kalimantan Timur selaku Ketua Tim Pembina Pegawai"
PLACE = (
    "Aula Lamin Etam, Gedung Utama Pusat Pendidikan dan Pelatihan Pegawai Pemerintah Provinsi "
    "Kalimantan Timur, Jalan Poros Utama Nomor 1, Samarinda Seberang, Kota Samarinda"
)
LONG_UNITS = (
    "Badan Pengelolaan Keuangan dan Aset Daerah Provinsi",
    "Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
    "Dinas Perpustakaan dan Kearsipan Daerah",
    "Dinas Komunikasi dan Informatika",
)
CUT_OFF = """() => {
  const stops = document.querySelector(".wall-stops");
  const found = stops.scrollHeight > stops.clientHeight + 1 ? [".wall-stops"] : [];
  const looked = ".wall-foot, .wall-side p, .wall-qr, .wall-slowest li, .wall-invite span";
  for (const part of document.querySelectorAll(looked)) {
    const box = part.getBoundingClientRect();
    const room = part.closest(".wall-side, .wall-text").getBoundingClientRect();
    const list = part.closest(".wall-slowest")?.getBoundingClientRect();
    if (!box.height || (list && box.left >= list.right)) continue; // no room for this unit: left out
    const low = Math.min(innerHeight, list ? list.bottom + 1 : innerHeight);
    const wide = part.scrollWidth > part.clientWidth + 1 && part.clientWidth;
    if (box.right > room.right || box.bottom > low || wide) found.push(part.className || part.textContent);
  }
  return found;
}"""
# Not ``fonts.ready`` alone: it is true as well before the font has been asked for.
FONT_IS_THERE = """async () => {
  await document.fonts.load("1rem 'Plus Jakarta Sans'").catch(() => []);
  await document.fonts.ready;
}"""
TEXT_SIZE = "() => parseFloat(getComputedStyle(document.querySelector('.wall-stops')).fontSize)"
QR_WIDTH = "() => document.querySelector('.wall-qr').getBoundingClientRect().width / innerWidth"


def hall_with(points: int | None, state: str = moves.SIGNING) -> Hall:
    """``points``: 0 for the standard text and short names, None for it and long ones, else as
    many points of 115 letters."""
    government = make_government("64", "Pemerintah Provinsi Kalimantan Timur")
    government.is_demo = True  # one line more at the foot
    government.save()
    units = [make_unit(government, name) for name in LONG_UNITS]
    for unit in units:
        make_person(unit)
    if points == 0:
        return make_hall(units=units, state=state)
    hall = make_hall(units=units, state=state)
    hall.election.name = "Pemilihan Gubernur dan Wakil Gubernur Kalimantan Timur 2029"
    text = filled_wording(
        hall.text, government=government, election=hall.election, leader=LEADER, place=PLACE,
        planned_at=NOW,
    )  # fmt: skip
    if points:
        text = Wording(text.title, text.opening, (("Netral sekali " * 9)[:115],) * points,
                       text.closing)  # fmt: skip
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(
        wording=text.as_dict(), leader=LEADER, place=PLACE
    )
    return hall


def bring_on(hall: Hall, state: str) -> None:
    """To this state from the one before it."""
    for name, move in moves.MOVES.items():
        if (move.source, move.target) == (hall.ceremony.state, state):
            hall.ceremony.planned_at = NOW
            hall.ceremony = ceremonies.move(
                ceremony=hall.ceremony, name=name, actor=hall.organiser, now=NOW
            )


def look(page: Page, hall: Hall, width: int, height: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"/dinding/{hall.ceremony.code}/")
    page.evaluate(FONT_IS_THERE)
    return page.evaluate(CUT_OFF)


@pytest.mark.parametrize("points", [None, 0, 3, 5, 6, 8, 12])
def test_nothing_on_the_wall_is_cut_off(new_page: Callable[..., Page], points: int | None) -> None:
    hall = hall_with(points)
    page = new_page("desk", java_script_enabled=False)
    for width, height in PROJECTORS:
        assert look(page, hall, width, height) == [], (width, height)


def test_the_qr_is_as_large_while_signing_as_before(new_page: Callable[..., Page]) -> None:
    hall = hall_with(None, moves.PLANNED)
    hall.ceremony.refresh_from_db()
    page, widths = new_page("desk", java_script_enabled=False), {}
    for state in (moves.PLANNED, moves.READING, moves.SIGNING, moves.CLOSED):
        bring_on(hall, state)
        assert look(page, hall, 1280, 720) == [], state
        widths[state] = page.evaluate(QR_WIDTH)
        counts = page.get_by_text("telah menandatangani").is_visible()
        assert counts is (state in {moves.SIGNING, moves.CLOSED})
        assert page.get_by_text("Dijadwalkan").is_visible() is (state == moves.PLANNED)
    assert widths[moves.SIGNING] >= widths[moves.PLANNED] >= 0.18


@pytest.mark.parametrize("state", [moves.PLANNED, moves.READING, moves.SIGNING])
def test_a_phone_reads_the_way_to_the_ceremony_off_the_wall(
    new_page: Callable[..., Page], settings: Any, state: str
) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    settings.PUBLIC_URL = "https://netral.contoh.go.id"
    hall = hall_with(None, state)
    page = new_page("desk", java_script_enabled=False)
    for width, height in PROJECTORS:
        look(page, hall, width, height)
        (read,) = zxingcpp.read_barcodes(image.open(io.BytesIO(page.screenshot())))
        assert read.text == f"https://netral.contoh.go.id/i/{hall.ceremony.code}"
        shown = page.inner_text("body")
        assert hall.ceremony.code in shown and "netral.contoh.go.id/i" in shown


def test_without_our_font_a_unit_is_left_out_rather_than_cut_off(
    new_page: Callable[..., Page],
) -> None:
    hall = hall_with(None)
    page = new_page("desk", java_script_enabled=False)
    page.route("**/*.woff2", lambda route: route.abort())
    for width, height in PROJECTORS:
        assert look(page, hall, width, height) == [], (width, height)
    assert page.locator(".wall-slowest li").first.is_visible()


@pytest.mark.parametrize("points", [None, 0, 3, 5, 6, 8, 12])
def test_a_hall_with_javascript_sets_the_text_as_large_as_fits(
    new_page: Callable[..., Page], points: int | None
) -> None:
    hall = hall_with(points)
    sizes = {}
    for has_javascript in (False, True):
        page = new_page("desk", java_script_enabled=has_javascript)
        look(page, hall, 1280, 720)
        page.wait_for_timeout(500)  # the line of live updates comes and takes its room
        assert page.evaluate(CUT_OFF) == []
        sizes[has_javascript] = page.evaluate(TEXT_SIZE)
    assert sizes[True] >= sizes[False] - 0.01
    if points == 3:
        assert sizes[True] > sizes[False], "there was room left"


def test_the_leader_s_buttons_fit_a_phone_and_the_count_follows(
    new_page: Callable[..., Page],
) -> None:
    hall = hall_with(0, moves.READING)
    session = sign_in(Client(), hall.organiser, second_factor=True).cookies["sessionid"].value
    last = len(hall.ceremony.wording["points"]) + 1
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(point_being_read=last)
    page = new_page("phone")
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}]
    )
    page.goto(f"/ikrar/{hall.ceremony.pk}/pimpin/")
    button = page.get_by_role("button", name="Buka penandatanganan")
    assert button.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    button.click()
    page.wait_for_selector("[data-live]")
    page.evaluate(
        """() => { window.EventSource = class extends EventTarget {
             constructor() { super(); setTimeout(() => this.dispatchEvent(new MessageEvent(
               "message", {data: JSON.stringify({state: "signing", signed: 3, staff: 4,
               percent: "75%"})})), 10); }
             close() {} }; }"""
    )
    page.evaluate("() => import('/static/pledges/lead.js?again')")
    page.wait_for_function("() => document.querySelector('[data-signed]').textContent === '3'")
    assert page.locator(".lead-card .meter-figure").text_content() == "75%"
