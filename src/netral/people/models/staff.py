from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id
from netral.people.rules import last_day


class Person(models.Model):
    """One human being in one government's register, for good, whatever numbers they bear.

    What changes over time (unit, status, position, grade) stands in :class:`Posting`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey(
        "people.Government", models.PROTECT, related_name="people", db_index=False
    )
    """Its index is ``person_by_name``, which begins with it."""
    number = models.CharField(_("NIP / NI PPPK"), max_length=18, blank=True)
    """Digits only; empty for staff without a number, who then have a ``local_id``."""
    local_id = models.CharField(_("ID lokal"), max_length=16, blank=True)
    """Given by Netral (``N64-7K3M9Q2``), exported back so that the next import finds them."""
    name = models.CharField(_("nama"), max_length=200)
    name_key = models.CharField(max_length=200)
    front_title = models.CharField(_("gelar depan"), max_length=60, blank=True)
    back_title = models.CharField(_("gelar belakang"), max_length=100, blank=True)
    email = models.CharField(_("email dinas"), max_length=254, blank=True)
    phone = models.CharField(_("nomor HP"), max_length=20, blank=True)
    joined_on = models.DateField(_("mulai bekerja"), null=True)
    left_on = models.DateField(_("berhenti"), null=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False
    )

    class Meta:
        ordering = ["name_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "number"],
                condition=~Q(number="") & Q(merged_into=None),
                name="person_number_once",
            ),
            models.UniqueConstraint(
                fields=["local_id"], condition=~Q(local_id=""), name="person_local_id_once"
            ),
            models.CheckConstraint(
                condition=~Q(number="") | ~Q(local_id=""), name="person_has_an_identifier"
            ),
        ]
        indexes = [
            models.Index(fields=["government", "name_key"], name="person_by_name"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="person_merged",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its titles as EYD writes it: ``Dr. Siti Rahma, S.H., M.Si.``"""
        name = f"{self.front_title} {self.name}".strip()
        return f"{name}, {self.back_title}" if self.back_title else name

    @property
    def identifier(self) -> str:
        return self.number or self.local_id


class FormerNumber(models.Model):
    """A number somebody bore before: non-ASN who became PPPK, a new NI PPPK, a merged double."""

    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="former_numbers")
    number = models.CharField(max_length=18)
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "number"], name="former_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class Posting(models.Model):
    """Where and as what somebody works, between two days. The open one is how things are now."""

    class Status(models.TextChoices):
        PNS = "pns", "PNS"
        CPNS = "cpns", "CPNS"
        PPPK = "pppk", "PPPK"
        PPPK_PART_TIME = "pppk_part_time", _("PPPK Paruh Waktu")
        NON_ASN = "non_asn", _("Non-ASN")

    class Level(models.TextChoices):
        """Level of position, from eselon (PP 18/2016) or the kind of position in SIASN."""

        JPT_MADYA = "jpt_madya", _("JPT Madya")
        JPT_PRATAMA = "jpt_pratama", _("JPT Pratama")
        ADMINISTRATOR = "administrator", _("Administrator")
        PENGAWAS = "pengawas", _("Pengawas")
        FUNCTIONAL = "functional", _("Fungsional")
        PELAKSANA = "pelaksana", _("Pelaksana")
        OTHER = "other", _("Lainnya")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # The government is that of the person and of the unit, which both have their constraint; a
    # third one would be a third of the time that a million new people take to be written.
    government = models.ForeignKey(
        "people.Government", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="postings")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="postings")
    status = models.CharField(_("status"), max_length=16, choices=Status)
    position_level = models.CharField(
        _("jenjang jabatan"), max_length=16, choices=Level, default=Level.OTHER
    )
    position = models.CharField(_("jabatan"), max_length=300, blank=True)
    grade = models.CharField(_("golongan"), max_length=8, blank=True)
    standing = models.CharField(_("kedudukan hukum"), max_length=100, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    """The first day it no longer holds; empty while it is current."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to=None), name="posting_one_current"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="posting_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "status", "position_level"],
                condition=Q(valid_to=None),
                name="posting_current_by_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.position}"

    @property
    def last_day(self) -> date | None:
        """The last day it held; ``None`` while it does."""
        return last_day(self.valid_from, self.valid_to)
