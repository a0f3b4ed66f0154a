"""What a person says who does not sign."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class Decline(models.Model):
    """Somebody does not sign one ceremony, and says why. Private, and theirs to take back.

    Only the person and the oversight duty read it; to everybody else they are one of those who
    have not signed. Whoever signs after all is no longer listed; what others enter
    from paper hides nothing. There is one for each person and ceremony, except where a session that
    a slip opened wrote another: it must not learn of the first, let alone replace it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ceremony = models.ForeignKey("pledges.Ceremony", models.PROTECT, related_name="declines")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    reason = models.CharField(_("alasan"), max_length=500)
    at = models.DateTimeField()
    first_at = models.DateTimeField()
    """When it was written first. Sessions that a slip may have opened since do not learn of it."""

    class Meta:
        verbose_name = _("pernyataan tidak menandatangani")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="decline_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.ceremony_id} {self.at:%Y-%m-%d}"
