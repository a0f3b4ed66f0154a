"""Which staff get a slip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.people.forms.pickers import PickingForm, UnitField
from netral.people.models import Account, Duty, Government
from netral.people.queries import authority


class SlipsForm(PickingForm):
    unit = UnitField(
        label=_("Unit"),
        required=False,
        empty_label=_("Seluruh pemerintah daerah"),
        help_text=_("Termasuk semua unit di bawahnya."),
    )
    with_claimed = forms.BooleanField(
        label=_("Juga untuk yang akunnya sudah aktif"),
        required=False,
        help_text=_("Slip mereka menggantikan kata sandi yang lupa."),
    )

    def __init__(
        self, *arguments: Any, actor: Account, government: Government, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        whole = authority.governments_of(actor, Duty.Kind.PERSONNEL)
        units = authority.units_of(actor, Duty.Kind.PERSONNEL)
        field: Any = self.fields["unit"]
        field.units = units.filter(government=government, closed_on=None)
        field.required = not whole.filter(pk=government.pk).exists()
        field.show([])
