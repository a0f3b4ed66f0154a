"""Which staff get a slip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.people.forms.pickers import PickingForm, UnitField
from netral.people.models import Account, Duty, Government
from netral.people.queries import authority
from netral.people.queries.slips import Whom


class SlipsForm(PickingForm):
    unit = UnitField(
        label=_("Unit"),
        required=False,
        empty_label=_("Seluruh pemerintah daerah"),
        help_text=_("Termasuk semua unit di bawahnya."),
    )
    whom = forms.ChoiceField(
        label=_("Untuk siapa"),
        choices=[
            (Whom.UNCLAIMED.value, _("Yang belum mengaktifkan akun")),
            (
                Whom.STUCK.value,
                _("Juga yang sudah aktif tetapi belum punya kata sandi atau kunci sandi"),
            ),
            (Whom.ALL.value, _("Semua; slip menggantikan kata sandi yang lupa")),
        ],
        widget=forms.RadioSelect,
        initial=Whom.UNCLAIMED.value,
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

    def clean_whom(self) -> Whom:
        return Whom(self.cleaned_data["whom"])
