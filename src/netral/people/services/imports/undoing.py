"""Takes an applied import back as a whole, while nothing builds on it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from netral.base import bulk
from netral.base.events import publish
from netral.people.events import RegisterChanged
from netral.people.folding import matching_key
from netral.people.models import (
    Change,
    FormerNumber,
    Government,
    HeadOfUnit,
    Import,
    Person,
    Posting,
    Unit,
)
from netral.people.services.imports import blockers, opened_lists, unit_writing
from netral.people.services.imports.refusals import ImportRefused

_CREATED = """
SELECT subject_id FROM people_change
WHERE source_id = %s AND subject = 'person' AND kind = 'created'
"""
_DELETE_POSTINGS = f"DELETE FROM people_posting WHERE person_id IN ({_CREATED})"
_DELETE_PEOPLE = f"DELETE FROM people_person WHERE id IN ({_CREATED})"
_PERSON_FIELDS = (
    "name", "number", "front_title", "back_title", "email", "phone", "joined_on", "left_on",
)  # fmt: skip
_POSTING_FIELDS = frozenset({"unit", "status", "position_level", "position", "grade", "standing"})
CHUNK = 1_000


def carry_out(import_id: str, now: datetime) -> None:
    """Undoes an import; safe to run again after a kill."""
    source = Import.objects.select_related("government").get(pk=import_id)
    if source.state != Import.State.UNDOING:
        return
    try:
        with transaction.atomic():
            _undo(source, now)
    except (ImportRefused, IntegrityError, models.ProtectedError):
        Import.objects.filter(pk=source.pk, state=Import.State.UNDOING).update(
            state=Import.State.APPLIED, trouble={"code": "built_upon", "details": {}}
        )


def refuse_if_blocked(source: Import) -> None:
    found = blockers.of(source)
    if found:
        reasons = " ".join(f"{blocker.what} ({blocker.count})" for blocker in found)
        raise ImportRefused(
            _("Impor ini tidak dapat lagi ditarik kembali. %(reasons)s") % {"reasons": reasons}
        )


def _undo(source: Import, now: datetime) -> None:
    list(Government.objects.select_for_update(no_key=True).filter(pk=source.government_id))
    refuse_if_blocked(source)
    opened_lists.let_go(source)  # while everybody still is where the lists showed them
    lines = Change.objects.filter(source=source)
    changed = lines.exclude(kind=Change.Kind.CREATED).order_by("-id")
    _restore_people(changed.filter(subject=Change.Subject.PERSON), now)
    _restore_heads(source)
    created_units = list(
        lines.filter(subject=Change.Subject.UNIT, kind=Change.Kind.CREATED).values_list(
            "subject_id", flat=True
        )
    )
    key = source.pk.hex
    bulk.run(_DELETE_POSTINGS, [key])
    bulk.run(_DELETE_PEOPLE, [key])
    _restore_units(source, changed.filter(subject=Change.Subject.UNIT), created_units)
    _record(source, now)
    publish(RegisterChanged(source.government_id, None))
    Import.objects.filter(pk=source.pk).update(state=Import.State.UNDONE, undone_at=now, trouble={})


def _restore_people(lines: models.QuerySet[Change], now: datetime) -> None:
    before = {
        line.subject_id: (json.loads(line.before or "{}"), json.loads(line.after or "{}"))
        for line in lines.iterator(chunk_size=CHUNK)
    }
    keys = list(before)
    for start in range(0, len(keys), CHUNK):
        part = {key: before[key] for key in keys[start : start + CHUNK]}
        people = list(Person.objects.filter(pk__in=part))
        for person in people:
            _take_back(person, *part[person.pk])
        Person.objects.bulk_update(people, [*_PERSON_FIELDS, "name_key"], batch_size=200)
        _restore_postings(part)


def _take_back(person: Person, was: dict[str, Any], became: dict[str, Any]) -> None:
    for name in _PERSON_FIELDS:
        if name in was:
            setattr(person, name, was[name] or (None if name.endswith("_on") else ""))
    if "name" in was:
        person.name_key = matching_key(person.name)
    if was.get("number"):
        FormerNumber.objects.filter(person=person, number=was["number"]).delete()


def _restore_postings(part: dict[UUID, tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """The newest posting goes where the import opened it; the one before is open again."""
    reopened: list[Posting] = []
    dropped: list[UUID] = []
    newest: dict[UUID, list[Posting]] = {}
    in_time = Posting.objects.filter(person__in=part).order_by(
        F("valid_to").desc(nulls_first=True), "-valid_from", "-id"
    )
    for posting in in_time:
        newest.setdefault(posting.person_id, []).append(posting)
    for person, postings in newest.items():
        was, became = part[person]
        is_closing = bool(became.get("left_on"))
        if is_closing:
            reopened.append(postings[0])
        elif _POSTING_FIELDS & set(became):
            dropped.append(postings[0].pk)
            returned = "left_on" in was
            if not returned and len(postings) > 1:
                reopened.append(postings[1])
    Posting.objects.filter(pk__in=dropped).delete()
    Posting.objects.filter(pk__in=[posting.pk for posting in reopened]).update(valid_to=None)


def _restore_heads(source: Import) -> None:
    """Headships that ended because their holder left, or their unit closed, with this import."""
    left = Change.objects.filter(
        source=source, subject=Change.Subject.PERSON, kind=Change.Kind.CLOSED
    ).values("subject_id")
    closed = Change.objects.filter(
        source=source, subject=Change.Subject.UNIT, kind=Change.Kind.CLOSED
    ).values("subject_id")
    ended = HeadOfUnit.objects.filter(
        Q(person__in=left) | Q(unit__in=closed), valid_to=source.effective_on
    )
    taken = HeadOfUnit.objects.filter(valid_to=None).values("unit_id")
    ended.exclude(Q(unit__in=taken)).update(valid_to=None)


def _restore_units(source: Import, changed: models.QuerySet[Change], created: list[UUID]) -> None:
    for line in changed:
        unit = Unit.objects.get(pk=line.subject_id)
        was = json.loads(line.before or "{}")
        if "name" in was:
            unit.name, unit.name_key = was["name"], matching_key(was["name"])
        if "external_id" in was:
            unit.external_id = was["external_id"]
        if "parent" in was:
            unit.parent_id = UUID(was["parent"]) if was["parent"] else None
        if "closed_on" in was:
            unit.closed_on = None
        if was.get("closed"):
            unit.closed_on = source.effective_on
        unit.save()
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=created)}
    while units:  # children before parents: the parent is protected
        parents = {unit.parent_id for unit in units.values()}
        leaves = [key for key in units if key not in parents]
        Unit.objects.filter(pk__in=leaves).delete()
        for key in leaves:
            del units[key]
    if created or changed:
        unit_writing.renew_closure(source)


def _record(source: Import, now: datetime) -> None:
    """One line per subject: the change is taken back, and history says so."""
    bulk.run(
        "INSERT INTO people_change (government_id, at, actor_id, source_id, subject, subject_id, "
        "kind, before, after) SELECT government_id, %s, actor_id, NULL, subject, subject_id, "
        "'undone', after, before FROM people_change WHERE source_id = %s ORDER BY id",
        [bulk.moment(now), source.pk.hex],
    )
