"""Takes the pictures of the manual and the README from a running demonstration.

    python tools/pictures.py            all, into docs/pictures
    python tools/pictures.py --people 2000 --into /tmp/pictures

Serves the demonstration on a database of its own, walks the journey in a browser and stops.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "src"), str(CHECKOUT / "tools")]

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from tests.e2e import sheets  # noqa: E402
from tests.e2e.site import Site  # noqa: E402
from tests.e2e.visitor import Visitor  # noqa: E402
from tests.e2e.world import SignIn  # noqa: E402

from browser import bring  # noqa: E402 (a neighbour, not a package)

SIZES = {
    "phone": {"width": 390, "height": 844},
    "desk": {"width": 1280, "height": 860},
    "wall": {"width": 1280, "height": 720},
    "kiosk": {"width": 1080, "height": 1920},
}
OPEN_CEREMONY = """
from django.utils import timezone
from netral.people.models import Person
from netral.people.services import claiming
from netral.pledges.models import Ceremony, Signature
ceremony = Ceremony.objects.filter(state="signing").latest("planned_at")
person = (
    Person.objects.filter(
        postings__valid_to=None,
        postings__status="pns",
        account=None,
    )
    .exclude(pk__in=Signature.objects.values("person_id"))  # the open one calls everybody
    .order_by("name_key")
    .first()
)
(slip,) = claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())
print(ceremony.code, slip.code)
"""
UNITS = """
from netral.people.models import Unit
tops = Unit.objects.filter(parent=None).order_by("name").values_list("name", flat=True)
print("|".join(tops[:4]))
"""


class Album:
    """One browser, one folder; ``take`` writes a picture of the page as it stands."""

    def __init__(self, browser: Browser, site: Site, folder: Path) -> None:
        self.browser = browser
        self.site = site
        self.folder = folder

    @contextmanager
    def page(self, size: str, **options: Any) -> Iterator[Page]:
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport=SIZES[size],
            locale="id-ID",
            timezone_id="Asia/Makassar",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(30_000)
        yield context.new_page()
        context.close()

    def take(self, page: Page, name: str) -> None:
        page.wait_for_load_state()
        page.evaluate("document.fonts.ready")
        page.screenshot(path=self.folder / f"{name}.png")
        print(f"  {name}.png")


def press(page: Page, name: str) -> None:
    main = page.locator("main")
    main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()
    page.wait_for_load_state()


def take_public_pages(album: Album, code: str, slip: str) -> None:
    """A member of staff with a slip: invitation, text, receipt; then anybody who checks it."""
    with album.page("phone") as page:
        page.goto(f"/i/{code}")
        album.take(page, "invitation-phone")
        page.locator("input[name=slip]").fill(slip)
        page.locator("main form button").first.click()
        album.take(page, "pledge-phone")
        press(page, "Saya menandatangani ikrar ini")
        album.take(page, "receipt-phone")
        receipt = page.locator(".code-big").inner_text()
        page.goto(f"/periksa/{receipt}/")
        album.take(page, "check-phone")


def take_asking(album: Album) -> None:
    """A contract worker asks on a phone; somebody in the foyer asks the kiosk."""
    for size, address, question in (
        ("phone", "/tanya/", "kak saya honorer, boleh like postingan calon bupati?"),
        ("kiosk", "/tanya/kios/", "gaya dua jari pas foto kantor dilarang ya?"),
    ):
        with album.page(size) as page:
            page.goto(address)
            page.locator("textarea").fill(question)
            page.locator("[data-ask] button").click()
            page.locator(".verdict-word").wait_for()
            album.take(page, f"ask-{size}")


def take_wall(album: Album, code: str) -> None:
    with album.page("wall") as page:
        page.goto(f"/dinding/{code}/")
        page.locator("[data-line=live] >> visible=true").first.wait_for()
        album.take(page, "wall")


def take_desk(album: Album, officer: SignIn, folder: Path) -> None:
    """The personnel officer: coverage, names, register, import."""
    with album.page("desk") as page:
        Visitor(page, lambda _page: []).sign_in(officer)
        cookies: Any = page.context.storage_state()
        page.goto("/cakupan/")
        album.take(page, "coverage-desk")
        page.locator("th[scope=row] a").first.click()
        page.wait_for_load_state()
        album.take(page, "coverage-unit-desk")
        page.goto("/pegawai/")
        album.take(page, "register-desk")
        page.goto("/impor/baru")
        album.take(page, "import-upload-desk")
        units = tuple(album.site.run(UNITS).strip().split("|"))
        file = sheets.write_dirty_register(folder / "DATA PEGAWAI final (2).xlsx", units)
        page.set_input_files("input[type=file]", file)
        press(page, "Unggah dan baca")
        page.locator("[data-progress]").wait_for(state="detached", timeout=60_000)
        album.take(page, "import-preview-desk")
        page.goto("/ikrar/")
        album.take(page, "ceremonies-desk")
    with album.page("phone", storage_state=cookies) as page:
        page.goto("/cakupan/")
        album.take(page, "coverage-phone")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=18_000)
    parser.add_argument("--into", type=Path, default=CHECKOUT / "docs/pictures")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="netral-pictures-") as folder,
        Site(Path(folder), people=options.people) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=bring(), args=["--no-sandbox"])
        album = Album(browser, site, options.into)
        entries = [SignIn(**entry) for entry in site.sign_ins.values()]
        officer = next(entry for entry in entries if entry.username == "kepegawaian1")
        code, slip = site.run(OPEN_CEREMONY).split()
        take_wall(album, code)
        take_asking(album)
        take_public_pages(album, code, slip)
        take_desk(album, officer, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
