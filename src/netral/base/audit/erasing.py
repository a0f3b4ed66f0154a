"""Makes everything about a subject unreadable for ever, and leaves the tree as it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from netral.base.audit.appending import append
from netral.base.audit.kinds import Kind, register_kind
from netral.base.audit.models import LogErasure, LogOpening
from netral.tlog.entries import Content

ERASURE = "erasure"


@transaction.atomic
def erase(*, subject: UUID, now: datetime) -> int:
    """Deletes salts and references of all entries about ``subject``; returns how many.

    The entries stay, and with them every proof; nobody can find out any more what they were
    about. That so many were erased is itself logged, so that ``fsck`` can tell an erasure from a
    row that somebody took away. Backups made before still hold the salts until they are deleted.
    """
    count, _ = LogOpening.objects.filter(subject=subject).delete()
    if count:
        done = LogErasure.objects.create(at=now, entries=count)
        append(kind=ERASURE, reference=done.pk, content=_content(done), now=now)
    return count


def _content(done: LogErasure) -> Content:
    at = int(done.at.timestamp())
    return Content({"at": at, "entries": done.entries, "id": str(done.pk)})


def _contents(references: Collection[UUID]) -> Mapping[UUID, Content]:
    return {done.pk: _content(done) for done in LogErasure.objects.filter(pk__in=references)}


def register() -> None:
    label = _("Penghapusan kaitan entri dengan orangnya")
    register_kind(Kind(ERASURE, _contents, LogErasure.objects.count, label))
