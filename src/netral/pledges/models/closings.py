"""What stood when the signing of a ceremony was closed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.pledges.models.ceremonies import CeremonyMove


class ClosingFigures(models.Model):
    """The figures of one closing, as counted in its transaction. Written once.

    The register goes on changing; who was invited to a ceremony that is over does not. A ceremony
    that is opened again and closed again has one row per closing, and the newest is shown.
    """

    move = models.OneToOneField(
        CeremonyMove, models.PROTECT, primary_key=True, related_name="figures"
    )
    staff = models.PositiveIntegerField()
    """Who was invited: posted that day in the units it covers."""
    signed = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    """Of ``signed``: arrived after an earlier closing."""
    by_evidence = models.JSONField()
    """Kind of evidence to number of signatures."""
    by_status = models.JSONField()
    """Status to ``[signed, staff]``."""
    by_unit = models.JSONField()
    """``[name, signed, staff]`` for each unit with a line of its own, the slowest first."""

    class Meta:
        verbose_name = _("angka saat penutupan")
        constraints = [
            models.CheckConstraint(
                condition=Q(signed__lte=F("staff")), name="closing_signed_within_staff"
            ),
            models.CheckConstraint(
                condition=Q(late__lte=F("signed")), name="closing_late_within_signed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move_id} {self.signed}/{self.staff}"
