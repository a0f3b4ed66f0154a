"""What the log has of a signature that the tables have."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Q

from netral.base import audit
from netral.people.models import Erasure, Person
from netral.pledges.models import Signature
from netral.pledges.services.logging import KIND


class Standing(StrEnum):
    LOGGED = "logged"
    CHANGED = "changed"
    """The row is not what its entry committed to: changed behind Netral's back."""
    ERASED = "erased"
    """Its person was erased, and with them what said which entry it is."""
    UNLOGGED = "unlogged"
    """Signatures are written together with their entry: this row was not written by Netral."""


def standing_of(signature: Signature) -> Standing:
    agrees = audit.agrees(kind=KIND, reference=signature.pk)
    if agrees is not None:
        return Standing.LOGGED if agrees else Standing.CHANGED
    signer = Person.objects.filter(pk=signature.person_id)
    theirs = Q(person__in=signer) | Q(person__in=signer.values("merged_into"))
    return Standing.ERASED if Erasure.objects.filter(theirs).exists() else Standing.UNLOGGED
