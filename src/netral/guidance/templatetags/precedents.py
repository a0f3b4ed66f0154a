"""Filters of the pages of precedents."""

from __future__ import annotations

from django import template

from netral.guidance.templatetags.law import cited, say
from netral.law import library

register = template.Library()


@register.filter
def is_known_provision(name: str) -> bool:
    """Whether the law data still has a provision that an older answer cites."""
    return name in library().provisions


@register.filter
def what_changed(notice: str) -> str:
    """The notice of a flag, written by ``services.precedents.flag_changed`` as ids of provisions
    and acts, as people call them; what the law data no longer has keeps its id."""
    return ", ".join(map(_word, notice.split(", ")))


def _word(name: str) -> str:
    law = library()
    if name in law.provisions:
        return cited(name)
    return say(law.acts[name].name) if name in law.acts else name
