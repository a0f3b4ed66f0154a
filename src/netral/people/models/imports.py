from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class Import(models.Model):
    """One file on its way into the register: read, previewed, confirmed, applied, perhaps undone."""

    class State(models.TextChoices):
        READING = "reading", _("sedang dibaca")
        MAPPING = "mapping", _("menunggu pencocokan kolom")
        PREVIEW = "preview", _("menunggu persetujuan")
        APPLYING = "applying", _("sedang diterapkan")
        APPLIED = "applied", _("diterapkan")
        UNDOING = "undoing", _("sedang dibatalkan")
        UNDONE = "undone", _("dibatalkan")
        DISCARDED = "discarded", _("dibuang")
        FAILED = "failed", _("gagal")

    class Scope(models.TextChoices):
        FULL = "full", _("seluruh pegawai pemerintah daerah")
        FULL_NON_ASN = "full_non_asn", _("seluruh non-ASN")
        FULL_ASN = "full_asn", _("seluruh ASN")
        PART = "part", _("sebagian; yang tidak tercantum dibiarkan")
        UNITS = "units", _("pohon unit")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="imports")
    actor = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    scope = models.CharField(_("isi berkas"), max_length=16, choices=Scope, default=Scope.PART)
    state = models.CharField(max_length=12, choices=State, default=State.READING)
    file_name = models.CharField(max_length=255)
    file_path = models.CharField(max_length=500, blank=True)
    """Where the upload waits to be read; empty again once it has been read and deleted."""
    file_digest = models.CharField(max_length=64, blank=True)
    effective_on = models.DateField()
    mapping = models.JSONField(default=dict)
    """Per sheet: how each header was understood, and what the officer corrected."""
    counts = models.JSONField(default=dict)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    """What happened and what to do, for the officer, when ``state`` is FAILED."""
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


class ImportRow(models.Model):
    """One understood row of the file and what it would do. Dropped some days after."""

    class Action(models.TextChoices):
        CREATE = "create", _("baru")
        CHANGE = "change", _("berubah")
        MOVE = "move", _("pindah unit")
        CLOSE = "close", _("ditutup")
        REOPEN = "reopen", _("masuk kembali")
        SAME = "same", _("tetap")
        ASK = "ask", _("perlu keputusan")
        BAD = "bad", _("tidak dapat dipakai")

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    action = models.CharField(max_length=8, choices=Action)
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    values = models.TextField()
    """JSON of the kept fields only, normalised. Never NIK, religion, address and the like."""
    before = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["source", "action"], name="import_row_by_action")]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.line}"


class ImportProblem(models.Model):
    """Something an officer should know about a cell: an obstacle, a warning or a question."""

    class Severity(models.TextChoices):
        OBSTACLE = "obstacle", _("penghalang")
        WARNING = "warning", _("peringatan")
        QUESTION = "question", _("pertanyaan")

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Import, models.CASCADE, related_name="problems")
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    severity = models.CharField(max_length=8, choices=Severity)
    code = models.CharField(max_length=40)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["source", "severity", "id"], name="import_problem_list")]

    def __str__(self) -> str:
        return f"{self.code} {self.sheet}:{self.line}"


class ColumnMapping(models.Model):
    """A correction an officer made once: in this government, that header means this field."""

    government = models.ForeignKey("people.Government", models.CASCADE, related_name="+")
    header_key = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)
    """Empty: the officer said that this column is to be ignored."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "header_key"], name="column_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.header_key} = {self.field}"
