"""An import from upload to confirmation: start, map, settle units, confirm, discard."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netral.people import tasks
from netral.people.folding import matching_key
from netral.people.intake.headers import fields_of, header_key, synonyms
from netral.people.models import (
    Account,
    ColumnMapping,
    Government,
    Import,
    ImportUnit,
    UnitSpelling,
)
from netral.people.services import permission
from netral.people.services.imports import staging, undoing, uploads
from netral.people.services.imports.refusals import ImportRefused

_MAPPABLE = (Import.State.MAPPING, Import.State.PREVIEW)


@transaction.atomic
def start(
    *,
    actor: Account | None,
    government: Government,
    upload_path: str | Path,
    file_name: str,
    scope: str,
    effective_on: date,
    now: datetime,
) -> Import:
    """Takes a file in and has it read in the background. ``actor`` is ``None`` on the console.

    A file in the folder of uploads belongs to the import from now on: it is kept sealed, and
    deleted once the import is applied or thrown away.
    """
    if actor is not None:
        permission.require_government(actor, government)
    source = Import.objects.create(
        government=government,
        actor=actor,
        scope=Import.Scope(scope),
        file_name=Path(file_name).name[:255],
        file_path=uploads.taken_in(upload_path),
        effective_on=effective_on,
        created_at=now,
    )
    if actor is not None:
        tasks.read_import.enqueue(str(source.pk))
    return source


@transaction.atomic
def set_mapping(
    *, actor: Account | None, source: Import, sheet: str, mapping: dict[str, str], now: datetime
) -> Import:
    """Remembers what headers mean in this government, and reads the waiting file once more.

    ``mapping``: header (or its key) → field, ``""`` for "not needed". Columns of personal data
    that Netral never reads cannot be mapped. Works in the preview too: the file waits until the
    officer has agreed. Should it be gone all the same, the mapping is kept for the next upload.
    """
    _require(actor, source)
    if source.state not in _MAPPABLE:
        raise ImportRefused(_("Impor ini tidak lagi menunggu pemetaan kolom."))
    kind: Literal["staff", "units"] = "units" if source.is_tree else "staff"
    for header, field in mapping.items():
        key = header_key(header)
        if synonyms(kind).get(key, ("", ""))[1] == "forbidden":
            raise ImportRefused(
                _("Kolom %(header)s berisi data pribadi yang tidak dipakai Netral.")
                % {"header": header}
            )
        if field and field not in fields_of(kind):
            raise ImportRefused(_("Pilihan kolom %(field)s tidak dikenal.") % {"field": field})
        ColumnMapping.objects.update_or_create(
            government=source.government, header_key=key, defaults={"field": field}
        )
    if not source.file_path:
        return _ask_for_the_file_again(source)
    _read_again(source)
    return source


@transaction.atomic
def settle_units(
    *,
    actor: Account | None,
    source: Import,
    answers: dict[int, UUID | Literal["new"]],
    now: datetime,
) -> Import:
    """Remembers which new units are old ones misspelled, and reads the file once more.

    ``answers``: id of a staged unit → the one of its candidates that is meant, or ``"new"``.
    """
    _require(actor, source)
    if source.state != Import.State.PREVIEW:
        raise ImportRefused(_("Impor ini tidak lagi menunggu persetujuan. Muat ulang halaman."))
    asked = source.units.filter(pk__in=answers).exclude(similar_id=None)
    changed = [unit for unit in asked if _answer_of(unit) != answers[unit.pk]]
    for unit in changed:
        answer = answers[unit.pk]
        if answer != "new" and answer.hex not in unit.candidate_ids:
            raise ImportRefused(_("Unit itu tidak ada di antara pilihannya. Muat ulang halaman."))
        UnitSpelling.objects.update_or_create(
            government=source.government,
            parent_id=unit.parent_id,
            name_key=matching_key(unit.name),
            defaults={"unit_id": None if answer == "new" else answer},
        )
    if not changed:
        return source
    if not source.file_path:
        return _ask_for_the_file_again(source)
    _read_again(source)
    return source


def _answer_of(unit: ImportUnit) -> UUID | str | None:
    return unit.similar_id if unit.answer == ImportUnit.Answer.SAME else unit.answer


def confirm(
    *,
    actor: Account | None,
    source: Import,
    close_missing: bool,
    now: datetime,
    new_units_are_meant: bool = False,
) -> Import:
    """The officer agrees: the import is applied in the background, whole or not at all.

    ``new_units_are_meant``: what resembles existing units and was not answered is really new.
    """
    _require(actor, source)
    if not new_units_are_meant:
        _refuse_doubtful_units(source)
    try:
        with transaction.atomic():
            confirmed = Import.objects.filter(pk=source.pk, state=Import.State.PREVIEW).update(
                state=Import.State.APPLYING,
                close_missing=close_missing,
                trouble={},
                progress_done=0,
                progress_total=source.counts.get("rows", 0),
            )
            if confirmed and actor is not None:
                tasks.apply_import.enqueue(str(source.pk))
    except IntegrityError as error:
        raise ImportRefused(
            _("Impor lain sedang diterapkan. Tunggu sampai selesai, lalu setujui lagi.")
        ) from error
    if not confirmed:
        raise ImportRefused(_("Impor ini tidak lagi menunggu persetujuan. Muat ulang halaman."))
    source.refresh_from_db()
    return source


def undo(*, actor: Account | None, source: Import, now: datetime) -> Import:
    """Has an applied import taken back as a whole; refused while something builds on it."""
    _require(actor, source)
    undoing.refuse_if_blocked(source)
    try:
        with transaction.atomic():
            moved = Import.objects.filter(pk=source.pk, state=Import.State.APPLIED).update(
                state=Import.State.UNDOING, trouble={}
            )
            if moved and actor is not None:
                tasks.undo_import.enqueue(str(source.pk))
    except IntegrityError as error:
        raise ImportRefused(
            _("Impor lain sedang diterapkan. Tunggu sampai selesai, lalu coba lagi.")
        ) from error
    if not moved:
        raise ImportRefused(_("Hanya impor yang sudah diterapkan yang dapat ditarik kembali."))
    source.refresh_from_db()
    return source


def discard(*, actor: Account | None, source: Import, now: datetime) -> Import:
    """Throws an import away before it is applied, with everything that was read of it."""
    _require(actor, source)
    waiting = (
        Import.State.READING,
        Import.State.MAPPING,
        Import.State.PREVIEW,
        Import.State.FAILED,
    )
    discarded = Import.objects.filter(pk=source.pk, state__in=waiting).update(
        state=Import.State.DISCARDED
    )
    if not discarded:
        raise ImportRefused(_("Impor ini sudah diterapkan. Tarik kembali impornya bila keliru."))
    staging.stop_reading(source)
    source.refresh_from_db()
    return source


def _refuse_doubtful_units(source: Import) -> None:
    counts: dict[str, int] = Import.objects.values_list("counts", flat=True).get(pk=source.pk)
    doubtful = counts.get("unit_doubtful", 0)
    if doubtful:
        sentence = ngettext(
            "%(count)s unit baru mirip unit yang sudah ada. Putuskan dahulu di tab Unit, atau "
            "nyatakan bahwa semuanya memang unit baru.",
            "%(count)s unit baru mirip unit yang sudah ada. Putuskan dahulu di tab Unit, atau "
            "nyatakan bahwa semuanya memang unit baru.",
            doubtful,
        )
        raise ImportRefused(sentence % {"count": doubtful})


def _ask_for_the_file_again(source: Import) -> Import:
    Import.objects.filter(pk=source.pk).update(
        state=Import.State.DISCARDED, trouble={"code": "mapping_remembered", "details": {}}
    )
    staging.stop_reading(source)
    source.refresh_from_db()
    return source


def _require(actor: Account | None, source: Import) -> None:
    if actor is not None:
        permission.require_government(actor, source.government)


def _read_again(source: Import) -> None:
    again = Import.objects.filter(pk=source.pk, state__in=_MAPPABLE)
    if not again.update(state=Import.State.READING, trouble={}):
        raise ImportRefused(_("Impor ini tidak lagi menunggu pemetaan kolom."))
    source.state = Import.State.READING
    tasks.read_import.enqueue(str(source.pk))
