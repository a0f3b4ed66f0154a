"""Access rules of the election pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from netral.elections.services.authority import may_edit
from netral.people.access import officer


def editor(request: HttpRequest, **arguments: Any) -> bool:
    """A personnel officer or organiser of the whole of their own government."""
    user = request.user
    return user.is_authenticated and user.government is not None and may_edit(user, user.government)


def demo_officer(request: HttpRequest, **arguments: Any) -> bool:
    """Any officer, in a demonstration; nobody elsewhere."""
    return settings.DEMO and officer(request)
