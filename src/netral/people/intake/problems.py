"""What can be wrong with a file, a sheet, a row or a cell: codes here, sentences elsewhere.

The sentences (what happened and what to do) are the interface's: ``people/import_wording.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

OBSTACLE, WARNING, QUESTION = "obstacle", "warning", "question"

SEVERITY: dict[str, str] = {
    # A row that cannot be used.
    "number_lost_digits": OBSTACLE,
    "number_wrong_length": OBSTACLE,
    "number_is_nik": OBSTACLE,
    "number_not_digits": OBSTACLE,
    "number_twice_in_file": OBSTACLE,
    "local_id_twice_in_file": OBSTACLE,
    "local_id_unknown": OBSTACLE,
    "local_id_malformed": OBSTACLE,
    "person_twice_in_file": OBSTACLE,
    "identifiers_disagree": OBSTACLE,
    "name_missing": OBSTACLE,
    "unit_missing": OBSTACLE,
    "unit_ambiguous": OBSTACLE,
    "number_needed": OBSTACLE,
    "formula_without_value": OBSTACLE,
    "formula_text": OBSTACLE,
    "formula_ignored": WARNING,
    "unit_without_name": OBSTACLE,
    "unit_twice_in_file": OBSTACLE,
    "unit_parent_unknown": OBSTACLE,
    "unit_in_a_ring": OBSTACLE,
    # A value that is looked at again, but does not keep the row out.
    "birth_not_in_number": WARNING,
    "start_not_in_number": WARNING,
    "pppk_year_not_in_number": WARNING,
    "gender_not_in_number": WARNING,
    "number_birth_invalid": WARNING,
    "number_month_invalid": WARNING,
    "number_gender_invalid": WARNING,
    "number_too_young": WARNING,
    "number_in_future": WARNING,
    "number_former": WARNING,
    "status_number_disagree": WARNING,
    "status_unknown": WARNING,
    "date_unreadable": WARNING,
    "date_unlikely": WARNING,
    "grade_unknown": WARNING,
    "grade_not_of_status": WARNING,
    "email_malformed": WARNING,
    "phone_malformed": WARNING,
    "too_long": WARNING,
    "level_unknown": WARNING,
    "unit_new": WARNING,
    "unit_office_only": WARNING,
    "unit_kept": WARNING,
    "unit_closed": WARNING,
    "unit_still_has_people": WARNING,
    "unit_still_has_units": WARNING,
    "left_unknown": WARNING,
    "sheet_skipped": WARNING,
    "header_unknown": WARNING,
    "row_outside_table": WARNING,
    "row_is_total": WARNING,
    # Something only the officer can know.
    "same_name_in_unit": QUESTION,
    "same_name_numbered": QUESTION,
    "same_name_in_file": QUESTION,
    "same_name_elsewhere": QUESTION,
    "number_given": QUESTION,
    "number_changed": QUESTION,
}


class Problem(NamedTuple):
    """One finding. ``value`` is empty for a cell that must not be kept, such as a birth date."""

    sheet: str
    line: int
    """As a spreadsheet counts: the first line is 1; 0 is the sheet as a whole."""
    column: str
    value: str
    code: str
    details: dict[str, str | int]

    @property
    def severity(self) -> str:
        return SEVERITY[self.code]


_FIELDS_OF = (
    ("number", ("number",)),
    ("identifiers", ("number", "local_id")),
    ("local_id", ("local_id",)),
    ("unit_parent", ("parent_ref", "parent_name")),
    ("unit_in_a_ring", ("parent_ref", "parent_name")),
    ("unit_office", ("unit_top",)),
    ("unit_twice", ("unit_ref",)),
    ("unit", ("unit_name", "unit_ref", "unit_top", "name")),
    ("same_name", ("name",)),
    ("person", ("name",)),
    ("name", ("name",)),
)
"""Beginning of a code → the columns that a problem found by comparing is about, first of these."""


def with_column(problem: Problem, headers: Mapping[str, str]) -> Problem:
    """The problem with the header of its column, where it is about one.

    ``headers``: field → header of the sheet. ``details["field"]`` names the field when the code
    leaves it open; it is taken out.
    """
    details = dict(problem.details)
    told = str(details.pop("field", ""))
    fields: tuple[str, ...] = (told,) if told in headers else ()
    fields += next((names for start, names in _FIELDS_OF if problem.code.startswith(start)), ())
    column = problem.column or next((headers[name] for name in fields if name in headers), "")
    return problem._replace(column=column if problem.line else problem.column, details=details)


class Unreadable(Exception):
    """The file as a whole cannot be used. ``code`` chooses the sentence for the officer."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


FILE_CODES = frozenset(
    {
        "empty",
        "encrypted",
        "old_excel",
        "not_a_spreadsheet",
        "web_page",
        "open_document",
        "damaged",
        "bomb",
        "too_much_memory",
        "too_slow",
        "too_many_columns",
        "no_table",
        "units_expected",
        "staff_expected",
        "stopped",
        "gone",
    }
)
