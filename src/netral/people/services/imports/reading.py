"""What the child that reads hostile files is asked about the file of an import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from netral.people.intake.files import COMMAND_LINE, WEB
from netral.people.intake.reading import Job, Message
from netral.people.intake.supervisor import read_in_child
from netral.people.models import ColumnMapping, Government, Import
from netral.people.services.imports.uploads import Opened


def messages(
    source: Import, file: Opened, *, today: date, purpose: Literal["read", "copy"] = "read"
) -> Iterator[Message]:
    """What the child makes of the file: of :mod:`reading`, or of :mod:`copying`."""
    mapped = ColumnMapping.objects.filter(government=source.government_id)
    job = Job(
        path=file.path,
        kind="units" if source.is_tree else "staff",
        remembered=dict(mapped.values_list("header_key", "field")),
        province=source.government.level == Government.Level.PROVINCE,
        today=today.isoformat(),
        limits=WEB if source.actor_id else COMMAND_LINE,
        purpose=purpose,
    )
    return read_in_child(job, file.descriptor)
