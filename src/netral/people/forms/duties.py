"""Handing out duties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.people.forms.account_picker import AccountField
from netral.people.forms.pickers import PickingForm, UnitField
from netral.people.models import Account, Duty, Government
from netral.people.queries import duties as duty_queries

WHAT_IT_ALLOWS: dict[str, Any] = {
    Duty.Kind.PERSONNEL: _(
        "Membaca, mengubah, dan mengimpor data pegawai dan unit, mencetak slip akun, dan "
        "membagikan tugas kepada petugas lain."
    ),
    Duty.Kind.ORGANISER: _("Menyelenggarakan ikrar dan melihat siapa yang belum berikrar."),
    Duty.Kind.HEAD: _("Membaca data pegawai unitnya dan melihat siapa yang belum berikrar."),
    Duty.Kind.REVIEWER: _("Menelaah naskah dan pertanyaan hukum."),
    Duty.Kind.OVERSIGHT: _(
        "Mengawasi pelaksanaan: melihat cakupan ikrar dan siapa yang belum berikrar, dan membaca "
        "pernyataan rahasia mereka yang tidak menandatangani."
    ),
    Duty.Kind.CUSTODIAN: _("Menjaga laporan dugaan pelanggaran dan identitas pelapornya."),
    Duty.Kind.EXAMINER: _("Memeriksa dugaan pelanggaran."),
    Duty.Kind.DECIDER: _("Memutus hasil pemeriksaan dugaan pelanggaran."),
    Duty.Kind.AUDITOR: _("Memeriksa angka dan catatan untuk audit, tanpa mengubah apa pun."),
}
"""For the second officer: what somebody with this duty may do, in a sentence."""


class GrantForm(PickingForm):
    """A duty for somebody who has claimed their account already."""

    government = forms.ModelChoiceField(
        Government.objects.none(), label=_("Pemerintah daerah"), empty_label=None
    )
    account = AccountField(
        label=_("Petugas"),
        help_text=_(
            "Tulis sebagian namanya, atau NIP, NI PPPK, ID lokal, atau nama akun. Orangnya harus "
            "sudah mengaktifkan akun."
        ),
    )
    kind = forms.ChoiceField(label=_("Tugas"), choices=Duty.Kind.choices)
    unit = UnitField(
        label=_("Hanya untuk unit ini dan di bawahnya"),
        required=False,
        empty_label=_("Seluruh pemerintah daerah"),
    )
    reason = forms.CharField(
        label=_("Dasar penugasan"),
        required=False,
        max_length=300,
        help_text=_("Misalnya nomor surat perintah."),
    )

    def __init__(
        self, *arguments: Any, actor: Account, government: Government, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.fields["account"].actor = actor  # type: ignore[attr-defined]
        self.fields["account"].government = government  # type: ignore[attr-defined]
        places = duty_queries.governments_handled_by(actor)
        field = self.fields["government"]
        field.queryset = places | Government.objects.filter(pk=government.pk)  # type: ignore[attr-defined]
        field.initial = government
        if field.queryset.count() == 1:  # type: ignore[attr-defined]
            field.widget = forms.HiddenInput()
        self.fields["unit"].units = duty_queries.units_offered_to(actor, government)  # type: ignore[attr-defined]


class OutsideOfficerForm(forms.Form):
    """An officer who is not in the register."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=200)
    username = forms.CharField(
        label=_("Nama akun"),
        max_length=40,
        help_text=_("Nomor pegawai di instansi asalnya, atau sebuah kata tanpa spasi."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tersimpan di catatan tugas."),
    )


class DecisionForm(forms.Form):
    """The second officer's yes or no: one button each, a reason with the no."""

    reason = forms.CharField(
        label=_("Alasan bila menolak"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tersimpan di catatan tugas dan terbaca oleh pengusul."),
    )
    decision = forms.ChoiceField(
        choices=[("confirm", ""), ("refuse", "")],
        widget=forms.HiddenInput,
        error_messages={"required": _("Pilih setujui atau tolak.")},
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("decision") == "refuse" and not values.get("reason", "").strip():
            self.add_error("reason", _("Tuliskan alasan menolak dalam satu kalimat."))
        return values
