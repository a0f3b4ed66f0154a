"""Access rules by duty, for views of every feature."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from netral.base.access import Rule
from netral.people.queries import authority


def duty(*kinds: str) -> Rule:
    """Signed in, with one of these duties in force (anywhere); ``queries`` narrow to where."""

    def rule(request: HttpRequest, **arguments: Any) -> bool:
        return request.user.is_authenticated and authority.holds(request.user, *kinds)

    return rule


def officer(request: HttpRequest, **arguments: Any) -> bool:
    """Signed in, with any duty in force."""
    return request.user.is_authenticated and authority.holds(request.user)
