"""Forms of questions to the legal reviewers and of their answers."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.guidance.models import Consultation
from netral.guidance.queries import consultations as queries
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.services.opinions import CHECK
from netral.people import code_kinds
from netral.people.code_kinds import Kind

LONGEST = 2_000
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}[.)]\s+|[-•*]\s+)")
"""How a list begins its lines; no part of the question."""


class ConsultForm(forms.Form):
    """A question with, if the person likes, the circumstances."""

    pertanyaan = forms.CharField(
        label=_("Pertanyaan Anda"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Tulis dulu pertanyaannya.")},
    )
    keadaan = forms.CharField(
        label=_("Keadaan Anda"),
        help_text=_("Jangan menulis nama orang. Hanya penelaah hukum yang membacanya."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("Beri tahu saya lewat email"),
        help_text=_(
            "Satu surat bahwa jawabannya ada, tanpa isi pertanyaan; lalu alamat ini dihapus."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Alamat email ini salah tulis; perbaiki, atau kosongkan kolomnya.")
        },
    )
    pendapat = forms.BooleanField(
        label=_("Saya memerlukan pendapat tertulis untuk diri saya"), required=False
    )

    def __init__(self, *arguments: Any, is_signed_in: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not is_signed_in:
            del self.fields["pendapat"]


class OfficerQuestionForm(forms.Form):
    """A question that reached the reviewers by another way."""

    pertanyaan = ConsultForm.base_fields["pertanyaan"]
    kegiatan = forms.CharField(
        label=_("Kegiatan tempat pertanyaan diajukan"), required=False, max_length=200
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["pertanyaan"].label = _("Pertanyaan")  # somebody else's


class EventQuestionsForm(forms.Form):
    """What was asked in a hall, one question a line: typed while it runs, or pasted from a list."""

    MOST_LINES = 200

    kegiatan = forms.CharField(label=_("Nama kegiatan"), max_length=200)
    pertanyaan = forms.CharField(
        label=_("Pertanyaan, satu per baris"),
        help_text=_("Ketik selama acara, atau tempel daftar. Jangan menulis nama penanya."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={"required": _("Ketik atau tempel dulu pertanyaannya.")},
    )

    def clean_pertanyaan(self) -> tuple[str, ...]:
        typed: str = self.cleaned_data["pertanyaan"]
        lines = tuple(filter(None, (_NUMBERED.sub("", line).strip() for line in typed.split("\n"))))
        if len(lines) > self.MOST_LINES:
            raise forms.ValidationError(
                _("Paling banyak %(most)s pertanyaan sekali kirim; kirim sisanya sesudah ini."),
                params={"most": self.MOST_LINES},
            )
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST:
                raise forms.ValidationError(
                    _("Pertanyaan ke-%(number)s terlalu panjang; ringkas sampai %(most)s huruf."),
                    params={"number": number, "most": LONGEST},
                )
        return lines


class KioskForm(forms.Form):
    """At which event a screen for asking will stand."""

    kegiatan = forms.CharField(label=_("Nama kegiatan"), max_length=200)


class CodeForm(forms.Form):
    """The code of a question. That of a pledge's receipt is told apart, and where it belongs."""

    kode = forms.CharField(
        label=_("Kode pertanyaan"),
        help_text=_("Berawal dengan T, misalnya T\u20117K3M\u20119Q2X\u2011HB4T."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_kode(self) -> str:
        typed: str = self.cleaned_data["kode"]
        if code_kinds.kind_of(typed) is Kind.RECEIPT:
            raise forms.ValidationError(
                format_html(
                    gettext(
                        "Ini kode tanda terima ikrar, bukan kode pertanyaan. "
                        '<a href="{page}">Periksa tanda terimanya di sini</a>.'
                    ),
                    page=CHECK,
                )
            )
        code = code_kinds.question_as_typed(typed)
        if not code:
            raise forms.ValidationError(
                _(
                    "Kode pertanyaan terdiri atas T dan dua belas huruf dan angka; periksa lagi "
                    "pada catatan Anda."
                )
            )
        return code


class MoveForm(forms.Form):
    """The reason for a move."""

    READ_BY = {
        moves.GIVE_BACK.name: _("Dibaca para penelaah saja: tulis apa yang harus diperbaiki."),
        moves.KEEP.name: _("Masuk riwayat; dibaca para penelaah saja."),
        moves.DECLINE.name: _("Dibaca oleh penanya; jangan menyebut nama orang lain."),
        moves.WITHDRAW.name: _("Dibaca oleh semua orang; jangan menyebut nama."),
    }

    alasan = forms.CharField(
        label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: Any, step: moves.Move, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["alasan"].help_text = self.READ_BY[step.name]


class ReferForm(forms.Form):
    """Which published precedent answers the question already; those that come near stand first."""

    preseden = forms.ModelChoiceField(
        label=_("Preseden yang menjawabnya"), queryset=Consultation.objects.none()
    )

    def __init__(self, *arguments: Any, found: Consultation, **options: Any) -> None:
        super().__init__(*arguments, **options)
        own = queries.public_precedents().filter(government=found.government_id)
        choice = self.fields["preseden"]
        choice.queryset = own.exclude(state=moves.WITHDRAWN)  # type: ignore[attr-defined]
        choice.label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.number}/{one.year}: {one.question[:80]}"
        )
