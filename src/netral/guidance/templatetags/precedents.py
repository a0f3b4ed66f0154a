"""Filters of the pages of precedents."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from netral.elections import today
from netral.guidance import sending
from netral.guidance.citing import path_of
from netral.guidance.models import Consultation
from netral.guidance.queries.alike import MOST, Before
from netral.guidance.queries.consultations import holds_on, relied_on
from netral.guidance.rules.wording import stands_above
from netral.guidance.templatetags.law import cited, say
from netral.law import Outcome, library
from netral.law.acts import Act

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


@register.filter(name="stands_above")
def above(outcome: str) -> Outcome | None:
    """What is shown above an answer of that outcome."""
    return stands_above(outcome)


@register.filter
def holds(found: Consultation) -> bool:
    """Whether it may be relied on today."""
    return holds_on(found, timezone.localdate(today.now()))


@register.simple_tag
def precedent_url(found: Consultation) -> str:
    """Where the precedent stands, by its number."""
    return path_of(found)


@register.filter
def cited_as(found: Consultation) -> str:
    """``Preseden 4/2026, Pemerintah Kota Samarinda``: nobody reads a key out."""
    return _("Preseden %(number)s, %(government)s") % {
        "number": f"{found.number}/{found.year}",
        "government": found.government.name,
    }


@register.simple_tag(takes_context=True)
def sending_key(context: Context) -> SafeString:
    """The hidden field by which a form sends its question once; carried on from page to page."""
    key = sending.key_in(context["request"].POST)
    return format_html('<input type="hidden" name="{}" value="{}">', sending.FIELD, key)


@register.simple_tag
def precedents_about(act: str) -> list[Consultation]:
    """The newest precedents about an act that may be relied on today."""
    return relied_on(act, timezone.localdate(today.now()))


@register.simple_tag
def precedents_beside(before: Before, acts: Iterable[Act]) -> list[Consultation]:
    """What holds today about the acts of an answer or in similar words, besides what stands above
    the answer already."""
    day = timezone.localdate(today.now())
    about = [one for act in acts for one in relied_on(act.id, day)]
    above = {one.pk for one in before.close}
    once = {one.pk: one for one in (*about, *before.near) if one.pk not in above}
    return list(once.values())[:MOST]


def _word(name: str) -> str:
    law = library()
    if name in law.provisions:
        return cited(name)
    return say(law.acts[name].name) if name in law.acts else name
