"""What anyone types: the code on the wall, on a slip, on a receipt."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.people import code_kinds
from netral.people.code_kinds import Kind
from netral.pledges.rules import codes

QUESTIONS = "/tanya/status/"
"""Where the code of a question to the legal reviewers leads; the address never changes."""

_CODE_ATTRIBUTES = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "autofocus": True,
}


class CodeForm(forms.Form):
    kode = forms.CharField(
        label=_("Kode di layar"),
        help_text=_("Empat atau lima huruf dan angka di samping QR."),
        max_length=20,
        widget=forms.TextInput(attrs=_CODE_ATTRIBUTES),
        error_messages={"required": _("Ketik kode yang tampak di layar.")},
    )


class SheetCodeForm(forms.Form):
    kode = forms.CharField(
        label=_("Kode pada lembar"),
        help_text=_("Empat atau lima huruf dan angka di akhir alamat pada kaki lembar."),
        max_length=300,
        widget=forms.TextInput(attrs={**_CODE_ATTRIBUTES, "autofocus": False}),
        error_messages={"required": _("Ketik kode yang tercetak pada lembar.")},
    )

    def clean_kode(self) -> str:
        """The address on the sheet, typed or pasted whole, is read as the code at its end."""
        typed: str = self.cleaned_data["kode"]
        return typed.split("?")[0].strip().rstrip("/").rsplit("/", 1)[-1]


class SlipForm(forms.Form):
    slip = forms.CharField(
        label=_("Kode pada slip Anda"),
        help_text=_("Dua belas huruf dan angka, misalnya 7K3M\u20119Q2X\u2011HB4T."),
        max_length=40,
        widget=forms.TextInput(attrs=_CODE_ATTRIBUTES),
        error_messages={"required": _("Ketik kode yang tercetak pada slip Anda.")},
    )


class ReceiptForm(forms.Form):
    kode = forms.CharField(
        label=_("Kode tanda terima"),
        help_text=_("Sepuluh huruf dan angka, misalnya 7K3M9\u2011Q2XYZ."),
        max_length=300,
        widget=forms.TextInput(attrs=_CODE_ATTRIBUTES),
        error_messages={"required": _("Ketik kode dari tanda terima.")},
    )

    def clean_kode(self) -> str:
        typed = self.cleaned_data["kode"]
        code = codes.read_receipt_code(typed)
        if not code and code_kinds.kind_of(typed) is Kind.QUESTION:
            raise ValidationError(
                format_html(
                    gettext(
                        "Ini kode pertanyaan kepada penelaah hukum, bukan tanda terima ikrar. "
                        '<a href="{page}">Lihat jawabannya di sini</a>.'
                    ),
                    page=QUESTIONS,
                )
            )
        if not code and code_kinds.kind_of(typed) is Kind.SLIP:
            raise ValidationError(
                gettext(
                    "Ini kode slip. Kode tanda terima, sepuluh huruf dan angka, Anda dapat sesudah "
                    "menandatangani ikrar."
                )
            )
        if not code:
            raise ValidationError(
                gettext(
                    "Kode tanda terima terdiri atas sepuluh huruf dan angka, tanpa angka 0 dan 1 "
                    "serta huruf I dan O; periksa lagi."
                )
            )
        return code
