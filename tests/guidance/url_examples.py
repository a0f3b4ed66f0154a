"""What the addresses of the law promise: open to everybody, about nobody."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from netral.guidance.models import Consultation
from netral.guidance.services import precedents
from netral.people.models import Account
from tests.contracts.expectations import Page, everybody, holders, signed_in, whole
from tests.contracts.places import Place
from tests.guidance import factories


def _key(**arguments: str) -> Page:
    def given(place: Place) -> Mapping[str, Any]:
        return arguments

    return Page(may=everybody, arguments=given, open=True, words=frozenset(arguments))


OPEN = Page(may=everybody)
PAGES: dict[str, Page] = {
    **{
        f"guidance:{name}": OPEN
        for name in (
            "law", "instruments", "acts", "matrix", "changes", "data", "sitemap", "api_openapi",
            "api_instruments", "api_provisions", "api_acts", "api_matrix", "api_precedents",
            "api_search",
        )
    },
    "guidance:instrument": _key(instrument="SKB-2022"),
    "guidance:provision": _key(instrument="SKB-2022", article="D6"),
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


def _consultation(state: str = "waiting") -> Callable[[Place], Mapping[str, Any]]:
    """A question at the place's government; reviewers of the whole government see it."""

    def given(place: Place) -> Mapping[str, Any]:
        office = factories.Office(
            place.government, *place.once("reviewers", lambda: _reviewers(place))
        )
        make = factories.send if state == "waiting" else factories.make_precedent
        made = place.once(f"consultation.{state}", lambda: make(office))
        return {"precedent" if state == "precedent" else "consultation": made.pk}

    return given


def _cited(place: Place) -> Mapping[str, Any]:
    """A precedent as its address names it."""
    made = Consultation.objects.get(pk=_consultation("precedent")(place)["precedent"])
    region = made.government.region_code
    return {"region": region, "year": made.year, "number": made.number}


def _reviewers(place: Place) -> tuple[Account, Account]:
    office = factories.make_office(place.government)
    return office.first, office.second


def _drafted(place: Place) -> Mapping[str, Any]:
    office = factories.Office(place.government, *place.once("reviewers", lambda: _reviewers(place)))

    def make() -> Any:
        made = factories.send(office)
        precedents.take(
            consultation=made, draft=factories.DRAFT, actor=office.first, now=factories.NOW
        )
        return made

    return {"consultation": place.once("consultation.draft", make).pk}


def _own_consultation(account: Account, place: Place) -> Mapping[str, Any]:
    office = factories.Office(place.government, *place.once("reviewers", lambda: _reviewers(place)))
    make = functools.partial(factories.make_precedent, office, asker=account, wants_opinion=True)
    return {"consultation": place.once(f"own.{account.pk}", make).pk}


PAGES |= {
    "guidance:precedents": OPEN,
    "guidance:precedent": Page(
        may=everybody, arguments=_cited, public_object=True, shows_government=True,
        words=frozenset({"region", "year", "number"}),
    ),
    "guidance:precedent_by_key": Page(
        may=everybody, arguments=_consultation("precedent"), public_object=True,
    ),
    "guidance:api_precedent": Page(
        may=everybody, arguments=_consultation("precedent"), public_object=True,
        shows_government=True,
    ),
    "guidance:consult": Page(may=everybody, shows_government=True),
    "guidance:consult_state": OPEN,
    "guidance:consult_mine": Page(
        may=signed_in, arguments=lambda place: _own_consultation(place.account, place), own=True,
        own_as=_own_consultation,
    ),
    "guidance:consult_opinion": Page(
        may=signed_in, arguments=lambda place: _own_consultation(place.account, place), own=True,
        own_as=_own_consultation,
    ),
    "guidance:review_draft": Page(
        may=whole("reviewer"), arguments=_drafted, whole_object=True
    ),
    "guidance:reviews": Page(may=holders("reviewer")),
    "guidance:review_new": Page(may=whole("reviewer")),
    "guidance:event_questions": Page(may=holders("reviewer", "organiser")),
    "guidance:review": Page(
        may=whole("reviewer"), arguments=_consultation(), whole_object=True
    ),
    "guidance:review_move": Page(
        may=whole("reviewer"), whole_object=True, words=frozenset({"name"}),
        arguments=lambda place: {**_consultation()(place), "name": "decline"},
    ),
}  # fmt: skip
