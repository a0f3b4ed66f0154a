"""From the values still possible to the finding: how the rules stand, what that comes to, and the
parts that rest on single facts: those used, those to ask for, the clocks and the trace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from netral.law.trace import Row, Trace
from netral.law.verdict import Finding

if TYPE_CHECKING:
    from netral.law.chapters import Chapter


def find(asked: tuple[Chapter, int]) -> Finding:
    """The finding of a chapter on the values still possible."""
    chapter, possible = asked
    index, act = chapter.outline.index, chapter.outline.act
    facts = index.law.facts
    rows = [memory[possible & reach] for reach, memory in chapter.tests]
    code = sum([row.code for row in rows])
    draft, remarks = index.drafts[code & index.weighed], index.remarks[code & index.remarked]
    footing, consequences = chapter.stretch.settings[possible & facts.statuses]
    upshot = draft.upshots[consequences]
    waiting = draft.asks
    if pending := draft.pending:
        for row in rows:
            if row.code & pending:
                waiting |= row.waiting
    del rows[len(chapter.rules) :]
    if draft.changed:
        rows = _changed(rows, draft.changed)
    widens = draft.breached and remarks.outcomes
    again = possible & facts.repeated == facts.repeated_before
    parts = (
        draft.outcome,
        index.widened[draft.possible, remarks.outcomes] if widens else draft.possible,
        draft.citations[footing, act.cites],
        upshot.sanctions,
        upshot.deciders,
        upshot.contests[remarks],
        draft.conditions,
        draft.confidence,
        draft.safe or act.safe,
        upshot.notes_again if again else upshot.notes,
        upshot.clocks[possible & facts.elections],
        index.questions[possible & waiting],
        facts.known(possible, index.shown[draft.shown | remarks.facts]),
        Trace(chapter, tuple(rows)),
    )
    return tuple.__new__(Finding, parts)  # a quarter of the time of its constructor


def _changed(rows: list[Row], changed: dict[str, tuple[str, str]]) -> list[Row]:
    """The rows as the trace shows them where a permission or a dispute has changed some."""
    return [
        replace(row, reason=changed[row.norm][0], by=changed[row.norm][1])
        if row.norm in changed
        else row
        for row in rows
    ]
