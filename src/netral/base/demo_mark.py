"""What leaves a demonstration as a file says so in its name, where its content cannot."""

from __future__ import annotations

from django.conf import settings


def marked(name: str) -> str:
    """``peragaan-pegawai`` in a demonstration; elsewhere ``name`` as it is."""
    return f"peragaan-{name}" if settings.DEMO else name
