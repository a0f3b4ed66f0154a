"""What readers by others say to each receipt."""

from __future__ import annotations

from pathlib import Path

from tests.base.documents import validating

from netral.base import sealing


def refused(receipts: list[bytes], folder: Path) -> dict[str, int]:
    """Reader → how many of the receipts it did not accept as valid over the whole file."""
    readers = {
        "pyHanko": _pyhanko,
        "pdfsig": lambda receipt: validating.accepted_by_pdfsig(receipt, folder),
        "openssl cms -verify": lambda receipt: validating.accepted_by_openssl(
            receipt, sealing.certificate_pem(), folder
        ),
    }
    return {
        name: sum(not accepts(receipt) for receipt in receipts) for name, accepts in readers.items()
    }


def _pyhanko(receipt: bytes) -> bool:
    status = validating.verdict_on(receipt, sealing.document_seal().certificate)
    return bool(status.bottom_line) and status.coverage.name == "ENTIRE_FILE"
