"""The register's history in the log: one entry for all lines written since the last.

Not in the transaction of each line but right after it: an import of 18,000 people stays a few
statements, and no edit holds the log's lock while it waits for another row
(docs/decisions/0501-log.md).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from netral.base import audit
from netral.people.models import Change, RegisterSeal
from netral.tlog.hashing import Frontier, leaf_hash

KIND = "register"
MOST_LINES = 50_000
_FIELDS = ("id", "government_id", "at", "actor_id", "source_id", "subject", "subject_id", "kind")


def seal_new_lines(now: datetime) -> None:
    """Logs what the register's history has grown by; as a rule there is nothing to do.

    Safe to be killed and to run twice: two seals cannot begin after the same line.
    """
    last = RegisterSeal.objects.aggregate(last=Max("last_id"))["last"] or 0
    end = _finished(last)
    if end <= last:
        return
    end = min(end, _nth_after(last))
    root, lines = _root(last, end)
    try:
        with transaction.atomic():
            seal = RegisterSeal.objects.create(
                after_id=last, last_id=end, lines=lines, root=root, at=now
            )
            audit.append(kind=KIND, reference=seal.pk, content=_content(seal, root), now=now)
    except IntegrityError:
        return  # another integrator has sealed them meanwhile


def _finished(last: int) -> int:
    """The last line below which none can appear any more.

    On PostgreSQL a transaction under way may hold a smaller number than one that is done: the
    table is locked for a moment, without waiting; while somebody writes, the next round looks.
    """
    newest = Change.objects.aggregate(newest=Max("id"))["newest"] or 0
    if newest <= last or connection.vendor == "sqlite":
        return newest
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE people_change IN SHARE ROW EXCLUSIVE MODE NOWAIT")
            return Change.objects.aggregate(newest=Max("id"))["newest"] or 0
    except OperationalError:
        return last


def _nth_after(last: int) -> int:
    """Bounds one round: the 50,000th line from here."""
    found = Change.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)
    return next(iter(found[MOST_LINES - 1 : MOST_LINES]), 1 << 62)


def _root(after: int, end: int) -> tuple[str, int]:
    """Root over the lines after ``after`` up to ``end``, and how many there are."""
    tree = Frontier()
    rows = Change.objects.filter(id__gt=after, id__lte=end).order_by("id")
    for row in rows.values_list(*_FIELDS, "before", "after").iterator(chunk_size=4096):
        tree.append(leaf_hash(_line(row)))
    return tree.root().hex(), tree.size


def _line(row: tuple[object, ...]) -> bytes:
    """A line as a JSON array; keys as text, times in UTC with six decimals of the second."""
    values = [
        value.astimezone(UTC).isoformat(timespec="microseconds")
        if isinstance(value, datetime)
        else str(value)
        if isinstance(value, UUID)
        else value
        for value in row
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _content(seal: RegisterSeal, root: str) -> audit.Content:
    return audit.Content(
        {"after": seal.after_id, "last": seal.last_id, "lines": seal.lines, "root": root}
    )


def _contents(references: Collection[UUID]) -> Mapping[UUID, audit.Content]:
    """With the root of the lines as they are now, not as the seal says."""
    seals = RegisterSeal.objects.filter(pk__in=references)
    return {seal.pk: _content(seal, _root(seal.after_id, seal.last_id)[0]) for seal in seals}


def register() -> None:
    label = _("Segel atas perubahan register pegawai")
    audit.register_kind(audit.Kind(KIND, _contents, RegisterSeal.objects.count, label))
    audit.add_chore(seal_new_lines)
