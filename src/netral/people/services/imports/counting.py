"""The figures of the preview."""

from __future__ import annotations

from netral.base import bulk
from netral.people.models import Import
from netral.people.services.imports import sql


def counts_of(source: Import) -> dict[str, int]:
    """Rows per action, problems per severity, units: ``asked`` counts answered questions too."""
    counts: dict[str, int] = {}
    is_tree = source.is_tree
    rows = sql.COUNT_UNITS if is_tree else sql.COUNT_ROWS
    asked = 0
    for action, count, questions in bulk.fetch(rows, [source.pk.hex]):
        counts[action] = int(count)
        asked += int(questions)
    counts["rows"] = sum(count for action, count in counts.items() if action != "missing")
    if not is_tree:
        for action, count, _none in bulk.fetch(sql.COUNT_UNITS, [source.pk.hex]):
            counts[f"unit_{action}"] = int(count)
    if asked:
        counts["asked"] = asked
    doubtful = source.units.filter(answer="").exclude(similar_id=None).count()
    if doubtful:
        counts["unit_doubtful"] = doubtful
    for severity, count in bulk.fetch(sql.COUNT_PROBLEMS, [source.pk.hex]):
        counts[f"{severity}s"] = int(count)
    return counts
