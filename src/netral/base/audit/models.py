"""Tables of the log: entries, what opens them, checkpoints, keys and cosignatures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.db import models

from netral.base.ids import new_id
from netral.base.row_number import RowNumberField
from netral.tlog.entries import Entry

SECONDS_OF_AN_HOUR = 3600


class LogHead(models.Model):
    """One row: how many entries have got a number. Its lock orders those who append."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="log_has_one_head")]

    def __str__(self) -> str:
        return str(self.size)


class LogEntry(models.Model):
    """An entry as everybody may see it. Written once; the database refuses to change or drop it."""

    index = RowNumberField(primary_key=True)
    """From 0 without gaps."""
    kind = models.CharField(max_length=24)
    hour = models.PositiveIntegerField()
    """Whole hours since 1970 in UTC: no finer time is public or kept here."""
    commitment = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.index} {self.kind}"

    @property
    def as_entry(self) -> Entry:
        return entry_of(self.kind, self.hour, self.commitment)

    @property
    def hour_ends_at(self) -> datetime:
        """The latest moment at which it can have come."""
        return datetime.fromtimestamp((self.hour + 1) * SECONDS_OF_AN_HOUR, UTC)


class LogOpening(models.Model):
    """What makes an entry say something: its salt and the row it is about. Erasing deletes it."""

    entry = models.OneToOneField(
        LogEntry, models.PROTECT, primary_key=True, related_name="opening", db_column="index"
    )
    kind = models.CharField(max_length=24)
    reference = models.UUIDField()
    """The row of the feature that was logged."""
    subject = models.UUIDField(null=True)
    """Whom it is about: everything of one subject is erased together."""
    salt = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="log_row_logged_once")
        ]
        # None by subject: it would cost every deed a page, and only an erasure asks for it.

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"


class LogErasure(models.Model):
    """How many entries were made unreadable at once. It says not whose; it is itself logged."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    entries = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.entries} {self.at:%Y-%m-%d}"


class LogCheckpoint(models.Model):
    """Each checkpoint that was ever signed. Written once."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    """The signed note as it was published, without cosignatures."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.size)


class LogKey(models.Model):
    """A public key: of this log, or of a witness whose cosignatures it takes. Never a secret."""

    class Role(models.TextChoices):
        LOG = "log"
        WITNESS = "witness"

    verifier = models.CharField(primary_key=True, max_length=300)
    """As C2SP signed-note writes it: ``name+id+key``."""
    role = models.CharField(max_length=8, choices=Role)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    """A retired key signs no more; what it signed stays good."""

    def __str__(self) -> str:
        return self.verifier


class LogCosignature(models.Model):
    """A witness's line under a checkpoint."""

    id = models.BigAutoField(primary_key=True)
    checkpoint = models.ForeignKey(LogCheckpoint, models.PROTECT, related_name="cosignatures")
    key = models.ForeignKey(LogKey, models.PROTECT, related_name="cosignatures")
    line = models.CharField(max_length=400)
    at = models.DateTimeField()
    """The time the witness put under it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "key"], name="log_cosigned_once")
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.at:%Y-%m-%d %H:%M}"


class LogClosed(models.Model):
    """A log that could not go on: what it had published last. Written once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveSmallIntegerField(unique=True)
    """From 1; in its address."""
    origin = models.CharField(max_length=300)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    """The final checkpoint as it was published, with its cosignatures."""
    shared = models.BigIntegerField()
    """With so many entries of this database it begins."""
    lost = models.BinaryField()
    """Its entries beyond those, as an entry bundle: nobody else has them."""
    folder = models.CharField(max_length=80)
    """Where its files stand, beside those of the log of today."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shared__lte=models.F("size")), name="log_closed_shares_its_own"
            )
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"


class LogRecount(models.Model):
    """How the whole log was looked over once (``netral log fsck``), by night or by hand."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    """When it ended."""
    seconds = models.FloatField()
    entries = models.BigIntegerField()
    """How many the log held when it began."""
    differences = models.PositiveIntegerField()
    found = models.TextField(blank=True)
    """The first of them, one sentence a line; empty when all was well."""

    class Meta:
        indexes = [models.Index(fields=["at"], name="log_recount_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(differences=0, found="")
                | (models.Q(differences__gt=0) & ~models.Q(found="")),
                name="log_recount_says_what_it_found",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entries} {self.at:%Y-%m-%d}"

    @property
    def began_at(self) -> datetime:
        """What came in later it may not have seen."""
        return self.at - timedelta(seconds=self.seconds)


def hour_of(moment: datetime) -> int:
    return int(moment.timestamp()) // SECONDS_OF_AN_HOUR


def entry_of(kind: str, hour: int, commitment: bytes | memoryview) -> Entry:
    """A row's values as the entry of the pure log."""
    return Entry(kind, _written(hour), bytes(commitment))


@lru_cache(maxsize=64)  # thousands of entries share an hour
def _written(hour: int) -> str:
    return f"{datetime.fromtimestamp(hour * SECONDS_OF_AN_HOUR, UTC):%Y-%m-%dT%HZ}"
