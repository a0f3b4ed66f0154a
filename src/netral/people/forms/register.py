"""Forms of the staff list and of one person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from netral.people.forms.duties import DecisionForm
from netral.people.forms.numbers import DoubtedNumberForm
from netral.people.forms.pickers import DayInput, PersonField, PickingForm, UnitField
from netral.people.models import Government, Person, Posting
from netral.people.queries import staff as staff_queries
from netral.people.queries.reach import Reach
from netral.people.queries.units import open_units
from netral.people.services.postings import PostingFacts
from netral.people.services.staff import PersonFacts

ANY = [("", _("Semua"))]
UNCHOSEN = [("", _("Pilih"))]
"""Before choices without a default: a select without it sends its first row unasked."""


class StaffFilterForm(forms.Form):
    q = forms.CharField(label=_("Nama atau nomor"), required=False, max_length=200)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[*ANY, *Posting.Status.choices]
    )
    jenjang = forms.ChoiceField(
        label=_("Jenjang jabatan"), required=False, choices=[*ANY, *Posting.Level.choices]
    )
    akun = forms.ChoiceField(
        label=_("Akun"),
        required=False,
        choices=[*ANY, ("without", _("Belum diaktifkan")), ("with", _("Sudah diaktifkan"))],
    )
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("Bekerja")), ("gone", _("Sudah berhenti"))],
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [*ANY, *units]  # type: ignore[attr-defined]

    def filters(self) -> staff_queries.StaffFilters:
        """What is valid narrows; a value nobody offered is ignored, as if it were not there."""
        self.is_valid()
        values = self.cleaned_data
        return staff_queries.StaffFilters(
            text=values.get("q", ""),
            unit=values.get("unit") or None,
            status=values.get("status", ""),
            level=values.get("jenjang", ""),
            account=values.get("akun", ""),
            gone=values.get("keadaan") == "gone",
        )


class PersonFactsForm(forms.Form):
    """Name, titles and contact."""

    name = forms.CharField(label=_("Nama tanpa gelar"), max_length=200)
    front_title = forms.CharField(label=_("Gelar depan"), max_length=60, required=False)
    back_title = forms.CharField(label=_("Gelar belakang"), max_length=100, required=False)
    email = forms.EmailField(
        label=_("Email dinas"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Tulis alamat lengkap, misalnya nama@contoh.go.id.")},
    )
    phone = forms.RegexField(
        r"^\+?[0-9 ()-]{6,20}$",
        label=_("Nomor HP"),
        max_length=20,
        required=False,
        error_messages={"invalid": _("Tulis nomor HP dengan angka saja, misalnya 0812 3456 7890.")},
    )

    def facts(self) -> PersonFacts:
        keys = ("name", "front_title", "back_title", "email", "phone")
        return PersonFacts(**{key: self.cleaned_data[key] for key in keys})


class PostingForm(PickingForm):
    """Where and as what, from which day."""

    unit = UnitField(
        label=_("Unit"),
        help_text=_("Tulis sebagian namanya, juga nama kantor di atasnya: tata usaha kehutanan."),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[*UNCHOSEN, *Posting.Status.choices],
        error_messages={"required": _("Pilih statusnya.")},
    )
    position_level = forms.ChoiceField(
        label=_("Jenjang jabatan"),
        choices=[*UNCHOSEN, *Posting.Level.choices],
        error_messages={"required": _("Pilih jenjang jabatannya.")},
    )
    position = forms.CharField(label=_("Jabatan"), max_length=300, required=False)
    grade = forms.CharField(
        label=_("Golongan"), max_length=8, required=False, help_text=_("Misalnya III/c atau IX.")
    )
    standing = forms.CharField(
        label=_("Kedudukan hukum"),
        max_length=100,
        required=False,
        help_text=_("Misalnya aktif, tugas belajar, atau cuti di luar tanggungan negara."),
    )
    on = forms.DateField(label=_("Berlaku sejak"), widget=DayInput)

    def __init__(self, *args: Any, reach: Reach, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach, self.government = reach, government
        self.fields["unit"].units = open_units(reach, government)  # type: ignore[attr-defined]

    def posting(self) -> PostingFacts:
        keys = ("unit", "status", "position_level", "position", "grade", "standing")
        return PostingFacts(**{key: self.cleaned_data[key] for key in keys})


def initial_posting(posting: Posting | None, today: date) -> dict[str, Any]:
    """As the posting says, from today on; a unit that is closed has to be chosen anew."""
    if posting is None:
        return {"on": today}
    return {
        "unit": None if posting.unit.closed_on else posting.unit,
        "status": posting.status,
        "position_level": posting.position_level,
        "position": posting.position,
        "grade": posting.grade,
        "standing": posting.standing,
        "on": today,
    }


class NewPersonForm(PostingForm, PersonFactsForm, DoubtedNumberForm):
    """One person by hand. A namesake in the same unit is asked about once, a number too."""

    number = forms.CharField(
        label=_("NIP atau NI PPPK"),
        max_length=30,
        required=False,
        help_text=_("Kosongkan untuk non-ASN tanpa nomor; Netral memberi ID lokal."),
    )
    is_another = forms.BooleanField(
        label=_("Ini memang orang lain yang senama"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        names = ["is_another", "name", "front_title", "back_title"]
        first = [*names, "number", "is_number_right", "unit"]
        self.order_fields([*first, *PostingForm.base_fields, "email", "phone"])
        self.fields["on"].label = _("Mulai bekerja")
        self.doubles: list[Person] = []

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.only_asked:
            self.doubt_number(values, self.today)
        is_asked = self.only_asked or values.get("is_another")
        if values.get("name") and values.get("unit") and not is_asked:
            self.doubles = staff_queries.possible_doubles(
                self.reach, self.government, values["name"], values["unit"]
            )
        if self.doubles:
            self.fields["is_another"].widget = forms.CheckboxInput()
            raise ValidationError(
                _(
                    "Di unit itu sudah ada pegawai bernama sama. Bila orangnya lain, centang "
                    "pernyataan di bawah lalu simpan lagi."
                )
            )
        return values


class NumberForm(DoubtedNumberForm):
    number = forms.CharField(label=_("Nomor baru"), max_length=30, help_text=_("18 angka."))
    on = forms.DateField(label=_("Berlaku sejak"), widget=DayInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.order_fields(["number", "is_number_right", "on"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.doubt_number(values, self.today)
        return values


class LeaveForm(forms.Form):
    REASONS = [
        ("pensiun", _("Pensiun")),
        ("pindah instansi", _("Pindah ke instansi lain")),
        ("kontrak berakhir", _("Kontrak berakhir")),
        ("mengundurkan diri", _("Mengundurkan diri")),
        ("diberhentikan", _("Diberhentikan")),
        ("meninggal dunia", _("Meninggal dunia")),
        ("lainnya", _("Lainnya")),
    ]
    on = forms.DateField(label=_("Hari pertama tidak bekerja lagi"), widget=DayInput)
    reason = forms.ChoiceField(label=_("Alasan"), choices=REASONS)


class EraseForm(forms.Form):
    reason = forms.CharField(
        label=_("Dasar penghapusan"),
        help_text=_("Misalnya nomor permintaan, surat, atau jadwal retensi. Tanpa nama orangnya."),
        max_length=300,
    )


class ErasureDecisionForm(DecisionForm):
    """The second officer's yes or no to an erasure."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["reason"].help_text = _("Tersimpan bersama usulannya, tanpa nama orangnya.")


