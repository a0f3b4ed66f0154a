"""The form of the text check."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.law.posts import Mode
from netral.law.posts.checking import LONGEST


class TextForm(forms.Form):
    """A text and what it is for. Nothing is offered for completion or sent to be spell-checked."""

    tulisan = forms.CharField(
        label=_("Tulisan Anda"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false", "maxlength": None}
        ),
        error_messages={
            "required": _("Tempel atau ketik dulu tulisannya."),
            "max_length": _(
                "Tulisan ini terlalu panjang; periksa sebagian demi sebagian, paling banyak "
                "%(limit_value)d huruf sekali periksa."
            ),
        },
    )
    untuk = forms.ChoiceField(
        label=_("Ini tulisan untuk apa?"),
        choices=[
            (Mode.POST.value, _("Unggahan, komentar, status, atau pesan")),
            (Mode.POSTER.value, _("Poster ajakan datang ke TPS")),
        ],
        initial=Mode.POST.value,
        widget=forms.RadioSelect,
    )

    def text(self) -> str:
        """As it was typed; browsers end lines with two characters, which would move the marks."""
        typed: str = self.cleaned_data["tulisan"]
        return typed.replace("\r\n", "\n")

    def mode(self) -> Mode:
        return Mode(self.cleaned_data["untuk"])
