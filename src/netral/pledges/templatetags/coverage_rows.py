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
from django.utils.translation import gettext as _

from netral.base.templatetags.ui import figure, meter
from netral.pledges.queries.coverage import Figures, UnitLine

register = template.Library()


@register.simple_tag
def unit_rows(lines: Iterable[UnitLine], into: str) -> SafeString:
    """A row per unit, its name a link into it: ``into`` with the unit's key behind it."""
    start, heads = escape(into), _heads()
    return SafeString(
        "".join(
            _row(
                heads,
                f'<a href="{start}{line.unit.id.hex}">{escape(line.unit.name)}</a>',
                line.unit.name,
                line.all,
                line.non_asn,
            )
            for line in lines
        )
    )


@register.simple_tag
def own_row(label: str, line: UnitLine) -> SafeString:
    """The staff directly in the unit shown, above the units below it."""
    return SafeString(_row(_heads(), escape(label), label, line.all, line.non_asn))


@register.simple_tag
def split_rows(groups: Iterable[tuple[str, Any, Figures]]) -> SafeString:
    """A row per status or level."""
    heads = _heads()
    return SafeString(
        "".join(_row(heads, escape(label), label, figures) for _key, label, figures in groups)
    )


def _heads() -> list[str]:
    """The column heads, which a phone shows before each figure."""
    return [escape(head) for head in (_("Pegawai"), _("Ikrar"), _("Belum"), _("Non-ASN belum"))]


def _row(
    heads: list[str], head: str, label: Any, figures: Figures, non_asn: Figures | None = None
) -> str:
    """Head (already HTML), staff, the bar, who is missing; and of the non-ASN, where asked."""
    staff, share, missing, others = heads
    bar = meter(figures.signed, figures.staff, label) if figures.staff else "–"
    row = (
        f'<tr><th scope="row">{head}</th>{_number(staff, figures.staff)}'
        f'<td data-label="{share}">{bar}</td>{_number(missing, figures.missing)}'
    )
    return f"{row}{_number(others, non_asn.missing) if non_asn else ''}</tr>"


def _number(label: str, number: int) -> str:
    return f'<td class="num" data-label="{label}">{figure(number)}</td>'
