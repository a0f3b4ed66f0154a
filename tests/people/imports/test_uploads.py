"""The uploaded file: sealed from its first byte, kept while it may be read again, then gone."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from netral.people.intake.problems import Unreadable
from netral.people.models import Government, Import
from netral.people.services import imports
from netral.people.services.imports import keeping, uploads
from tests.people.imports import factories
from tests.people.imports.factories import NOW, SIMPEG, number, read, staff, xlsx

SECRET = b"6472014102850001"


def sealed(content: bytes) -> Path:
    writer = uploads.SealingWriter()
    for at in range(0, len(content), 300_000):
        writer.write(content[at : at + 300_000])
    writer.close()
    return writer.path


@pytest.mark.parametrize("size", [0, 1, uploads.PART - 1, uploads.PART, 2 * uploads.PART + 5])
def test_what_is_sealed_comes_back_whole_and_is_not_to_be_read_on_disk(size: int) -> None:
    content = (SECRET * (size // len(SECRET) + 1))[:size]
    path = sealed(content)
    assert uploads.content(path) == content
    assert size < 16 or SECRET not in path.read_bytes()


def test_a_changed_shortened_or_foreign_file_is_refused(settings: Any) -> None:
    path = sealed(b"x" * (uploads.PART + 9))
    whole = path.read_bytes()
    for damaged in (
        whole[: uploads.PART + 48],
        whole[:-1] + bytes([whole[-1] ^ 1]),
        b"nothing of ours",
    ):
        path.write_bytes(damaged)
        with pytest.raises(Unreadable):
            uploads.content(path)
    path.write_bytes(whole)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another secret of this installation"
    with pytest.raises(Unreadable):
        uploads.content(path)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert len(uploads.content(path)) == uploads.PART + 9


@pytest.mark.django_db
def test_a_mapping_corrected_in_the_preview_reads_the_same_file_again(
    government: Government, officer: Any
) -> None:
    rows = [[*SIMPEG[:3], "TUGAS LAIN", *SIMPEG[4:]], *staff(2)]
    source = read(government, xlsx(rows), actor=officer)
    assert source.state == Import.State.PREVIEW
    assert not source.rows.exclude(position=None).exists()
    imports.set_mapping(
        actor=officer, source=source, sheet="", mapping={"TUGAS LAIN": "position"}, now=NOW
    )
    source.refresh_from_db()
    assert source.state == Import.State.READING
    imports.read(str(source.pk), NOW)
    source.refresh_from_db()
    assert source.state == Import.State.PREVIEW
    assert set(source.rows.values_list("position", flat=True)) == {"Staf"}
    assert "gagal" not in {str(label) for label in (source.get_state_display(), source.failure)}


@pytest.mark.django_db
def test_an_office_that_waits_too_long_is_told_so_and_nothing_has_failed(
    government: Government, officer: Any, uploads: Path
) -> None:
    odd = xlsx([["Nomor Pokok", "Sebutan", "Bagian"], [number(1), "Adi", "Dinas A"]])
    unmapped = read(government, odd, actor=officer)
    assert unmapped.get_state_display() == "menunggu pemetaan kolom"
    preview = read(government, xlsx([SIMPEG, *staff(1)]), actor=officer)
    stray = factories.upload(b"left behind by a killed process")
    os.utime(stray, (0, 0))
    keeping.drop_uploads(before=NOW)
    assert len(list(uploads.iterdir())) == 2
    keeping.drop_uploads(before=NOW + timedelta(minutes=1))
    assert [path.suffixes[0] for path in uploads.iterdir()] == [".marked"]  # of the preview
    unmapped.refresh_from_db()
    preview.refresh_from_db()
    assert (unmapped.state, preview.state) == (Import.State.DISCARDED, Import.State.PREVIEW)
    assert "3 hari" in unmapped.failure
    imports.set_mapping(actor=officer, source=preview, sheet="", mapping={}, now=NOW)
    preview.refresh_from_db()
    assert preview.state == Import.State.DISCARDED
    assert "Unggah berkasnya sekali lagi" in preview.failure


@pytest.mark.django_db
def test_an_applied_import_takes_no_mapping(government: Government) -> None:
    source = factories.apply(read(government, xlsx([SIMPEG, *staff(1)])))
    with pytest.raises(imports.ImportRefused):
        imports.set_mapping(actor=None, source=source, sheet="", mapping={}, now=NOW)
    source.refresh_from_db()
    assert source.state == Import.State.APPLIED
