"""The register's history as people read it: who, when, from what to what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.people.models import Change, Government, HeadOfUnit, Import, Person, Posting, Unit
from netral.people.queries.accounts import WAYS_IN
from netral.people.queries.units import names_with_place

LABELS = {
    "name": gettext_lazy("nama"),
    "front_title": gettext_lazy("gelar depan"),
    "back_title": gettext_lazy("gelar belakang"),
    "email": gettext_lazy("email dinas"),
    "phone": gettext_lazy("nomor HP"),
    "number": gettext_lazy("NIP / NI PPPK"),
    "local_id": gettext_lazy("ID lokal"),
    "identifier": gettext_lazy("nomor"),
    "joined_on": gettext_lazy("mulai bekerja"),
    "left_on": gettext_lazy("berhenti"),
    "unit": gettext_lazy("unit"),
    "status": gettext_lazy("status"),
    "position_level": gettext_lazy("jenjang jabatan"),
    "position": gettext_lazy("jabatan"),
    "grade": gettext_lazy("golongan"),
    "standing": gettext_lazy("kedudukan hukum"),
    "valid_from": gettext_lazy("sejak"),
    "valid_to": gettext_lazy("tidak lagi sejak"),
    "ways_in": gettext_lazy("jalan masuk akun"),
    "reason": gettext_lazy("alasan"),
    "merged": gettext_lazy("digabung dari"),
    "merged_into": gettext_lazy("digabung ke"),
    "parent": gettext_lazy("unit atasan"),
    "opened_on": gettext_lazy("dibuka"),
    "closed_on": gettext_lazy("ditutup"),
    "external_id": gettext_lazy("ID UNOR"),
    "person": gettext_lazy("kepala"),
    "head_kind": gettext_lazy("kedudukan"),
    "short_name": gettext_lazy("nama pendek"),
    "seat": gettext_lazy("tempat kedudukan"),
    "letterhead": gettext_lazy("kop surat"),
    "time_zone": gettext_lazy("zona waktu"),
    "region_code": gettext_lazy("kode wilayah"),
}
_DAYS = {"joined_on", "left_on", "valid_from", "valid_to", "opened_on", "closed_on"}
_CHOICES: dict[str, dict[str, Any]] = {
    "status": dict(Posting.Status.choices),
    "position_level": dict(Posting.Level.choices),
    "head_kind": dict(HeadOfUnit.Kind.choices),
    "time_zone": dict(Government.Zone.choices),
}
_UNITS = {"unit", "parent", "unit_id"}


ABOUT_THE_ACCOUNT = Q(before__startswith='{"ways_in":')
"""Lines of ``services.recovering``: no matter of those who only read the register."""


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    actor: str
    """Empty when it was done on the command line."""
    deed: str
    source: Import | None
    fields: list[FieldChange]


def person_changes(person: Person) -> QuerySet[Change]:
    """Of the person and of those who were joined into them, newest first."""
    merged = Person.objects.filter(merged_into=person).values("id")
    return _newest_first(
        Q(subject=Change.Subject.PERSON) & (Q(subject_id=person.pk) | Q(subject_id__in=merged))
    )


def unit_changes(unit: Unit) -> QuerySet[Change]:
    """Of the unit and of who heads it, newest first."""
    subjects = [Change.Subject.UNIT, Change.Subject.HEAD]
    return _newest_first(Q(subject__in=subjects, subject_id=unit.pk))


def government_changes(government: Government) -> QuerySet[Change]:
    return _newest_first(Q(subject=Change.Subject.GOVERNMENT, subject_id=government.pk))


def lines(page: list[Change]) -> list[HistoryLine]:
    """Changes in words. At most two queries, for the names of units and people."""
    values = [(_load(change.before), _load(change.after)) for change in page]
    names = _names_of_keys(values)
    return [
        HistoryLine(
            at=change.at,
            actor=change.actor.name if change.actor else "",
            deed=change.get_kind_display(),
            source=change.source,
            fields=field_changes(before, after, names),
        )
        for change, (before, after) in zip(page, values, strict=True)
    ]


def _newest_first(condition: Q) -> QuerySet[Change]:
    return Change.objects.filter(condition).select_related("actor", "source").order_by("-id")


def _load(text: str) -> dict[str, Any]:
    return json.loads(text) if text else {}


def field_changes(
    before: dict[str, Any], after: dict[str, Any], names: dict[str, str]
) -> list[FieldChange]:
    """Each field with its label and both values in words. ``names``: key of a unit → its name
    and place.

    What was empty and stays empty says nothing and is left out.
    """
    keys = [key for key in LABELS if key in before or key in after]
    keys += sorted((before.keys() | after.keys()) - LABELS.keys())
    told = (
        FieldChange(
            label=str(LABELS.get(key, key)),
            before=_shown(key, before.get(key), names),
            after=_shown(key, after.get(key), names),
        )
        for key in keys
    )
    return [field for field in told if field.before or field.after]


def _shown(key: str, value: Any, names: dict[str, str]) -> str:
    if value in (None, ""):
        return ""
    text = str(value)
    if key in _CHOICES:
        return str(_CHOICES[key].get(text, text))
    if key in _DAYS:
        return _shown_day(text)
    if key == "ways_in":
        return ", ".join(str(WAYS_IN.get(way, way)) for way in text.split())
    if key in _UNITS or key == "person":
        return names.get(text, _("(tidak ada lagi)") if _is_key(text) else text)
    return text


def _shown_day(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    except ValueError:
        return text


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _names_of_keys(values: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, str]:
    sides = [side for pair in values for side in pair]
    units = {str(side[key]) for side in sides for key in _UNITS if side.get(key)}
    people = {str(side["person"]) for side in sides if side.get("person")}
    names: dict[str, str] = {}
    units, people = set(filter(_is_key, units)), set(filter(_is_key, people))
    if units:
        names.update({str(key): name for key, name in names_with_place(map(UUID, units)).items()})
    if people:
        names.update({str(who.pk): who.full_name for who in Person.objects.filter(pk__in=people)})
    return names
