"""Template filters of the feature stand beside those that every template has, never before them."""

from __future__ import annotations

import pytest
from django.template import engines

from netral.guidance.templatetags import ask, law


@pytest.mark.parametrize("library", [ask.register, law.register], ids=["ask", "law"])
def test_no_filter_takes_the_place_of_one_that_is_everywhere(library) -> None:
    everywhere = engines["django"].engine.template_builtins
    taken = {name for builtin in everywhere for name in (*builtin.filters, *builtin.tags)}
    assert {"moment", "icon"} <= taken
    assert not taken & {*library.filters, *library.tags}
