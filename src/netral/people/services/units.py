"""The unit tree: add, rename, move, close, reopen. The closure table is kept right here.

Changes of shape lock the government's row, so that two officers cannot hang a unit below
itself between them.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.base.events import publish
from netral.people.events import RegisterChanged
from netral.people.folding import matching_key, tidy
from netral.people.models import (
    Account,
    Change,
    Government,
    HeadOfUnit,
    Posting,
    Unit,
    UnitAncestor,
)
from netral.people.services import changes, permission


@transaction.atomic
def add(
    *,
    actor: Account,
    government: Government,
    parent: Unit | None,
    name: str,
    external_id: str = "",
    on: date,
    now: datetime,
) -> Unit:
    """A new unit under ``parent``, or directly under the government."""
    _require_place(actor, government, parent)
    _lock(government)
    name = _checked_name(name, government=government, parent=parent, external_id=external_id)
    if parent and parent.closed_on:
        raise ValidationError({"parent": _("Unit atasan itu sudah ditutup; pilih yang lain.")})
    unit = Unit.objects.create(
        government=government,
        parent=parent,
        name=name,
        name_key=matching_key(name),
        external_id=_free_external_id(external_id, government),
        depth=parent.depth + 1 if parent else 0,
        opened_on=on,
    )
    _hang([unit.pk], below=parent)
    after = {"name": name, "parent": parent and parent.pk, "opened_on": on}
    _record(unit, actor, now, Change.Kind.CREATED, after=after)
    return unit


@transaction.atomic
def rename(*, actor: Account, unit: Unit, name: str, now: datetime) -> Unit:
    permission.require_unit(actor, unit)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    before = unit.name
    name = _checked_name(
        name,
        government=unit.government,
        parent=unit.parent,
        external_id=unit.external_id,
        itself=unit,
    )
    if name == before:
        return unit
    unit.name, unit.name_key = name, matching_key(name)
    unit.save(update_fields=["name", "name_key"])
    _record(unit, actor, now, Change.Kind.CHANGED, before={"name": before}, after={"name": name})
    return unit


@transaction.atomic
def move(*, actor: Account, unit: Unit, parent: Unit | None, now: datetime) -> Unit:
    """Hangs ``unit`` with everything below it under ``parent``; ``None`` is the government."""
    permission.require_unit(actor, unit)
    _require_place(actor, unit.government, parent)
    _lock(unit.government)
    unit = Unit.objects.select_related("government").get(pk=unit.pk)
    if unit.parent_id == (parent and parent.pk):
        return unit
    if parent:
        _refuse_as_parent(unit, parent)
    _checked_name(
        unit.name, government=unit.government, parent=parent, external_id=unit.external_id
    )
    before = unit.parent_id
    _rehang(unit, parent)
    _record(
        unit,
        actor,
        now,
        Change.Kind.MOVED,
        before={"parent": before},
        after={"parent": parent and parent.pk},
    )
    # Sums per subtree change all the way up on both sides, so no short list of units will do.
    publish(RegisterChanged(unit.government_id, None))
    return unit


@transaction.atomic
def close(*, actor: Account, unit: Unit, on: date, reason: str, now: datetime) -> Unit:
    """Ends a unit in which nobody works any more and which has no open unit below it."""
    permission.require_unit(actor, unit)
    _lock(unit.government)
    unit = Unit.objects.get(pk=unit.pk)
    if unit.closed_on:
        raise ValidationError(_("Unit ini sudah ditutup."))
    if on < unit.opened_on:
        raise ValidationError({"on": _("Hari penutupan sebelum unit ini dibuka; pilih lagi.")})
    _refuse_while_in_use(unit)
    unit.closed_on = on
    unit.save(update_fields=["closed_on"])
    _end_headship(unit, on)
    after = {"closed_on": on, "reason": reason}
    _record(unit, actor, now, Change.Kind.CLOSED, before={"closed_on": None}, after=after)
    publish(RegisterChanged(unit.government_id, frozenset({unit.pk})))
    return unit


@transaction.atomic
def reopen(*, actor: Account, unit: Unit, now: datetime) -> Unit:
    """Takes a closing back; the unit stands again where it stood."""
    permission.require_unit(actor, unit)
    _lock(unit.government)
    unit = Unit.objects.select_related("parent").get(pk=unit.pk)
    if not unit.closed_on:
        return unit
    if unit.parent and unit.parent.closed_on:
        raise ValidationError(_("Buka dahulu unit atasannya, baru unit ini."))
    _checked_name(
        unit.name,
        government=unit.government,
        parent=unit.parent,
        external_id=unit.external_id,
        itself=unit,
    )
    before, unit.closed_on = unit.closed_on, None
    unit.save(update_fields=["closed_on"])
    _record(
        unit,
        actor,
        now,
        Change.Kind.REOPENED,
        before={"closed_on": before},
        after={"closed_on": None},
    )
    publish(RegisterChanged(unit.government_id, frozenset({unit.pk})))
    return unit


def _require_place(actor: Account, government: Government, parent: Unit | None) -> None:
    if parent is None:
        permission.require_government(actor, government)
        return
    permission.require_unit(actor, parent)
    if parent.government_id != government.pk:
        raise ValidationError({"parent": _("Unit atasan itu milik pemerintah daerah lain.")})


def _lock(government: Government) -> None:
    Government.objects.select_for_update().get(pk=government.pk)


def _checked_name(
    name: str,
    *,
    government: Government,
    parent: Unit | None,
    external_id: str,
    itself: Unit | None = None,
) -> str:
    """The tidy name; refuses an empty one and, among units without UNOR id, a second one."""
    name = tidy(name)
    if not matching_key(name):
        raise ValidationError({"name": _("Tulis nama unit dengan huruf atau angka.")})
    twins = Unit.objects.filter(
        government=government,
        parent=parent,
        name_key=matching_key(name),
        external_id="",
        closed_on=None,
    )
    if itself:
        twins = twins.exclude(pk=itself.pk)
    if not external_id and twins.exists():
        raise ValidationError(
            {"name": _("Di bawah atasan yang sama sudah ada unit bernama itu; pakai nama lain.")}
        )
    return name


def _free_external_id(external_id: str, government: Government) -> str:
    external_id = external_id.strip()
    taken = Unit.objects.filter(government=government, external_id=external_id)
    if external_id and taken.exists():
        raise ValidationError({"external_id": _("ID UNOR itu sudah dipakai unit lain.")})
    return external_id


def _refuse_as_parent(unit: Unit, parent: Unit) -> None:
    if UnitAncestor.objects.filter(ancestor=unit, unit=parent).exists():
        raise ValidationError(
            {"parent": _("Unit tidak dapat dipindah ke bawah dirinya sendiri; pilih yang lain.")}
        )
    if parent.closed_on:
        raise ValidationError({"parent": _("Unit atasan itu sudah ditutup; pilih yang lain.")})


def _refuse_while_in_use(unit: Unit) -> None:
    staff = Posting.objects.filter(unit=unit, valid_to=None).count()
    if staff:
        message = _("Masih ada %(count)s pegawai di unit ini; pindahkan mereka lebih dahulu.")
        raise ValidationError(message % {"count": staff})
    below = Unit.objects.filter(parent=unit, closed_on=None).count()
    if below:
        message = _("Masih ada %(count)s unit di bawahnya; pindahkan atau tutup lebih dahulu.")
        raise ValidationError(message % {"count": below})


def _rehang(unit: Unit, parent: Unit | None) -> None:
    below = dict(UnitAncestor.objects.filter(ancestor=unit).values_list("unit_id", "distance"))
    UnitAncestor.objects.filter(unit_id__in=below).exclude(ancestor_id__in=below).delete()
    unit.parent = parent
    unit.depth = parent.depth + 1 if parent else 0
    unit.save(update_fields=["parent", "depth"])
    moved = Unit.objects.filter(pk__in=below)
    for at in moved:
        at.depth = unit.depth + below[at.pk]
    Unit.objects.bulk_update(moved, ["depth"], batch_size=500)
    if parent:
        _insert_above(below, parent)


def _hang(units: list[UUID], *, below: Unit | None) -> None:
    UnitAncestor.objects.bulk_create(
        UnitAncestor(ancestor_id=unit, unit_id=unit, distance=0) for unit in units
    )
    if below:
        _insert_above(dict.fromkeys(units, 0), below)


def _insert_above(below: dict[UUID, int], parent: Unit) -> None:
    """Joins every unit of a subtree (with its distance to the top of it) to all above it."""
    above = list(UnitAncestor.objects.filter(unit=parent).values_list("ancestor_id", "distance"))
    UnitAncestor.objects.bulk_create(
        (
            UnitAncestor(ancestor_id=ancestor, unit_id=unit, distance=upward + 1 + downward)
            for ancestor, upward in above
            for unit, downward in below.items()
        ),
        batch_size=2000,
    )


def _end_headship(unit: Unit, on: date) -> None:
    for head in HeadOfUnit.objects.filter(unit=unit, valid_to=None):
        head.valid_to = max(on, head.valid_from)
        head.save(update_fields=["valid_to"])


def _record(
    unit: Unit,
    actor: Account,
    now: datetime,
    kind: Change.Kind,
    *,
    before: changes.Values | None = None,
    after: changes.Values | None = None,
) -> None:
    changes.record(
        government=unit.government,
        actor=actor,
        now=now,
        subject=Change.Subject.UNIT,
        subject_id=unit.pk,
        kind=kind,
        before=before,
        after=after,
    )
