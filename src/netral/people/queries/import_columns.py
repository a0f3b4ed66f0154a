"""Which columns and sheets of a file were not used, and why: headers only, never a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from netral.people.models import Import

_ORDER = ("forbidden", "checked", "unknown", "second", "ignored", "unneeded")
_CHECKED = frozenset({"birth", "gender"})
_UNIT = frozenset({"unit_ref", "unit_name"})


@dataclass(frozen=True)
class Unused:
    """One reason and the headers of the columns it holds for, in the order of the file."""

    why: str
    label: str
    headers: tuple[str, ...]


def unused(source: Import) -> list[Unused]:
    """The columns that leave no trace in the register, private ones first."""
    found: dict[str, dict[str, None]] = {why: {} for why in _ORDER}
    for column in _columns(source):
        why = _why(column)
        if why:
            found[why][column["header"]] = None
    labels = _labels()
    return [Unused(why, labels[why], tuple(found[why])) for why in _ORDER if found[why]]


def says_office_only(source: Import) -> bool:
    """Whether some sheet has a column for the office of its people and none for their unit."""
    for report in source.mapping.get("sheets", []):
        fields = {column["field"] for column in report["columns"]}
        if report["state"] == "read" and "unit_top" in fields and not fields & _UNIT:
            return True
    return False


def unread_sheets(source: Import) -> list[str]:
    """Sheets with a table whose needed columns are not known yet."""
    reports = source.mapping.get("sheets", [])
    return [report["name"] for report in reports if report["state"] == "unmapped"]


def _columns(source: Import) -> Iterator[dict[str, Any]]:
    for report in source.mapping.get("sheets", []):
        if report["state"] == "read":
            yield from report["columns"]


def _why(column: dict[str, Any]) -> str:
    """One of :data:`_ORDER`, or ``""`` for a column that is used."""
    if column["field"]:
        return "checked" if column["field"] in _CHECKED else ""
    return "ignored" if column["why"] == "remembered" else str(column["why"])


def _labels() -> dict[str, str]:
    return {
        "forbidden": _("Data pribadi, dibuang saat dibaca"),
        "checked": _("Hanya untuk memeriksa nomor, lalu dibuang"),
        "unknown": _("Judulnya tidak dikenal, isinya tidak dibaca"),
        "second": _("Kolom kedua untuk hal yang sama"),
        "ignored": _("Diabaikan sesuai pilihan Anda"),
        "unneeded": _("Tidak diperlukan register"),
    }
