"""The visitor's own browser finds out whether a proof holds."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from netral.base import audit
from netral.base.audit import keys
from netral.base.audit.integrator import work_once
from netral.tlog.receipts import Receipt
from tests.base.audit.conftest import Deeds
from tests.base.audit.test_appending import append_many
from tests.base.audit.test_tampering import PASTS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROVED = "Terbukti tercatat dalam log"


@pytest.fixture
def receipts(deeds: Deeds) -> list[Receipt]:
    """The same entry proved by an older and by a newer checkpoint, opened."""
    found = []
    for count in (70, 250):
        append_many(deeds, count)
        work_once()
        receipt = audit.prove(kind="test", reference=list(deeds.rows)[41], show_hidden=True)
        assert receipt
        found.append(receipt)
    return found


@pytest.fixture
def page(new_page: Callable[..., Page], receipts: list[Receipt]) -> Page:
    page = new_page("phone")
    page.goto("/log/periksa/")
    return page


def drop(page: Page, text: str) -> str:
    """Chooses a file with this text; returns what the page says about it, also what it folds away."""
    page.evaluate("document.querySelector('[data-result]').replaceChildren()")
    file: Any = {"name": "bukti.tlog-proof", "mimeType": "text/plain", "buffer": text.encode()}
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector("[data-result] h2")
    page.evaluate(
        "document.querySelectorAll('[data-result] details').forEach((it) => it.open = true)"
    )
    return page.inner_text("[data-result]")


def with_extra(receipt: Receipt, change: Callable[[bytes], bytes]) -> str:
    return str(
        Receipt(receipt.index, receipt.proof, receipt.checkpoint, change(receipt.extra or b""))
    )


def test_a_true_proof_is_proved_by_either_checkpoint(page: Page, receipts: list[Receipt]) -> None:
    for receipt, size in zip(receipts, ("70", "320"), strict=True):
        said = drop(page, str(receipt))
        assert PROVED in said and f"nomor 41 dari {size}" in said
        assert "Ditandatangani log netral.contoh.example/log" in said


def test_it_works_without_a_network_once_the_page_is_open(
    page: Page, receipts: list[Receipt]
) -> None:
    page.context.set_offline(True)
    assert PROVED in drop(page, str(receipts[1]))


def test_every_way_of_tampering_is_refused_with_a_reason(
    page: Page, receipts: list[Receipt]
) -> None:
    old, new = receipts
    other_leaf = with_extra(
        new, lambda it: it.replace(b"\ntest\n", b"\ntext\n", 1).split(b"salt ")[0]
    )
    other_text = with_extra(new, lambda it: it.replace(b'"text":"41"', b'"text":"42"'))
    other_person = with_extra(new, lambda it: it[:-3] + b"00\n")
    flipped = bytes([new.proof[0][0] ^ 1]) + new.proof[0][1:]
    other_path = Receipt(new.index, (flipped, *new.proof[1:]), new.checkpoint, new.extra)
    root = new.checkpoint.split("\n")[2]
    other_root = new.checkpoint.replace(root, base64.b64encode(bytes(32)).decode())
    mixed = Receipt(new.index, new.proof, old.checkpoint, new.extra)
    stranger = keys.SignerKey.generate(keys.origin())
    foreign = str(new).replace("\n\u2014 netral", "\n\u2014 lain")
    cases = {
        other_leaf: "tidak mengarah ke segel",
        other_text: "bukan yang disegel",
        other_person: "bukan yang disegel",
        str(other_path): "tidak mengarah ke segel",
        str(Receipt(new.index, new.proof[:-1], new.checkpoint, new.extra)): "tidak mengarah",
        str(Receipt(new.index + 1, new.proof, new.checkpoint, new.extra)): "tidak mengarah",
        str(mixed): "tidak mengarah ke segel",
        str(Receipt(new.index, new.proof, other_root, new.extra)): "tidak mengarah ke segel",
        str(new).replace("\n320\n", "\n321\n"): "tidak sah",
        foreign: "tidak ditandatangani kunci log ini",
        "halo": "bukan tanda terima PDF",
        str(new)[:200]: "terpotong",
        str(stranger.verifier): "bukan tanda terima PDF",
    }
    wrong = {
        reason: said for file, reason in cases.items() if reason not in (said := drop(page, file))
    }
    assert not wrong
    assert "Tidak terbukti" in drop(page, foreign)


def test_a_browser_without_ed25519_says_what_it_did_not_check(
    page: Page, receipts: list[Receipt]
) -> None:
    page.evaluate(
        "() => { crypto.subtle.importKey = () => Promise.reject(new Error('NotSupportedError')); }"
    )
    said = drop(page, str(receipts[1]))
    assert "Hitungannya cocok, tanda tangannya belum diperiksa" in said and PROVED not in said
    assert "Tidak terbukti" in drop(page, with_extra(receipts[1], lambda it: it[:-3] + b"00\n"))


@pytest.fixture
def visitor(new_page: Callable[..., Page], deeds: Deeds) -> Page:
    """Somebody whose browser saw the log grow to 300 entries."""
    page = new_page("phone")
    for count, words in ((280, "sekarang mengingat"), (20, "280 entri pada")):
        append_many(deeds, count)
        work_once()
        page.goto("/log/")
        page.locator("[data-watch]").get_by_text(words).wait_for()
    return page


@pytest.mark.parametrize("change", PASTS)
def test_a_browser_that_comes_back_finds_out_that_the_past_was_changed(
    visitor: Page, axe: Callable[[Page], list[str]], change: str
) -> None:
    PASTS[change]()
    for _visit in range(2):  # it does not get used to it
        visitor.goto("/log/")
        visitor.get_by_role("heading", name="Log ini bertentangan").wait_for()
    said = visitor.inner_text("[data-watch]")
    assert said.count("netral.contoh.example/log\n") == 2
    assert axe(visitor) == []


def test_the_page_says_what_is_in_the_log_and_who_saw_it(visitor: Page) -> None:
    said = visitor.inner_text("main")
    assert "Entri tercatat\n300" in said
    assert "Belum ada kantor lain yang menjadi saksi" in said


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("address", ["/log/", "/log/periksa/"])
def test_the_pages_fit_and_are_accessible(
    new_page: Callable[..., Page],
    receipts: list[Receipt],
    axe: Callable[[Page], list[str]],
    size: str,
    address: str,
) -> None:
    page = new_page(size)
    page.goto(address)
    if address.endswith("periksa/"):
        drop(page, str(receipts[1]))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
