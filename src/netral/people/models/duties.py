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
    confirmed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
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
                    ~Q(
                        kind__in=[
                            "personnel",
                            "oversight",
                            "custodian",
                            "examiner",
                            "decider",
                            "auditor",
                        ]
                    )
                    | Q(confirmed_by=None)
                    | Q(granted_by=None)
                    | ~Q(confirmed_by=F("granted_by"))
                ),
                name="duty_powerful_needs_two",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class DutyDeed(models.Model):
    """What was done to a duty or to an officer's second factor, by whom and why. Append-only.

    A trigger in the database refuses UPDATE and DELETE. It stands beside ``Change`` because its
    subject is an account, not the register; the transparency log will hash both.
    """

    class Kind(models.TextChoices):
        GRANTED = "granted", _("diberikan")
        CONFIRMED = "confirmed", _("disetujui petugas kedua")
        DECLINED = "declined", _("tidak disetujui")
        ENDED = "ended", _("diakhiri")
        SUSPENDED = "suspended", _("menunggu persetujuan ulang")
        FACTOR_RESET = "factor_reset", _("langkah kedua dihapus")
        ACCOUNT_MADE = "account_made", _("akun petugas dibuat")

    id = models.BigAutoField(primary_key=True)
    government = models.ForeignKey("people.Government", models.PROTECT, null=True, related_name="+")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="deeds")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="duty_deeds")
    """The officer it happened to."""
    kind = models.CharField(max_length=12, choices=Kind)
    actor = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    """Empty only for the command line, where no account is signed in."""
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["government", "id"], name="duty_deed_by_government")]

    def __str__(self) -> str:
        return f"{self.kind} {self.account_id}"
