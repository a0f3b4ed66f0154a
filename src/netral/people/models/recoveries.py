from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class AccountRecovery(models.Model):
    """One officer asks to take every way in off somebody's account, so that a new slip opens it;
    another says yes or no. What was decided stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="recoveries")
    reason = models.CharField(_("alasan"), max_length=300)
    proposed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    disputed_at = models.DateTimeField(null=True)
    """When somebody signed in on the account said that they had asked for nothing. It need not be
    the owner: it tells the second officer to look again, and stops nothing by itself."""
    decided_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)
    refusal = models.CharField(max_length=500, blank=True)
    """Why not; whoever proposed it may also take it back, with a reason."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(decided_at=None), name="recovery_proposed_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recovery_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, is_granted=None, refusal="")
                | Q(decided_by__isnull=False, decided_at__isnull=False, refusal="")
                & Q(is_granted=True, is_granted__isnull=False)
                & ~Q(decided_by=F("proposed_by"))
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & Q(is_granted=False, is_granted__isnull=False)
                & ~Q(refusal=""),
                name="recovery_granted_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(account=F("proposed_by")) & ~Q(account=F("decided_by")),
                name="recovery_never_of_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.proposed_at:%Y-%m-%d}"
