from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class SlipBatch(models.Model):
    """Slips with claim codes for a selection of staff, on their way to a printer.

    The codes exist only in the PDF. Each part of it lies on disk sealed to ``public_key``; the
    private half exists only in a cookie of the browser that asked for it (``services.sealing``).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu giliran")
        WORKING = "working", _("sedang dibuat")
        READY = "ready", _("siap diunduh")
        FETCHED = "fetched", _("sudah diunduh")
        EXPIRED = "expired", _("lewat waktu")
        FAILED = "failed", _("gagal")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    """The top of the subtree; empty for the whole government."""
    with_claimed = models.BooleanField(default=False)
    """Also for people who claimed already: their slip resets a lost password."""
    actor = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    keep_until = models.DateTimeField()
    """When the sealed parts are deleted, fetched or not."""
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class SlipPart(models.Model):
    """One PDF of the batch: the people of one office, or a stretch of them when there are many."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(SlipBatch, models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=120)
    people = models.JSONField()
    """Keys of the people on it, in order."""
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["batch", "order"], name="slip_part_once")]

    def __str__(self) -> str:
        return self.file_name
