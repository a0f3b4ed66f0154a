"""What a file is that somebody has given as a proof, and whether a proof is there to its end.

People give the photo of a receipt, the page instead of the file behind its link, or a file that a
messenger cut. None of that says anything about the log.
"""

from __future__ import annotations

import re

from netral.tlog.proofs import ProofError
from netral.tlog.receipts import FIRST_LINE
from netral.tlog.recount import FIRST_LINE as LIST

PDF, PDF_END, END_WITHIN = b"%PDF-", b"%%EOF", 1024
_PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8|BM|RIFF....WEBP|....ftyp(?:hei|mif|avif)", re.DOTALL
)
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_KEY = re.compile(rb"\S+\+[0-9a-f]{8}\+\S+\s*\n")
_SIGNATURE = "\n\n\u2014 "


def why_no_proof(file: str, content: bytes) -> str:
    """Which other kind of file it is and what to do, as a sentence; empty where it may be one."""
    if not content.strip():
        return f"{file} is empty: download the PDF of the receipt, or its proof file, again"
    if _PICTURE.match(content):
        return (
            f"{file} is a picture, and a picture of a receipt proves nothing: give its PDF or its "
            "proof file (.tlog-proof), or check its code at /periksa/"
        )
    if content.startswith(b"PK\x03\x04"):
        return (
            f"{file} is a ZIP or Office file: give the PDF of the receipt or its proof file "
            "(.tlog-proof) itself"
        )
    if _WEB_PAGE.match(content):
        return (
            f"{file} is a web page: the page was saved instead of the file. Open it and download "
            "the PDF of the receipt or its proof file (.tlog-proof)"
        )
    if _KEY.match(content + b"\n"):
        return (
            f"{file} is a list of keys: give it behind --key, and in its place the PDF of the "
            "receipt or its proof file (.tlog-proof)"
        )
    if content.startswith(LIST.encode()):
        return f"{file} is a list of signatures: count it again with netral log recount"
    if content.startswith(PDF) or _is_text(content):
        return ""
    return (
        f"{file} is neither a PDF nor a proof file: give the PDF of the receipt or its proof file "
        "(.tlog-proof)"
    )


def must_be_whole(text: str) -> None:
    """Raises ProofError for a proof file whose end is missing, or that was saved anew.

    A note ends with a line of signature; what stands before it cannot be judged without.
    """
    if text.startswith(f"{FIRST_LINE}\r"):
        raise ProofError(
            "this proof file was saved anew by another program, with other ends of lines: "
            "download it again and give it as it is"
        )
    is_begun = text.startswith(f"{FIRST_LINE}\n") or FIRST_LINE.startswith(text)
    if is_begun and not (text.endswith("\n") and _SIGNATURE in text):
        raise ProofError("this proof file is cut short: its end is missing; download it again")


def must_be_whole_pdf(content: bytes) -> None:
    """Raises ProofError for a PDF whose end is missing."""
    if PDF_END not in content[-END_WITHIN:]:
        raise ProofError("this PDF is cut short: its end is missing; download the receipt again")


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
