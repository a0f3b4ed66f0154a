"""``netral log fsck`` for logs that were closed: they must stay what the world was given."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from netral.base.audit import files, keys
from netral.base.audit.closing import entries_of, is_whole
from netral.base.audit.integrating import Contradiction
from netral.base.audit.models import LogClosed
from netral.base.audit.tree_files import MissingFile, NotRepaired, TreeFiles
from netral.tlog.hashing import Frontier, leaf_hash
from netral.tlog.notes import NoteError
from netral.tlog.witness import open_with_any

AT_ONCE = 500


def closed_differences(*, repair: bool, rest: Callable[[], None]) -> Iterator[str]:
    """What is not as it was when each log was closed. The files are only written anew when the
    entries make the root that was signed."""
    for closed in LogClosed.objects.order_by("number"):
        trouble = _seal(closed)
        if not trouble and is_whole(closed):
            trouble = _root(closed, rest)
        if trouble:
            yield trouble
            if repair:
                yield NotRepaired(
                    f"the files of the closed log {closed.origin} stay as they were published; "
                    "its entries, or its seal, are not what was signed"
                )
        elif is_whole(closed):
            yield from _files(closed, repair, rest)


def _seal(closed: LogClosed) -> str:
    """What is wrong with the final checkpoint; empty when nothing is."""
    try:
        stated = open_with_any(closed.note, keys.log_keys())
    except NoteError as problem:
        return f"the final checkpoint of the closed log {closed.origin}: {problem}"
    if (stated.origin, stated.size, stated.root) != (
        closed.origin,
        closed.size,
        bytes(closed.root),
    ):
        return f"the final checkpoint of the closed log {closed.origin} states another tree"
    return ""


def _root(closed: LogClosed, rest: Callable[[], None]) -> str:
    tree = Frontier()
    try:
        for entry in entries_of(closed):
            tree.append(entry.leaf)
            if tree.size % AT_ONCE == 0:
                rest()
    except Contradiction as gap:
        return str(gap)
    if (tree.size, tree.root()) != (closed.size, bytes(closed.root)):
        return f"the entries of the closed log {closed.origin} are not those that were signed"
    return ""


def _files(closed: LogClosed, repair: bool, rest: Callable[[], None]) -> Iterator[str]:
    folder = files.closed_root(closed.folder)
    if not repair and not folder.is_dir():
        yield MissingFile(f"{closed.folder} is missing")
        return
    tree = TreeFiles(repair, folder)
    for entry in entries_of(closed):
        octets = entry.encode()
        yield from tree.add(octets, leaf_hash(octets))
        if tree.edge.size % AT_ONCE == 0:
            rest()
    yield from tree.finish()
    yield from tree.compare(files.CHECKPOINT, closed.note.encode())
