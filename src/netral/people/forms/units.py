"""Forms of the unit tree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.people.forms.pickers import DayInput, PersonPicker, UnitPicker
from netral.people.models import Government, HeadOfUnit, Person, Unit
from netral.people.queries.reach import Reach


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


class MoveUnitForm(forms.Form):
    parent = forms.CharField(
        label=_("Unit atasan yang baru"),
        max_length=300,
        required=False,
        help_text=_(
            "Tulis nama unit atau sebagiannya. Kosongkan agar unit langsung di bawah "
            "pemerintah daerah."
        ),
    )

    def __init__(self, *args: Any, reach: Reach, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picker = UnitPicker(self, "parent", reach=reach, government=government)

    def clean_parent(self) -> Unit | None:
        text = self.cleaned_data["parent"]
        return self.picker.pick(text) if text else None


class CloseUnitForm(forms.Form):
    on = forms.DateField(label=_("Ditutup sejak"), widget=DayInput)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dicatat dalam riwayat, misalnya: dilebur menurut Perda Nomor 4 Tahun 2026."),
    )


class HeadForm(forms.Form):
    person = forms.CharField(
        label=_("Kepala unit"),
        max_length=200,
        help_text=_("Tulis nama atau nomor pegawai; boleh dari unit lain."),
    )
    kind = forms.ChoiceField(label=_("Kedudukan"), choices=HeadOfUnit.Kind.choices)
    on = forms.DateField(label=_("Sejak"), widget=DayInput)

    def __init__(self, *args: Any, reach: Reach, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picker = PersonPicker(self, "person", reach=reach, government=government)
        self.order_fields(["person", "person_choice", "kind", "on"])

    def clean_person(self) -> Person:
        person: Person = self.picker.pick(self.cleaned_data["person"])
        return person


class EndHeadForm(forms.Form):
    on = forms.DateField(label=_("Tidak lagi menjabat sejak"), widget=DayInput)
