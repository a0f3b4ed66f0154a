"""From the values still possible to the finding: how the rules stand, what that comes to, and the
parts that rest on single facts: those used, those to ask for, the clocks and the trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netral.law.rules import Stand
from netral.law.trace import Row, Trace
from netral.law.verdict import Finding

if TYPE_CHECKING:
    from netral.law.chapters import Chapter


def find(asked: tuple[Chapter, int]) -> Finding:
    """The finding of a chapter on the values still possible."""
    chapter, possible = asked
    index, act = chapter.outline.index, chapter.outline.act
    facts = index.law.facts
    stands = [memory[possible & reach] for reach, memory in chapter.tests]
    draft = index.drafts[sum([stand.code for stand in stands])]
    setting = chapter.stretch.settings[possible & facts.statuses]
    upshot = draft.upshots[setting]
    waiting = draft.asks
    if pending := draft.pending:
        for stand in stands:
            if stand.code & pending:
                waiting |= stand.waiting
    again = possible & facts.repeated == facts.repeated_before
    return Finding(
        draft.outcome,
        draft.possible,
        draft.citations[setting, act.cites],
        upshot.sanctions,
        upshot.deciders,
        upshot.contests,
        draft.conditions,
        draft.confidence,
        draft.safe or act.safe,
        upshot.notes_again if again else upshot.notes,
        setting.clocks[draft.outcome][possible & facts.elections],
        index.questions[possible & waiting],
        facts.known(possible, draft.shown),
        Trace(chapter, _rows(stands[: len(chapter.rules)], draft.changed)),
    )


def _rows(stands: list[Stand], changed: dict[str, tuple[str, str]]) -> tuple[Row, ...]:
    """How the trace shows the rules: as they stand, but for those that another one changed."""
    rows = [stand.row for stand in stands]
    if changed:
        rows = [
            Row(row.norm, changed[row.norm][0], row.elements, changed[row.norm][1])
            if row.norm in changed
            else row
            for row in rows
        ]
    return tuple(rows)
