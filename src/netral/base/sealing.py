"""The seal of this installation on the documents it makes (``netral.base.documents``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from django.conf import settings
from django.utils import timezone

from netral.base.documents import seals
from netral.base.documents.seals import Seal


@lru_cache(maxsize=1)
def document_seal() -> Seal:
    """The key in ``NETRAL_DOCUMENT_KEY``, else one of our own, made at first need.

    Raises OSError or ValueError when the file named there cannot be used.
    """
    if settings.DOCUMENT_KEY:
        return seals.load(Path(settings.DOCUMENT_KEY))
    file = Path(settings.KEY_DIR) / "documents.pem"
    if file.exists():
        return seals.load(file)
    host = urlsplit(settings.PUBLIC_URL).hostname or "netral"
    return seals.create(file, name=f"Netral {host}", now=timezone.now())


def certificate_pem() -> bytes:
    return document_seal().certificate.public_bytes(serialization.Encoding.PEM)


def fingerprint() -> str:
    """SHA-256 of the certificate, as PDF readers show it."""
    return document_seal().certificate.fingerprint(hashes.SHA256()).hex(" ", 2).upper()
