"""What stays of a signature in the log once its person was erased."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ErasedSignature(models.Model):
    """Entry ``entry`` of the log was a signature of this ceremony; whose it was is gone.

    It names nobody and leads to nobody. It keeps the public recount whole (decision 0507).
    """

    entry = models.BigIntegerField(primary_key=True)
    ceremony = models.ForeignKey("pledges.Ceremony", models.PROTECT, related_name="+")
    withdrawn_by = models.BigIntegerField(null=True)
    """The entry that withdrew it, if one did."""

    class Meta:
        verbose_name = _("tanda tangan yang kaitannya dihapus")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_by=None) | Q(withdrawn_by__gt=F("entry")),
                name="erased_signature_withdrawn_later",
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)
