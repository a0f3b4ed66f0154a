"""Writes a confirmed import into the register: all of it, or nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction

from netral.base.events import publish
from netral.people.events import RegisterChanged
from netral.people.models import Change, Government, Import, RowAction
from netral.people.services.imports import bulk, comparing, sql, unit_writing
from netral.people.services.imports.staging import counts_of, register_version

log = structlog.get_logger("netral.imports")


class Stale(Exception):
    """The register is not what the preview was worked out against."""


def apply(import_id: str, now: datetime) -> None:
    """Applies an import that was confirmed; safe to run again after a kill.

    One transaction: a worker killed in the middle leaves nothing behind, and the job that runs
    again starts from the staged rows. When the register changed since the preview, the rows are
    compared anew; if that changes any figure, the import goes back to PREVIEW and says so.
    """
    source = Import.objects.select_related("government").get(pk=import_id)
    if source.state != Import.State.APPLYING:
        return
    for _attempt in range(3):
        try:
            if not _up_to_date(source) and _changed_by_comparing(source):
                return
            _write(source, now)
            return
        except (Stale, IntegrityError) as reason:
            log.info("import.stale", import_id=import_id, reason=type(reason).__name__)
            source = Import.objects.select_related("government").get(pk=import_id)
            source.register_version = -1
    _back_to_preview(source, "register_keeps_changing")


def _up_to_date(source: Import) -> bool:
    arguments = [source.register_version, source.government_id.hex]
    return source.register_version >= 0 and not bulk.fetch(sql.CHANGED_SINCE, arguments)


def _changed_by_comparing(source: Import) -> bool:
    """Compares anew; ``True`` when the officer has to look at the preview once more."""
    if source.scope == Import.Scope.UNITS and _tree_changed(source):
        Import.objects.filter(pk=source.pk, state=Import.State.APPLYING).update(
            state=Import.State.FAILED, trouble={"code": "tree_changed", "details": {}}
        )
        return True
    version = register_version()
    before = source.counts
    comparing.compare_again(source)
    after = counts_of(source)
    source.register_version, source.counts = version, after
    source.save(update_fields=["register_version", "counts"])
    if comparing.same_figures(before, after):
        return False
    _back_to_preview(source, "register_changed")
    return True


def _tree_changed(source: Import) -> bool:
    later = Change.objects.filter(
        government=source.government_id, id__gt=source.register_version, subject="unit"
    )
    return later.exists()


def _back_to_preview(source: Import, code: str) -> None:
    Import.objects.filter(pk=source.pk, state=Import.State.APPLYING).update(
        state=Import.State.PREVIEW, trouble={"code": code, "details": {}}
    )


@transaction.atomic
def _write(source: Import, now: datetime) -> None:
    """The short transaction. Everything that takes thought was done while staging."""
    _lock(source)
    if not _up_to_date(source) or bulk.fetch(sql.STALE_POSTINGS, [source.pk.hex])[0][0]:
        raise Stale
    unit_ids = unit_writing.write_units(source, now)
    if source.scope != Import.Scope.UNITS:
        _write_people(source, now)
        unit_writing.end_headships(source, now)
    publish(RegisterChanged(source.government_id, _touched_units(source, unit_ids)))
    done = Import.objects.filter(pk=source.pk, state=Import.State.APPLYING).update(
        state=Import.State.APPLIED, applied_at=now, trouble={}
    )
    if done != 1:
        raise Stale


def _lock(source: Import) -> None:
    """One writer of this government's register at a time, without stopping who only refers to it.

    NO KEY: signatures and sign-ins that point at the government are let through.
    """
    list(Government.objects.select_for_update(no_key=True).filter(pk=source.government_id))
    list(Import.objects.select_for_update().filter(pk=source.pk))


def _write_people(source: Import, now: datetime) -> None:
    key, government = source.pk.hex, source.government_id.hex
    effective, everything = source.effective_on, (0, 2**62)
    closing = "'close', 'missing'" if source.close_missing else "'close'"
    new_key = sql.new_key()
    bulk.run(sql.INSERT_PEOPLE, [government, key, *everything])
    bulk.run(
        sql.INSERT_FIRST_POSTINGS.format(new_key=new_key), [government, effective, key, *everything]
    )
    actor, who = _actor(source)
    bulk.run(
        sql.RECORD_CREATED.format(actor=actor, created=sql.created_json()),
        [government, bulk.moment(now), *who, key, key, *everything],
    )
    if not _touches_existing(source):
        return
    bulk.run(sql.KEEP_FORMER_NUMBERS, [effective, key])
    bulk.run(sql.UPDATE_PEOPLE, [key])
    bulk.run(sql.CLOSE_POSTINGS.format(closing=closing), [effective, effective, key])
    bulk.run(sql.MARK_LEFT.format(closing=closing), [effective, key])
    bulk.run(
        sql.REPOST.format(new_key=new_key, status="'non_asn'"),
        [government, effective, effective, key],
    )
    bulk.run(
        sql.RECORD_CHANGED.format(actor=actor, closing=closing),
        [government, bulk.moment(now), *who, key, key],
    )


def _touches_existing(source: Import) -> bool:
    kinds = (RowAction.CHANGE, RowAction.MOVE, RowAction.CLOSE, RowAction.REOPEN, RowAction.MISSING)
    return any(source.counts.get(kind) for kind in kinds)


def _actor(source: Import) -> tuple[str, list[str]]:
    return ("%s", [source.actor_id.hex]) if source.actor_id else ("NULL", [])


def _touched_units(source: Import, changed: bool) -> frozenset[UUID] | None:
    """The units whose figures may differ; ``None`` when that is no short list."""
    if changed or source.scope == Import.Scope.UNITS:
        return None
    found = bulk.fetch(sql.TOUCHED_UNITS, [source.pk.hex])
    moved = any(source.counts.get(kind) for kind in (RowAction.MOVE, RowAction.CLOSE))
    if moved or len(found) >= 200:
        return None
    return frozenset(UUID(str(bulk.hexed(row[0]))) for row in found)
