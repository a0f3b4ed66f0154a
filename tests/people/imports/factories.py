"""Files as offices send them, and an import taken through its steps."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from django.conf import settings

from netral.base.ids import new_id
from netral.people.models import Account, Duty, Government, Import
from netral.people.services import imports

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
Cells = Sequence[Sequence[Any]]

SIMPEG = ["NAMA", "NIP", "JENIS JABATAN", "NAMA JABATAN", "GOL AKHIR", "NAMA UNOR", "UNOR INDUK"]


def make_government(code: str = "64", name: str = "Provinsi Contoh") -> Government:
    return Government.objects.create(
        level="province" if "." not in code else "regency", name=name, region_code=code
    )


def make_officer(government: Government, username: str = "petugas") -> Account:
    officer = Account.objects.create(username=username, name="Petugas", government=government)
    Duty.objects.create(
        account=officer, kind="personnel", government=government, granted_at=NOW, confirmed_at=NOW
    )
    return officer


def number(index: int, *, pppk: bool = False, birth: str = "19850201") -> str:
    """A staff number that BKN's checks have nothing against."""
    return f"{birth}{'202321' if pppk else '201001'}1{index:03}"


def staff(count: int, *, unit: str = "Bidang Satu", top: str = "Dinas Contoh") -> list[list[str]]:
    """Rows under :data:`SIMPEG`: different people of one unit."""
    return [
        [f"Orang {_word(i)}", number(i), "Jabatan Fungsional Umum", "Staf", "III/a", unit, top]
        for i in range(1, count + 1)
    ]


def _word(index: int) -> str:
    letters = "abcdefghij"
    return "".join(letters[int(digit)] for digit in str(index)).capitalize()


def xlsx(sheets: dict[str, Cells] | Cells, *, tidy: Callable[[Any], None] | None = None) -> bytes:
    """A workbook; ``tidy(book)`` may merge cells and the like before it is written."""
    if not isinstance(sheets, dict):
        sheets = {"Data": sheets}
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if tidy:
        tidy(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_text(rows: Cells, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def upload(content: bytes) -> Path:
    """Puts ``content`` where uploads wait."""
    folder = Path(settings.UPLOAD_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / new_id().hex
    path.write_bytes(content)
    return path


def read(
    government: Government,
    content: bytes,
    *,
    scope: str = "part",
    actor: Account | None = None,
    on: date = TODAY,
    now: datetime = NOW,
) -> Import:
    """An import as far as its reading goes, without the queue."""
    source = imports.start(
        actor=None,
        government=government,
        upload_path=upload(content),
        file_name="berkas.xlsx",
        scope=scope,
        effective_on=on,
        now=now,
    )
    if actor:
        Import.objects.filter(pk=source.pk).update(actor=actor)
    imports.read(str(source.pk), now)
    source.refresh_from_db()
    return source


def apply(source: Import, *, close_missing: bool = False, now: datetime = NOW) -> Import:
    imports.confirm(actor=None, source=source, close_missing=close_missing, now=now)
    imports.apply(str(source.pk), now)
    source.refresh_from_db()
    return source


def bring(government: Government, rows: Cells, **options: Any) -> Import:
    """Reads and applies a workbook with these rows."""
    return apply(read(government, xlsx(rows), **options))


def codes(source: Import) -> list[str]:
    return sorted(source.problems.values_list("code", flat=True))
