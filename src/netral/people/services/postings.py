"""Where and as what somebody works, from a day on: changing it, leaving, coming back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from netral.base.events import publish
from netral.people.events import RegisterChanged
from netral.people.models import Account, Change, Government, Person, Posting, Unit
from netral.people.services import changes, duties, heads, permission


@dataclass(frozen=True, kw_only=True)
class PostingFacts:
    """A posting without its days."""

    unit: Unit
    status: str
    position_level: str = Posting.Level.OTHER
    position: str = ""
    grade: str = ""
    standing: str = ""

    def values(self) -> dict[str, Any]:
        """As history keeps it: the unit by its key, empty texts left out."""
        values = {
            "unit": self.unit.pk,
            "status": self.status,
            "position_level": self.position_level,
            "position": self.position,
            "grade": self.grade,
            "standing": self.standing,
        }
        return {key: value for key, value in values.items() if value}


@transaction.atomic
def change(
    *, actor: Account, person: Person, posting: PostingFacts, on: date, now: datetime
) -> Person:
    """From ``on`` they work elsewhere or as something else; until then what stood still holds.

    ``on`` equal to the first day of the current posting corrects that posting instead.
    """
    permission.require_person(actor, person)
    person = _locked(person)
    current = current_posting(person)
    if current is None:
        raise ValidationError(_("Pegawai ini sudah berhenti; catat dahulu bahwa ia kembali."))
    _require_destination(actor, current, posting, person)
    refuse_future(on, person.government, now)
    before, after = changes.difference(_values(current), _full_values(posting))
    if not after:
        raise ValidationError(_("Belum ada yang diubah; ubah unit, status, atau jabatan."))
    if on < current.valid_from:
        raise ValidationError({"on": _too_early(current.valid_from)})
    if on == current.valid_from:
        _overwrite(current, posting)
    else:
        current.valid_to = on
        current.save(update_fields=["valid_to"])
        open_posting(person, posting, on)
    kind = Change.Kind.MOVED if "unit" in after else Change.Kind.CHANGED
    changes.record_person(
        person, actor, now, kind, before=before, after={**after, "valid_from": on}
    )
    units = frozenset({current.unit_id, posting.unit.pk}) if "unit" in after else None
    publish(RegisterChanged(person.government_id, units or frozenset({posting.unit.pk})))
    return person


@transaction.atomic
def leave(*, actor: Account, person: Person, on: date, reason: str, now: datetime) -> Person:
    """``on`` is the first day on which they no longer work here. Headships and duties end, their
    history stays."""
    permission.require_person(actor, person)
    person = _locked(person)
    current = current_posting(person)
    if current is None:
        raise ValidationError(_("Pegawai ini memang sudah berhenti."))
    refuse_future(on, person.government, now)
    if on < current.valid_from:
        raise ValidationError({"on": _too_early(current.valid_from)})
    current.valid_to = on
    current.save(update_fields=["valid_to"])
    person.left_on = on
    person.save(update_fields=["left_on"])
    heads.end_headships_of(actor=actor, person=person, on=on, now=now)
    why = f"berhenti bekerja: {reason}"
    duties.end_all_of(actor=actor, person=person, reason=why, now=now)
    after = {"left_on": on, "reason": reason}
    changes.record_person(
        person, actor, now, Change.Kind.CLOSED, before={"left_on": None}, after=after
    )
    publish(RegisterChanged(person.government_id, frozenset({current.unit_id})))
    return person


@transaction.atomic
def take_back(
    *, actor: Account, person: Person, posting: PostingFacts, on: date, now: datetime
) -> Person:
    """Somebody who had left works here again from ``on``."""
    permission.require_person(actor, person)
    permission.require_unit(actor, posting.unit)
    person = _locked(person)
    if person.merged_into_id:
        raise ValidationError(_("Catatan ini sudah digabung; pakai catatan yang dipertahankan."))
    if current_posting(person):
        raise ValidationError(_("Pegawai ini masih bekerja."))
    check_unit(posting.unit, person.government)
    refuse_future(on, person.government, now)
    if person.left_on and on < person.left_on:
        raise ValidationError({"on": _too_early(person.left_on)})
    before, person.left_on = person.left_on, None
    person.save(update_fields=["left_on"])
    open_posting(person, posting, on)
    changes.record_person(
        person,
        actor,
        now,
        Change.Kind.REOPENED,
        before={"left_on": before},
        after={**posting.values(), "valid_from": on},
    )
    publish(RegisterChanged(person.government_id, frozenset({posting.unit.pk})))
    return person


def open_posting(person: Person, posting: PostingFacts, on: date) -> Posting:
    return Posting.objects.create(
        government_id=person.government_id, person=person, valid_from=on, **_fields(posting)
    )


def current_posting(person: Person) -> Posting | None:
    return Posting.objects.filter(person=person, valid_to=None).select_related("unit").first()


def check_unit(unit: Unit, government: Government) -> None:
    if unit.government_id != government.pk:
        raise ValidationError({"unit": _("Unit itu milik pemerintah daerah lain.")})
    if unit.closed_on:
        raise ValidationError({"unit": _("Unit itu sudah ditutup; pilih unit yang masih ada.")})


def refuse_future(on: date, government: Government, now: datetime) -> None:
    """The open posting is how things are now, so tomorrow's move is entered tomorrow."""
    today = now.astimezone(ZoneInfo(government.time_zone)).date()
    if on > today:
        raise ValidationError(
            {"on": _("Hari itu belum tiba; catat pada harinya atau pilih hari ini.")}
        )


def _locked(person: Person) -> Person:
    people = Person.objects.select_for_update(of=("self",)).select_related("government")
    return people.get(pk=person.pk)


def _require_destination(
    actor: Account, current: Posting, posting: PostingFacts, person: Person
) -> None:
    if posting.unit.pk == current.unit_id:
        return
    permission.require_unit(actor, posting.unit)
    check_unit(posting.unit, person.government)


def _fields(posting: PostingFacts) -> dict[str, Any]:
    return {
        "unit": posting.unit,
        "status": posting.status,
        "position_level": posting.position_level,
        "position": posting.position,
        "grade": posting.grade,
        "standing": posting.standing,
    }


def _full_values(posting: PostingFacts) -> dict[str, Any]:
    return {**_fields(posting), "unit": str(posting.unit.pk)}


def _values(current: Posting) -> dict[str, Any]:
    return {
        "unit": str(current.unit_id),
        "status": current.status,
        "position_level": current.position_level,
        "position": current.position,
        "grade": current.grade,
        "standing": current.standing,
    }


def _overwrite(current: Posting, posting: PostingFacts) -> None:
    fields = _fields(posting)
    for key, value in fields.items():
        setattr(current, key, value)
    current.save(update_fields=list(fields))


def _too_early(day: date) -> str:
    message = _("Catatan yang sekarang mulai %(day)s; pilih hari itu atau sesudahnya.")
    return message % {"day": date_format(day, "DATE_FORMAT")}
