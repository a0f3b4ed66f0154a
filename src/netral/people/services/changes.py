"""The one place that writes a line of the register's history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from netral.people.models import Account, Change, Government, Person

Values = Mapping[str, Any]


def record(
    *,
    government: Government,
    actor: Account | None,
    now: datetime,
    subject: Change.Subject,
    subject_id: UUID,
    kind: Change.Kind,
    before: Values | None = None,
    after: Values | None = None,
) -> Change:
    """Appends one change. Values are the fields that changed; dates and keys become text."""
    return Change.objects.create(
        government=government,
        at=now,
        actor=actor,
        subject=subject,
        subject_id=subject_id,
        kind=kind,
        before=as_json(before),
        after=as_json(after),
    )


def record_person(
    person: Person,
    actor: Account | None,
    now: datetime,
    kind: Change.Kind,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> Change:
    return record(
        government=person.government,
        actor=actor,
        now=now,
        subject=Change.Subject.PERSON,
        subject_id=person.pk,
        kind=kind,
        before=before,
        after=after,
    )


def as_json(values: Values | None) -> str:
    """Canonical JSON: keys sorted, no spaces, so that equal values have equal text."""
    if not values:
        return ""
    return json.dumps(
        {key: _plain(value) for key, value in values.items()},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def difference(before: Values, after: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that differ, as they were and as they are."""
    keys = [key for key in after if before.get(key) != after[key]]
    return {key: before.get(key) for key in keys}, {key: after[key] for key in keys}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
