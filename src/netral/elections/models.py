"""Elections as data: what is voted on where, in which phases, with which contestants."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class Election(models.Model):
    """A Pemilu or a Pemilihan in one region (``00`` is the whole country)."""

    class Kind(models.TextChoices):
        PEMILU = "pemilu", _("Pemilu")
        PEMILIHAN = "pemilihan", _("Pemilihan")

    class Certainty(models.TextChoices):
        FIXED = "fixed", _("ditetapkan")
        FORECAST = "forecast", _("perkiraan")
        FICTIONAL = "fictional", _("rekaan untuk peragaan")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    name = models.CharField(_("nama"), max_length=200)
    region_code = models.CharField(_("kode wilayah"), max_length=8)
    certainty = models.CharField(_("kepastian"), max_length=10, choices=Certainty)
    basis = models.CharField(_("dasar"), max_length=300, blank=True)
    """The KPU regulation or other instrument that fixes the calendar."""
    voting_on = models.DateField(_("hari pemungutan suara"), null=True)

    class Meta:
        ordering = ["voting_on", "name"]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """A stretch of the calendar with exact switching times: ``starts_at`` in, ``ends_at`` out.

    Days in the calendar are local days; services turn them into moments in the zone of the
    government. Phases of one election may overlap (candidacy runs while voters are listed);
    the *main* ones do not, and the phase line shows those.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="phases")
    code = models.CharField(max_length=30)
    name = models.CharField(_("nama"), max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    """The last local day that still belongs to the phase."""
    is_main = models.BooleanField(default=False)
    confidence = models.CharField(_("keyakinan"), max_length=40, blank=True)
    source = models.TextField(_("sumber"), blank=True)
    """Addresses, one a line."""

    class Meta:
        ordering = ["starts_on", "ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["election", "code"], name="phase_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="phase_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """A party on the ballot, by its number. Never with a colour."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="parties")
    number = models.PositiveSmallIntegerField(_("nomor urut"))
    name = models.CharField(_("nama"), max_length=200)
    short_name = models.CharField(_("singkatan"), max_length=40)
    other_names = models.JSONField(default=list)
    only_in = models.CharField(max_length=8, blank=True)
    """Region code of a local party; empty for a national one."""

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="party_number_once")
        ]

    def __str__(self) -> str:
        return self.short_name


class Ticket(models.Model):
    """A candidate or pair on the ballot, always shown in the order of the numbers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="tickets")
    number = models.PositiveSmallIntegerField(_("nomor urut"))
    names = models.CharField(_("nama"), max_length=300)
    other_names = models.JSONField(default=list)
    """Short forms and slogans by which people mean this ticket."""
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="ticket_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.names}"
