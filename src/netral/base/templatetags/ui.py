"""Template tags every page may use without loading them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import template
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from netral.speaking.times import ZONE_NAMES

register = template.Library()


@lru_cache(maxsize=128)
def _icon_source(name: str) -> str:
    found = finders.find(f"vendor/icons/{name}.svg")
    if not isinstance(found, str):
        raise template.TemplateSyntaxError(f"no icon {name}: add it to tools/frontend.py")
    return Path(found).read_text("utf-8")


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline line icon, hidden from screen readers: words say what it means."""
    source = _icon_source(name)
    start = source.index("<svg")
    opened = '<svg class="icon" aria-hidden="true" focusable="false"'
    return mark_safe(opened + source[start + 4 :])


@register.filter
def moment(value: datetime | None) -> str:
    """``22 November 2026, pukul 14.30 WITA`` in the active time zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    offset = local.utcoffset()
    zone = ZONE_NAMES.get(int(offset.total_seconds()) if offset else 0, "UTC")
    return f"{formats.date_format(local, 'DATETIME_FORMAT')} {zone}"


@register.filter
def before_stop(text: str) -> str:
    """A name that ends a sentence: the full stop of "A.Md." is the sentence's own, not a second."""
    return str(text).removesuffix(".")


@register.filter
def in_fours(text: str) -> str:
    """A long key as people type it: JBSW Y3DP …"""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@register.filter
def figure(number: int) -> SafeString:
    """A whole number with the language's thousands mark: ``18.000``, in English ``18,000``.

    The same as Django's own localisation, at a tenth of its cost: long tables are full of it.
    """
    text = f"{number:,}"
    if "," not in text:
        return SafeString(text)
    if (get_language() or "id").startswith("en"):
        return SafeString(text)
    return SafeString(text.replace(",", "."))


@register.filter
def percent(part: int, whole: int) -> str:
    """``71%``, never rounded up to 100 while somebody is missing; below one it is ``<1%``."""
    if not whole:
        return "–"
    if 0 < 100 * part < whole:
        return "<1%"
    share = round(100 * part / whole)
    if part < whole:
        share = min(share, 99)
    return f"{share}%"


@register.simple_tag
def meter(part: int, whole: int, label: str = "", counted: bool = False) -> SafeString:
    """A quiet bar with its figure beside it. ``label`` is read aloud. ``counted`` writes the
    numbers too, where no column has them.

    Written here and not in a template, because long tables have one in every row. The numbers
    in the attributes are plain: the language's thousands mark would break the bar.
    """
    read_aloud = escape(label or _("Capaian"))
    share = percent(part, whole)
    if counted:
        numbers = {"part": figure(part), "whole": figure(whole), "share": share}
        share = _("%(part)s dari %(whole)s (%(share)s)") % numbers
    return SafeString(
        f'<span class="meter"><meter min="0" max="{int(max(whole, 1))}" value="{int(part)}" '
        f'aria-label="{read_aloud}"></meter>'
        f'<span class="meter-figure">{escape(share)}</span></span>'
    )


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The current address with some query arguments changed; ``None`` or "" removes one."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    pairs = [(name, value) for name, values in query.lists() for value in values]
    return "?" + urlencode(pairs)


@register.inclusion_tag("base/parts/pager.html", takes_context=True)
def pager(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """Previous and next with "101–150 dari 18.000". ``page`` is a Django ``Page``."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("base/parts/sort.html", takes_context=True)
def sort_header(
    context: dict[str, Any], key: str, label: str, kind: str = "", default: str = ""
) -> dict[str, Any]:
    """A column header that sorts; ``?sort=key`` ascending, ``?sort=-key`` descending.

    ``kind`` is "num" above a column of figures; ``default`` is how the table is sorted while
    nobody has asked, the same for all its columns.
    """
    current = context["request"].GET.get("sort", "") or default
    direction = "ascending" if current == key else "descending" if current == f"-{key}" else "none"
    return {
        "request": context["request"],
        "label": label,
        "kind": kind,
        "direction": direction,
        "next": f"-{key}" if direction == "ascending" else key,
    }
