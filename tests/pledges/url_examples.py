"""What the addresses of pledges promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from netral.elections.models import Election
from netral.people.models import Account
from netral.pledges.models import Ceremony, PaperSheet, PledgeText, Signature
from netral.pledges.rules import moves
from netral.pledges.services import ceremonies, coverage, paper, signing, texts
from tests.base.audit.fresh import sign_afresh
from tests.contracts.expectations import Page, everybody, holders, signed_in
from tests.contracts.places import WHOLE, Place
from tests.people.accounts import factories
from tests.pledges.factories import NOW, bring_to

organisers = holders("organiser", "personnel")
readers = organisers | holders("auditor")
figures = holders("personnel", "organiser", "oversight", "head", "auditor")
names = holders("personnel", "head", "oversight")
Arguments = Callable[[Place], Mapping[str, Any]]
CODE = frozenset({"code"})


def _organiser(place: Place) -> Account:
    return place.once("organiser", lambda: factories.make_officer("organiser", place.government))


def _election(place: Place) -> Election:
    return place.once(
        "pledge election",
        lambda: Election.objects.create(
            code=f"pemilihan-{place.government.region_code.replace('.', '-')}",
            kind="pemilihan",
            name=f"Pemilihan {place.word}",
            region_code=place.government.region_code,
            certainty="fictional",
            voting_on=NOW.date(),
        ),
    )


def _chosen(place: Place) -> Mapping[str, Any]:
    """The coverage pages answer as soon as a pledge is planned here and its figures counted."""
    _ceremony(place, moves.PLANNED)
    place.once("figures", lambda: _count(place))
    return {}


def _names_of(place: Place) -> Mapping[str, Any]:
    return {**_chosen(place), "unit": str(place.unit.pk)}


def _count(place: Place) -> bool:
    coverage.recount(government_id=place.government.pk, election_id=_election(place).pk)
    return True


def _text(place: Place, *, published: bool = True) -> PledgeText:
    def make() -> PledgeText:
        officer = _organiser(place)
        content = texts.standard_wording()
        text = texts.save_version(
            government=place.government, content=content, actor=officer, now=NOW
        )
        if published:
            texts.publish(text=text, actor=officer, now=NOW)
        return PledgeText.objects.get(pk=text.pk)

    return place.once(f"text {published}", make)


def _ceremony(place: Place, state: str) -> Ceremony:
    def make() -> Ceremony:
        officer = _organiser(place)
        ceremony = ceremonies.plan_ceremony(
            government=place.government,
            plan=ceremonies.Plan(
                election=_election(place),
                text=_text(place),
                title=f"Ikrar {place.word}",
                leader="Sekretaris Daerah",
                place="Aula",
                planned_at=NOW,
                units=(place.unit,),
            ),
            actor=officer,
            now=NOW,
        )
        bring_to(ceremony, state, officer)
        return Ceremony.objects.get(pk=ceremony.pk)

    return place.once(f"ceremony {state}", make)


def _key(state: str) -> Arguments:
    return lambda place: {"ceremony": _ceremony(place, state).pk}


def _code(place: Place) -> Mapping[str, Any]:
    return {"code": _ceremony(place, moves.SIGNING).code}


def _signature_of(account: Account, place: Place) -> Signature | None:
    if account.person is None:
        return None
    ceremony = _ceremony(place, moves.SIGNING)
    signing.sign(
        ceremony=ceremony,
        person=account.person,
        evidence=Signature.Evidence.ACCOUNT,
        text_digest=ceremony.wording_digest,
        now=NOW,
    )
    return Signature.objects.get(ceremony=ceremony, person=account.person)


def _own_receipt(account: Account, place: Place) -> Mapping[str, Any]:
    signature = _signature_of(account, place)
    return {"code": signature.receipt_code} if signature else _receipt(place)


def _receipt(place: Place) -> Mapping[str, Any]:
    made = place.once("signature", lambda: _signature_of(place.account, place))
    return {"code": made.receipt_code if made else ""}


def _proved(place: Place) -> Mapping[str, Any]:
    arguments = _receipt(place)
    place.once("log", sign_afresh)
    return arguments


def _counted(place: Place) -> Mapping[str, Any]:
    _proved(place)
    return _code(place)


def _sealable(place: Place) -> Mapping[str, Any]:
    """Nothing is sealed under files of a log that this database does not know any more."""
    sign_afresh()
    return signing_key(place)


def _own_proof(account: Account, place: Place) -> Mapping[str, Any]:
    arguments = _own_receipt(account, place)
    sign_afresh()
    return arguments


def _sheet(place: Place, content: bytes = b"%PDF-1.4") -> Mapping[str, Any]:
    def make() -> PaperSheet:
        return PaperSheet.objects.create(
            ceremony=_ceremony(place, moves.SIGNING),
            file=default_storage.save("pledges/sheets/tried.pdf", ContentFile(content)),
            kind=PaperSheet.Kind.PDF,
            digest=sha256(content).hexdigest(),
            uploaded_by=_organiser(place),
            uploaded_at=NOW,
            signed_at=NOW,
        )

    sheet = place.once(f"sheet {content!r}", make)
    return {"ceremony": sheet.ceremony_id, "sheet": sheet.pk}


def _empty_sheet(place: Place) -> Mapping[str, Any]:
    return _sheet(place, b"%PDF-1.7")


def _paper_signature(place: Place) -> Mapping[str, Any]:
    def make() -> Signature:
        sheet = PaperSheet.objects.get(pk=_sheet(place)["sheet"])
        other = factories.make_person(place.unit)
        paper.enter_names(sheet=sheet, person_ids=[other.pk], actor=_organiser(place), now=NOW)
        return Signature.objects.get(paper=sheet)

    return {**_sheet(place), "signature": place.once("paper signature", make).pk}


signing_key, planned_key = _key(moves.SIGNING), _key(moves.PLANNED)
PAGES: dict[str, Page] = {
    "pledges:coverage": Page(may=figures, query=_chosen),
    "pledges:coverage_export": Page(may=figures, query=_chosen),
    "pledges:coverage_names": Page(may=names, query=_names_of),
    "pledges:coverage_names_export": Page(may=names, query=_names_of),
    "pledges:reminders": Page(may=organisers, query=_chosen),
    "pledges:wall": Page(
        may=everybody, arguments=_code, public_object=True, codes=CODE, shows_government=True
    ),
    "pledges:enter_code": Page(may=everybody),
    "pledges:kept": Page(may=everybody),
    "pledges:kept_worker": Page(may=everybody),
    "pledges:invitation": Page(
        may=everybody, arguments=_code, public_object=True, codes=CODE, shows_government=True
    ),
    "pledges:invitation_slip": Page(
        may=everybody,
        arguments=_code,
        public_object=True,
        codes=CODE,
        shows_government=True,
        method="post",
    ),
    "pledges:activate_here": Page(
        may=everybody,
        arguments=_code,
        public_object=True,
        codes=CODE,
        shows_government=True,
        method="post",
    ),
    "pledges:sign": Page(
        may=everybody,
        arguments=_code,
        public_object=True,
        codes=CODE,
        shows_government=True,
        method="post",
    ),
    "pledges:seal_certificate": Page(may=everybody),
    # Without a ticket of that very slip it knows nobody.
    "pledges:slip_arrives": Page(
        may=everybody,
        arguments=lambda place: {**_code(place), "slip": UUID(int=1)},
        public_object=True,
        codes=CODE,
        method="post",
    ),
    # Without a ticket it knows nobody and leads to the page of the wall code.
    "pledges:sign_with_ticket": Page(
        may=everybody, arguments=_code, public_object=True, codes=CODE, method="post"
    ),
    "pledges:receipt": Page(
        may=signed_in - {"installation_admin"},
        arguments=_receipt,
        own=True,
        own_as=_own_receipt,
        codes=CODE,
    ),
    "pledges:receipt_pdf": Page(
        may=signed_in - {"installation_admin"},
        arguments=_receipt,
        own=True,
        own_as=_own_receipt,
        codes=CODE,
    ),
    "pledges:decline": Page(
        may=signed_in - {"installation_admin"},
        arguments=_code,
        public_object=True,
        codes=CODE,
        shows_government=True,
    ),
    "pledges:declines": Page(may=holders("oversight")),
    "pledges:dispute": Page(
        may=signed_in - {"installation_admin"},
        arguments=_receipt,
        own=True,
        own_as=_own_receipt,
        codes=CODE,
    ),
    "pledges:receipt_proof": Page(
        may=signed_in - {"installation_admin"},
        arguments=_proved,
        own=True,
        own_as=_own_proof,
        codes=CODE,
    ),
    "pledges:check": Page(may=everybody),
    "pledges:check_proof": Page(
        may=everybody, arguments=_proved, public_object=True, codes=CODE, shows_government=True
    ),
    "pledges:check_receipt": Page(
        may=everybody, arguments=_receipt, public_object=True, codes=CODE, shows_government=True
    ),
    "pledges:recounts": Page(may=everybody, shows_government=True),
    "pledges:recount": Page(
        may=everybody, arguments=_code, public_object=True, codes=CODE, shows_government=True
    ),
    "pledges:recount_list": Page(may=everybody, arguments=_counted, public_object=True, codes=CODE),
    "pledges:ceremonies": Page(may=readers),
    "pledges:ceremony_new": Page(may=organisers),
    "pledges:texts": Page(may=readers),
    "pledges:text_new": Page(may=organisers),
    "pledges:text": Page(
        may=readers, arguments=lambda place: {"text": _text(place).pk}, whole_object=True
    ),
    "pledges:text_edit": Page(
        may=organisers,
        arguments=lambda place: {"text": _text(place).pk},
        whole_object=True,
    ),
    "pledges:text_publish": Page(
        may=organisers & WHOLE,
        arguments=lambda place: {"text": _text(place, published=False).pk},
        whole_object=True,
        method="post",
    ),
    "pledges:text_pdf": Page(
        may=readers, arguments=lambda place: {"text": _text(place).pk}, whole_object=True
    ),
    "pledges:ceremony": Page(may=readers, arguments=signing_key),
    "pledges:ceremony_edit": Page(may=organisers, arguments=planned_key),
    "pledges:ceremony_pdf": Page(may=readers, arguments=signing_key),
    "pledges:way_in": Page(may=organisers, arguments=signing_key),
    "pledges:blank_sheet": Page(may=organisers, arguments=signing_key),
    "pledges:result": Page(may=readers, arguments=signing_key),
    "pledges:minutes": Page(may=readers, arguments=signing_key),
    "pledges:joint": Page(may=readers, arguments=_sealable),
    "pledges:agreement": Page(may=readers, arguments=_sealable),
    "pledges:missing": Page(may=holders("personnel"), arguments=signing_key),
    "pledges:missing_export": Page(may=holders("personnel"), arguments=signing_key),
    "pledges:lead": Page(may=organisers, arguments=signing_key),
    "pledges:lead_read": Page(
        may=organisers,
        arguments=_key(moves.READING),
        method="post",
        data=lambda place: {"tampak": "0", "ke": "1"},
    ),
    "pledges:lead_after": Page(
        may=organisers,
        arguments=_key(moves.CLOSED),
        method="post",
        data=lambda place: {"tampak": "figures", "ke": "thanks"},
    ),
    "pledges:lead_move": Page(
        may=organisers,
        arguments=lambda place: {**signing_key(place), "name": "close"},
        method="post",
        words=frozenset({"name"}),
    ),
    "pledges:paper": Page(may=organisers, arguments=signing_key),
    "pledges:paper_names": Page(may=organisers, arguments=_sheet),
    "pledges:paper_withdraw": Page(may=organisers, arguments=_paper_signature),
    "pledges:paper_remove": Page(may=organisers, arguments=_empty_sheet),
    "pledges:paper_witnesses": Page(
        may=organisers,
        arguments=lambda place: {
            key: value for key, value in _paper_signature(place).items() if key != "signature"
        },
    ),
    "pledges:paper_scan": Page(may=organisers, arguments=_sheet),
}
