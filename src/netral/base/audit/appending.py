"""Puts entries into the log, inside the transaction of the deed they record."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.transaction import TransactionManagementError

from netral.base import bulk
from netral.base.audit.kinds import kind_named
from netral.base.audit.models import LogEntry, LogOpening, hour_of
from netral.tlog.entries import SALT_SIZE, Content, commit

_RESERVE = """
INSERT INTO base_loghead (id, size) VALUES (1, %s)
ON CONFLICT (id) DO UPDATE SET size = base_loghead.size + excluded.size RETURNING size
"""


class Logged(NamedTuple):
    """One deed to log: the row it is about, what is committed to, and whom it is about.

    Keys may be given as their 32 hexadecimal digits.
    """

    reference: UUID | str
    content: Content
    subject: UUID | str | None = None


def append(
    *, kind: str, reference: UUID, content: Content, now: datetime, subject: UUID | None = None
) -> int:
    """Logs one deed; returns its number. See :func:`append_many`."""
    return append_many(kind=kind, deeds=[Logged(reference, content, subject)], now=now)[0]


def append_many(*, kind: str, deeds: Sequence[Logged], now: datetime) -> range:
    """Logs deeds of one kind; returns their numbers, in order.

    Only inside a transaction, and **last** in it: from here to the commit nobody else can
    append, and whoever locked other rows after this could wait in a ring. The numbers are final
    when the transaction commits; when it is rolled back they were never given.

    Raises TransactionManagementError outside a transaction, KeyError for an unknown kind,
    IntegrityError when one of the rows is in the log already.
    """
    kind_named(kind)
    if not connection.in_atomic_block:
        raise TransactionManagementError("an entry is logged in the transaction of its deed")
    if not deeds:
        return range(0)
    hour, noise = hour_of(now), os.urandom(SALT_SIZE * len(deeds))
    salts = [noise[at : at + SALT_SIZE] for at in range(0, len(noise), SALT_SIZE)]
    sealed = [commit(kind, salt, deed.content) for salt, deed in zip(salts, deeds, strict=True)]
    numbers = _reserve(len(deeds))  # from here on others wait
    # Not through the ORM: a hall that signs together writes hundreds of entries in one go, and
    # objects that nobody will look at cost more than the rows.
    bulk.insert(
        LogEntry._meta.db_table,
        ("index", "kind", "hour", "commitment"),
        [(at, kind, hour, one) for at, one in zip(numbers, sealed, strict=True)],
    )
    bulk.insert(
        LogOpening._meta.db_table,
        ("index", "kind", "reference", "subject", "salt"),
        [
            (at, kind, bulk.hexed(deed.reference), bulk.hexed(deed.subject), salt)
            for at, deed, salt in zip(numbers, deeds, salts, strict=True)
        ],
    )
    return numbers


def _reserve(count: int) -> range:
    """Takes the next ``count`` numbers.

    One row under a lock, not a sequence: a sequence leaves a hole when a deed is rolled back.
    """
    [(end,)] = bulk.fetch(_RESERVE, [count])
    return range(end - count, end)