class MergeSearchForm(PickingForm):
    other = PersonField(
        label=_("Catatan kembarnya"),
        help_text=_("Tulis nomor, ID lokal, atau nama pegawai pada catatan yang lain."),
    )

    def __init__(
        self, *args: Any, reach: Reach, government: Government, person: Person, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["other"]
        field.reach, field.government, field.besides = reach, government, person


class MergeForm(forms.Form):
    on = forms.DateField(label=_("Penempatan rangkap berakhir pada"), widget=DayInput)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dicatat dalam riwayat, misalnya: tercatat dua kali saat impor."),
    )


class NewGovernmentForm(forms.Form):
    region_code = forms.CharField(
        label=_("Kode wilayah"),
        max_length=8,
        help_text=_("Kode Kemendagri: 64 untuk provinsi, 64.02 untuk kabupaten atau kota."),
    )
    name = forms.CharField(
        label=_("Nama"),
        max_length=200,
        help_text=_("Seperti di kop surat, misalnya Pemerintah Provinsi Kalimantan Timur."),
    )


class GovernmentForm(forms.Form):
    name = forms.CharField(
        label=_("Nama"),
        max_length=200,
        help_text=_("Seperti di kop surat, misalnya Pemerintah Provinsi Kalimantan Timur."),
    )
    short_name = forms.CharField(
        label=_("Nama pendek"),
        max_length=60,
        required=False,
        help_text=_("Dipakai di tempat yang sempit, misalnya Kaltim."),
    )
    seat = forms.CharField(
        label=_("Tempat kedudukan"),
        max_length=100,
        required=False,
        help_text=_("Kota yang disebut sebelum tanggal surat."),
    )
    time_zone = forms.ChoiceField(
        label=_("Zona waktu"),
        choices=Government.Zone.choices,
        help_text=_("Menentukan pukul berapa tahapan pemilihan berganti."),
    )
    letterhead = forms.CharField(
        label=_("Kop surat"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Baris di bawah nama: alamat kantor, telepon, situs."),
    )
