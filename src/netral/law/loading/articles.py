"""Article numbers in English."""

from __future__ import annotations

import re

# Longest forms first; each turns one Indonesian piece of a citation into its English one.
_PIECES = (
    (r"Lampiran II huruf ([A-Z]) angka (\d+)", r"Annex II part \1 item \2"),
    (r"ayat \((\d+)\) sampai \((\d+)\)", r"(\1) to (\2)"),
    (r"ayat \((\d+)\) dan \((\d+)\)", r"(\1) and (\2)"),
    (r"ayat \((\d+)\)", r"(\1)"),
    (r"huruf ([a-z]) dan ([a-z])", r"(\1) and (\2)"),
    (r"huruf ([a-z])", r"(\1)"),
    (r"\bangka (\d+)", r"(\1)"),
    (r"^Angka (\d+)", r"Item \1"),
    (r"Pasal (\d+[A-Z]?) (sampai|dan) (\d+)", r"Arts. \1 \2 \3"),
    (r"Pasal", "Art."),
    (r"sampai", "to"),
    (r"\bdan\b", "and"),
    (r"\bjo\.", "with"),
    (r"\bUU (\d)", r"Law \1"),
)


def english_article(article: str) -> str | None:
    """ "Pasal 24 ayat (1) huruf d" as "Art. 24(1)(d)"; None for a name that is not a number."""
    if not re.match(r"(Pasal|Lampiran II huruf|Angka) ", article):
        return None
    for pattern, piece in _PIECES:
        article = re.sub(pattern, piece, article)
    return re.sub(r"(?<![a-z]{2}) (?=\()", "", article)
