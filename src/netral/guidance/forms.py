"""Forms of the law pages, all GET: an address says everything and can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.guidance.queries.verdicts import ALWAYS, Answer, choices, is_open
from netral.guidance.rules.exchange import LONGEST
from netral.guidance.templatetags.law import say
from netral.law import library
from netral.law.acts import Act
from netral.law.matrix import STATUSES


class SearchForm(forms.Form):
    """Words to look for; the chosen day is carried on."""

    cari = forms.CharField(label=_("Cari"), required=False, max_length=200)
    pada = forms.CharField(required=False, widget=forms.HiddenInput)


class QuestionForm(forms.Form):
    """The one field of asking. Nothing in it is offered for completion or sent to be spell-checked:
    some browsers keep the one on the device and send the other to their maker.
    """

    use_required_attribute = False  # our own sentence says more than the browser's

    pertanyaan = forms.CharField(
        label=_("Pertanyaan Anda"),
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "autocomplete": "off",
                "spellcheck": "false",
                "enterkeyhint": "send",
                "autocapitalize": "sentences",
            }
        ),
        error_messages={
            "required": _("Tulis dulu pertanyaannya, atau ketuk salah satu contoh di bawah."),
            "max_length": _(
                "Pertanyaan ini terlalu panjang; ceritakan intinya saja, paling banyak "
                "%(limit_value)d huruf."
            ),
        },
    )


class PeriodForm(forms.Form):
    """How far back the counts of what is asked reach, in weeks that are over."""

    minggu = forms.TypedChoiceField(
        label=_("Rentang"),
        required=False,
        coerce=int,
        choices=[
            (1, _("Minggu lalu")),
            (4, _("4 minggu terakhir")),
            (13, _("13 minggu terakhir")),
            (52, _("Setahun terakhir")),
        ],
    )


class MatrixForm(forms.Form):
    """Which part of the matrix."""

    election = forms.ChoiceField(label=_("Jenis pemilihan"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    pada = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["election"].choices = [  # type: ignore[attr-defined]
            (name, say(library().facts.label("election", name))) for name in ("pemilihan", "pemilu")
        ]
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            ("", _("Semua status")),
            *((name, say(library().facts.label("status", name))) for name in STATUSES),
        ]


def situation_form(act: Act, answer: Answer, asked_day: str) -> forms.Form:
    """Status, phase, election, then the facts that decide; what the act fixes is not asked."""
    form = forms.Form(
        initial={**answer.told, "pada": asked_day}, auto_id="s_%s", use_required_attribute=False
    )
    known = library().facts
    for name in (*ALWAYS, *answer.asked):
        if is_open(act, name):
            form.fields[name] = forms.ChoiceField(
                label=say(known.facts[name].ask), choices=_options(act, name)
            )
    if asked_day:
        form.fields["pada"] = forms.CharField(widget=forms.HiddenInput)
    return form


def _options(act: Act, name: str) -> list[tuple[str, Any]]:
    labels: Mapping[str, Any] = library().facts.facts[name].values
    return [("", _("Belum diketahui")), *((key, say(labels[key])) for key in choices(act, name))]
