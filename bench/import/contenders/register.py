"""Netral's own import: read, check, stage, compare, preview, apply, all committed."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from . import world


def main(path: str) -> None:
    world.set_up()
    from netral.people.models import Change, Import, Person, Posting
    from netral.people.services import imports

    government = world.government()
    now = datetime.now(UTC)
    started, used = time.perf_counter(), world.cpu()
    source = imports.start(
        actor=None,
        government=government,
        upload_path=path,
        file_name=Path(path).name,
        scope="full",
        effective_on=date(2026, 11, 22),
        now=now,
    )
    imports.read(str(source.pk), now)
    source.refresh_from_db()
    assert source.state == Import.State.PREVIEW, source.failure
    read = time.perf_counter()
    imports.confirm(actor=None, source=source, close_missing=False, now=now)
    imports.apply(str(source.pk), now)
    ended, used = time.perf_counter(), world.cpu() - used
    source.refresh_from_db()
    assert source.state == Import.State.APPLIED, source.failure
    world.say(
        seconds=ended - started,
        cpu=used,
        read=read - started,
        apply=ended - read,
        rows=source.counts["rows"],
        people=Person.objects.count(),
        postings=Posting.objects.count(),
        history=Change.objects.count(),
    )


if __name__ == "__main__":
    main(sys.argv[1])
