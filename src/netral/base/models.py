"""Tables of the plumbing: the cache, the jobs' workers, the log, what this installation is."""

from __future__ import annotations

from django.db import models

from netral.base.audit.models import (
    LogCheckpoint,
    LogClosed,
    LogCosignature,
    LogEntry,
    LogErasure,
    LogHead,
    LogKey,
    LogOpening,
    LogRecount,
)
from netral.base.jobs.models import JobWorker, PeriodicJob

__all__ = [
    "CacheEntry",
    "Installation",
    "JobWorker",
    "LogCheckpoint",
    "LogClosed",
    "LogCosignature",
    "LogEntry",
    "LogErasure",
    "LogHead",
    "LogKey",
    "LogOpening",
    "LogRecount",
    "PeriodicJob",
]


class CacheEntry(models.Model):
    """The table of the database cache, in the shape Django's cache backend expects.

    A model only so that a migration makes it; nothing reads it through the model.
    """

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "base_cache"

    def __str__(self) -> str:
        return self.cache_key


class Installation(models.Model):
    """One row: whether this database holds a demonstration or the real thing.

    A demonstration must never be served as real, nor a real register as a demonstration, whatever
    the settings say on a given day.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demonstration = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.CharField(max_length=40)
    """The version of Netral that last upgraded this database."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="installation_is_one"),
        ]

    def __str__(self) -> str:
        return "peragaan" if self.is_demonstration else "produksi"
