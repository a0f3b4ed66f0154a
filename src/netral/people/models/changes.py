from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class Change(models.Model):
    """One line per thing that happened to the register: who, when, from what to what.

    Append-only: a trigger in the database refuses UPDATE and DELETE. Within a second each line is
    part of a :class:`RegisterSeal`, whose root goes into the log.
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


class RegisterSeal(models.Model):
    """A run of :class:`Change` lines that went into the log together. Written once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    after_id = models.BigIntegerField(unique=True)
    """The last line of the seal before, 0 at the first: two seals can never begin alike."""
    last_id = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    """Merkle root (RFC 6962) over the lines as canonical JSON, in hex."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_id__gt=models.F("after_id")), name="register_seal_has_lines"
            )
        ]

    def __str__(self) -> str:
        return f"{self.after_id}–{self.last_id}"
