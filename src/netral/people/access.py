"""Access rules by duty, for views of every feature.

A duty sleeps until the officer has shown a second factor in this very session. Until then the
session is that of any member of staff: it may sign a pledge and see its own data, and every page
of an officer leads to the page where the second factor is set up or shown.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from netral.people.models import Account
from netral.people.queries.reach import HeldDuty, held_duties


def second_factor_done(request: HttpRequest) -> bool:
    """Whether an app's code, a recovery code or a passkey was shown in this session."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def duties_held(request: HttpRequest) -> list[HeldDuty]:
    """The duties in force, asked of the database once per request.

    A page asks for its own rule, for its reach and for every line of the navigation.
    """
    if not isinstance(request.user, Account):
        return []
    known: list[HeldDuty] | None = getattr(request, "duties_held", None)
    if known is None:
        known = held_duties(request.user)
        request.duties_held = known  # type: ignore[attr-defined]
    return known


def kinds_held(request: HttpRequest) -> frozenset[str]:
    return frozenset(duty.kind for duty in duties_held(request))


class DutyRule:
    """Signed in, with one of these duties in force and the second factor shown.

    ``queries`` narrow to where. The gate asks ``otherwise`` what to answer on refusal.
    """

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def __call__(self, request: HttpRequest, **arguments: Any) -> bool:
        return second_factor_done(request) and self.held(request)

    def held(self, request: HttpRequest) -> bool:
        held = kinds_held(request)
        return bool(held & set(self.kinds)) if self.kinds else bool(held)

    def otherwise(self, request: HttpRequest) -> HttpResponse | None:
        """Leads an officer without a second factor to it; nobody else learns that it exists."""
        if second_factor_done(request) or not self.held(request):
            return None
        address = reverse("people:second_factor")
        return HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}")


def duty(*kinds: str) -> DutyRule:
    """The rule for views of officers who hold one of ``kinds`` (anywhere)."""
    return DutyRule(*kinds)


officer = DutyRule()
"""Signed in, with any duty in force, second factor shown."""


class InstallationAdminRule(DutyRule):
    """The administrator of the installation: governments and first duties, no personal data."""

    def held(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and user.is_active and user.is_installation_admin


class EitherRule(DutyRule):
    """One of several duty rules."""

    def __init__(self, *rules: DutyRule) -> None:
        super().__init__()
        self.rules = rules

    def held(self, request: HttpRequest) -> bool:
        return any(rule.held(request) for rule in self.rules)


class OwnSecurityRule(DutyRule):
    """A person's own keys and passwords: who has a second factor has to show it first.

    A session that began with a slip must not be able to remove what protects the account.
    """

    def __call__(self, request: HttpRequest, **arguments: Any) -> bool:
        return self.held(request) and (
            second_factor_done(request) or not is_mfa_enabled(request.user)
        )

    def held(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


own_security = OwnSecurityRule()
installation_admin = InstallationAdminRule()


def either(*rules: DutyRule) -> EitherRule:
    return EitherRule(*rules)
