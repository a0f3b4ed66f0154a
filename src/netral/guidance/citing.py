"""How a precedent is cited: number, year and government, and an address that says the same.

Keys are for programs: in a letter, on a print and in the line of an address stands what people can
read out and type.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from netral.guidance.models import Consultation


def path_of(precedent: Consultation) -> str:
    """``/preseden/64.02/2026/4/``: region of the government, year, number. Published ones only."""
    place = (precedent.government.region_code, precedent.year, precedent.number)
    return reverse("guidance:precedent", args=place)


def address_of(precedent: Consultation) -> str:
    """The whole address, under the name this installation is reached by."""
    return f"{settings.PUBLIC_URL}{path_of(precedent)}"
