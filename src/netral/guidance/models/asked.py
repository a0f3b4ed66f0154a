from __future__ import annotations

from django.db import models
from django.db.models import Q

from netral.base.ids import new_id


class AskedCount(models.Model):
    """How often an act was asked about in one phase, on one local day of one government.

    No question, no person, no address: there is nothing here that could lead to somebody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.CASCADE, related_name="+")
    day = models.DateField()
    act = models.CharField(max_length=60)
    """Key of an act of ``netral.law``."""
    phase = models.CharField(max_length=20, blank=True)
    """A ``netral.law.Phase``; empty while nobody said which."""
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "day", "act", "phase"], name="asked_count_once"
            ),
            models.CheckConstraint(condition=Q(times__gt=0), name="asked_count_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.act} {self.times}"
