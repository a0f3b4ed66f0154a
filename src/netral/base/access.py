"""Deny by default: a view without an explicit access rule does not answer.

Every view carries a rule, a function ``rule(request, **url_arguments) -> bool``, put on it with
:func:`allow`. The gate asks it before the view runs. A view without one is a programming
mistake and answers 403, also for administrators; a test walks every URL to find it first.

Rules say who may knock. What they then see is narrowed once more by ``queries``, which take the
actor, so a forgotten rule never becomes a leak of another government's rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase


class Rule(Protocol):
    def __call__(self, request: HttpRequest, **arguments: Any) -> bool: ...


View = TypeVar("View", bound=Callable[..., Any])


def allow(rule: Rule) -> Callable[[View], View]:
    """Puts ``rule`` on a view: ``@allow(anyone)`` or ``@allow(duty(Duty.Kind.PERSONNEL))``."""

    def put(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return put


def anyone(request: HttpRequest, **arguments: Any) -> bool:
    """Open to the public. Such a view shows nothing about a person."""
    return True


def signed_in(request: HttpRequest, **arguments: Any) -> bool:
    return request.user.is_authenticated


class Gate:
    """Middleware, last in the list: asks the rule of the view that is about to run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        arguments: tuple[Any, ...],
        named: dict[str, Any],
    ) -> HttpResponseBase | None:
        rule = getattr(view, "access_rule", None)
        if rule is None:
            name = getattr(view, "__qualname__", type(view).__qualname__)  # it may be an object
            raise PermissionDenied(f"{view.__module__}.{name} has no access rule")
        if rule(request, **named):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        otherwise = getattr(rule, "otherwise", None)  # a rule may know a way in: a second factor
        answer: HttpResponseBase | None = otherwise(request) if otherwise else None
        if answer is not None:
            return answer
        raise PermissionDenied
