"""The minutes of a ceremony (berita acara): figures and kinds of evidence, lines to sign."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from netral.base.templatetags.ui import figure, moment, percent
from netral.pledges.models import Ceremony
from netral.pledges.queries.results import result_of
from netral.pledges.rules import moves, wording
from netral.pledges.rules.standing import UnitStanding
from netral.pledges.services.documents import letterhead, typeset


def minutes_pdf(ceremony: Ceremony) -> bytes:
    """On A4, always in Indonesian. Before the closing it is marked as provisional.

    Paper may be entered or withdrawn afterwards, so the document says when it was counted.
    """
    government = ceremony.government
    now = timezone.now()
    with override("id"), timezone.override(ZoneInfo(government.time_zone)):
        found = result_of(ceremony)
        units = sorted(found.standing.slowest, key=lambda unit: unit.name)
        values = {
            **letterhead(government),
            "title": ceremony.title,
            "wording_title": ceremony.wording["title"],
            "election": ceremony.election.name,
            "date": wording.spelled_date(ceremony.planned_at, government.time_zone),
            "place": ceremony.place,
            "leader": ceremony.leader,
            "facts": [
                [_("Penandatanganan dibuka"), moment(ceremony.opened_at)],
                [_("Penandatanganan ditutup"), moment(ceremony.closed_at) or _("belum ditutup")],
                [
                    _("Yang diundang"),
                    _("%(staff)s orang") % {"staff": figure(found.standing.staff)},
                ],
                [
                    _("Menandatangani"),
                    _("%(signed)s orang (%(share)s)")
                    % {
                        "signed": figure(found.standing.signed),
                        "share": percent(found.standing.signed, found.standing.staff),
                    },
                ],
                [
                    _("Belum menandatangani"),
                    _("%(missing)s orang") % {"missing": figure(found.missing)},
                ],
                [_("Bukti yang diterima dari ponsel"), ceremony.get_accepts_display()],
                [_("Tiba sesudah ditutup, dari ponsel"), figure(found.after_closing)],
                [_("Tanda tangan kertas yang dicabut"), figure(found.withdrawn)],
            ],
            "evidence": [[capfirst(label), figure(number)] for label, number in found.by_evidence],
            "statuses": [_line(line) for line in found.by_status],
            "units": [_line(line) for line in units],
            "counted": moment(now),
            "version": ceremony.text.version,
            "digest": ceremony.wording_digest,
            "is_final": ceremony.state == moves.CLOSED,
        }
    return typeset("minutes.typ", values, at=now)


def _line(line: UnitStanding) -> list[str]:
    return [line.name, figure(line.staff), figure(line.signed), figure(line.missing)]
