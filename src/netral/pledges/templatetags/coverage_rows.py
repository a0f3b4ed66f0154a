"""The rows of the coverage tables.

Written here and not in templates: the page has forty of them, and as template nodes they cost
more than its queries.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from netral.base.templatetags.ui import figure, meter
from netral.pledges.queries.coverage import Figures, UnitLine

register = template.Library()


@register.simple_tag
def unit_rows(lines: Iterable[UnitLine], into: str) -> SafeString:
    """A row per unit, its name a link into it: ``into`` with the unit's key behind it."""
    start = escape(into)
    return SafeString(
        "".join(
            _row(
                f'<a href="{start}{line.unit.id.hex}">{escape(line.unit.name)}</a>',
                line.unit.name,
                line.all,
                f'<td class="num">{figure(line.non_asn.missing)}</td>',
            )
            for line in lines
        )
    )


@register.simple_tag
def own_row(label: str, line: UnitLine) -> SafeString:
    """The staff directly in the unit shown, above the units below it."""
    non_asn = f'<td class="num">{figure(line.non_asn.missing)}</td>'
    return SafeString(_row(escape(label), label, line.all, non_asn))


@register.simple_tag
def split_rows(groups: Iterable[tuple[str, Any, Figures]]) -> SafeString:
    """A row per status or level."""
    return SafeString(
        "".join(_row(escape(label), label, figures) for _key, label, figures in groups)
    )


def _row(head: str, label: Any, figures: Figures, more: str = "") -> str:
    """Head (already HTML), staff, the bar, who is missing, and ``more`` cells."""
    bar = meter(figures.signed, figures.staff, label) if figures.staff else "–"
    return (
        f'<tr><th scope="row">{head}</th><td class="num">{figure(figures.staff)}</td>'
        f'<td>{bar}</td><td class="num">{figure(figures.missing)}</td>{more}</tr>'
    )
