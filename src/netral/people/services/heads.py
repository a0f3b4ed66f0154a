"""Who heads a unit: definitive, Plt, Plh or Pj, from a day on."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from netral.base.events import publish
from netral.people.events import HeadChanged
from netral.people.models import Account, Change, HeadOfUnit, Person, Unit
from netral.people.services import changes, permission


@transaction.atomic
def set_head(
    *, actor: Account, unit: Unit, person: Person, kind: str, on: date, now: datetime
) -> HeadOfUnit:
    """From ``on`` the unit is headed by ``person``; whoever headed it until then steps down.

    The person need not work in the unit: a Plt is often lent from elsewhere.
    """
    permission.require_unit(actor, unit)
    if person.government_id != unit.government_id:
        raise ValidationError({"person": _("Orang itu bukan pegawai pemerintah daerah ini.")})
    if unit.closed_on:
        raise ValidationError(_("Unit ini sudah ditutup."))
    if person.left_on or person.merged_into_id:
        raise ValidationError({"person": _("Orang itu tidak lagi bekerja; pilih yang lain.")})
    before = _close_current(unit, on)
    head = HeadOfUnit.objects.create(unit=unit, person=person, kind=kind, valid_from=on)
    _tell(actor, now, unit, before, head)
    return head


@transaction.atomic
def end_head(*, actor: Account, unit: Unit, on: date, now: datetime) -> None:
    """From ``on`` nobody heads the unit."""
    permission.require_unit(actor, unit)
    before = _close_current(unit, on)
    if before is None:
        raise ValidationError(_("Unit ini memang belum mempunyai kepala."))
    _tell(actor, now, unit, before, None)


def end_headships_of(*, actor: Account | None, person: Person, on: date, now: datetime) -> None:
    """Every unit headed by ``person`` is without a head from ``on``; part of another deed."""
    current = HeadOfUnit.objects.filter(person=person, valid_to=None).select_related("unit")
    for head in current.order_by("pk"):
        head.valid_to = max(on, head.valid_from)
        head.save(update_fields=["valid_to"])
        _tell(actor, now, head.unit, head, None)


def _close_current(unit: Unit, on: date) -> HeadOfUnit | None:
    head = HeadOfUnit.objects.select_for_update().filter(unit=unit, valid_to=None).first()
    if head is None:
        return None
    if on < head.valid_from:
        message = _("Kepala yang sekarang mulai %(day)s; pilih hari itu atau sesudahnya.")
        raise ValidationError(
            {"on": message % {"day": date_format(head.valid_from, "DATE_FORMAT")}}
        )
    head.valid_to = on
    head.save(update_fields=["valid_to"])
    return head


def _tell(
    actor: Account | None,
    now: datetime,
    unit: Unit,
    before: HeadOfUnit | None,
    after: HeadOfUnit | None,
) -> None:
    changes.record(
        government=unit.government,
        actor=actor,
        now=now,
        subject=Change.Subject.HEAD,
        subject_id=unit.pk,
        kind=Change.Kind.CHANGED if after else Change.Kind.CLOSED,
        before=_values(before),
        after=_values(after),
    )
    publish(
        HeadChanged(
            unit.government_id,
            unit.pk,
            left=before.person_id if before else None,
            entered=after.person_id if after else None,
        )
    )


def _values(head: HeadOfUnit | None) -> dict[str, object] | None:
    if head is None:
        return None
    day = {"valid_to": head.valid_to} if head.valid_to else {"valid_from": head.valid_from}
    return {"person": head.person_id, "head_kind": head.kind, **day}
