"""What readers by others say to a sealed file: pyHanko, OpenSSL, Poppler's pdfsig."""

from __future__ import annotations

import io
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

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


def accepted_by_openssl(pdf: bytes, certificate: bytes, folder: Path) -> bool:
    """The octets that ``/ByteRange`` names, against the container in the gap between them.

    ``certificate`` in PEM; ``folder`` for the files that openssl reads.
    """
    found = re.search(rb"/ByteRange\[0 (\d+) +(\d+) +(\d+) *\]", pdf)
    assert found
    gap_at, gap_ends, rest = map(int, found.groups())
    (folder / "content").write_bytes(pdf[:gap_at] + pdf[gap_ends : gap_ends + rest])
    (folder / "container").write_bytes(bytes.fromhex(pdf[gap_at + 1 : gap_ends - 1].decode()))
    (folder / "seal.pem").write_bytes(certificate)
    command = "openssl cms -verify -inform DER -binary -purpose any -in container -content content"
    verified = subprocess.run(
        [*command.split(), "-CAfile", "seal.pem", "-out", "out"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return verified.returncode == 0


def accepted_by_pdfsig(pdf: bytes, folder: Path) -> bool:
    """Valid, and over the whole file; whose certificate it is, pdfsig is not told."""
    file = folder / "sealed.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout
    return "Signature is Valid" in said and "Total document signed" in said
