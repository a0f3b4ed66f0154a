"""Choosing a unit in the browser: while one types, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.visitor import Visitor

OFFICE = "Rumah Sakit Umum Daerah Provinsi Nusa Rekaan"


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_units_appear_while_one_types(officer: Callable[..., Visitor], size: str) -> None:
    somebody = officer("personnel", size)
    page = somebody.go("/slip/")
    page.get_by_role("searchbox", name="Unit").press_sequentially("sakit")
    page.get_by_role("radio", name=OFFICE).wait_for()
    assert page.locator("input[type=radio][name=unit_choice]").count() == 2
    somebody.check()
    page.get_by_role("searchbox", name="Unit").fill("antariksa")
    page.get_by_text("Tidak ada unit yang cocok").wait_for()
    assert page.url.endswith("/slip/")
    assert page.get_by_role("radio", name=OFFICE).count() == 0
    somebody.check()


def test_the_button_searches_where_no_script_runs(
    officer: Callable[..., Visitor], visitor: Callable[..., Visitor]
) -> None:
    signed_in = officer("personnel").page.context.storage_state()
    somebody = visitor("phone", java_script_enabled=False, storage_state=signed_in)
    page = somebody.go("/slip/")
    page.get_by_role("searchbox", name="Unit").fill("sakit")
    page.get_by_role("button", name="Cari unit").click()
    assert page.get_by_role("radio", name=OFFICE).is_checked()
