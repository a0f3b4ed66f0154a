"""Forms of the import: what the file is, what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.people.forms.pickers import DayInput

FIELD_LABELS: dict[str, Any] = {
    "number": _("NIP / NI PPPK"),
    "local_id": _("ID Netral"),
    "name": _("Nama"),
    "front_title": _("Gelar depan"),
    "back_title": _("Gelar belakang"),
    "status_cpns_pns": _("Status CPNS/PNS"),
    "status": _("Status kepegawaian"),
    "kind": _("Jenis pegawai"),
    "standing": _("Kedudukan hukum"),
    "grade": _("Golongan"),
    "position_kind": _("Jenis atau jenjang jabatan"),
    "position": _("Jabatan"),
    "echelon": _("Eselon"),
    "unit_ref": _("ID UNOR"),
    "unit_name": _("Nama unit"),
    "unit_top": _("Perangkat daerah (unit induk)"),
    "parent_ref": _("ID unit atasan"),
    "parent_name": _("Nama unit atasan"),
    "email": _("Email dinas"),
    "email_other": _("Email lain"),
    "phone": _("Nomor HP"),
    "start": _("TMT CPNS"),
    "start_pppk": _("TMT PPPK"),
    "joined": _("Mulai bekerja"),
    "birth": _("Tanggal lahir (hanya untuk memeriksa nomor, tidak disimpan)"),
    "gender": _("Jenis kelamin (hanya untuk memeriksa nomor, tidak disimpan)"),
}


class UploadForm(forms.Form):
    scope = forms.ChoiceField(
        label=_("Isi berkas"),
        choices=[
            ("full", _("Seluruh pegawai: yang tidak tercantum diusulkan berhenti")),
            ("full_asn", _("Seluruh ASN: ASN yang tidak tercantum diusulkan berhenti")),
            ("full_non_asn", _("Seluruh non-ASN: non-ASN yang tidak tercantum diusulkan berhenti")),
            ("part", _("Sebagian pegawai: yang tidak tercantum dibiarkan")),
            (
                "full_units",
                _("Seluruh pohon unit (UNOR): unit kosong yang tidak tercantum diusulkan ditutup"),
            ),
            ("units", _("Sebagian pohon unit (UNOR), tanpa pegawai")),
        ],
        widget=forms.RadioSelect,
        initial="part",
    )
    effective_on = forms.DateField(
        label=_("Keadaan pada"),
        widget=DayInput,
        help_text=_("Hari yang digambarkan berkas; perubahan dicatat berlaku sejak hari itu."),
    )
    file = forms.FileField(
        label=_("Berkas XLSX atau CSV"),
        allow_empty_file=True,  # the reader answers better than "the submitted file is empty"
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.txt"}),
        error_messages={
            "required": _("Pilih berkas yang akan diimpor."),
            "max_length": _("Nama berkas terlalu panjang; ganti namanya menjadi lebih pendek."),
        },
    )


class MappingForm(forms.Form):
    """One select per header of one sheet. ``fields``: what a column can mean."""

    def __init__(
        self, *args: Any, columns: list[dict[str, Any]], fields: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Abaikan kolom ini"))]
        choices += [(name, FIELD_LABELS.get(name, name)) for name in fields]
        self.columns: list[dict[str, Any]] = []
        for column in columns:
            # Of two columns with one header the first counts; personal data is never offered.
            if column["why"] == "forbidden" or column["key"] in self.fields:
                continue
            self.columns.append(column)
            self.fields[column["key"]] = forms.ChoiceField(
                label=column["header"],
                required=False,
                choices=choices,
                initial=column["field"],
            )

    def rows(self) -> list[tuple[dict[str, Any], forms.BoundField]]:
        """Each column with its select, for the table."""
        return [(column, self[column["key"]]) for column in self.columns]

    def changed_mapping(self) -> dict[str, str]:
        """Header key → field, of what the officer decided otherwise than it was understood."""
        return {
            column["key"]: self.cleaned_data[column["key"]]
            for column in self.columns
            if self.cleaned_data[column["key"]] != column["field"]
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for key, field in list(values.items()):
            if field and field in taken:
                self.add_error(key, _("Dua kolom tidak dapat berarti sama; abaikan salah satunya."))
            taken[field] = key
        return values
