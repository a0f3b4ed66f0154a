"""Access rules of the election pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from netral.elections.services.authority import EDITORS, may_edit
from netral.people.access import DutyRule
from netral.people.models import Account
from netral.people.queries.workplace import workplace_of


class EditorRule(DutyRule):
    """A personnel officer or organiser of the whole of their own government."""

    def held(self, request: HttpRequest) -> bool:
        user = request.user
        government = workplace_of(user) if isinstance(user, Account) else None
        if not isinstance(user, Account) or government is None:
            return False
        return may_edit(user, government)


class DemoOfficerRule(DutyRule):
    """Any officer, in a demonstration; nobody elsewhere."""

    def __call__(self, request: HttpRequest, **arguments: Any) -> bool:
        return settings.DEMO and super().__call__(request, **arguments)

    def otherwise(self, request: HttpRequest) -> HttpResponse | None:
        return super().otherwise(request) if settings.DEMO else None


editor = EditorRule(*EDITORS)
demo_officer = DemoOfficerRule()
