"""Reads norms, elements and the facts they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netral.law.errors import DataError
from netral.law.facts import Fact, Vocabulary
from netral.law.instruments import Element, Norm
from netral.law.loading.reader import Entry, value_name, words
from netral.law.vocabulary import Confidence, NormClass

_NORM_KEYS = {
    "class",
    "status",
    "phase",
    "when",
    "unless",
    "basis",
    "lifts",
    "sanction",
    "sanction_confidence",
    "conditions",
}


def read_facts(data: Mapping[str, Any]) -> Vocabulary:
    """The fact vocabulary from facts.yaml."""
    facts: dict[str, Fact] = {}
    for name, raw in data.items():
        entry = Entry.of(
            f"facts.yaml: {name}", raw, {"kind", "many", "ask", "values"}, {"kind", "ask", "values"}
        )
        values = {
            value_name(value): words(f"{entry.place}, value '{value}'", text)
            for value, text in entry.data["values"].items()
        }
        if entry.text("kind") not in ("subject", "setting", "deed"):
            raise DataError(f"{entry.place}: kind must be subject, setting or deed")
        facts[name] = Fact(
            name, entry.text("kind"), entry.words("ask"), values, bool(raw.get("many"))
        )
    return Vocabulary(facts)


def read_elements(place: str, raw: Any, facts: Vocabulary) -> tuple[Element, ...]:
    """Conditions: `fact: [values]` each one element; `any…: [{fact: [values]}, …]` one element."""
    if not isinstance(raw, Mapping) or not raw:
        raise DataError(f"{place}: must be a mapping of facts to values")
    elements = []
    for name, values in raw.items():
        if str(name).startswith("any"):
            merged: dict[str, tuple[str, ...]] = {}
            for alternative in values:
                for fact, options in alternative.items():
                    merged[fact] = _values(place, fact, options, facts)
            elements.append(Element(merged))
        else:
            elements.append(Element({name: _values(place, name, values, facts)}))
    return tuple(elements)


def _values(place: str, fact: str, raw: Any, facts: Vocabulary) -> tuple[str, ...]:
    """The values named for one fact, checked against the vocabulary."""
    if not isinstance(raw, list) or not raw:
        raise DataError(f"{place}: '{fact}' needs a list of values")
    names = tuple(value_name(value) for value in raw)
    for value in names:
        if (fact, value) not in facts.bits:
            raise DataError(f"{place}: {facts.explain(fact, value)}")
    return names


def read_norm(provision: str, raw: Any, facts: Vocabulary, confidence: Confidence) -> Norm:
    """The norm of one provision. `status` and `phase` are shorthands for elements.

    `confidence` is that of the provision; its sanction has the same unless the data say otherwise.
    """
    place = f"{provision}: norm"
    entry = Entry.of(place, raw, _NORM_KEYS, {"class", "status", "when"})
    klass = entry.choice("class", NormClass)
    heads = {key: list(entry.texts(key)) for key in ("status", "phase") if entry.has(key)}
    elements = read_elements(place, heads, facts) + read_elements(place, raw["when"], facts)
    exceptions = tuple(
        read_elements(f"{place}, unless", item, facts) for item in raw.get("unless", [])
    )
    if entry.has("sanction_confidence"):
        confidence = entry.choice("sanction_confidence", Confidence)
    if (klass is NormClass.PERMISSION) == entry.has("sanction"):
        raise DataError(f"{place}: a prohibition needs a sanction, a permission has none")
    return Norm(
        id=provision,
        klass=klass,
        provision=provision,
        elements=elements,
        exceptions=exceptions,
        basis=entry.texts("basis"),
        lifts=entry.texts("lifts"),
        sanction=entry.maybe_text("sanction"),
        sanction_confidence=confidence,
        conditions=tuple(words(place, item) for item in raw.get("conditions", [])),
    )
