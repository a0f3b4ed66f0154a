"""The check of a text in JSON: what may be sent, and how the answer looks."""

from __future__ import annotations

from netral.guidance.api.asking import Unreadable, told_in
from netral.law.posts import Mode
from netral.law.posts.checking import LONGEST
from netral.law.posts.render import check_json
from netral.law.vocabulary import Words

__all__ = ["check_json", "read_text"]
EXAMPLE = '{"text": "Ayo ke TPS, gunakan hak pilih", "mode": "post"}'
BAD_TEXT = Words(
    "Tulis teksnya di 'text', 1 sampai {longest} huruf; 'mode' bernilai post atau poster; tidak ada"
    " bidang lain. Misalnya {example}",
    "Write the text in 'text', 1 to {longest} characters; 'mode' is post or poster; there is no"
    " other field. For example {example}",
)


def read_text(body: bytes) -> tuple[str, Mode]:
    """Reads the body. Raises ``Unreadable``."""
    told = told_in(body, EXAMPLE)
    text, mode = told.get("text"), told.get("mode", "post")
    is_text = isinstance(text, str) and text.strip() and len(text) <= LONGEST
    if not is_text or mode not in list(Mode) or set(told) - {"text", "mode"}:
        raise Unreadable("bad_text", BAD_TEXT, longest=str(LONGEST), example=EXAMPLE)
    return str(text), Mode(mode)
