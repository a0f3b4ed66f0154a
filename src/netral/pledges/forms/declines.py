"""Not signing, and disputing a signature."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan Anda"),
        help_text=_("Secukupnya saja. Jangan menulis pilihan politik atau keadaan orang lain."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Tulis alasannya dalam satu kalimat, atau tutup saja halaman ini.")
        },
    )


class DisputeForm(forms.Form):
    note = forms.CharField(
        label=_("Keterangan"),
        help_text=_("Misalnya: hari itu saya cuti dan tidak menandatangani lembar mana pun."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
