"""What stands in the way of undoing an import: whatever was built on what it wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext as _

from netral.base import bulk
from netral.people.models import (
    Account,
    Change,
    ClaimCode,
    DataRequest,
    Duty,
    FormerNumber,
    HeadOfUnit,
    Import,
    NameListView,
    Person,
    Posting,
    SlipBatch,
    Unit,
)


@dataclass(frozen=True)
class Blocker:
    """Something that came after the import and depends on it."""

    what: str
    """A sentence for the officer."""
    count: int


Finder = Callable[[Import], list[Blocker]]
_finders: list[Finder] = []


def add_finder(finder: Finder) -> None:
    """A feature says what of its own forbids undoing. Called in ``AppConfig.ready``.

    Rows of other packages that point at a created person or unit with ``PROTECT`` are found
    without this; a finder is for what the database cannot tell.
    """
    if finder not in _finders:
        _finders.append(finder)


def of(source: Import) -> list[Blocker]:
    """Everything in the way; an empty list when the import can be undone."""
    found = [*_later_history(source)]
    for subject, model in ((Change.Subject.PERSON, Person), (Change.Subject.UNIT, Unit)):
        created = Change.objects.filter(
            source=source, subject=subject, kind=Change.Kind.CREATED
        ).values("subject_id")
        found += _dependants(source, model, created)
    for finder in _finders:
        found += finder(source)
    return found


def _later_history(source: Import) -> list[Blocker]:
    count = bulk.fetch(
        "SELECT COUNT(DISTINCT l.subject_id) FROM people_change l "
        "WHERE l.id > (SELECT MAX(c.id) FROM people_change c WHERE c.source_id = %s) "
        "AND EXISTS (SELECT 1 FROM people_change c WHERE c.source_id = %s "
        "AND c.subject_id = l.subject_id)",
        [source.pk.hex, source.pk.hex],
    )[0][0]
    if not count:
        return []
    return [Blocker(_("Pegawai atau unit dari impor ini sudah diubah lagi sesudahnya."), count)]


def _dependants(source: Import, model: type[models.Model], created: Any) -> list[Blocker]:
    """Rows elsewhere that point at what the import created."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        remote: Any = relation.related_model
        if not _blocks(relation, remote):
            continue
        rows = remote._base_manager.filter(**{f"{relation.field.name}__in": created})
        count = _not_of_this_import(rows, remote, source).count()
        if count:
            name = _name_of(remote)
            found.append(Blocker(_("Sudah ada %(name)s yang memakainya.") % {"name": name}, count))
    return found


def _blocks(relation: ForeignObjectRel, remote: Any) -> bool:
    """Protected rows do, and so do slips and lists; figures kept beside a unit do not.

    Having been looked at builds nothing (:mod:`opened_lists`).
    """
    if not getattr(relation.field, "db_constraint", True):
        return False
    if remote in (NameListView, NameListView.shown.through):
        return False
    return (
        relation.on_delete in (models.PROTECT, models.RESTRICT)
        or remote is ClaimCode
        or bool(remote._meta.auto_created)
    )


def _name_of(remote: Any) -> str:
    """What the officer calls such rows; of a list the thing that holds it."""
    known = {
        Account: _("akun yang sudah diaktifkan"),
        ClaimCode: _("slip akun"),
        DataRequest: _("permintaan tentang data pribadi"),
        Duty: _("tugas petugas"),
        FormerNumber: _("nomor lama"),
        HeadOfUnit: _("kepala unit"),
        Person: _("catatan yang digabungkan"),
        Posting: _("penempatan"),
        SlipBatch: _("cetakan slip"),
        Unit: _("unit di bawahnya"),
    }
    holder = remote._meta.auto_created or remote
    return str(known.get(holder) or holder._meta.verbose_name)


def _not_of_this_import(rows: Any, remote: Any, source: Import) -> Any:
    """What the import itself wrote (postings of its people, units below its units) aside."""
    own = Change.objects.filter(source=source)
    if remote is Posting:
        people = own.filter(subject=Change.Subject.PERSON).values("subject_id")
        return rows.exclude(person__in=people)
    if remote is Unit:
        units = own.filter(subject=Change.Subject.UNIT, kind=Change.Kind.CREATED)
        return rows.exclude(pk__in=units.values("subject_id"))
    return rows
