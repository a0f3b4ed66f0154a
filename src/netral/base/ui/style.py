"""What the style page (``/gaya/``) shows: invented rows, long names, forms with problems."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

UNITS = [
    ("Dinas Pendidikan, Kebudayaan, Pemuda, dan Olahraga", 6214, 4412, 1204, "", ""),
    (
        "Rumah Sakit Umum Daerah Prof. Dr. Contoh Panjang Sekali",
        2087,
        1210,
        611,
        "bad",
        "Terlambat 4 hari",
    ),
    ("Dinas Kesehatan", 1102, 926, 97, "calm", "Selesai 2 Okt"),
    ("Dinas Perhubungan", 512, 410, 58, "warn", "Jatuh tempo besok"),
    ("Sekretariat Daerah", 488, 488, 0, "calm", "Selesai 30 Sep"),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nama kegiatan", help_text="Seperti tertulis pada undangan.")
    day = forms.DateField(label="Tanggal", widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.CharField(label="Tempat", required=False)
    zone = forms.ChoiceField(
        label="Zona waktu", choices=[("wib", "WIB"), ("wita", "WITA"), ("wit", "WIT")]
    )
    evidence = forms.ChoiceField(
        label="Bentuk bukti",
        widget=forms.RadioSelect,
        choices=[("phone", "Ditandatangani di ponsel"), ("paper", "Lembar kertas yang dipindai")],
    )
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    sheet = forms.FileField(
        label="Berkas", required=False, help_text="XLSX atau CSV, paling besar 50 MB."
    )
    sure = forms.BooleanField(label="Data sudah saya periksa")


class SampleFilter(forms.Form):
    q = forms.CharField(label="Cari nama atau NIP", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua"), ("pns", "PNS"), ("non", "Non-ASN")]
    )


def samples(request: HttpRequest) -> dict[str, Any]:
    """Context of the style page."""
    return {
        "units": [
            dict(zip(("name", "staff", "signed", "left", "tone", "word"), unit, strict=True))
            for unit in UNITS
        ],
        "total": {"staff": 10403, "signed": 7446, "left": 1970},
        "form": SampleForm(auto_id="a_%s"),
        "broken": SampleForm({"name": "", "zone": "wita"}, auto_id="b_%s"),
        "filters": SampleFilter(request.GET or None, auto_id="f_%s"),
        "page": Paginator(range(18_000), 50).get_page(request.GET.get("page")),
    }
