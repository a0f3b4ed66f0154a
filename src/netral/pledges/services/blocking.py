"""What in pledges stands on rows of the register, so that an import cannot be undone any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from uuid import UUID

from django.utils.translation import ngettext

from netral.pledges.models import Ceremony, Signature

_SLICE = 500


def what_builds_on(
    person_ids: Collection[UUID], unit_ids: Collection[UUID] = ()
) -> list[str]:
    """One sentence per kind of obstacle, in the active language; empty when nothing stands there.

    ``person_ids`` and ``unit_ids``: the people and units that the undoing would remove.
    """
    found: list[str] = []
    signed: set[UUID] = set()
    for part in _slices(person_ids):
        signed.update(Signature.objects.filter(person__in=part).values_list("id", flat=True))
    for part in _slices(unit_ids):
        signed.update(Signature.objects.filter(unit__in=part).values_list("id", flat=True))
    if signed:
        found.append(
            ngettext(
                "%(number)d tanda tangan ikrar sudah diberikan oleh pegawai dari impor ini.",
                "%(number)d tanda tangan ikrar sudah diberikan oleh pegawai dari impor ini.",
                len(signed),
            )
            % {"number": len(signed)}
        )
    ceremonies: set[UUID] = set()
    for part in _slices(unit_ids):
        ceremonies.update(Ceremony.objects.filter(units__in=part).values_list("id", flat=True))
    if ceremonies:
        found.append(
            ngettext(
                "%(number)d ikrar mencakup unit dari impor ini.",
                "%(number)d ikrar mencakup unit dari impor ini.",
                len(ceremonies),
            )
            % {"number": len(ceremonies)}
        )
    return found


def _slices(keys: Collection[UUID]) -> Iterator[list[UUID]]:
    """SQLite takes a limited number of parameters in one statement."""
    rest = iter(keys)
    while part := list(islice(rest, _SLICE)):
        yield part
