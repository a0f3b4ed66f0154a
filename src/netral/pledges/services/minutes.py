"""The minutes of a ceremony (berita acara): figures and kinds of evidence, lines to sign."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from netral.base.templatetags.ui import figure, moment, percent
from netral.pledges.models import Ceremony
from netral.pledges.queries.results import Result, result_of
from netral.pledges.rules import codes, moves, wording
from netral.pledges.rules.standing import UnitStanding
from netral.pledges.services.agreeing import how_contradicted
from netral.pledges.services.documents import letterhead, typeset


def minutes_pdf(ceremony: Ceremony) -> bytes:
    """On A4, always in Indonesian. Before the closing it is marked as provisional.

    Once closed it says what stood at the closing, on whatever day it is printed; paper that was
    entered or withdrawn afterwards, and phones that came late, are facts of their own. When the
    record is not what the log has, the paper says so above its figures.
    """
    government = ceremony.government
    now = timezone.now()
    with override("id"), timezone.override(ZoneInfo(government.time_zone)):
        found, refused = result_of(ceremony), how_contradicted(ceremony)
        units = sorted(found.standing.slowest, key=lambda unit: unit.name)
        values = {
            **letterhead(government),
            "title": ceremony.title,
            "wording_title": ceremony.wording["title"],
            "election": ceremony.election.name,
            "date": wording.spelled_date(ceremony.planned_at, government.time_zone),
            "place": ceremony.place,
            "leader": ceremony.leader,
            "contradicted": refused,
            "facts": [*_facts(ceremony, found), *_against_the_log(refused)],
            "since": _since(found, now),
            "evidence": [[capfirst(label), figure(number)] for label, number in found.by_evidence],
            "statuses": [_line(line) for line in found.by_status],
            "units": [_line(line) for line in units],
            "counted": moment(found.closed_at or now),
            "printed": moment(now),
            "version": ceremony.text.version,
            "digest": ceremony.wording_digest,
            "text_code": codes.write_text_code(ceremony.wording_digest),
            "is_final": ceremony.state == moves.CLOSED,
            "is_of_closing": found.closed_at is not None,
        }
    return typeset("minutes.typ", values, at=now)


def _facts(ceremony: Ceremony, found: Result) -> list[list[str]]:
    facts = [
        [_("Penandatanganan dibuka"), moment(ceremony.opened_at)],
        [_("Penandatanganan ditutup"), moment(ceremony.closed_at) or _("belum ditutup")],
        [_("Yang diundang"), _people(found.standing.staff)],
        [
            _("Menandatangani"),
            _share(found.standing.signed, found.standing.staff, found.on_paper),
        ],
        [_("Belum menandatangani"), _people(found.missing)],
        [_("Bukti yang diterima dari ponsel"), ceremony.get_accepts_display()],
        [_("Tanda tangan kertas yang dicabut"), figure(found.withdrawn)],
    ]
    if found.closed_despite:
        words = _("Ditutup meskipun catatan bertentangan dengan log, karena")
        facts.append([words, found.closed_despite])
    if found.after_closing:
        facts.append([_("Tiba sesudah penutupan terdahulu"), figure(found.after_closing)])
    return facts


def _against_the_log(refused: str) -> list[list[str]]:
    said = _("bertentangan, lihat di atas") if refused else _("sama")
    return [[_("Catatan dan log saat dicetak"), said]]


def _since(found: Result, now: datetime) -> list[list[str]]:
    """What changed after the closing; nothing where nothing did."""
    if not found.since:
        return []
    if found.since.is_impossible:
        words = _("tidak disebut: catatan sekarang bertentangan dengan angka penutupan")
        return [[_("Yang datang atau dicabut sesudahnya"), words]]
    return [
        [_("Tiba dari ponsel, ditandatangani sebelum ditutup"), figure(found.since.phones)],
        [_("Dimasukkan dari kertas"), figure(found.since.paper)],
        [_("Tanda tangan kertas yang dicabut"), figure(found.since.withdrawn)],
        [
            _("Jumlah yang berlaku per %(moment)s") % {"moment": moment(now)},
            _share(found.since.standing, found.standing.staff, found.since.on_paper),
        ],
    ]


def _people(number: int) -> str:
    return _("%(number)s orang") % {"number": figure(number)}


def _share(signed: int, staff: int, on_paper: int) -> str:
    """The part on paper stands beside the total it is a part of: there are two on the sheet."""
    share = percent(signed, max(staff, signed))
    said = _("%(signed)s orang (%(share)s)") % {"signed": figure(signed), "share": share}
    if not on_paper:
        return said
    return _("%(said)s, %(number)s di antaranya di kertas") % {
        "said": said,
        "number": figure(on_paper),
    }


def _line(line: UnitStanding) -> list[str]:
    return [line.name, figure(line.staff), figure(line.signed), figure(line.missing)]
