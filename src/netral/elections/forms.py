"""Forms of the election pages. They read; the services decide."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.elections.models import Election, Ticket
from netral.elections.rules import Milestones
from netral.elections.services.own import ElectionDetails, TicketLine

TICKET_LINE = re.compile(r"^\s*(?:(\d{1,3})\s*[.):]\s*)?(.+?)\s*$")
MILESTONE_FIELDS = (
    "candidacy_from",
    "determined_on",
    "campaign_from",
    "campaign_to",
    "voting_on",
    "count_to",
)


class DayField(forms.DateField):
    """A day, from the browser's own picker or typed as Indonesians write it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
        super().__init__(widget=widget, input_formats=formats, **options)


class ElectionForm(forms.Form):
    """An election of one's own region: what, where, its milestones, its ballot."""

    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=Election.Kind.choices)
    name = forms.CharField(
        label=gettext_lazy("Nama"),
        max_length=200,
        help_text=gettext_lazy("Seperti pada keputusan KPU."),
    )
    region_code = forms.CharField(
        label=gettext_lazy("Kode wilayah"),
        max_length=8,
        help_text=gettext_lazy("Kode Kemendagri, misalnya 64 atau 64.02."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Dasar"),
        max_length=300,
        help_text=gettext_lazy("Nomor keputusan atau peraturan KPU yang menetapkan jadwalnya."),
    )
    source = forms.URLField(
        label=gettext_lazy("Alamat sumber"), required=False, assume_scheme="https"
    )
    candidacy_from = DayField(label=gettext_lazy("Pendaftaran calon dibuka"))
    determined_on = DayField(label=gettext_lazy("Calon ditetapkan"))
    campaign_from = DayField(label=gettext_lazy("Hari pertama kampanye"))
    campaign_to = DayField(label=gettext_lazy("Hari terakhir kampanye"))
    voting_on = DayField(label=gettext_lazy("Hari pemungutan suara"))
    count_to = DayField(label=gettext_lazy("Hari terakhir penghitungan dan rekapitulasi"))
    tickets = forms.CharField(
        label=gettext_lazy("Calon atau pasangan calon"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Satu baris satu calon, menurut nomor urut, misalnya “1. Nama A – Nama B”. "
            "Sebutan dan semboyan ditulis sesudah tanda |, dipisah koma: "
            "“1. Nama A – Nama B | A-B, Maju Terus”; pemeriksaan tulisan mengenalinya."
        ),
    )

    def clean_tickets(self) -> tuple[TicketLine, ...]:
        lines = [line for line in self.cleaned_data["tickets"].splitlines() if line.strip()]
        read = []
        for position, line in enumerate(lines, start=1):
            match = TICKET_LINE.match(line)
            names, _sign, others = match[2].partition("|") if match else ("", "", "")
            names = names.strip()
            if match is None or not re.search(r"\w", names) or len(match[2]) > 300:
                raise ValidationError(
                    _("Baris %(line)s tidak terbaca; tulis nomor urut lalu nama.")
                    % {"line": position}
                )
            told = tuple(name.strip() for name in others.split(",") if re.search(r"\w", name))
            read.append(TicketLine(int(match[1] or position), names, told))
        return tuple(sorted(read, key=lambda ticket: ticket.number))

    def details(self) -> ElectionDetails:
        """What the services take. Only after ``is_valid``."""
        data = self.cleaned_data
        return ElectionDetails(
            kind=data["kind"],
            name=data["name"],
            region_code=data["region_code"],
            basis=data["basis"],
            source=data["source"],
            days=Milestones(**{name: data[name] for name in MILESTONE_FIELDS}),
            tickets=data["tickets"],
        )


def initial_of(election: Election) -> dict[str, Any]:
    """The form's values for an election that the government recorded itself."""
    days = {phase.code: phase for phase in election.phases.all() if phase.is_main}
    campaign = days.get("campaign")
    tickets = [_line_of(ticket) for ticket in election.tickets.all()]
    first = days.get("candidacy") or days.get("determined") or campaign
    determined = days.get("determined") or campaign
    last = days.get("count") or days.get("voting")
    return {
        "kind": election.kind,
        "name": election.name,
        "region_code": election.region_code,
        "basis": election.basis,
        "source": election.source,
        "candidacy_from": first.starts_on if first else None,
        "determined_on": determined.starts_on if determined else None,
        "campaign_from": campaign.starts_on if campaign else None,
        "campaign_to": campaign.ends_on if campaign else None,
        "voting_on": election.voting_on,
        "count_to": last.ends_on if last else None,
        "tickets": "\n".join(tickets),
    }


def _line_of(ticket: Ticket) -> str:
    """A ticket as it is typed."""
    others = f" | {', '.join(map(str, ticket.other_names))}" if ticket.other_names else ""
    return f"{ticket.number}. {ticket.names}{others}"


class OverrideForm(forms.Form):
    """Days of one's own for a loaded phase, and why."""

    starts_on = DayField(label=gettext_lazy("Hari pertama"))
    ends_on = DayField(label=gettext_lazy("Hari terakhir"))
    reason = forms.CharField(
        label=gettext_lazy("Alasan dan dasar"),
        max_length=300,
        help_text=gettext_lazy(
            "Misalnya nomor keputusan KPU setempat. Tampil di samping jadwal bawaan."
        ),
    )


class DemoDayForm(forms.Form):
    """The day it is to be in the demonstration; empty for the real one."""

    day = DayField(label=gettext_lazy("Hari dalam peragaan"), required=False)
