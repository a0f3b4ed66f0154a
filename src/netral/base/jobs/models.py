"""What the engine keeps beside its queue: who works, and when periodic jobs are due."""

from __future__ import annotations

from django.db import models


class JobWorker(models.Model):
    """A process that takes jobs. Gone from here, or silent for long: its jobs are run again."""

    id = models.CharField(primary_key=True, max_length=64)
    queues = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        app_label = "base"

    def __str__(self) -> str:
        return self.id


class PeriodicJob(models.Model):
    """When a periodic job is due next. One row per job, moved on in the act of enqueuing."""

    task_path = models.CharField(primary_key=True, max_length=200)
    due_at = models.DateTimeField()
    enqueued_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "base"

    def __str__(self) -> str:
        return self.task_path
