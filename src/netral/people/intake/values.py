"""Status, standing, grade, level of position and titles, from the words that offices use."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from netral.people.folding import matching_key
from netral.people.intake.data import load

_GRADE = re.compile(r"(?<![a-z])(iv|iii|ii|i)\s*[/.\-, ]?\s*\(?([a-e])\)?(?![a-z])")
_ROMAN = re.compile(r"(?<![a-z])([ivx]+)(?![a-z])")
_ECHELON = re.compile(r"(?<![a-z0-9])(iv|v|iii|ii|i|[1-5])(?:\s*[/.\-]?\s*[ab12])?(?![a-z0-9])")
_ROMAN_DIGITS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_NOTHING = frozenset({"", "-", "--", "null", "none", "n/a", "non", "nan"})

UNKNOWN = "?"
"""A text was there but says nothing that is understood."""


def words(text: str) -> str:
    """``text`` folded and padded, so that ``" pns "`` finds a whole word."""
    return f" {matching_key(text)} "


def _first_phrase(table: list[tuple[str, list[str]]], text: str) -> str:
    folded = words(text)
    for meaning, phrases in table:
        if any(f" {matching_key(phrase)} " in folded for phrase in phrases):
            return meaning
    return ""


@lru_cache(4096)
def read_status(text: str) -> str:
    """``pns``, ``cpns``, ``pppk``, ``pppk_part_time``, ``non_asn``; ``""`` empty; ``"?"``."""
    folded = text.strip().casefold()
    if folded in _NOTHING:
        return ""
    facts = load("values")
    if folded in facts["status_codes"]:
        return str(facts["status_codes"][folded])
    return _first_phrase(facts["status"], text) or UNKNOWN


@lru_cache(4096)
def leaves(standing: str) -> bool:
    """Whether this legal standing means that the person no longer works here."""
    facts, folded = load("values")["standing"], words(standing)
    if any(f" {phrase} " in folded for phrase in facts["stays"]):
        return False
    return any(f" {phrase} " in folded for phrase in facts["leaves"])


@cache
def _grade_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for grade, (code, rank) in load("values")["grades"]["pns"].items():
        names[code] = names[matching_key(rank)] = grade
        names[matching_key(rank.replace("Tingkat", "Tk"))] = grade
    return names


@lru_cache(4096)
def read_grade(text: str, status: str) -> tuple[str, str]:
    """``(grade, problem code)``. PNS: ``III/a``; PPPK: ``IX``; others have none.

    Takes ``III.a``, ``IIIa``, ``Penata Muda (III/a)``, the name of a rank, BKN's code ``31`` and,
    for PPPK, Arabic ``9``.
    """
    folded = text.strip().casefold().removesuffix(".0")
    if folded in _NOTHING:
        return "", ""
    pppk_grades = [grade.casefold() for grade in load("values")["grades"]["pppk"]]
    is_pppk = status in {"pppk", "pppk_part_time"}
    if is_pppk:
        found = _ROMAN.search(folded)
        if folded.isdigit() and 1 <= int(folded) <= len(pppk_grades):
            return pppk_grades[int(folded) - 1].upper(), ""
        if found and found[1] in pppk_grades and not _GRADE.search(folded):
            return found[1].upper(), ""
    grade = _read_pns_grade(folded)
    if not grade:
        return "", "grade_not_of_status" if folded in pppk_grades else "grade_unknown"
    if is_pppk or status == "non_asn":
        return "", "grade_not_of_status"
    return grade, ""


def _read_pns_grade(folded: str) -> str:
    if found := _GRADE.search(folded):
        grade = f"{found[1].upper()}/{found[2]}"
        return grade if grade in load("values")["grades"]["pns"] else ""
    return _grade_names().get(matching_key(folded), "")


@lru_cache(16384)
def read_level(echelon: str, kind: str, position: str, *, province: bool) -> str:
    """The level of a position from its echelon, its kind and its name; ``"?"`` when unclear.

    ``""`` means that the row says nothing about it at all.
    """
    level = _from_echelon(echelon)
    if level:
        return level
    facts = load("values")
    code = kind.strip().casefold().removesuffix(".0")
    found = facts["position_kind_codes"].get(code) or _first_phrase(facts["position_kinds"], kind)
    if found and found != "structural":
        return str(found)
    if not found:
        return "" if code in _NOTHING else UNKNOWN
    table = facts["structural_positions"]["province" if province else "local"]
    folded = words(position)
    for meaning, phrases in table:
        if any(folded.startswith(f" {matching_key(phrase)} ") for phrase in phrases):
            return str(meaning)
    return UNKNOWN


def _from_echelon(echelon: str) -> str:
    folded = echelon.strip().casefold()
    if folded in _NOTHING or folded.startswith("non"):
        return ""
    if len(folded) == 2 and folded.isdigit():  # SIASN codes: 21 is II.a
        return str(load("values")["echelons"].get(folded[0], ""))
    found = _ECHELON.search(folded)
    if not found:
        return ""
    digit = _ROMAN_DIGITS.get(found[1], found[1])
    return str(load("values")["echelons"].get(digit, ""))


@lru_cache(256)
def read_gender(text: str) -> str:
    """``1`` for a man, ``2`` for a woman as in the staff number, ``""`` when not understood."""
    folded = matching_key(text)
    for digit, spellings in load("values")["gender"].items():
        if folded in spellings:
            return str(digit)
    return ""


@cache
def _front_titles() -> frozenset[str]:
    return frozenset(load("values")["front_titles"])


def split_titles(name: str) -> tuple[str, str, str]:
    """``(front, name, back)`` of ``"Drs. H. Ahmad Yani, M.Si."``; the parts as written."""
    name, _comma, back = name.partition(",")
    front: list[str] = []
    rest = name.split()
    while len(rest) > 1 and _is_front_title(rest[0]):
        front.append(rest.pop(0))
    return " ".join(front), " ".join(rest), back.strip()


def _is_front_title(word: str) -> bool:
    """``Drs.`` and ``Dr`` are titles; a single letter only with its full stop (``H.``)."""
    plain = word.rstrip(".").casefold()
    if plain not in _front_titles():
        return False
    return word.endswith(".") or len(plain) > 1
