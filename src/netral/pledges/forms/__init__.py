"""Forms of pledges."""

from __future__ import annotations

from netral.pledges.forms.closing import ClosingForm
from netral.pledges.forms.declines import DeclineForm, DisputeForm
from netral.pledges.forms.paper import ReasonForm, SearchForm, SheetForm, WitnessesForm
from netral.pledges.forms.plans import PlanForm
from netral.pledges.forms.public import CodeForm, ReceiptForm, SheetCodeForm, SlipForm
from netral.pledges.forms.texts import TextForm

__all__ = [
    "ClosingForm",
    "CodeForm",
    "DeclineForm",
    "DisputeForm",
    "PlanForm",
    "ReasonForm",
    "ReceiptForm",
    "SearchForm",
    "SheetCodeForm",
    "SheetForm",
    "SlipForm",
    "TextForm",
    "WitnessesForm",
]
