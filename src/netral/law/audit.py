"""`netral law check`: everything that can be wrong with the data, and what they cover."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from netral.law.checks import reference_problems
from netral.law.coverage import coverage
from netral.law.index import chapter
from netral.law.library import Library
from netral.law.procedures import steps
from netral.law.vocabulary import Confidence


@dataclass(frozen=True, slots=True)
class Audit:
    """Counts as printable lines, and problems; an empty list of problems means that all is well."""

    counts: tuple[str, ...]
    problems: tuple[str, ...]


def audit(library: Library) -> Audit:
    """Check the whole library."""
    return Audit(tuple(_counts(library)), tuple(_problems(library)))


def _counts(library: Library) -> Iterable[str]:
    """How much there is, and how well it is known."""
    covered = coverage(library)
    levels = Counter(item.confidence for item in library.provisions.values())
    yield f"version {library.version}, answers from {library.first_day}"
    instruments, provisions, norms = library.instruments, library.provisions, library.norms
    yield f"instruments {len(instruments)}, provisions {len(provisions)}, norms {len(norms)}"
    questions = sum(len(act.phrases) for act in library.acts.values())
    yield f"acts {len(library.acts)}, example questions {questions}"
    yield f"contested points {len(library.contests)}, steps with clocks {len(steps())}"
    primary, agreed, single, memory = (levels[level] for level in Confidence)
    yield f"provisions from the text itself {primary}, from sources that agree {agreed}"
    yield f"provisions from a single source {single}, from memory {memory}"
    used = sum(bool(item.places) for item in covered.values())
    left = sum(bool(item.left_out) for item in covered.values())
    yield f"facts {len(covered)}: {used} represented, {left} left out with a reason"


def _problems(library: Library) -> Iterable[str]:
    """Broken references, facts without a place, values nobody uses, steps without provision."""
    yield from reference_problems(library)
    for item in coverage(library).values():
        if not item.places and item.left_out is None:
            yield f"evidence {item.fact}: no entry uses it; use it or list it in left_out.yaml"
        if item.places and item.left_out is not None:
            yield f"evidence {item.fact}: is used, so remove it from left_out.yaml"
    for step in steps().values():
        library.provision(step.provision)
        for name in step.evidence:
            if name not in library.evidence:
                yield f"step {step.id}: evidence '{name}' does not exist"
    yield from _unused_values(library)
    for name in library.acts:
        chapter(library, name, library.first_day)


def _unused_values(library: Library) -> Iterable[str]:
    """A value that no norm, contest or act names can never matter and is probably a slip."""
    used: set[tuple[str, str]] = set()
    elements = [item for norm in library.norms.values() for item in norm.elements]
    elements += [
        item for norm in library.norms.values() for group in norm.exceptions for item in group
    ]
    elements += [item for contest in library.contests.values() for item in contest.elements]
    for element in elements:
        used.update((fact, value) for fact, values in element.choices.items() for value in values)
    for act in library.acts.values():
        used.update((fact, value) for fact, values in act.given.items() for value in values)
    for fact in library.facts.facts.values():
        informative = {value for value in fact.values if (fact.name, value) in used}
        if not informative and fact.name not in _FACTS_FOR_NOTES:
            yield f"fact {fact.name}: no norm, contest or act uses it"
        if fact.many:
            for value in set(fact.values) - informative:
                yield f"fact {fact.name}: the value '{value}' is used nowhere"


# Facts that change the remarks of a verdict without being an element of a norm.
_FACTS_FOR_NOTES = {"repeated"}


def coverage_csv(library: Library) -> str:
    """The coverage table: fact, confidence, places, reason for leaving out."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["fact", "confidence", "represented_in", "left_out_because"])
    for item in coverage(library).values():
        reason = item.left_out.en if item.left_out else ""
        writer.writerow(
            [item.fact, library.evidence[item.fact].confidence.value, " ".join(item.places), reason]
        )
    return text.getvalue()
