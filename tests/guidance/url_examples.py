"""What the addresses of the law promise: open to everybody, about nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.contracts.expectations import Page, everybody, holders
from tests.contracts.places import Place


def _key(**arguments: str) -> Page:
    def given(place: Place) -> Mapping[str, Any]:
        return arguments

    return Page(may=everybody, arguments=given, open=True, words=frozenset(arguments))


OPEN = Page(may=everybody)
PAGES: dict[str, Page] = {
    **{
        f"guidance:{name}": OPEN
        for name in (
            "law", "instruments", "acts", "matrix", "data", "sitemap", "api_openapi",
            "api_instruments", "api_provisions", "api_acts", "api_matrix",
        )
    },
    "guidance:instrument": _key(instrument="SKB-2022"),
    "guidance:act": _key(act="like"),
    "guidance:api_instrument": _key(instrument="SKB-2022"),
    "guidance:api_provision": _key(instrument="SKB-2022", article="D6"),
    "guidance:api_act": _key(act="like"),
    "guidance:api_judge": Page(may=everybody, query=lambda place: {"act": "like"}),
    "guidance:api_unknown": Page(
        may=frozenset(), arguments=lambda place: {"rest": "nothing"}, open=True,
        words=frozenset({"rest"}),
    ),
}  # fmt: skip
PAGES |= {
    "guidance:ask": OPEN,
    "guidance:ask_kiosk": OPEN,
    "guidance:ask_kept": OPEN,
    "guidance:ask_worker": OPEN,
    "guidance:api_ask": Page(may=everybody, method="post"),
    "guidance:post_check": OPEN,
    "guidance:api_check_text": Page(may=everybody, method="post"),
    "guidance:asked": Page(may=holders("organiser", "reviewer", "personnel")),
    "guidance:asked_export": Page(may=holders("organiser", "reviewer", "personnel")),
}
