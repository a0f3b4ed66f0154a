"""Forms of questions to the legal reviewers and of their answers."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.guidance.models import Consultation
from netral.guidance.services.precedents import Draft
from netral.guidance.templatetags.law import say
from netral.law import library

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


class CodeForm(forms.Form):
    """The code of a receipt."""

    kode = forms.CharField(
        label=_("Kode tanda terima"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class DraftForm(forms.ModelForm[Consultation]):
    """The answer as the drafter writes it."""

    provisions = forms.CharField(
        label=_("Ketentuan yang dikutip"),
        help_text=_("Satu per baris, misalnya SKB-2022/D6."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    act = forms.ChoiceField(label=_("Perbuatan"), required=False)

    class Meta:
        model = Consultation
        fields = ["question", "answer", "act", "provisions", "valid_until"]
        help_texts = {
            "question": _(
                "Tulis ulang tanpa nama, unit, dan ciri orang: bagian ini dibaca semua orang."
            ),
            "valid_until": _("Kosongkan bila berlaku selama ketentuannya berlaku."),
        }
        widgets = {
            "question": forms.Textarea(attrs={"rows": 3}),
            "answer": forms.Textarea(attrs={"rows": 12}),
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        acts = ((name, say(act.name)) for name, act in library().acts.items())
        self.fields["act"].help_text = _(
            "Hasil data hukum untuk perbuatan ini tampil di atas jawaban."
        )
        self.fields["act"].choices = [  # type: ignore[attr-defined]
            ("", _("Tidak ada yang cocok")), *acts
        ]  # fmt: skip
        for name in ("question", "answer", "provisions"):
            self.fields[name].optional_word = _("(wajib sebelum diserahkan)")  # type: ignore[attr-defined]
        self.initial["provisions"] = "\n".join(self.instance.provisions)

    def clean_provisions(self) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(self.cleaned_data["provisions"].split()))
        unknown = [name for name in names if name not in library().provisions]
        if unknown:
            raise forms.ValidationError(
                _("Tidak ada ketentuan %(name)s; lihat kuncinya di halaman peraturan."),
                params={"name": unknown[0]},
            )
        return names

    def draft(self) -> Draft:
        told = self.cleaned_data
        same_act = told["act"] == self.initial.get("act")
        facts = self.instance.facts if same_act else {}
        return Draft(
            told["question"], told["answer"], told["act"], facts, told["provisions"],
            told["valid_until"],
        )  # fmt: skip


class MoveForm(forms.Form):
    """The reason for a move."""

    alasan = forms.CharField(
        label=_("Alasan"),
        help_text=_("Dibaca oleh penanya atau semua orang; jangan menyebut nama."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
