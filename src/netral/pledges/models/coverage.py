"""The kept counts behind the coverage page, and reminders."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class CoverageCount(models.Model):
    """Kept figures of one unit itself (not below it): staff and signers, per status and level.

    Kept in step inside the transactions that sign and that change the register. What has changed
    since it was last added up into :class:`CoverageTotal` is ``signed - folded_signed`` (and the
    same for staff), so a figure for a whole subtree is its total plus the few rows that still
    differ: always exact, and no row that every signature would have to wait for.
    """

    government = models.ForeignKey("people.Government", models.CASCADE, related_name="+")
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="+")
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")
    status = models.CharField(max_length=16)
    position_level = models.CharField(max_length=16)
    staff = models.PositiveIntegerField(default=0)
    signed = models.PositiveIntegerField(default=0)
    folded_staff = models.PositiveIntegerField(default=0)
    folded_signed = models.PositiveIntegerField(default=0)
    differs = models.GeneratedField(
        expression=models.ExpressionWrapper(
            ~Q(signed=F("folded_signed")) | ~Q(staff=F("folded_staff")),
            output_field=models.BooleanField(),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    """Whether something is not folded yet. A column, so that PostgreSQL knows how few rows that
    are: of a comparison of two columns it believes that nearly all rows pass."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "unit", "status", "position_level"],
                name="coverage_count_once",
            ),
            models.CheckConstraint(
                condition=Q(signed__lte=F("staff")), name="coverage_signed_within_staff"
            ),
        ]
        indexes = [
            models.Index(
                fields=["government", "election"],
                condition=Q(differs=True),
                name="coverage_not_yet_folded",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.signed}/{self.staff}"


class CoverageTotal(models.Model):
    """The same figures for a unit with everything below it, as of the last fold."""

    government = models.ForeignKey("people.Government", models.CASCADE, related_name="+")
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="+")
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")
    status = models.CharField(max_length=16)
    position_level = models.CharField(max_length=16)
    staff = models.IntegerField(default=0)
    signed = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "unit", "status", "position_level"],
                name="coverage_total_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.signed}/{self.staff}"


class Reminder(models.Model):
    """A letter to a head of unit: so many of yours have not signed yet."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    missing = models.PositiveIntegerField()
    queued_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        verbose_name = _("pengingat")
        ordering = ["-queued_at"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.queued_at:%Y-%m-%d}"
