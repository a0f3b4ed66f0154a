"""What pledges add to a person's own page, to the data held about them, and to the front page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.base import audit
from netral.people.mine import (
    FrontLink,
    HeldData,
    Matter,
    Note,
    PersonFact,
    Section,
    add_confidential_list,
    add_front_link,
    add_held,
    add_matter,
    add_person_fact,
    add_section,
)
from netral.people.models import Account, Person
from netral.pledges.access import may_miss_some, shown_statements
from netral.pledges.models import Decline, Signature
from netral.pledges.queries import not_reached
from netral.pledges.queries import signatures as signature_queries
from netral.pledges.queries.ceremonies import ceremonies_for
from netral.pledges.queries.declines import signed_in_their_name
from netral.pledges.queries.disputes import being_checked, codes_named
from netral.pledges.services.logging import KIND


def register() -> None:
    add_section(Section("pledges", 10, "pledges/mine.html", pledges_of))
    add_held(HeldData("pledges", gettext_lazy("Ikrar"), signatures_held))
    add_person_fact(PersonFact("pledges", gettext_lazy("Ikrar"), pledges_known_to))
    add_matter(Matter("pledges", "pledges/disputed.html", signatures_named))
    add_confidential_list("pledges.declines")
    add_held(HeldData("declines", gettext_lazy("Pernyataan tidak menandatangani"), declines_held))
    add_front_link(FrontLink(gettext_lazy("Masuk ke ikrar"), "pledges:enter_code", 10))
    add_front_link(FrontLink(gettext_lazy("Periksa tanda terima ikrar"), "pledges:check", 20))
    add_front_link(FrontLink(gettext_lazy("Ikrar bersama dan hasilnya"), "pledges:recounts", 22))
    # The log is base's, which knows nobody above it; what it holds is pledges.
    add_front_link(FrontLink(gettext_lazy("Log yang dapat diperiksa siapa pun"), "log:page", 24))


def pledges_of(request: HttpRequest) -> Mapping[str, Any] | None:
    """Pledges given, and those that wait for this person; nothing for outside officers."""
    actor = request.user
    if not isinstance(actor, Account) or actor.person is None:
        return None
    said = _statements(request, actor.person)
    waiting = signature_queries.waiting_for(actor)
    return {
        "given": signature_queries.mine(actor),
        "checked": being_checked(actor.person),
        "waiting": [(ceremony, said.pop(ceremony.pk, None)) for ceremony in waiting],
        "declined": said.values(),
    }


@dataclass(frozen=True)
class Statement:
    """One's own statement of not signing, and what speaks against it."""

    decline: Decline
    against: Signature | None
    """What somebody else recorded or signed in one's name."""


def _statements(request: HttpRequest, person: Person) -> dict[UUID, Statement]:
    """By ceremony, the newest each; only those that this session may hear of."""
    newest_last = reversed(shown_statements(request, person))
    return {
        given.ceremony_id: Statement(given, signed_in_their_name(person, given.ceremony))
        for given in newest_last
    }


def pledges_known_to(actor: Account, person: Person) -> Sequence[str] | None:
    """For officers who may see who has not been reached: the pledges this person has given."""
    if not not_reached.may_see_pledges_of(actor, person):
        return None
    given = signature_queries.signatures_of(person).select_related(
        "election", "ceremony__government"
    )
    counted = given.filter(counts_for_coverage=True).order_by("-signed_at")
    return [_given(signature) for signature in counted] or [_("belum berikrar")]


def signatures_named(actor: Account, person: Person, words: str) -> Mapping[str, Any] | None:
    """Their signatures whose receipt codes the request names: what was recorded, what can be done.

    Nothing for an officer who may not know who has pledged.
    """
    codes = codes_named(words)
    if not codes or not not_reached.may_see_pledges_of(actor, person):
        return None
    found = signature_queries.every_signature_of(person).filter(receipt_code__in=codes)
    signatures = list(found.select_related("ceremony", "paper", "unit"))
    if not signatures:
        return None
    reached = ceremonies_for(actor).filter(pk__in=[each.ceremony_id for each in signatures])
    return {"signatures": signatures, "reached": set(reached.values_list("pk", flat=True))}


def _given(signature: Signature) -> str:
    zone = signature.ceremony.government.time_zone
    return _("%(election)s: %(day)s, %(evidence)s") % {
        "election": signature.election.name,
        "day": date_format(signature.signed_at.astimezone(ZoneInfo(zone)), "DATE_FORMAT"),
        "evidence": signature.get_evidence_display(),
    }


def signatures_held(_request: HttpRequest, person: Person) -> Sequence[Mapping[str, Any]]:
    """Every signature row about the person, their merged doubles included."""
    rows = signature_queries.every_signature_of(person).select_related(
        "ceremony", "election", "unit", "paper__witness", "paper__second_witness"
    )
    entries = audit.leaves_of(kind=KIND, references=rows.values("id"))
    number_of = {entry.reference: entry.index for entry in entries}
    return [
        {
            _("Ikrar"): signature.ceremony.title,
            _("Untuk"): signature.election.name,
            _("Waktu"): signature.signed_at,
            _("Diterima server"): signature.recorded_at,
            _("Bukti"): signature.get_evidence_display(),
            _("Kode tanda terima"): signature.receipt_code,
            _("Unit saat menandatangani"): signature.unit.name,
            _("Tiba sesudah ditutup"): _("ya") if signature.after_closing else "",
            _("Saksi lembar kertas"): _witnesses_of(signature),
            _("Naskah di lembar kertas"): _text_check_of(signature),
            _("Sidik pindaian lembar (SHA-256)"): signature.paper.digest if signature.paper else "",
            _("Nomor entri log"): number_of.get(signature.pk, ""),
            _("Sidik naskah (SHA-256)"): signature.wording_digest,
            _("Yang dibuat kunci sandi"): signature.assertion,
            _("Dicabut"): signature.withdrawal.at if signature.is_withdrawn else "",
            _("Alasan pencabutan"): signature.withdrawal.reason if signature.is_withdrawn else "",
        }
        for signature in rows.order_by("-signed_at")
    ]


def _witnesses_of(signature: Signature) -> str:
    sheet = signature.paper
    witnesses = [sheet.witness, sheet.second_witness] if sheet else []
    return ", ".join(witness.full_name for witness in witnesses if witness)


def _text_check_of(signature: Signature) -> str:
    return signature.paper.get_text_check_display() if signature.paper else ""


def declines_held(request: HttpRequest, person: Person) -> Sequence[Mapping[str, Any]]:
    """What they wrote about not signing; only they and the oversight duty read it."""
    shown = [
        {_("Ikrar"): each.ceremony.title, _("Waktu"): each.at, _("Alasan"): each.reason}
        for each in shown_statements(request, person)
    ]
    left_out = _(
        "Yang Anda tulis sebelum akun ini dibuka dengan slip, bila ada, tidak tampil: slip dapat "
        "berada di tangan orang lain. Masuklah dengan kata sandi atau kunci sandi dari sebelum "
        "itu; bila tidak ada lagi, tanyakan kepada pemegang tugas Pengawas."
    )
    return [*shown, Note({_("Yang tidak tampil"): left_out})] if may_miss_some(request) else shown
