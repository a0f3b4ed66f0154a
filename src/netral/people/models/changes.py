from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One line per thing that happened to the register: who, when, from what to what.

    Append-only: a trigger in the database refuses UPDATE and DELETE. The transparency log will
    later hash these rows in the order of ``id``.
    """

    class Kind(models.TextChoices):
        CREATED = "created", _("dicatat")
        CHANGED = "changed", _("diubah")
        MOVED = "moved", _("pindah unit")
        CLOSED = "closed", _("ditutup")
        REOPENED = "reopened", _("dibuka kembali")
        MERGED = "merged", _("digabung")
        NUMBER_CHANGED = "number_changed", _("nomor berganti")
        UNDONE = "undone", _("ditarik kembali")

    class Subject(models.TextChoices):
        PERSON = "person", _("pegawai")
        UNIT = "unit", _("unit")
        HEAD = "head", _("kepala unit")
        GOVERNMENT = "gov", _("pemerintah daerah")

    id = models.BigAutoField(primary_key=True)
    # Government and actor carry no constraint or index in the database: an import writes a line
    # per person, they are never deleted, and the append-only trigger guards the rest.
    government = models.ForeignKey(
        "people.Government", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()
    actor = models.ForeignKey(
        "people.Account",
        models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    """Empty only for the command line, where no account is signed in."""
    source = models.ForeignKey(
        "people.Import", models.PROTECT, null=True, related_name="changes", db_constraint=False
    )
    subject = models.CharField(max_length=8, choices=Subject)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=Kind)
    before = models.TextField(blank=True)
    """JSON object of the fields that changed, as they were; empty when created."""
    after = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_id", "id"], name="change_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind}"
