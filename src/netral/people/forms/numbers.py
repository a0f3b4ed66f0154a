"""A staff number typed by hand is doubted as an import doubts it: asked about once, then taken.

BKN corrects inconsistent numbers, not the office, so such a number may be somebody's all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.people.import_wording import problem_sentence
from netral.people.intake.numbers import check_number, is_pppk
from netral.people.rules import clean_number, has_all_digits, is_number, needs_number


def doubts_about(number: str, status: str, today: date) -> list[str]:
    """Codes of ``intake.problems``; nothing about what is refused anyway."""
    if not is_number(number) or not has_all_digits(number):
        return []
    findings = check_number(number, birth="", start="", gender="", today=today)
    codes = [code for code, _field in findings]
    if needs_number(status) and (status in {"pns", "cpns"}) == is_pppk(number):
        codes.append("status_number_disagree")
    return codes


class DoubtedNumberForm(forms.Form):
    """For forms with a ``number``; they call :meth:`doubt_number` when they clean."""

    is_number_right = forms.BooleanField(
        label=_("Nomornya memang begitu pada surat keputusan"),
        required=False,
        widget=forms.HiddenInput,
    )

    def doubt_number(self, values: Mapping[str, Any], today: date) -> None:
        number = clean_number(values.get("number", ""))
        codes = doubts_about(number, values.get("status", ""), today)
        if not codes:
            return
        self.fields["is_number_right"].widget = forms.CheckboxInput()
        if not values.get("is_number_right"):
            said = [problem_sentence(code, {}) for code in codes]
            wanted = gettext("Bila memang begitu, centang pernyataan di bawah lalu simpan lagi.")
            self.add_error("number", " ".join([*said, wanted]))
