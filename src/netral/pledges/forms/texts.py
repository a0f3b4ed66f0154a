"""Writing a version of the pledge."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.pledges.rules import wording
from netral.pledges.rules.wording import Wording


class TextForm(forms.Form):
    """A version of the text; the points one to a line."""

    title = forms.CharField(label=_("Judul"), max_length=200)
    opening = forms.CharField(
        label=_("Pembuka"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    points = forms.CharField(
        label=_("Butir"),
        help_text=_(
            "Satu butir satu baris. Netral memberi nomornya; nomor yang ikut tertempel dibuang."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Tulis sekurangnya satu butir.")},
    )
    closing = forms.CharField(
        label=_("Penutup"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def content(self) -> Wording:
        values = self.cleaned_data
        return Wording(values["title"], values["opening"], values["points"], values["closing"])

    @staticmethod
    def initial_of(content: Wording) -> dict[str, str]:
        return {
            "title": content.title,
            "opening": content.opening,
            "points": "\n".join(content.points),
            "closing": content.closing,
        }

    def clean_title(self) -> str:
        return self._without_problems("title")

    def clean_opening(self) -> str:
        return self._without_problems("opening")

    def clean_closing(self) -> str:
        return self._without_problems("closing")

    def clean_points(self) -> tuple[str, ...]:
        text = self._without_problems("points", keep_lines=True)
        lines = (wording.without_numbering(line).split() for line in text.splitlines())
        points = tuple(" ".join(words) for words in lines if words)
        if len(points) > 12:
            raise ValidationError(gettext("Paling banyak dua belas butir; gabungkan sebagian."))
        return points

    def _without_problems(self, name: str, *, keep_lines: bool = False) -> str:
        text: str = self.cleaned_data[name]
        wrong = wording.problems(text)
        if wrong:
            raise ValidationError(
                gettext("%(found)s bukan isian yang dikenal; pakai %(known)s.")
                % {
                    "found": ", ".join(wrong),
                    "known": ", ".join(f"{{{known}}}" for known in wording.VARIABLES),
                }
            )
        return text.strip() if keep_lines else " ".join(text.split())
