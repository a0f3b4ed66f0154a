"""Lists of people who have not signed: as a file, and on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from netral.base.tables import CHUNK, export_response
from netral.people.models import Posting
from netral.people.queries.units import paths_of
from netral.people.services import privacy
from netral.pledges.access import actor_of
from netral.pledges.models import Ceremony


def with_offices(page: Page[Posting]) -> Page[Posting]:
    page.object_list = list(page.object_list)
    name_offices(page.object_list)
    return page


def name_offices(rows: Sequence[Any]) -> None:
    """Gives each posting or signature its ``office``: the units above its own, as many are called
    Sekretariat."""
    paths = paths_of([row.unit for row in rows])
    for row in rows:
        row.office = paths.get(row.unit_id, "")


def export_people(request: HttpRequest, people: Iterable[Posting]) -> HttpResponseBase:
    """``belum-berikrar`` as XLSX or CSV; the postings come with person and unit."""
    header = [
        _("NIP atau ID lokal"),
        _("Nama"),
        _("Status"),
        _("Jabatan"),
        _("Unit"),
        _("Di bawah unit"),
    ]
    rows = _rows(iter(people))
    return export_response(request, name=_("belum-berikrar"), header=header, rows=rows)


def _rows(people: Iterator[Posting]) -> Iterator[list[str]]:
    """In chunks: units are looked up by the thousand, and memory stays flat."""
    while chunk := list(islice(people, CHUNK)):
        paths = paths_of([posting.unit for posting in chunk])
        for posting in chunk:
            yield [
                posting.person.identifier,
                posting.person.full_name,
                posting.get_status_display(),
                posting.position,
                posting.unit.name,
                paths.get(posting.unit_id, ""),
            ]


def note_view(request: HttpRequest, ceremony: Ceremony, what: str, people: set[UUID]) -> None:
    """Records that the names of ``people`` were shown, for a list of one ceremony."""
    privacy.record_list_view(
        actor=actor_of(request),
        government=ceremony.government,
        what=what,
        unit=None,
        count=len(people),
        people=people,
        now=timezone.now(),
    )
