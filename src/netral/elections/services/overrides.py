"""A government's own days for a loaded phase: put in force with a reason, and withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from netral.elections import rules
from netral.elections.calendars import forget_calendars
from netral.elections.models import Phase, PhaseOverride
from netral.elections.phases import PhaseCode
from netral.elections.services.authority import require_editor
from netral.elections.services.problems import ElectionError
from netral.people.models import Account, Government


@transaction.atomic
def override_phase(
    *,
    actor: Account,
    government: Government,
    phase: Phase,
    starts_on: date,
    ends_on: date,
    reason: str,
    now: datetime,
) -> PhaseOverride:
    """Puts other days for a loaded phase in force within one government.

    The loaded days stay; an earlier override is withdrawn by the same deed. Raises
    :class:`ElectionError` when the days cross those of another main phase.
    """
    require_editor(actor, government)
    if phase.election.government_id is not None:
        raise ElectionError(_("Ubah langsung pemilihan yang Anda catat sendiri."))
    if not rules.covers(phase.election.region_code, government.region_code):
        raise ElectionError(_("Pemilihan ini berlaku di wilayah lain."))
    if ends_on < starts_on:
        raise ElectionError(
            _("Hari terakhir harus sama dengan atau sesudah hari pertama."), field="ends_on"
        )
    if phase.is_main:
        _check_overlap(government, phase, starts_on, ends_on)
    _withdraw(PhaseOverride.objects.filter(government=government, phase=phase), actor, now)
    override = PhaseOverride.objects.create(
        government=government,
        phase=phase,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        made_by=actor,
        made_at=now,
    )
    forget_calendars()
    return override


@transaction.atomic
def withdraw_override(*, actor: Account, override: PhaseOverride, now: datetime) -> None:
    """Puts the loaded days back in force. Withdrawing twice changes nothing."""
    require_editor(actor, override.government)
    phase = override.phase
    if phase.is_main and override.withdrawn_at is None:
        _check_overlap(override.government, phase, phase.starts_on, phase.ends_on)
    _withdraw(PhaseOverride.objects.filter(pk=override.pk), actor, now)
    forget_calendars()


def _withdraw(overrides: object, actor: Account, now: datetime) -> None:
    overrides.filter(withdrawn_at=None).update(withdrawn_by=actor, withdrawn_at=now)  # type: ignore[attr-defined]


def _check_overlap(government: Government, phase: Phase, start: date, end: date) -> None:
    own = {
        row.phase_id: row
        for row in PhaseOverride.objects.filter(
            government=government, phase__election=phase.election_id, withdrawn_at=None
        )
    }
    spans = [rules.Span(phase.code, start, end)]
    for other in Phase.objects.filter(election=phase.election_id, is_main=True):
        if other.pk != phase.pk:
            days = own.get(other.pk, other)
            spans.append(rules.Span(other.code, days.starts_on, days.ends_on))
    try:
        ordered = rules.in_order(spans)
    except rules.OverlapError as problem:
        crossed = [code for code in problem.args if code != phase.code]
        raise ElectionError(
            _("Hari-hari ini bertabrakan dengan tahap %(phase)s; sesuaikan tahap itu lebih dahulu.")
            % {"phase": PhaseCode(crossed[0]).label.lower()},
            field="starts_on",
        ) from problem
    if not rules.is_in_order([span.code for span in ordered]):
        raise ElectionError(
            _("Hari-hari ini mengubah urutan tahapan; periksa tanggalnya."), field="starts_on"
        )
