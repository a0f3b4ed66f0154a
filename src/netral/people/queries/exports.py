"""The register on its way out: a table that Netral reads back in. Contact data stays inside."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import override

from netral.people.models import Government, Person, Posting, UnitAncestor
from netral.people.queries.staff import Staff

CHUNK = 2000


def headers() -> list[str]:
    """Indonesian whatever the language of the page: the importer knows these words."""
    return [
        "NIP/NI PPPK",
        "ID Netral",
        "Gelar Depan",
        "Nama",
        "Gelar Belakang",
        "Status",
        "ID UNOR",
        "Unit",
        "Unit Induk",
        "Jabatan",
        "Jenjang Jabatan",
        "Golongan",
        "Kedudukan Hukum",
        "Mulai Bekerja",
    ]


def staff_rows(government: Government, people: Staff) -> Iterator[list[str]]:
    """One row per person, as :func:`headers`. Reads in chunks, so memory stays flat."""
    words, tops = _indonesian_words(), _names_of_tops(government)
    for person in people.select_related("current__unit").iterator(chunk_size=CHUNK):
        yield _staff_row(person, words, tops)


def local_id_headers() -> list[str]:
    return ["ID Netral", "Nama", "Unit", "Unit Induk"]


def local_id_rows(government: Government, people: Staff) -> Iterator[list[str]]:
    """Those whom Netral gave an id, for the office to keep in its own list."""
    words, tops = _indonesian_words(), _names_of_tops(government)
    people = people.select_related("current__unit").exclude(local_id="")
    for person in people.iterator(chunk_size=CHUNK):
        row = _staff_row(person, words, tops)
        yield [row[1], row[3], row[7], row[8]]


def _indonesian_words() -> dict[str, str]:
    with override("id"):
        pairs = [*Posting.Status.choices, *Posting.Level.choices]
        return {code: str(label) for code, label in pairs}


def _names_of_tops(government: Government) -> dict[UUID, str]:
    """For each unit below another the name of the one at the top: dinas, badan, kecamatan."""
    rows = UnitAncestor.objects.filter(
        unit__government=government, distance__gt=0, ancestor__parent=None
    )
    return dict(rows.values_list("unit_id", "ancestor__name"))


def _staff_row(person: Person, words: dict[str, str], tops: dict[UUID, str]) -> list[str]:
    current = getattr(person, "current", None)  # whoever left has none, not even empty
    unit = current.unit if current else None
    return [
        person.number,
        person.local_id,
        person.front_title,
        person.name,
        person.back_title,
        words[current.status] if current else "",
        unit.external_id if unit else "",
        unit.name if unit else "",
        tops.get(unit.pk, "") if unit else "",
        current.position if current else "",
        words[current.position_level] if current else "",
        current.grade if current else "",
        current.standing if current else "",
        person.joined_on.isoformat() if person.joined_on else "",
    ]
