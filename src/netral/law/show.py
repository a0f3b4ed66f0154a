"""`netral law show`: one instrument, provision, act, step or contest in words."""

from __future__ import annotations

from collections.abc import Iterator

from netral.law.citing import citation
from netral.law.errors import NotFoundError
from netral.law.instruments import Element, Norm
from netral.law.library import Library, library
from netral.law.procedures import steps
from netral.law.render.labels import when


def show(name: str, language: str = "id", *, law: Library | None = None) -> str:
    """Everything the library knows about an id, as text; "steps" and "contests" list all of
    theirs."""
    law = law or library()
    if name == "steps":
        return "\n".join(
            f"{key:32} {item.name.in_language(language)}" for key, item in steps().items()
        )
    if name == "contests":
        return "\n".join(
            f"{key:24} {item.name.in_language(language)}" for key, item in law.contests.items()
        )
    for known, lines in (
        (law.provisions, _provision),
        (law.instruments, _instrument),
        (law.acts, _act),
        (law.contests, _contest),
    ):
        if name in known:
            return "\n".join(lines(law, name, language))
    if name in steps():
        return "\n".join(_step(law, name, language))
    every = [*law.provisions, *law.instruments, *law.acts, *law.contests, *steps()]
    raise NotFoundError.naming("instrument, provision, act, contest or step", name, every)


def _provision(law: Library, name: str, language: str) -> Iterator[str]:
    """Text, validity, evidence and norm of a provision, and what replaced its instrument."""
    item = law.provision(name)
    instrument = law.instrument(item.instrument)
    yield f"{name}: {citation(law, name, language)}"
    yield f"  {instrument.name.in_language(language)}"
    yield f"  {item.text.in_language(language)}"
    yield f"  {item.effective} .. {item.until or ''}".rstrip()
    if instrument.replaced_by:
        yield f"  -> {instrument.replaced_by}"
    yield from _evidence(law, item.evidence)
    if item.norm is not None:
        yield from _norm(law, item.norm, language)


def _evidence(law: Library, names: tuple[str, ...]) -> Iterator[str]:
    """Confidence and addresses."""
    for key in names:
        evidence = law.evidence[key]
        yield f"  [{evidence.confidence.value}] {key}"
        if evidence.quote:
            yield f'      "{evidence.quote}"'
        yield from (f"      {url}" for url in evidence.sources)


def _norm(law: Library, norm: Norm, language: str) -> Iterator[str]:
    """The norm as conditions in words."""
    yield f"  norm: {norm.klass.value}" + (f", sanction {norm.sanction}" if norm.sanction else "")
    yield from (f"    + {_element(law, item, language)}" for item in norm.elements)
    for exception in norm.exceptions:
        yield "    - " + " & ".join(_element(law, item, language) for item in exception)
    if norm.basis:
        yield f"    basis: {', '.join(norm.basis)}"


def _element(law: Library, element: Element, language: str) -> str:
    """One condition in words."""
    return " / ".join(
        law.facts.label(fact, value).in_language(language)
        for fact, values in element.choices.items()
        for value in values
    )


def _instrument(law: Library, name: str, language: str) -> Iterator[str]:
    """An instrument with its chain and provisions."""
    item = law.instrument(name)
    yield f"{name}: {item.name.in_language(language)}"
    yield f"  {item.effective} .. {item.until or ''}".rstrip()
    for label, names in (
        ("<-", item.replaces),
        ("->", (item.replaced_by,) if item.replaced_by else ()),
        ("amends", item.amends),
        ("amended by", item.amended_by),
    ):
        if names:
            yield f"  {label} {', '.join(filter(None, names))}"
    if item.date_note:
        yield f"  {item.date_note.in_language(language)}"
    yield from (
        f"  {key}: {provision.text.in_language(language)}"
        for key, provision in item.provisions.items()
    )


def _act(law: Library, name: str, language: str) -> Iterator[str]:
    """An act with what it fixes, its questions and its safe course."""
    item = law.act(name)
    yield f"{name}: {item.name.in_language(language)}"
    yield f"  {item.about.in_language(language)}"
    for fact, values in item.given.items():
        yield "  = " + " / ".join(
            law.facts.label(fact, value).in_language(language) for value in values
        )
    yield f"  {item.safe.in_language(language)}"
    yield from (
        f"  ? {phrase}" for phrase in (item.phrases_en if language == "en" else item.phrases)
    )


def _contest(law: Library, name: str, language: str) -> Iterator[str]:
    """A contested point with its positions."""
    item = law.contests[name]
    yield f"{name}: {item.name.in_language(language)} ({item.affects})"
    for position in item.positions:
        says = position.says.in_language(language)
        told = when(position.when, language)
        yield f"  {position.named(language)} ({told}, {position.view}): {says}"
        yield from _evidence(law, position.evidence)
    yield f"  {item.safe.in_language(language)}"


def _step(law: Library, name: str, language: str) -> Iterator[str]:
    """A step with its limit and provision."""
    item = steps()[name]
    limit = "?" if item.length is None else str(item.length)
    yield f"{name}: {item.name.in_language(language)}"
    starts = item.starts.in_language(language)
    yield f"  {starts} -> {limit} {item.counting.value} ({item.provision})"
    if item.note:
        yield f"  {item.note.in_language(language)}"
    yield from _evidence(law, item.evidence)
