"""What was understood of a file while its import waits: rows, units, problems."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.people import import_wording


class RowAction(models.TextChoices):
    """What a row of the file would do to the register."""

    CREATE = "create", _("baru")
    CHANGE = "change", _("berubah")
    MOVE = "move", _("pindah unit")
    CLOSE = "close", _("ditutup")
    REOPEN = "reopen", _("masuk kembali")
    MISSING = "missing", _("tidak tercantum")
    SAME = "same", _("tetap")
    ASK = "ask", _("perlu keputusan")
    SKIP = "skip", _("dilewati")
    BAD = "bad", _("tidak dapat dipakai")


class ImportRow(models.Model):
    """One understood row of the file and what it would do. Dropped some days after.

    Typed columns instead of one JSON text, so that applying a million rows is a handful of
    statements inside the database. An empty (NULL) value means that the file says nothing about
    it. Never NIK, religion, address and the like.
    """

    Action = RowAction

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey("people.Import", models.CASCADE, related_name="rows", db_index=False)
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    """0 for a person whom the file does not name (MISSING)."""
    action = models.CharField(max_length=8, choices=RowAction)
    # No constraint in the database: rows are staged by the million and name people and units
    # that this very import will create.
    person = models.ForeignKey(
        "people.Person",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    unit = models.ForeignKey(
        "people.Unit",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    posting_id = models.UUIDField(null=True)
    """The current posting of ``person`` when the row was compared with the register."""
    reposts = models.BooleanField(default=False)
    """Applying closes that posting and opens a new one."""
    number = models.CharField(max_length=18, blank=True)
    local_id = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=200, blank=True)
    front_title = models.CharField(max_length=60, null=True)  # noqa: DJ001 (NULL is "not said")
    back_title = models.CharField(max_length=100, null=True)  # noqa: DJ001
    email = models.CharField(max_length=254, null=True)  # noqa: DJ001
    phone = models.CharField(max_length=20, null=True)  # noqa: DJ001
    joined_on = models.DateField(null=True)
    status = models.CharField(max_length=16, null=True)  # noqa: DJ001
    position_level = models.CharField(max_length=16, null=True)  # noqa: DJ001
    position = models.CharField(max_length=300, null=True)  # noqa: DJ001
    grade = models.CharField(max_length=8, null=True)  # noqa: DJ001
    standing = models.CharField(max_length=100, null=True)  # noqa: DJ001
    leaves = models.BooleanField(default=False)
    was = models.TextField(blank=True)
    """JSON of the fields that would change, as they are in the register."""
    becomes = models.TextField(blank=True)
    """JSON of the same fields as they would become; empty for CREATE, where all are new."""
    question = models.CharField(max_length=40, blank=True)
    """Why the officer is asked: a code of ``intake.problems``."""
    candidates = models.TextField(blank=True)
    """JSON list of the people it might be, when the officer is asked."""
    answer = models.CharField(max_length=8, blank=True)
    """``person``, ``new`` or ``skip`` once the officer has answered."""

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["source", "action", "id"], name="import_row_by_action")]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.line}"

    @property
    def values(self) -> dict[str, Any]:
        """What the row says, as the preview shows it."""
        if self.becomes:
            found: dict[str, Any] = json.loads(self.becomes)
            return found
        said = {name: getattr(self, name) for name in STAGED_FIELDS}
        return {name: value for name, value in said.items() if value not in (None, "")}

    @property
    def before(self) -> dict[str, Any]:
        """The fields that would change, as they are now."""
        found: dict[str, Any] = json.loads(self.was) if self.was else {}
        return found

    @property
    def candidate_ids(self) -> list[str]:
        """Keys of the people it might be, when the officer is asked."""
        found: list[str] = json.loads(self.candidates) if self.candidates else []
        return found

    @property
    def unit_name(self) -> str:
        """The unit's name; of a unit that this import creates, as the file spells it."""
        try:
            return self.unit.name if self.unit else ""
        except ObjectDoesNotExist:
            staged = ImportUnit.objects.filter(source=self.source_id, unit_id=self.unit_id).first()
            return staged.name if staged else ""


STAGED_FIELDS = (
    "number",
    "local_id",
    "name",
    "front_title",
    "back_title",
    "email",
    "phone",
    "joined_on",
    "status",
    "position_level",
    "position",
    "grade",
    "standing",
)


class ImportUnit(models.Model):
    """A unit that the file names, and what the import would do about it."""

    Action = RowAction

    class Answer(models.TextChoices):
        SAME = "same", _("unit yang sudah ada")
        NEW = "new", _("memang unit baru")

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey("people.Import", models.CASCADE, related_name="units")
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    action = models.CharField(max_length=8, choices=RowAction)
    unit_id = models.UUIDField(null=True)
    """The unit of the register, or the key the new one will have; empty when BAD."""
    external_id = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=300)
    above = models.CharField(max_length=300, blank=True)
    """How the file names the unit above: its UNOR id or its name."""
    parent_id = models.UUIDField(null=True)
    similar_id = models.UUIDField(null=True)
    """The existing unit with the nearest name, about which the officer is asked; or the one that
    was chosen."""
    candidates = models.TextField(blank=True)
    """JSON list of all that have nearly the same name, nearest first."""
    answer = models.CharField(max_length=4, choices=Answer, blank=True)
    was = models.TextField(blank=True)
    becomes = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.becomes) if self.becomes else {"name": self.name}
        return found

    @property
    def before(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.was) if self.was else {}
        return found

    @property
    def candidate_ids(self) -> list[str]:
        """Keys (32 digits) of the existing units it might be, when the officer is asked."""
        found: list[str] = json.loads(self.candidates) if self.candidates else []
        return found


class ImportProblem(models.Model):
    """Something an officer should know about a cell: an obstacle, a warning or a question."""

    class Severity(models.TextChoices):
        OBSTACLE = "obstacle", _("penghalang")
        WARNING = "warning", _("peringatan")
        QUESTION = "question", _("pertanyaan")

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey("people.Import", models.CASCADE, related_name="problems")
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    severity = models.CharField(max_length=8, choices=Severity)
    code = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    """Facts for the sentence, such as how long the longest may be."""

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["source", "severity", "sheet", "line", "id"], name="import_problem_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.sheet}:{self.line}"

    @property
    def sentence(self) -> str:
        """What is the matter."""
        return import_wording.problem_sentence(self.code, self.details)

    @property
    def remedy(self) -> str:
        """What the officer can do about it."""
        return import_wording.remedy_sentence(self.code, self.details)
