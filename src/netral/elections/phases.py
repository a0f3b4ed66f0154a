"""The vocabulary of phases, one for the whole house, and what each is called.

The codes are those of the fact ``phase`` in ``netral.law``, so that a verdict can be asked with
what the calendar answers.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PhaseCode(models.TextChoices):
    """The main phases in the order in which they follow one another.

    ``BEFORE_CANDIDACY`` and ``AFTER`` have no days of their own: they are what lies before the
    first and behind the last phase of the calendar.
    """

    BEFORE_CANDIDACY = "before_candidacy", _("Sebelum pencalonan")
    CANDIDACY = "candidacy", _("Pencalonan")
    DETERMINED = "determined", _("Penetapan")
    CAMPAIGN = "campaign", _("Kampanye")
    QUIET = "quiet", _("Masa tenang")
    VOTING = "voting", _("Pemungutan suara")
    COUNT = "count", _("Penghitungan suara")
    AFTER = "after", _("Sesudah pemilihan")


ORDER = [code.value for code in PhaseCode]

IN_A_SENTENCE = {
    PhaseCode.BEFORE_CANDIDACY: _("Sebelum pencalonan"),
    PhaseCode.CANDIDACY: _("Masa pencalonan"),
    PhaseCode.DETERMINED: _("Sesudah penetapan calon"),
    PhaseCode.CAMPAIGN: _("Masa kampanye"),
    PhaseCode.QUIET: _("Masa tenang"),
    PhaseCode.VOTING: _("Hari pemungutan suara"),
    PhaseCode.COUNT: _("Masa penghitungan suara"),
    PhaseCode.AFTER: _("Sesudah pemilihan"),
}
"""How a chip or a letter names the time we are in."""

SHORT = {
    PhaseCode.BEFORE_CANDIDACY: _("Sebelum"),
    PhaseCode.CANDIDACY: _("Pencalonan"),
    PhaseCode.DETERMINED: _("Penetapan"),
    PhaseCode.CAMPAIGN: _("Kampanye"),
    PhaseCode.QUIET: _("Tenang"),
    PhaseCode.VOTING: _("Pemungutan"),
    PhaseCode.COUNT: _("Penghitungan"),
    PhaseCode.AFTER: _("Sesudah"),
}
"""Under a segment of the phase line, where room is scarce."""

URGENCY = {
    PhaseCode.VOTING: 7,
    PhaseCode.QUIET: 6,
    PhaseCode.CAMPAIGN: 5,
    PhaseCode.COUNT: 4,
    PhaseCode.DETERMINED: 3,
    PhaseCode.CANDIDACY: 2,
    PhaseCode.BEFORE_CANDIDACY: 1,
    PhaseCode.AFTER: 0,
}
"""Which election's phase shows when two are under way: the one in which most is forbidden."""
