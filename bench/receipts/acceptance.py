"""What readers by others say to each receipt."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from netral.base import sealing


def refused(receipts: list[bytes], folder: Path) -> dict[str, int]:
    """Reader → how many of the receipts it did not accept as valid over the whole file."""
    readers = {"pyHanko": _pyhanko, "pdfsig": _pdfsig, "openssl cms -verify": _openssl}
    return {
        name: sum(not accepts(receipt, folder) for receipt in receipts)
        for name, accepts in readers.items()
    }


def _pyhanko(receipt: bytes, folder: Path) -> bool:
    certificate = x509.Certificate.load(pem.unarmor(sealing.certificate_pem())[2])
    [signature] = PdfFileReader(io.BytesIO(receipt)).embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[certificate]))
    return status.bottom_line and status.coverage.name == "ENTIRE_FILE"


def _pdfsig(receipt: bytes, folder: Path) -> bool:
    (folder / "receipt.pdf").write_bytes(receipt)
    said = subprocess.run(
        ["pdfsig", folder / "receipt.pdf"], capture_output=True, text=True, check=False
    ).stdout
    return "Signature is Valid" in said and "Total document signed" in said


def _openssl(receipt: bytes, folder: Path) -> bool:
    """The octets that ``/ByteRange`` names, against the container in the gap between them."""
    found = re.search(rb"/ByteRange\[0 (\d+) +(\d+) +(\d+) *\]", receipt)
    assert found
    gap_at, gap_ends, rest = map(int, found.groups())
    container = bytes.fromhex(receipt[gap_at + 1 : gap_ends - 1].decode())
    (folder / "content").write_bytes(receipt[:gap_at] + receipt[gap_ends : gap_ends + rest])
    (folder / "container").write_bytes(container)
    (folder / "seal.pem").write_bytes(sealing.certificate_pem())
    command = "openssl cms -verify -inform DER -binary -purpose any -in container -content content"
    verified = subprocess.run(
        [*command.split(), "-CAfile", "seal.pem", "-out", "out"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return verified.returncode == 0
