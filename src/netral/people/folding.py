"""How names are folded so that two spellings of one name meet, and the ids Netral gives itself.

Pure: no Django, no database, no clock. The import reader, services and queries share it.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator

LOCAL_ID_ALPHABET = "23456789ACDEFGHJKMNPQRTUVWXYZ"
"""Without 0 O 1 I L, and without B and S, which are read as 8 and 5. Its length is a prime, so
that one wrong character or two swapped ones always break the check character."""
_RANDOM_CHARACTERS = 6
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼʻ\""))
_NO_WORD = re.compile(r"[^\w&]+|_")
_SINGLE_LETTERS = re.compile(r"\b(?:[^\W\d] )+[^\W\d]\b")
_PLAIN = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})*")
_FRONT_DEGREE = re.compile(r"(?:[A-Za-z]{1,5}\.)+")
_LOCAL_ID = re.compile(r"N\d{2,10}-[0-9A-Z]{7}")
_MISREAD = str.maketrans("BS", "85")


def matching_key(name: str) -> str:
    """``name`` as it is compared: ``"DINAS  Pendidikan dan Olahraga"`` → ``dinas pendidikan & …``.

    Case, accents, punctuation and repeated spaces go; apostrophes vanish (``Ma'ruf`` is
    ``maruf``); ``dan`` and ``&`` are the same; initials close up (``A. A. Gede`` is ``aa gede``).
    Never longer than ``name``, so it fits a column of the same length.
    """
    if _PLAIN.fullmatch(name):  # most names: the long way below would give the same
        words = name.lower().split(" ")
        return " ".join("&" if word == "dan" else word for word in words)
    text = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    words = _NO_WORD.sub(" ", text.replace("&", " & ")).split()
    text = " ".join("&" if word == "dan" else word for word in words)
    text = _SINGLE_LETTERS.sub(lambda run: run.group().replace(" ", ""), text)
    return text[: len(name)].strip()


def without_degrees(name: str) -> str:
    """``Drs. H. Abdul Karim, S.E., M.Si.`` as ``Abdul Karim``: what stands after the first comma,
    and short words with a full stop before the name, are degrees where names are shown."""
    words = name.split(",")[0].split()
    while len(words) > 1 and _FRONT_DEGREE.fullmatch(words[0]):
        words.pop(0)
    return " ".join(words)


def tidy(text: str) -> str:
    """``text`` with runs of white space made one space and none at the ends."""
    return " ".join(text.split())


def new_local_id(region_code: str) -> str:
    """An id for somebody without a staff number: ``N64-7K3M9Q2``, ``N6402-…`` for code 64.02.

    Six random characters and a check character. Some 600 million per region: the writer still
    has to see to it that none is given twice (:func:`new_local_ids`).
    """
    digits = "".join(character for character in region_code if character.isdigit())
    payload = "".join(secrets.choice(LOCAL_ID_ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    return f"N{digits}-{payload}{_check_character(payload)}"


def new_local_ids(region_code: str, *, is_taken: Callable[[str], bool]) -> Iterator[str]:
    """Endless new ids, never one twice in this run and never one that ``is_taken``."""
    given: set[str] = set()
    while True:
        candidate = new_local_id(region_code)
        if candidate not in given and not is_taken(candidate):
            given.add(candidate)
            yield candidate


def clean_local_id(text: str) -> str:
    """What somebody typed as a local id, in its proper form; ``""`` when it cannot be one."""
    candidate = "".join(text.upper().split()).replace("–", "-")
    head, dash, code = candidate.rpartition("-")
    candidate = f"{head}{dash}{code.translate(_MISREAD)}"
    return candidate if is_local_id(candidate) else ""


def is_local_id(text: str) -> bool:
    """Whether ``text`` has the form of a local id with the right check character."""
    if not _LOCAL_ID.fullmatch(text):
        return False
    code = text.rpartition("-")[2]
    if not all(character in LOCAL_ID_ALPHABET for character in code):
        return False
    return _check_character(code[:-1]) == code[-1]


def _check_character(payload: str) -> str:
    values = [LOCAL_ID_ALPHABET.index(character) for character in payload]
    total = sum(weight * value for weight, value in enumerate(values, start=2))
    return LOCAL_ID_ALPHABET[-total % len(LOCAL_ID_ALPHABET)]
