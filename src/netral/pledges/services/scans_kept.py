"""Whether the scans behind paper signatures still are the files that were uploaded.

Sentences of the commands: English here, Indonesian in the table (decision 0418).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import Enum

from netral.pledges.models import PaperSheet
from netral.speaking.sentences import learn

INDONESIAN = {
    "scan {digest} of ceremony “{title}” ({wall}): the file is missing, get it from a backup":
        "pindaian {digest} dari ikrar “{title}” ({wall}): berkasnya hilang, ambil dari cadangan",
    "scan {digest} of ceremony “{title}” ({wall}): the file is not the one that was uploaded":
        "pindaian {digest} dari ikrar “{title}” ({wall}): berkasnya bukan yang dahulu diunggah",
}  # fmt: skip
learn(INDONESIAN)


class ScanState(Enum):
    THERE = "there"
    MISSING = "missing"
    OTHER = "other"
    """Another file stands in its place."""


def state_of_scan(sheet: PaperSheet) -> ScanState:
    """Reads the whole file: some hundredths of a second for the largest."""
    try:
        with sheet.file.open("rb") as kept:
            found = hashlib.file_digest(kept, "sha256").hexdigest()
    except (FileNotFoundError, ValueError):  # gone, or never kept
        return ScanState.MISSING
    return ScanState.THERE if found == sheet.digest else ScanState.OTHER


def scans_that_differ() -> Iterator[str]:
    """Reads every scan: at most 20 MB each, some hundredths of a second."""
    for sheet in PaperSheet.objects.select_related("ceremony").order_by("pk").iterator():
        digest, title, wall = sheet.digest[:8], sheet.ceremony.title, sheet.ceremony.code
        state = state_of_scan(sheet)
        if state is ScanState.MISSING:
            yield (
                f"scan {digest} of ceremony “{title}” ({wall}): the file is missing, get it from a "
                "backup"
            )
        elif state is ScanState.OTHER:
            yield (
                f"scan {digest} of ceremony “{title}” ({wall}): the file is not the one that was "
                "uploaded"
            )
