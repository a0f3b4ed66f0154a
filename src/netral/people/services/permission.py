"""What a deed asks before it begins: may this actor do that to this row?

Views have rules of their own; this is the second lock, for callers that are not views.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from netral.people.models import Account, Duty, Government, Person, Unit
from netral.people.queries import authority


def require_person(actor: Account, person: Person) -> None:
    """Personnel officers of the government, or of a subtree in which the person works now."""
    if not authority.people_of(actor, Duty.Kind.PERSONNEL).filter(pk=person.pk).exists():
        raise PermissionDenied


def require_unit(actor: Account, unit: Unit) -> None:
    if not authority.units_of(actor, Duty.Kind.PERSONNEL).filter(pk=unit.pk).exists():
        raise PermissionDenied


def require_government(actor: Account, government: Government) -> None:
    """The personnel duty for the whole of it, not for a subtree."""
    whole = authority.governments_of(actor, Duty.Kind.PERSONNEL)
    if not whole.filter(pk=government.pk).exists():
        raise PermissionDenied
