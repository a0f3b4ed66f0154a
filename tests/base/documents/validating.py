"""pyHanko's verdict on a sealed file."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from asn1crypto import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def verdict_on(
    pdf: bytes, certificate: Certificate, moment: datetime | None = None
) -> PdfSignatureStatus:
    """Trusting ``certificate`` alone, as of ``moment``.

    In a thread of its own: pyHanko starts an event loop, and Playwright, when it ran before,
    keeps one in this one.
    """
    encoded = certificate.public_bytes(serialization.Encoding.DER)
    trusted = ValidationContext(trust_roots=[x509.Certificate.load(encoded)], moment=moment)
    [signature] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(validate_pdf_signature, signature, trusted).result()
