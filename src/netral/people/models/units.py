from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id
from netral.people.rules import last_day


class Unit(models.Model):
    """An organisational unit (perangkat daerah, bidang, sekolah, puskesmas …) at any depth."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name = models.CharField(_("nama unit"), max_length=300)
    name_key = models.CharField(max_length=300)
    """The name as ``rules.matching_key`` folds it, so that "DINAS  KEHUTANAN" finds its unit."""
    external_id = models.CharField(_("ID UNOR"), max_length=64, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    """0 for the units directly under the government."""
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "external_id"],
                condition=~Q(external_id=""),
                name="unit_external_id_once",
            ),
            # Units from SIASN may share a name under one parent; units known by name may not.
            models.UniqueConstraint(
                fields=["parent", "name_key"],
                condition=Q(closed_on=None, external_id="", parent__isnull=False),
                name="unit_name_once_under_parent",
            ),
            models.UniqueConstraint(
                fields=["government", "name_key"],
                condition=Q(closed_on=None, external_id="", parent=None),
                name="unit_name_once_at_top",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="unit_closes_after_it_opens",
            ),
        ]
        indexes = [models.Index(fields=["government", "name_key"], name="unit_by_name")]

    def __str__(self) -> str:
        return self.name


class UnitAncestor(models.Model):
    """Closure of the unit tree: one row per unit and ancestor, the unit itself included.

    "Everybody under this Dinas" is then one join, alike on both databases and at any depth.
    """

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="below")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="above")
    distance = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "unit"], name="unit_ancestor_once")
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.unit_id}"


class HeadOfUnit(models.Model):
    """Who heads a unit, from when to when, and in which capacity."""

    class Kind(models.TextChoices):
        DEFINITIVE = "definitive", _("Definitif")
        PLT = "plt", _("Plt.")
        PLH = "plh", _("Plh.")
        PJ = "pj", _("Pj.")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="heads")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="headships")
    kind = models.CharField(_("kedudukan"), max_length=12, choices=Kind, default=Kind.DEFINITIVE)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    """The first day they no longer head it; empty while they do."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to=None), name="unit_one_current_head"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit}"

    @property
    def last_day(self) -> date | None:
        """The last day it held; ``None`` while it does."""
        return last_day(self.valid_from, self.valid_to)
