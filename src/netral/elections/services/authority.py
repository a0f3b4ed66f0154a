"""Who may change a government's calendar: personnel officers and organisers of the whole of it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from netral.people.models import Account, Duty, Government
from netral.people.queries import authority

EDITORS = (Duty.Kind.PERSONNEL, Duty.Kind.ORGANISER)


def may_edit(actor: Account, government: Government) -> bool:
    """Whether ``actor`` may add elections and days of its own for ``government``."""
    return authority.governments_of(actor, *EDITORS).filter(pk=government.pk).exists()


def require_editor(actor: Account, government: Government) -> None:
    if not may_edit(actor, government):
        raise PermissionDenied("only personnel officers and organisers change the calendar")
