"""A receipt looked up by its code: the visitor's browser believes the page only what it can prove."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from netral.base.audit.models import LogOpening
from netral.pledges.models import Signature
from netral.pledges.rules.wording import Wording, canonical, digest
from tests.base.audit.fresh import sign_afresh
from tests.base.audit.test_tampering import sql
from tests.pledges.factories import Hall, make_hall, signed

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
UNPROVED = "Tanda terima ini tidak terbukti"


@pytest.fixture
def hall() -> Hall:
    return make_hall()


@pytest.fixture
def kept(hall: Hall) -> Signature:
    """A signature behind another one, in a log that has signed for both."""
    signed(hall, "Orang lain")
    found = signed(hall)
    sign_afresh()
    return found


def address(signature: Signature) -> str:
    return f"/periksa/{signature.receipt_code}/"


def verdict(page: Page, signature: Signature) -> tuple[str, str]:
    """The headline, and what the browser found out."""
    page.goto(address(signature))
    page.wait_for_selector("[data-result] h2")
    return page.get_by_role("heading", level=1).inner_text(), page.inner_text("[data-result]")


def test_code_and_words_of_the_page_are_those_of_the_entry(
    new_page: Callable[..., Page], kept: Signature, axe: Callable[[Page], list[str]]
) -> None:
    page = new_page("phone")
    headline, said = verdict(page, kept)
    assert headline == "Tanda terima ini benar" and said.startswith("Terbukti tercatat dalam log")
    assert "Naskah di halaman ini adalah yang ditandatangani" in said
    assert axe(page) == []


def test_the_proof_of_another_receipt_proves_nothing_here(
    new_page: Callable[..., Page], hall: Hall, kept: Signature
) -> None:
    other = Signature.objects.exclude(pk=kept.pk).get()
    proof = Client().get(f"{address(other)}bukti").content
    page = new_page("phone")
    page.route("**/bukti", lambda route: route.fulfill(body=proof))
    headline, said = verdict(page, kept)
    assert headline == UNPROVED and "milik tanda terima lain" in said


def test_other_words_than_were_signed_are_noticed(
    new_page: Callable[..., Page], kept: Signature
) -> None:
    """Once beside the words they are counted from, once in both places."""
    point = kept.ceremony.wording["points"][0]

    def reworded(only_what_is_read: bool) -> Callable[[Route], None]:
        def answer(route: Route) -> None:
            response = route.fetch()
            body = response.text()
            wrong = body.replace(f"<li>{point}</li>", "<li>Memilih bebas.</li>")
            if not only_what_is_read:
                wrong = wrong.replace(point, "Memilih bebas.")
            assert wrong != body
            route.fulfill(response=response, body=wrong)

        return answer

    for only_what_is_read in (True, False):
        page = new_page("phone")
        page.route(f"**{address(kept)}", reworded(only_what_is_read))
        headline, said = verdict(page, kept)
        assert headline == UNPROVED and "bukan naskah yang ditandatangani" in said


def test_a_row_edited_in_the_database_gives_itself_away(
    new_page: Callable[..., Page], kept: Signature
) -> None:
    sql(
        "UPDATE pledges_signature SET signed_at = %s WHERE receipt_code = %s",
        "2026-11-01 03:00:00+00:00",
        kept.receipt_code,
    )
    served = Client().get(address(kept)).text
    assert UNPROVED in served and "tidak lagi seperti yang dicatat di log" in served
    assert "Tanda terima ini benar" not in served, "without JavaScript neither"
    page = new_page("desk")
    headline, said = verdict(page, kept)
    assert headline == UNPROVED and "bukan yang disegel" in said
    assert not page.get_by_text("tidak lagi seperti yang dicatat").is_visible(), "said once"
    assert "berkas ini" not in said.lower(), "whoever typed a code gave no file"
    assert not page.get_by_text("Satu pegawai memberikan").is_visible()


def test_a_row_that_never_came_into_the_log_is_no_receipt(
    new_page: Callable[..., Page], kept: Signature, axe: Callable[[Page], list[str]]
) -> None:
    LogOpening.objects.filter(reference=kept.pk).delete()
    page = new_page("phone")
    page.goto(address(kept))
    assert page.get_by_role("heading", level=1).inner_text() == UNPROVED
    said = page.inner_text("main")
    assert "log tidak mempunyai entrinya" in said and "laporkan kepada inspektorat" in said
    assert "dihapus" not in said and "Satu pegawai" not in said
    assert axe(page) == []


def test_words_with_line_breaks_and_quotes_are_no_false_alarm(
    new_page: Callable[..., Page], hall: Hall
) -> None:
    words = Wording(
        'Ikrar "Netral" & <jujur>', "Kami,\r\npegawai:", ("Satu\tdua  tiga", "Empat\u2019"), ""
    )
    sql(
        "UPDATE pledges_ceremony SET wording = %s, wording_digest = %s",
        canonical(words),
        digest(words),
    )
    hall.ceremony.refresh_from_db()
    found = signed(hall)
    sign_afresh()
    headline, said = verdict(new_page("phone"), found)
    assert headline == "Tanda terima ini benar", said
    assert "Naskah di halaman ini adalah yang ditandatangani" in said


def test_while_the_log_stands_still_the_page_says_so_instead_of_not_found(
    new_page: Callable[..., Page], hall: Hall, axe: Callable[[Page], list[str]]
) -> None:
    """Signed two days ago by the clock of the test, and nothing has sealed it since."""
    found = signed(hall)
    page = new_page("phone")
    _headline, said = verdict(page, found)
    assert said.startswith("Belum dapat diperiksa di sini")
    assert "proses yang menyegel sedang berhenti" in said
    page.get_by_role("link", name="Unduh berkas bukti").click()
    page.get_by_role("heading", name="Bukti belum siap").wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sign_afresh()
    _headline, said = verdict(page, found)
    assert said.startswith("Terbukti tercatat dalam log")
