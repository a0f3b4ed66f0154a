"""The browser of the tests itself: found, started, reaching the product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_page_of_the_product_reaches_the_browser(new_page: Callable[..., Any]) -> None:
    page = new_page("phone")
    answer = page.goto("/sehat")
    assert answer.status == 200
    assert page.viewport_size == {"width": 360, "height": 740}
    assert "ok" in page.inner_text("body")
