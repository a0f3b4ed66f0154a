"""Forms of the unit tree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.people.forms.pickers import DayInput, PersonField, PickingForm, UnitField
from netral.people.models import Government, HeadOfUnit
from netral.people.queries.reach import Reach
from netral.people.queries.units import open_units


class UnitSearchForm(forms.Form):
    q = forms.CharField(label=_("Cari unit"), required=False, max_length=300)


class NewUnitForm(forms.Form):
    name = forms.CharField(label=_("Nama unit"), max_length=300)
    external_id = forms.CharField(
        label=_("ID UNOR"),
        max_length=64,
        required=False,
        help_text=_("ID unit di SIASN, bila ada; impor berikutnya mengenali unit dari ID ini."),
    )
    on = forms.DateField(label=_("Dibuka sejak"), widget=DayInput)


class RenameUnitForm(forms.Form):
    name = forms.CharField(label=_("Nama unit"), max_length=300)


class MoveUnitForm(PickingForm):
    parent = UnitField(
        label=_("Unit atasan yang baru"),
        required=False,
        empty_label=_("Langsung di bawah pemerintah daerah"),
        help_text=_("Tulis sebagian namanya, juga nama kantor di atasnya."),
    )

    def __init__(self, *args: Any, reach: Reach, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].units = open_units(reach, government)  # type: ignore[attr-defined]


class CloseUnitForm(forms.Form):
    on = forms.DateField(label=_("Ditutup sejak"), widget=DayInput)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dicatat dalam riwayat, misalnya: dilebur menurut Perda Nomor 4 Tahun 2026."),
    )


class HeadForm(PickingForm):
    person = PersonField(
        label=_("Kepala unit"),
        help_text=_("Tulis nama atau nomor pegawai; boleh dari unit lain."),
    )
    kind = forms.ChoiceField(label=_("Kedudukan"), choices=HeadOfUnit.Kind.choices)
    on = forms.DateField(label=_("Sejak"), widget=DayInput)

    def __init__(self, *args: Any, reach: Reach, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.reach, field.government = reach, government


class EndHeadForm(forms.Form):
    on = forms.DateField(label=_("Tidak lagi menjabat sejak"), widget=DayInput)
