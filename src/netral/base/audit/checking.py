"""``netral log fsck``: makes everything anew from the entries and says what differs.

Memory stays constant however large the log is, and nothing waits for it: it only reads, some
hundreds of rows at once, each time in a statement of its own. So it may run beside a log that
grows, and what is counted against each other is counted in one statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from netral.base.audit import files, keys
from netral.base.audit.closed_checking import closed_differences
from netral.base.audit.comparing import is_logged
from netral.base.audit.evidence import find_evidence
from netral.base.audit.kinds import all_kinds, kind_named
from netral.base.audit.models import (
    LogCheckpoint,
    LogCosignature,
    LogOpening,
)
from netral.base.audit.published import Damaged, forgotten
from netral.base.audit.tracing import Difference, Follows, Judged, Trace
from netral.base.audit.tree_files import MissingFile, NotRepaired, TreeFiles
from netral.tlog.checkpoints import witnesses_of
from netral.tlog.hashing import Frontier, leaf_hash
from netral.tlog.notes import NoteError, VerifierKey
from netral.tlog.showing import kind_in_words
from netral.tlog.witness import open_with_any

AT_ONCE = 500
_COUNTED = """
SELECT 'given', '', size FROM base_loghead
UNION ALL SELECT 'signed', '', MAX(size) FROM base_logcheckpoint
UNION ALL SELECT 'erased', '', SUM(entries) FROM base_logerasure
UNION ALL SELECT 'entry', kind, COUNT(*) FROM base_logentry GROUP BY kind
UNION ALL SELECT 'opening', kind, COUNT(*) FROM base_logopening GROUP BY kind
"""
Rest = Callable[[], None]


def no_rest() -> None:
    """For whoever waits for the answer."""


def differences(*, repair: bool = False, rest: Rest = no_rest) -> Iterator[str]:
    """Each thing that is not as the entries say, as one sentence; nothing when all is well.

    What only follows from another is a :class:`Follows`, and so that the one who reads finds the
    cause and not its echo, entries are compared with the published ones one by one.
    ``repair`` writes missing or wrong tiles anew, once the entries have been found to make every
    root that was signed; else it writes none, and says so (:class:`NotRepaired`).
    ``rest`` is called every few hundred rows, for who has time.
    """
    counted = _count()
    newest = LogCheckpoint.objects.order_by("-size").first()
    size = newest.size if newest else 0
    may_write = repair and next(contradictions(size, rest), None) is None
    trace = Trace(find_evidence(rest) if size else None)
    yield from _tree(size, TreeFiles(may_write), trace, rest)
    yield from _counts(counted, trace)
    yield from _published()
    if repair and not may_write:
        yield NotRepaired(
            "no file was written: what was published stays as it is, because the entries of the "
            "database and what was signed contradict each other as said above"
        )
    yield from _cosignatures(rest)
    yield from _rows(trace, rest)
    yield from _beside(rest)
    yield from closed_differences(repair=repair, rest=rest)
    yield from _judged(trace)


@dataclass(frozen=True)
class _Counted:
    """Everything at one moment, so that a log that grows is no difference."""

    rows: dict[str, int]
    entries: Counter[str]
    opened: Counter[str]
    given: int
    signed: int
    erased: int


def _beside(rest: Rest) -> Iterator[str]:
    for kind in all_kinds():
        for sentence in kind.beside() if kind.beside else ():
            yield Difference(sentence)
            rest()


def _count() -> _Counted:
    # The rows first: whatever is in them now has its entry by the time those are counted.
    rows = {kind.name: kind.count() for kind in all_kinds()}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        counted = {(what, kind): int(number or 0) for what, kind, number in cursor.fetchall()}
    return _Counted(
        rows,
        Counter({kind: n for (what, kind), n in counted.items() if what == "entry"}),
        Counter({kind: n for (what, kind), n in counted.items() if what == "opening"}),
        *(counted.get((what, ""), 0) for what in ("given", "signed", "erased")),
    )


def _counts(counted: _Counted, trace: Trace) -> Iterator[str]:
    """Numbers without entries, rows that never came into the log, openings somebody took away."""
    given, there, gone = counted.given, counted.entries.total(), trace.missing.total()
    if given != there:
        sentence = f"{given} numbers were given and {there} entries are there"
        yield Follows(sentence) if given - there == gone else sentence
    if (signed := counted.signed) > there:
        sentence = f"a checkpoint was signed for {signed} entries and only {there} are there"
        yield Follows(sentence) if signed - there <= gone else sentence
    # By the kinds that were published: a changed one is named as such and no opening is lost.
    entries = Counter(counted.entries)
    entries.update(trace.other_kind)
    closed = entries - counted.opened
    for name, number in counted.rows.items():
        outside = number - counted.opened[name] - closed[name]
        if outside > 0:
            sentence = f"{outside} row(s) of {kind_in_words(name)} are not in the log"
            yield Follows(sentence) if outside <= trace.missing[name] else sentence
    if closed.total() != counted.erased:
        trace.is_unopened = True
        yield (
            f"{closed.total()} entries cannot be opened any more and {counted.erased} were "
            "erased by the rules"
        )


def _judged(trace: Trace) -> Iterator[str]:
    """What can be said about who was changed; honest where nothing can."""
    if trace.is_broken:
        yield Judged(
            "Which was changed, database or files, cannot be told, nor which entry: the published "
            "files are not there whole, or do not make what was signed either."
        )
    elif trace.published and (trace.has_changed or trace.missing):
        yield Judged(
            "The published files make what was signed, the database does not: it is the database "
            "that was changed. Only who holds the log's key could have made both anew; then "
            "witnesses, old copies and receipts contradict it."
        )
    elif trace.published and trace.has_other_rows:
        yield Judged(
            "The entries are as they were published and signed: it is the rows named that were "
            "changed, or what opens their entries."
        )


def contradictions(size: int, rest: Rest = no_rest) -> Iterator[str]:
    """Why files made from the entries would not be those the world was given."""
    yield from (one for one in _published() if not isinstance(one, MissingFile))
    yield from _tree(size, None, Trace(find_evidence(rest) if size else None), rest)


def _tree(size: int, tree: TreeFiles | None, trace: Trace, rest: Rest) -> Iterator[str]:
    """The entries in order, against those that were published, against every checkpoint up to
    ``size``, and against the ``tree``.

    An entry that was changed is named, and it goes on with the published one: what differs further
    up is then a difference of its own.
    """
    checkpoints = _checkpoints(size, rest)
    next_one = next(checkpoints, None)
    log_keys = keys.log_keys()
    frontier = Frontier()
    for entry, published in trace.pairs(size):
        while next_one and next_one.size == frontier.size:
            yield from _one_checkpoint(next_one, frontier.root(), log_keys, trace)
            next_one = next(checkpoints, None)
        octets = entry.encode() if entry else b""
        leaf = leaf_hash(octets)
        if entry is None or (published and published != leaf):
            sentence, octets = trace.compare(frontier.size, entry, published or b"")
            yield sentence
            if not octets:
                return
            leaf = published or leaf
        frontier.append(leaf)
        if tree:
            yield from tree.add(octets, leaf)
        if frontier.size % AT_ONCE == 0:
            rest()
    while next_one:
        yield from _one_checkpoint(next_one, frontier.root(), log_keys, trace)
        next_one = next(checkpoints, None)
    if tree:
        yield from tree.finish()


def _checkpoints(size: int, rest: Rest) -> Iterator[LogCheckpoint]:
    """All up to ``size``, the smallest first."""
    known = -1
    while some := list(
        LogCheckpoint.objects.filter(size__gt=known, size__lte=size).order_by("size")[:AT_ONCE]
    ):
        yield from some
        known = some[-1].size
        rest()


def _one_checkpoint(
    row: LogCheckpoint, root: bytes, log_keys: list[VerifierKey], trace: Trace
) -> Iterator[str]:
    """``root``: of the entries as they were published, as far as that is known."""
    try:
        stated = open_with_any(row.note, log_keys)
        problem = ""
    except NoteError as trouble:
        stated, problem = None, str(trouble)
    own = (row.size, bytes(row.root))
    if own[1] != root:
        yield _wrong_root(row, trace, is_signed=bool(stated and (stated.size, stated.root) == own))
    elif trace.has_changed or trace.missing:
        yield Follows(
            f"the checkpoint of {row.size} entries is not that of the database: see the entries "
            "named"
        )
    else:
        trace.good = row.size
    if stated is None:
        yield f"the signature of the checkpoint of {row.size} entries: {problem}"
    elif (stated.size, stated.root) not in (own, (row.size, root)):
        yield f"the signed note of {row.size} entries states another tree than the entries"


def _wrong_root(row: LogCheckpoint, trace: Trace, *, is_signed: bool) -> str:
    if trace.published and is_signed:
        return (
            f"the checkpoint of {row.size} entries is not that of the entries as published, and it "
            "is signed: the log's key has signed two trees"
        )
    if trace.published:
        return (
            f"the checkpoint of {row.size} entries is not that of the entries as published: its "
            "row in the database was changed"
        )
    if trace.is_broken:
        return Follows(
            f"the checkpoint of {row.size} entries is not that of the database: see the one "
            "named first"
        )
    trace.is_broken = True
    return (
        f"the checkpoint of {row.size} entries is not that of the entries: one of the entries "
        f"{trace.good} to {row.size - 1} was changed, or the checkpoint was"
    )


def _published() -> Iterator[str]:
    if files.read(files.CHECKPOINT) is None:
        if LogCheckpoint.objects.exists():
            yield MissingFile("no checkpoint is published")
        return
    try:
        unknown = forgotten()
    except Damaged as damage:
        yield str(damage)
        return
    if unknown:
        yield (
            f"a checkpoint of {unknown.size} entries was published that this database does not "
            "know: the database is an older copy, or the log was forked"
        )


def _cosignatures(rest: Rest) -> Iterator[str]:
    rows = LogCosignature.objects.select_related("checkpoint", "key").order_by("id")
    known = 0
    while some := list(rows.filter(id__gt=known)[:AT_ONCE]):
        known = some[-1].id
        for row in some:
            yield from _one_cosignature(row)
        rest()


def _one_cosignature(row: LogCosignature) -> Iterator[str]:
    note = f"{row.checkpoint.note}{row.line}\n"
    try:
        if not witnesses_of(note, [VerifierKey.parse(row.key.verifier)]):
            raise NoteError("it is not by the witness it is kept for")
    except NoteError as problem:
        yield f"a cosignature under {row.checkpoint_id} entries: {problem}"


def _rows(trace: Trace, rest: Rest) -> Iterator[str]:
    """Each opening against the row it is about, as the row is now."""
    openings = LogOpening.objects.select_related("entry").order_by("entry")
    known = -1
    while some := list(openings.filter(entry__gt=known)[:AT_ONCE]):
        known = some[-1].entry_id
        # What is counted from others comes behind them.
        for kind in sorted({one.kind for one in some}, key=lambda it: (bool(_made_from(it)), it)):
            yield from _rows_of(kind, [one for one in some if one.kind == kind], trace)
        rest()


def _made_from(name: str) -> frozenset[str]:
    return next((kind.made_from for kind in all_kinds() if kind.name == name), frozenset())


def _rows_of(name: str, openings: list[LogOpening], trace: Trace) -> Iterator[str]:
    try:
        kind = kind_named(name)
    except KeyError:
        yield f"entries of the kind {name} are in the log, and no part of Netral knows it"
        return
    contents = kind.contents([one.reference for one in openings])
    noun = kind_in_words(name)
    for one in openings:
        content = contents.get(one.reference)
        number = one.entry_id
        if content is None:
            trace.has_other_rows = True
            trace.note(name, number)
            yield Difference(f"entry {number} ({noun}): the row it is about is gone", number)
        elif not is_logged(one, content, trace.changed.get(number)):
            if trace.explains(kind, number):
                yield Follows(
                    f"entry {number} ({noun}) is counted from entries before it that differ; by "
                    "itself it cannot be judged",
                    number,
                )
            else:
                trace.has_other_rows = True
                trace.note(name, number)
                yield Difference(f"entry {number} ({noun}): the row is not what was logged", number)
