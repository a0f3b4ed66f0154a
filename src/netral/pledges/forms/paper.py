"""Paper signatures, and the small forms beside them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.base.reasons import ReasonField
from netral.base.templatetags.ui import moment
from netral.people.forms.pickers import PersonField, PickingForm
from netral.people.models import Account, Person
from netral.pledges.forms.sheet_texts import sentences_on
from netral.pledges.models import Ceremony, PaperSheet
from netral.pledges.queries.ceremonies import paper_reach
from netral.pledges.rules import scans
from netral.pledges.services import paper, sheet_texts
from netral.pledges.services.paper_drafts import Draft

REASON_HELP = _("Tercatat bersama nama Anda dan waktunya, dan tidak dapat dihapus.")


class ReasonForm(forms.Form):
    """Why something on record is taken back: a sentence that others understand later."""

    reason = ReasonField(help_text=REASON_HELP)


class WitnessedForm(PickingForm):
    """Two people of the government besides the officer who writes."""

    witness = PersonField(
        label=_("Saksi pertama"),
        help_text=_("Nama atau nomor pegawai yang menyaksikan penandatanganan di lembar itu."),
    )
    second_witness = PersonField(label=_("Saksi kedua"))

    def __init__(self, *args: Any, actor: Account, ceremony: Ceremony, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        self.actor, self.ceremony = actor, ceremony
        reach, government = paper_reach(actor), ceremony.government
        for name in ("witness", "second_witness"):
            field: Any = self.fields[name]
            field.reach, field.government, field.besides = reach, government, actor.person
            field.is_besides = gettext("Itu Anda sendiri; saksi haruslah orang lain.")

    def clean_second_witness(self) -> Person | None:
        person: Person | None = self.cleaned_data["second_witness"]
        if person and person == self.cleaned_data.get("witness"):
            raise ValidationError(gettext("Saksi kedua harus orang lain."))
        return person


class WitnessesForm(ReasonForm, WitnessedForm):
    """Others who saw the names being written than those that were named at the upload."""

    field_order = ("witness", "second_witness", "reason")

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        before = {self.initial.get("witness"), self.initial.get("second_witness")}
        if {values.get("witness"), values.get("second_witness")} == before:
            raise ValidationError(gettext("Itu saksi yang sudah tercatat; pilih yang benar."))
        return values

    def say_witness_signed(self, person: Person) -> None:
        name = "witness" if person == self.cleaned_data["witness"] else "second_witness"
        self.add_error(
            name,
            gettext(
                "%(name)s tercatat sebagai penanda tangan di lembar ini, jadi bukan saksinya. "
                "Pilih orang lain, atau cabut dahulu tanda tangan itu bila keliru dicatat."
            )
            % {"name": person.full_name},
        )


class SheetForm(WitnessedForm):
    """A scan, the text it bears, the time written on it, and who saw it."""

    field_order = ("file", "text_code", "compared", "signed_at", "witness", "second_witness")

    file = forms.FileField(
        label=_("Pindaian daftar tanda tangan"),
        help_text=_("PDF, JPEG, atau PNG, paling besar 20 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={
            "required": _("Pilih berkas pindaian."),
            "empty": _("Berkas ini kosong; pindai ulang lalu unggah lagi."),
        },
    )
    text_code = forms.CharField(
        label=_("Kode naskah di kaki lembar"),
        help_text=_(
            "Misalnya 4F2A-91C3, sama pada semua lembar di pindaian ini. Lembar bertanggal lain "
            "memuat naskah lain dan berkode lain."
        ),
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    compared = forms.BooleanField(
        label=_(
            "Lembar ini tidak dicetak dari Netral; naskahnya sudah saya bandingkan kata demi kata "
            "dengan naskah ikrar ini"
        ),
        required=False,
    )
    signed_at = forms.DateTimeField(
        label=_("Waktu penandatanganan"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M"],
        error_messages={"invalid": _("Tulis tanggal dan jam, misalnya 24-11-2026 08:00.")},
    )

    def __init__(self, *args: Any, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        text_code: Any = self.fields["text_code"]
        text_code.optional_word = gettext("(bila dicetak dari Netral)")

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        typed, compared = values.get("text_code"), values["compared"]
        if typed is not None:
            self._check_text(typed, compared)
        return values

    def _check_text(self, typed: str, compared: bool) -> None:
        try:
            sheet_texts.check_text(self.ceremony, text_code=typed, compared=compared)
        except sheet_texts.Unchecked:
            self.add_error("text_code", _one_of_two(compared))
        except sheet_texts.NotATextCode:
            self.add_error(
                "text_code",
                gettext(
                    "Kode naskah terdiri atas delapan angka dan huruf A sampai F, misalnya "
                    "4F2A-91C3; salin dari kaki lembar."
                ),
            )
        except sheet_texts.OtherText as other:
            said = sentences_on(other.code, ceremony=self.ceremony, actor=self.actor)
            self.add_error("text_code", said)

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
        try:
            paper.check_time(self.ceremony, signed_at)
        except paper.BeforeTheDay as error:
            raise ValidationError(
                gettext(
                    "Ikrar ini diadakan %(date)s; lembarnya tidak mungkin ditandatangani sebelum "
                    "hari itu. Periksa tanggal dan jam di lembar."
                )
                % {"date": date_format(timezone.localtime(error.earliest), "DATE_FORMAT")}
            ) from error
        return signed_at

    def say_kept(self, draft: Draft) -> None:
        """The file of this form is here already; the field is for another one."""
        field: Any = self.fields["file"]
        field.required, field.optional_word = False, gettext("(sudah tersimpan)")
        self["file"].help_text = gettext(  # the form was cleaned, so its own field is set already
            "Pindaian yang Anda pilih tadi (%(kind)s, %(size)s) tersimpan untuk Anda sampai "
            "%(until)s dan ikut terkirim. Pilih berkas hanya untuk menggantinya."
        ) % {
            "kind": PaperSheet.Kind(draft.kind).label,
            "size": filesizeformat(draft.size),
            "until": moment(draft.until),
        }

    def say_not_a_scan(self) -> None:
        self.add_error(
            "file", gettext("Isi berkas ini bukan PDF, JPEG, atau PNG; pindai lagi lalu unggah.")
        )

    def say_uploaded_before(self, sheet: PaperSheet) -> None:
        self.add_error(
            "file",
            gettext(
                "Lembar ini sudah diunggah; lihat daftar lembar di bawah. Saksinya dapat "
                "diperbaiki di sana, dan lembar tanpa nama dapat dihapus lalu diunggah lagi."
            ),
        )


def _one_of_two(compared: bool) -> str:
    if compared:
        return gettext(
            "Isi kodenya atau beri tanda di bawahnya, jangan keduanya: lembar yang berkode dicetak "
            "dari Netral."
        )
    return gettext(
        "Salin kode naskah dari kaki lembar, atau beri tanda di bawahnya bila lembar ini tidak "
        "dicetak dari Netral."
    )


class SearchForm(forms.Form):
    cari = forms.CharField(label=_("Nama, nomor, atau unit"), max_length=100, required=False)
