"""Writes a confirmed import into the register: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F

from netral.base import bulk
from netral.base.events import publish
from netral.people.events import RegisterChanged
from netral.people.models import Change, Government, Import, RowAction
from netral.people.services.imports import (
    applying_progress,
    comparing,
    keeping,
    sql,
    unit_closing,
    unit_writing,
)
from netral.people.services.imports.counting import counts_of
from netral.people.services.imports.staging import register_version

SLICE = 50_000
"""Staged rows per round of statements, all in one transaction: enough for a bar that moves."""

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
            keeping.settle_file(source)
            return
        except (Stale, IntegrityError) as reason:
            log.info("import.stale", import_id=import_id, reason=type(reason).__name__)
            source = Import.objects.select_related("government").get(pk=import_id)
            if source.state != Import.State.APPLYING:
                return  # another worker was given the same job, and has done it
            source.register_version = -1
    _back_to_preview(source, "register_keeps_changing")


def _up_to_date(source: Import) -> bool:
    arguments = [source.register_version, source.government_id.hex]
    return source.register_version >= 0 and not bulk.fetch(sql.CHANGED_SINCE, arguments)


def _changed_by_comparing(source: Import) -> bool:
    """Compares anew; ``True`` when the officer has to look at the preview once more."""
    if source.is_tree and _tree_changed(source):
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
    return later.exists() or unit_closing.is_in_use_again(source)


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
    if source.is_tree and unit_closing.is_in_use_again(source):
        raise Stale
    unit_ids = unit_writing.write_units(source, now)
    if not source.is_tree:
        _write_people(source, now)
        unit_writing.end_headships(source, now)
    bulk.check_references()  # most of a commit; signatures may wait for what follows
    publish(RegisterChanged(source.government_id, _touched_units(source, unit_ids)))
    done = Import.objects.filter(pk=source.pk, state=Import.State.APPLYING).update(
        state=Import.State.APPLIED,
        applied_at=now,
        trouble={},
        progress_done=F("progress_total"),
    )
    if done != 1:
        raise Stale


def _lock(source: Import) -> None:
    """One writer of this government's register at a time, without stopping who only refers to it.

    NO KEY: signatures and sign-ins that point at the government are let through.
    """
    list(Government.objects.select_for_update(no_key=True).filter(pk=source.government_id))


def _write_people(source: Import, now: datetime) -> None:
    with applying_progress.reported(source) as report:
        for done, part in _slices(source):
            _create_people(source, part, now)
            report(done)
    if _touches_existing(source):
        _change_people(source, now)


def _slices(source: Import) -> Iterator[tuple[int, tuple[int, int]]]:
    """(rows that are done after it, first and last row) of each slice of the staged rows."""
    first, last = bulk.fetch(sql.SPAN, [source.pk.hex])[0]
    for start in range(first, last + 1, SLICE):
        end = min(start + SLICE - 1, last)
        yield end - first + 1, (start, end)


def _create_people(source: Import, part: tuple[int, int], now: datetime) -> None:
    key, government = source.pk.hex, source.government_id.hex
    actor, who = _actor(source)
    bulk.run(sql.INSERT_PEOPLE, [government, key, *part])
    bulk.run(sql.INSERT_FIRST_POSTINGS, [government, source.effective_on, key, *part])
    bulk.run(
        sql.RECORD_CREATED.format(actor=actor, created=sql.created_json()),
        [government, bulk.moment(now), *who, key, key, *part],
    )


def _change_people(source: Import, now: datetime) -> None:
    key, government, effective = source.pk.hex, source.government_id.hex, source.effective_on
    actor, who = _actor(source)
    closing = "'close', 'missing'" if source.close_missing else "'close'"
    bulk.run(sql.KEEP_FORMER_NUMBERS, [effective, key])
    bulk.run(sql.UPDATE_PEOPLE, [key])
    bulk.run(sql.CLOSE_POSTINGS.format(closing=closing), [effective, effective, key])
    bulk.run(sql.MARK_LEFT.format(closing=closing), [effective, key])
    bulk.run(
        sql.REPOST.format(new_key=sql.new_key(), status="'non_asn'"),
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
    if changed or source.is_tree:
        return None
    found = bulk.fetch(sql.TOUCHED_UNITS, [source.pk.hex])
    moved = any(source.counts.get(kind) for kind in (RowAction.MOVE, RowAction.CLOSE))
    if moved or len(found) >= 200:
        return None
    return frozenset(UUID(str(bulk.hexed(row[0]))) for row in found)
