"""The time as Netral's pages see it: the real one, but in a demonstration it can be moved.

Used by views, which hand the moment to services and queries. Whatever guards secrets (sessions,
second factors, expiry of codes) keeps the real clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from netral.elections.models import DemoDay


def now() -> datetime:
    """The present moment, aware. In a demonstration as many days ahead as somebody chose."""
    moment = timezone.now()
    return moment + timedelta(days=days_ahead()) if settings.DEMO else moment


def days_ahead() -> int:
    """How far the demonstration's clock is from the real one; 0 in every other installation."""
    if not settings.DEMO:
        return 0
    return DemoDay.objects.values_list("days_ahead", flat=True).first() or 0
