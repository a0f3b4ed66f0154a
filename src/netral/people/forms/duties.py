"""Handing out duties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.people.forms.pickers import PickingForm, UnitField
from netral.people.models import Account, Duty, Government
from netral.people.queries import duties as duty_queries


class GrantForm(PickingForm):
    """A duty for somebody who has claimed their account already."""

    government = forms.ModelChoiceField(
        Government.objects.none(), label=_("Pemerintah daerah"), empty_label=None
    )
    identifier = forms.CharField(
        label=_("NIP, NI PPPK, ID lokal, atau nama akun"),
        max_length=40,
        help_text=_("Orangnya harus sudah mengaktifkan akun."),
    )
    kind = forms.ChoiceField(label=_("Tugas"), choices=Duty.Kind.choices)
    unit = UnitField(
        label=_("Hanya untuk unit ini dan di bawahnya"),
        required=False,
        empty_label=_("Seluruh pemerintah daerah"),
    )
    reason = forms.CharField(
        label=_("Dasar penugasan"),
        required=False,
        max_length=300,
        help_text=_("Misalnya nomor surat perintah."),
    )

    def __init__(
        self, *arguments: Any, actor: Account, government: Government, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.actor, self.chosen = actor, government
        places = duty_queries.governments_handled_by(actor)
        field = self.fields["government"]
        field.queryset = places | Government.objects.filter(pk=government.pk)  # type: ignore[attr-defined]
        field.initial = government
        if field.queryset.count() == 1:  # type: ignore[attr-defined]
            field.widget = forms.HiddenInput()
        self.fields["unit"].units = duty_queries.units_offered_to(actor, government)  # type: ignore[attr-defined]

    def clean_identifier(self) -> Account:
        account = duty_queries.account_to_charge(
            self.actor, self.chosen, self.cleaned_data["identifier"]
        )
        if account is None:
            raise forms.ValidationError(
                _(
                    "Belum ada akun dengan nomor ini di sini; minta orangnya mengaktifkan akun "
                    "dengan slip, atau buat akun petugas dari luar."
                ),
                code="unknown",
            )
        return account


class OutsideOfficerForm(forms.Form):
    """An officer who is not in the register."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=200)
    username = forms.CharField(
        label=_("Nama akun"),
        max_length=40,
        help_text=_("Nomor pegawai di instansi asalnya, atau sebuah kata tanpa spasi."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tersimpan di catatan tugas."),
    )
