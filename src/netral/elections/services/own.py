"""Elections that a government records itself: a repeated vote, a by-election, a village's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from netral.base.ids import new_id
from netral.elections import rules
from netral.elections.calendars import forget_calendars
from netral.elections.models import Confidence, Election, Phase, Ticket
from netral.elections.services.authority import require_editor
from netral.elections.services.problems import ElectionError
from netral.people.models import Account, Government


@dataclass(frozen=True)
class TicketLine:
    """One line of the ballot as the officer gave it.

    ``other_names``: short names and slogans by which people mean this ticket."""

    number: int
    names: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ElectionDetails:
    """What an officer says about an election of their region."""

    kind: str
    name: str
    region_code: str
    basis: str
    source: str
    days: rules.Milestones
    tickets: tuple[TicketLine, ...] = ()


@transaction.atomic
def add_election(
    *,
    actor: Account | None,
    government: Government,
    details: ElectionDetails,
    now: datetime,
    code: str = "",
    certainty: str = Election.Certainty.FIXED,
) -> Election:
    """Records an election of one government with its main phases and ballot.

    ``actor`` is None on the command line only. Raises :class:`ElectionError` with the field
    when the days or the ballot cannot be.
    """
    _check(actor, government, details)
    election = Election(
        code=code or f"{slugify(details.name)[:46]}-{new_id().hex[-12:]}",
        certainty=certainty,
        government=government,
        added_by=actor,
    )
    _write(election, details, now)
    return election


@transaction.atomic
def change_election(
    *, actor: Account | None, election: Election, details: ElectionDetails, now: datetime
) -> Election:
    """Corrects an election that this government recorded. A loaded one is refused."""
    if election.government is None:
        raise PermissionDenied("a loaded election is not edited; its days can be overridden")
    _check(actor, election.government, details)
    _write(election, details, now)
    return election


def _check(actor: Account | None, government: Government, details: ElectionDetails) -> None:
    if actor is not None:
        require_editor(actor, government)
    field = rules.first_out_of_order(details.days)
    if field:
        raise ElectionError(_("Tanggal ini harus sesudah tanggal sebelumnya."), field=field)
    within = details.region_code == government.region_code or details.region_code.startswith(
        government.region_code + "."
    )
    if not within and not rules.covers(details.region_code, government.region_code):
        raise ElectionError(
            _("Kode wilayah harus %(code)s, di dalamnya, atau di atasnya.")
            % {"code": government.region_code},
            field="region_code",
        )
    numbers = [ticket.number for ticket in details.tickets]
    if len(numbers) != len(set(numbers)):
        raise ElectionError(_("Setiap nomor urut hanya boleh sekali."), field="tickets")


def _write(election: Election, details: ElectionDetails, now: datetime) -> None:
    election.kind = details.kind
    election.name = details.name
    election.region_code = details.region_code
    election.basis = details.basis
    election.source = details.source
    election.voting_on = details.days.voting_on
    election.updated_at = now
    election.save()
    is_fictional = election.certainty == Election.Certainty.FICTIONAL
    confidence = Confidence.FICTIONAL if is_fictional else Confidence.LOCAL
    Phase.objects.filter(election=election).delete()
    Phase.objects.bulk_create(
        Phase(
            election=election,
            code=span.code,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            is_main=True,
            confidence=confidence,
            source=details.source,
        )
        for span in rules.spans_from(details.days)
    )
    Ticket.objects.filter(election=election).delete()
    Ticket.objects.bulk_create(
        Ticket(
            election=election,
            number=line.number,
            names=line.names,
            other_names=list(line.other_names),
            confidence=confidence,
            source=details.source,
        )
        for line in details.tickets
    )
    forget_calendars()
