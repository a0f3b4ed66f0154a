from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id
from netral.people import import_wording


class Import(models.Model):
    """One file on its way into the register: read, previewed, applied, perhaps undone."""

    class State(models.TextChoices):
        READING = "reading", _("sedang dibaca")
        MAPPING = "mapping", _("menunggu pemetaan kolom")
        PREVIEW = "preview", _("menunggu persetujuan")
        APPLYING = "applying", _("sedang diterapkan")
        APPLIED = "applied", _("diterapkan")
        UNDOING = "undoing", _("sedang ditarik kembali")
        UNDONE = "undone", _("ditarik kembali")
        DISCARDED = "discarded", _("dibuang")
        FAILED = "failed", _("gagal")

    class Scope(models.TextChoices):
        FULL = "full", _("seluruh pegawai pemerintah daerah")
        FULL_NON_ASN = "full_non_asn", _("seluruh non-ASN")
        FULL_ASN = "full_asn", _("seluruh ASN")
        PART = "part", _("sebagian; yang tidak tercantum dibiarkan")
        UNITS = "units", _("pohon unit")
        FULL_UNITS = "full_units", _("seluruh pohon unit")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="imports")
    actor = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    scope = models.CharField(_("isi berkas"), max_length=16, choices=Scope, default=Scope.PART)
    state = models.CharField(max_length=12, choices=State, default=State.READING)
    file_name = models.CharField(max_length=255)
    file_path = models.CharField(max_length=500, blank=True)
    """Where the upload waits, sealed, to be read or read again; empty once it is deleted."""
    file_digest = models.CharField(max_length=64, blank=True)
    effective_on = models.DateField()
    mapping = models.JSONField(default=dict)
    """``{"sheets": [...]}``: per sheet how each header was understood. Headers, never values."""
    counts = models.JSONField(default=dict)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    trouble = models.JSONField(default=dict, blank=True)
    """``{"code": ..., "details": {...}}`` of :attr:`failure`; empty while nothing is wrong."""
    register_version = models.BigIntegerField(default=0)
    """The last line of history that the preview was worked out against."""
    close_missing = models.BooleanField(default=False)
    """The officer agreed to close the people whom a full import no longer names."""
    run = models.UUIDField(null=True)
    """The attempt that stages now; an older attempt that wakes up again sees it and stops."""
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["government"],
                condition=Q(state__in=["applying", "undoing"]),
                name="import_one_at_work",
            ),
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(applied_at__isnull=False),
                name="import_applied_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_tree(self) -> bool:
        """Whether the file holds units and no staff."""
        return self.scope in (Import.Scope.UNITS, Import.Scope.FULL_UNITS)

    @property
    def failure(self) -> str:
        """What happened and what to do, in the reader's language; ``""`` while all is well.

        Set in FAILED and in DISCARDED by itself; also in PREVIEW or APPLIED when the import came
        back there, say because the register changed in between.
        """
        if not self.trouble:
            return ""
        return import_wording.failure_sentence(self.trouble["code"], self.trouble["details"])


class ColumnMapping(models.Model):
    """A correction an officer made once: in this government, that header means this field."""

    government = models.ForeignKey("people.Government", models.CASCADE, related_name="+")
    header_key = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)
    """Empty: the officer said that this column is to be ignored."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "header_key"], name="column_mapping_once")
        ]

    def __str__(self) -> str:
        return f"{self.header_key} = {self.field}"


class UnitSpelling(models.Model):
    """What an officer said once about a name in files: that unit, or really one of its own."""

    government = models.ForeignKey("people.Government", models.CASCADE, related_name="+")
    parent = models.ForeignKey("people.Unit", models.CASCADE, null=True, related_name="+")
    name_key = models.CharField(max_length=300)
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, related_name="+")
    """Empty: it really is a new unit."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name_key"],
                condition=Q(parent__isnull=False),
                name="unit_spelling_once_under_parent",
            ),
            models.UniqueConstraint(
                fields=["government", "name_key"],
                condition=Q(parent=None),
                name="unit_spelling_once_at_top",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_key} = {self.unit_id}"
