"""Every address of the interface with its parameters. The views refuse what is not listed here,
and the description is written from it, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from netral.guidance.rules.precedent_moves import PUBLIC
from netral.guidance.words import KIND_WORDS
from netral.law import library
from netral.law.acts import GROUPS
from netral.law.matrix import STATUSES


@dataclass(frozen=True, slots=True)
class Parameter:
    """One part of the address or of the query. ``values`` is empty for free text and days."""

    about: str
    values: tuple[str, ...] = ()
    format: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``schema`` names the answer among the schemas of the description."""

    path: str
    about: str
    schema: str
    query: Mapping[str, Parameter] = field(default_factory=dict)
    parts: Mapping[str, Parameter] = field(default_factory=dict)
    refuses: bool = True
    """Whether it may answer 400: it reads a query."""
    body: str = ""
    """The schema of what is sent, for an address that is asked with POST."""


ON = Parameter("Day whose law applies; today when left out", format="date")
WORDS = Parameter("Words to look for; all must be there, else the nearest are given")


def endpoints() -> dict[str, Endpoint]:
    """By name of the view's address (``guidance:<name>``)."""
    instrument = Parameter("Key of an instrument", tuple(library().instruments), required=True)
    act = Parameter("Key of an act", tuple(library().acts), required=True)
    article = Parameter("Article within the instrument, such as D6 or 5.n.5", required=True)
    return {
        "api_openapi": Endpoint("openapi.json", "This description", "Description", refuses=False),
        "api_instruments": Endpoint(
            "instruments", "All instruments", "Instruments",
            {"on": ON, "kind": Parameter("Only this kind", tuple(KIND_WORDS))},
        ),
        "api_instrument": Endpoint(
            "instruments/{instrument}", "One instrument with its provisions",
            "InstrumentWithProvisions", {"on": ON}, {"instrument": instrument},
        ),
        "api_provisions": Endpoint(
            "provisions", "All provisions", "Provisions",
            {"on": ON, "in_force": Parameter("yes: only those in force on the day", ("yes",))},
        ),
        "api_provision": Endpoint(
            "provisions/{instrument}/{article}", "One provision", "Provision", {"on": ON},
            {"instrument": instrument, "article": article},
        ),
        "api_acts": Endpoint(
            "acts", "The catalogue of acts", "Acts",
            {"q": WORDS, "group": Parameter("Only this group", tuple(GROUPS))},
        ),
        "api_act": Endpoint("acts/{act}", "One act", "Act", {}, {"act": act}),
        "api_judge": Endpoint(
            "judge", "What the law of a day says about a situation, and why", "Verdict",
            {"act": act, "on": ON, **_facts()},
        ),
        "api_ask": Endpoint(
            "ask", "What the law says about a question in everyday words; nothing is kept",
            "Answer", body="Question",
        ),
        "api_check_text": Endpoint(
            "check-text", "Passages of a text that may take a side or do harm; nothing is kept",
            "TextCheck", body="Text",
        ),
        "api_matrix": Endpoint(
            "matrix", "The matrix act by status by phase", "Matrix",
            {
                "on": ON,
                "election": Parameter("Kind; pemilihan when left out", ("pemilihan", "pemilu")),
                "status": Parameter("Only this status", STATUSES),
                "act": Parameter("Only this act", tuple(library().acts)),
            },
        ),
        **_precedents(),
    }  # fmt: skip


def _precedents() -> dict[str, Endpoint]:
    return {
        "api_precedents": Endpoint(
            "precedents", "Published answers of legal reviewers, 50 a page, newest first; "
            "withdrawn ones included, and said to be", "Precedents",
            {
                "on": ON,
                "q": Parameter("Words to look for; the rarest weigh most"),
                "act": Parameter("Only about this act", tuple(library().acts)),
                "state": Parameter("Only in this state", PUBLIC),
                "page": Parameter("Which page; 1 when left out"),
            },
        ),
        "api_precedent": Endpoint(
            "precedents/{precedent}", "One published answer", "Precedent", {"on": ON},
            {"precedent": Parameter("Key of a precedent", format="uuid", required=True)},
        ),
        "api_search": Endpoint(
            "search", "Acts and precedents for words in everyday language", "Found",
            {"q": Parameter("Words to look for"), "on": ON},
        ),
    }  # fmt: skip


def _facts() -> dict[str, Parameter]:
    """The facts one may tell; the act itself sets the conduct."""
    return {
        name: Parameter(fact.ask.en, tuple(fact.values))
        for name, fact in library().facts.facts.items()
        if name != "conduct"
    }
