from __future__ import annotations

from django.db import models


class Attempts(models.Model):
    """Failures in a row under one key: an account seen from strange devices, from one known
    device, or a network address; or the uses of something open to all within a window, which
    began at ``last_at``. Says nothing in clear about whom or where.
    """

    key = models.CharField(primary_key=True, max_length=64)
    """Keyed hash of what is counted; see ``services.throttling``."""
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="attempts_by_age")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.failures}"
