"""The check of a text in JSON: what may be sent, and how the answer looks."""

from __future__ import annotations

from netral.guidance.api.asking import Unreadable, told_in
from netral.law.posts import Mode
from netral.law.posts.checking import LONGEST
from netral.law.posts.render import check_json
from netral.law.vocabulary import Words

__all__ = ["check_json", "read_text"]
NOT_JSON = Words(
    'Kirim objek JSON, misalnya {{"text": "tulisan", "mode": "post"}}.',
    'Send a JSON object, such as {{"text": "a text", "mode": "post"}}.',
)
BAD_TEXT = Words(
    "Tulis teksnya di 'text', paling banyak {longest} huruf; 'mode' bernilai post atau poster.",
    "Write the text in 'text', at most {longest} characters; 'mode' is post or poster.",
)


def read_text(body: bytes) -> tuple[str, Mode]:
    """Reads the body. Raises ``Unreadable``."""
    told = told_in(body, NOT_JSON)
    text, mode = told.get("text"), told.get("mode", "post")
    is_text = isinstance(text, str) and text.strip() and len(text) <= LONGEST
    if not is_text or mode not in list(Mode) or set(told) - {"text", "mode"}:
        raise Unreadable("bad_text", BAD_TEXT, longest=str(LONGEST))
    return str(text), Mode(mode)
