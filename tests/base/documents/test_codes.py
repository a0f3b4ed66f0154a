"""The codes of a family are those that segno draws, and readers read them."""

from __future__ import annotations

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from netral.base.documents.codes import MASK, CodeFamily

PREFIX = "https://netral.example/periksa/"
FAMILY = CodeFamily(PREFIX, 11, "/")
ASCII = st.text(st.characters(min_codepoint=1, max_codepoint=127), min_size=11, max_size=11)


@given(ASCII)
def test_a_code_is_the_one_segno_draws(code: str) -> None:
    drawn = segno.make(
        f"{PREFIX}{code}/".encode(), error="m", mode="byte", mask=MASK, boost_error=False
    )
    rows = ["".join(str(module & 1) for module in row) for row in drawn.matrix]
    assert FAMILY.rows(code) == rows


def test_the_path_covers_exactly_the_dark_modules() -> None:
    rows = FAMILY.rows("7K3M9-Q2XYZ")
    dark = set()
    for line in FAMILY.path("7K3M9-Q2XYZ").decode().splitlines():
        x, y, width, height, operator = line.split()
        assert (height, operator) == ("1", "re")
        dark |= {(int(x) + step, int(y)) for step in range(int(width))}
    assert dark == {
        (x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module == "1"
    }


@pytest.mark.parametrize("code", ["SHORT", "TOO-LONG-FOR-IT", "ÄÄÄÄÄ-ÄÄÄÄÄ"])
def test_another_length_or_letter_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="11 ASCII"):
        FAMILY.rows(code)
