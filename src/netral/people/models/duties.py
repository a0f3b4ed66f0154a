from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class Duty(models.Model):
    """What an officer may do, within a government or within a subtree of it."""

    class Kind(models.TextChoices):
        PERSONNEL = "personnel", _("Pengelola kepegawaian")
        ORGANISER = "organiser", _("Penyelenggara")
        HEAD = "head", _("Kepala unit")
        REVIEWER = "reviewer", _("Penelaah hukum")
        OVERSIGHT = "oversight", _("Pengawas")
        CUSTODIAN = "custodian", _("Penjaga laporan")
        EXAMINER = "examiner", _("Pemeriksa")
        DECIDER = "decider", _("Pejabat yang memutus")
        AUDITOR = "auditor", _("Auditor")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="duties")
    kind = models.CharField(_("tugas"), max_length=12, choices=Kind)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="duties")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="duties")
    """The top of the subtree it holds for; empty for the whole government."""
    granted_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    """Empty only for the first administrator's duty, made on the command line."""
    granted_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    """A duty does nothing until it is confirmed; a powerful one by a second officer."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "government"],
                condition=Q(ended_at=None, unit=None),
                name="duty_once_for_government",
            ),
            models.UniqueConstraint(
                fields=["account", "kind", "unit"],
                condition=Q(ended_at=None, unit__isnull=False),
                name="duty_once_for_unit",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(kind__in=["personnel", "custodian", "examiner", "decider", "auditor"])
                    | Q(confirmed_by=None)
                    | Q(granted_by=None)
                    | ~Q(confirmed_by=F("granted_by"))
                ),
                name="duty_powerful_needs_two",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
