"""Forms of pledges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.people.models import Account, Government
from netral.pledges.models import Ceremony, PaperSheet
from netral.pledges.queries import ceremonies as ceremony_queries
from netral.pledges.rules import codes, scans, wording
from netral.pledges.rules.wording import Wording
from netral.pledges.services.ceremonies import Plan

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
        code = codes.read_receipt_code(self.cleaned_data["kode"])
        if not code:
            raise ValidationError(
                gettext("Kode tanda terima terdiri atas sepuluh huruf dan angka; periksa lagi.")
            )
        return code


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
                gettext("%(found)s bukan peubah yang dikenal; pakai %(known)s.")
                % {
                    "found": ", ".join(wrong),
                    "known": ", ".join(f"{{{known}}}" for known in wording.VARIABLES),
                }
            )
        return text.strip() if keep_lines else " ".join(text.split())


class PlanForm(forms.ModelForm[Ceremony]):
    """A ceremony; what may be chosen depends on the officer."""

    planned_at = forms.DateTimeField(
        label=_("Waktu"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M"],
        error_messages={"invalid": _("Tulis tanggal dan jam, misalnya 24-11-2026 08:00.")},
    )

    class Meta:
        model = Ceremony
        fields = ("title", "election", "text", "leader", "place", "planned_at", "units")
        widgets = {"units": forms.CheckboxSelectMultiple}
        help_texts = {
            "leader": _("Tulis jabatannya, misalnya Sekretaris Daerah; ini tampil di layar."),
            "units": _("Tidak memilih satu pun berarti seluruh pemerintah daerah."),
        }
        error_messages = {"text": {"required": _("Terbitkan naskah ikrar lebih dahulu.")}}

    def __init__(
        self, *args: Any, actor: Account, government: Government, **arguments: Any
    ) -> None:
        super().__init__(*args, **arguments)
        self.actor, self.government = actor, government
        texts = ceremony_queries.texts_for(actor).filter(
            government=government, published_at__isnull=False
        )
        elections = ceremony_queries.elections_for(government)
        units = ceremony_queries.units_to_cover(actor, government)
        self._offer("election", _("Pemilihan"), elections, first=elections.last())
        self._offer("text", _("Naskah"), texts, first=texts.first(), write=_text_label)
        near_the_top = units.filter(depth__lte=1).select_related("parent")
        self._offer("units", _("Unit yang diundang"), near_the_top, write=_unit_label)

    def _offer(
        self,
        name: str,
        label: Any,
        rows: QuerySet[Any],
        *,
        first: Any = None,
        write: Callable[[Any], str] = str,
    ) -> None:
        """Fills a choice with what this officer may choose from."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.label, field.initial = rows, label, first
        field.label_from_instance = write  # type: ignore[assignment, method-assign]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        everywhere = ceremony_queries.may_write_texts(self.actor, self.government)
        if not values.get("units") and "units" not in self.errors and not everywhere:
            self.add_error("units", gettext("Pilih unit dalam lingkup tugas Anda."))
        return values

    def plan(self) -> Plan:
        values = self.cleaned_data
        return Plan(
            election=values["election"],
            text=values["text"],
            title=values["title"],
            leader=values["leader"],
            place=values["place"],
            planned_at=values["planned_at"],
            units=tuple(values["units"]),
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Tercatat bersama nama Anda dan waktunya, dan tidak dapat dihapus."),
        max_length=300,
        error_messages={"required": _("Tulis alasannya dalam satu kalimat.")},
    )


class SheetForm(forms.Form):
    """A scan and the time written on it."""

    file = forms.FileField(
        label=_("Pindaian daftar tanda tangan"),
        help_text=_("PDF, JPEG, atau PNG, paling besar 20 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={
            "required": _("Pilih berkas pindaian."),
            "empty": _("Berkas ini kosong; pindai ulang lalu unggah lagi."),
        },
    )
    signed_at = forms.DateTimeField(
        label=_("Waktu penandatanganan"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M"],
        error_messages={"invalid": _("Tulis tanggal dan jam, misalnya 24-11-2026 08:00.")},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > scans.MAX_BYTES:
            raise ValidationError(
                gettext("Berkas ini lebih dari 20 MB; pindai dengan resolusi lebih rendah.")
            )
        return upload

    def clean_signed_at(self) -> Any:
        signed_at = self.cleaned_data["signed_at"]
        if signed_at > timezone.now():
            raise ValidationError(gettext("Waktu ini belum tiba; periksa tanggal dan jamnya."))
        return signed_at

    def say_not_a_scan(self) -> None:
        self.add_error(
            "file", gettext("Isi berkas ini bukan PDF, JPEG, atau PNG; pindai lagi lalu unggah.")
        )

    def say_uploaded_before(self, sheet: PaperSheet) -> None:
        self.add_error("file", gettext("Lembar ini sudah diunggah; lihat daftar lembar di bawah."))


def _unit_label(unit: Any) -> str:
    return f"{unit.parent.name} › {unit.name}" if unit.parent else str(unit.name)


def _text_label(text: Any) -> str:
    return gettext("%(title)s, versi %(version)d") % {
        "title": text.title,
        "version": text.version,
    }


class SearchForm(forms.Form):
    cari = forms.CharField(label=_("Nama, nomor, atau unit"), max_length=100, required=False)
