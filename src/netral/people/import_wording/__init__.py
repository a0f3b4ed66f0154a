"""What the import says to an officer: what happened and what to do next, in one sentence each.

Codes come from ``intake.problems``. A test holds the two files together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from netral.people.import_wording.files import FILE
from netral.people.import_wording.problems import PROBLEM

__all__ = [
    "FILE", "PROBLEM", "failure_sentence", "place", "problem_sentence", "remedy_sentence",
]  # fmt: skip


def failure_sentence(code: str, details: Mapping[str, Any]) -> str:
    """Why a file could not be read, and what to do."""
    return _(FILE[code]) % details


def problem_sentence(code: str, details: Mapping[str, Any]) -> str:
    if "line" in details:
        details = {**details, "first": place(details.get("sheet", ""), details["line"])}
    return _(PROBLEM[code][0]) % details


def place(sheet: str, line: int) -> str:
    """Where in the file: ``Pegawai, baris 17``."""
    if not line:
        return sheet
    if not sheet:
        return _("baris %(line)s") % {"line": line}
    return _("%(sheet)s, baris %(line)s") % {"sheet": sheet, "line": line}


def remedy_sentence(code: str, details: Mapping[str, Any]) -> str:
    if code == "unit_new" and not details.get("similar"):
        return _("Periksa ejaannya.")
    return _(PROBLEM[code][1]) % details
