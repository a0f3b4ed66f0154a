"""Not signing: said in private, read by one duty, counted only where it points at nobody."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.people.models import Account, DataRequest, Duty, NameListView, Person
from netral.people.services import accounts as account_services
from netral.people.services import claiming, privacy
from netral.pledges import mine
from netral.pledges.models import Decline, Signature
from netral.pledges.queries.declines import declined_in, declines_for
from netral.pledges.rules import moves
from netral.pledges.rules.declines import shown_count
from netral.pledges.services import declining, paper, signing, withdrawing
from netral.pledges.services.ceremonies import OutOfStep, ReasonNeeded
from tests.contracts.showing import Screen
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_officer, make_person, make_unit
from tests.pledges.factories import (
    NOW,
    Hall,
    account_of,
    make_ceremony,
    make_election,
    make_hall,
    make_witnesses,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db
WHY = "Sedang menunggu penjelasan naskah"
EMPTY, MISSED = "Tidak ada yang perlu Anda tulis", "pernah dibuka dengan slip"
PASSWORD, OTHER = "sandi-lama-yang-panjang", "sandi-baru-yang-panjang"


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person(hall: Hall) -> Person:
    return make_person(hall.government.units.get(name="Dinas A"), "Siti Rahma")


def decline(hall: Hall, person: Person, **changes: object) -> Decline:
    facts = {"person": person, "ceremony": hall.ceremony, "reason": WHY, "now": NOW, **changes}
    return declining.decline(**facts)


def sign(
    hall: Hall, person: Person, evidence: Signature.Evidence = Signature.Evidence.ACCOUNT
) -> Signature:
    outcome = signing.sign(
        person=person, ceremony=hall.ceremony, text_digest=hall.digest, evidence=evidence, now=NOW
    )
    assert isinstance(outcome, signing.Signed)
    return outcome.signature


def page_of(hall: Hall, kind: str, name: str, *arguments: object) -> str:
    officer = sign_in(Client(), make_officer(hall.government, kind), second_factor=True)
    return officer.get(reverse(f"pledges:{name}", args=arguments)).content.decode()


def test_only_the_person_and_the_oversight_duty_read_it(hall: Hall, person: Person) -> None:
    decline(hall, person)
    assert WHY in page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    assert NameListView.objects.get(what="pledges.declines").shown.get() == person
    for kind in (Duty.Kind.PERSONNEL, Duty.Kind.ORGANISER, Duty.Kind.HEAD, Duty.Kind.AUDITOR):
        actor = make_officer(hall.government, kind)
        assert not declines_for(actor).exists()
        client = sign_in(Client(), actor, second_factor=True)
        assert client.get(reverse("pledges:declines")).status_code == 403
    stranger = make_officer(make_government("65"), Duty.Kind.OVERSIGHT)
    assert not declines_for(stranger).exists()
    own = sign_in(Client(), account_of(person), second_factor=False)
    assert WHY in own.get(reverse("people:data")).text
    key = hall.ceremony.pk
    for kind, name, arguments in (
        (Duty.Kind.PERSONNEL, "missing", [key]),
        (Duty.Kind.PERSONNEL, "result", [key]),
        (Duty.Kind.ORGANISER, "ceremony", [key]),
        (Duty.Kind.ORGANISER, "wall", [hall.ceremony.code]),
    ):
        text = page_of(hall, kind, name, *arguments)
        assert WHY not in text
        assert "Menyatakan tidak menandatangani" not in text


def test_on_the_phone_it_is_written_read_and_deleted(hall: Hall, person: Person) -> None:
    phone = sign_in(Client(), account_of(person), second_factor=False)
    address = reverse("pledges:decline", args=[hall.ceremony.code])
    assert (
        address
        in phone.get(reverse("pledges:invitation", args=[hall.ceremony.code])).content.decode()
    )
    assert "Tidak ada yang perlu Anda tulis" in phone.get(address).content.decode()
    assert phone.post(address, {"reason": " "}).status_code == 422
    assert WHY in phone.post(address, {"reason": WHY}, follow=True).content.decode()
    assert address in phone.get(reverse("people:mine")).content.decode()
    phone.post(address, {"deed": "tarik"})
    assert not Decline.objects.exists()
    assert Client().get(address).status_code == 302


def test_who_signs_after_all_is_no_longer_listed(hall: Hall, person: Person) -> None:
    decline(hall, person)
    sign(hall, person)
    assert WHY not in page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    with pytest.raises(declining.SignedAlready):
        decline(hall, person)


CONFLICT = "bertentangan dengan kertas"


def enter_from_paper(hall: Hall, person: Person) -> Signature:
    """What the organiser does with a scanned sheet on which they read this person's name."""
    sheet = paper.attach_sheet(
        ceremony=hall.ceremony, upload=io.BytesIO(b"%PDF-1.7"), signed_at=NOW,
        text_code=hall.text_code, compared=False, actor=hall.organiser, now=NOW,
        witnesses=make_witnesses(hall.government),
    )  # fmt: skip
    paper.enter_names(sheet=sheet, person_ids=[person.pk], actor=hall.organiser, now=NOW)
    return Signature.objects.get(person=person)


def test_a_paper_entry_hides_no_statement(hall: Hall, person: Person) -> None:
    decline(hall, person)
    assert CONFLICT not in page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    entered = enter_from_paper(hall, person)
    page = page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    assert WHY in page and CONFLICT in page
    for kind in (Duty.Kind.PERSONNEL, Duty.Kind.ORGANISER, Duty.Kind.HEAD, Duty.Kind.AUDITOR):
        assert not declines_for(make_officer(hall.government, kind)).exists()
    assert declined_in(hall.ceremony, 60) is None
    withdrawing.withdraw_paper(signature=entered, reason="Keliru", actor=hall.organiser, now=NOW)
    page = page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    assert WHY in page and CONFLICT not in page
    sign(hall, person)
    assert WHY not in page_of(hall, Duty.Kind.OVERSIGHT, "declines"), "signed after all, oneself"


def test_whoever_holds_the_slip_silences_nobody(hall: Hall, person: Person) -> None:
    decline(hall, person)
    phone = sign_in(Client(), account_of(person), second_factor=False)
    signed = sign(hall, person, Signature.Evidence.SLIP)
    page = page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    assert WHY in page and "bertentangan dengan tanda tangan slip" in page
    assert CONFLICT not in page, "no paper was entered"
    page = phone.get(reverse("pledges:decline", args=[hall.ceremony.code])).text
    assert WHY in page and "ditandatangani dengan kode slip Anda" in page
    assert reverse("pledges:dispute", args=[signed.receipt_code]) in page
    assert "lembar kertas" not in page and "kertas atas nama Anda" not in page


def sign_by_slip(hall: Hall, person: Person) -> Client:
    """A phone of whoever holds a slip that was made for this person just now."""
    slip = claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())[0].code
    phone = Client()
    address = reverse("pledges:sign", args=[hall.ceremony.code])
    assert phone.post(address, {"slip": slip, "naskah": hall.digest}).status_code == 302
    return phone


def test_whoever_holds_the_slip_neither_reads_nor_deletes_the_statement(
    hall: Hall, person: Person
) -> None:
    account = account_of(person)
    decline(hall, person)
    stranger = sign_by_slip(hall, person)
    with_new_password = sign_in(Client(), account, second_factor=False)
    statement = reverse("pledges:decline", args=[hall.ceremony.code])
    for each in (stranger, with_new_password):
        page = each.get(statement).text
        assert EMPTY in page and MISSED in page and WHY not in page
        each.post(statement, {"deed": "tarik"})
        page = each.get(reverse("people:data")).text
        assert "Yang tidak tampil" in page and WHY not in page
        assert ABOUT not in each.get(reverse("people:mine")).text
    assert Decline.objects.get().reason == WHY
    assert WHY in page_of(hall, Duty.Kind.OVERSIGHT, "declines")


def test_whoever_holds_the_slip_sees_the_same_where_there_is_no_statement(
    hall: Hall, person: Person
) -> None:
    """What is said to them must not depend on whether there is one."""
    account_of(person)
    stranger = sign_by_slip(hall, person)
    pages = [reverse("pledges:decline", args=[hall.ceremony.code]), reverse("people:data")]
    without = [plain(stranger.get(page).text) for page in pages]
    decline(hall, person, now=timezone.now())
    assert [plain(stranger.get(page).text) for page in pages] == without
    assert MISSED in without[0]


def plain(page: str) -> str:
    """Without what is different at each request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_what_the_holder_of_a_slip_writes_stands_beside_it(hall: Hall, person: Person) -> None:
    account = account_of(person)
    owner = sign_in(Client(), account, second_factor=False)
    statement = reverse("pledges:decline", args=[hall.ceremony.code])
    owner.post(statement, {"reason": WHY})
    stranger = sign_by_slip(hall, person)
    page = stranger.post(statement, {"reason": "Saya setuju"}, follow=True).text
    assert "Saya setuju" in page and WHY not in page
    stranger.post(statement, {"reason": "Saya setuju sekali"})
    listed = page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    assert WHY in listed and "Saya setuju sekali" in listed and Decline.objects.count() == 2
    assert declined_in(hall.ceremony, 60) is None, "one person"
    page = owner.get(statement).text
    assert WHY in page and "Saya setuju sekali" in page and "Hapus semua" in page
    assert owner.get(reverse("people:mine")).text.count(ABOUT) == 1
    stranger.post(statement, {"deed": "tarik"})
    assert Decline.objects.get().reason == WHY


def test_the_password_of_before_shows_its_owner(hall: Hall, person: Person) -> None:
    account, long_ago = account_of(person), NOW - timedelta(days=100)
    account_services.set_password(account=account, password=PASSWORD, now=long_ago)
    decline(hall, person)
    stranger = sign_by_slip(hall, person)
    statement = reverse("pledges:decline", args=[hall.ceremony.code])
    owner = by_password(account)
    page = owner.get(statement).text
    assert WHY in page and MISSED not in page
    assert WHY in owner.get(reverse("people:data")).text
    assert ABOUT in owner.get(reverse("people:mine")).text
    stranger.post(reverse("people:new_password"), {"password": OTHER, "again": OTHER})
    account.refresh_from_db()
    assert account.check_password(OTHER)
    with_new_password = by_password(account, OTHER)
    assert with_new_password.get(reverse("people:mine")).status_code == 200
    for each in (stranger, with_new_password):
        assert WHY not in each.get(statement).text


def test_a_password_changed_by_who_knew_it_goes_on_showing_its_owner(
    hall: Hall, person: Person
) -> None:
    account, long_ago = account_of(person), NOW - timedelta(days=100)
    account_services.set_password(account=account, password=PASSWORD, now=long_ago)
    decline(hall, person)
    sign_by_slip(hall, person)
    owner = by_password(account)
    change = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert owner.post(reverse("account_change_password"), change).status_code == 302
    statement = reverse("pledges:decline", args=[hall.ceremony.code])
    assert WHY in by_password(account, OTHER).get(statement).text


@pytest.mark.parametrize("days", [-1, 1])
def test_a_passkey_of_before_shows_its_owner(hall: Hall, person: Person, days: int) -> None:
    account = account_of(person)
    decline(hall, person)
    sign_by_slip(hall, person)
    key = Authenticator.objects.create(
        user=account,
        type=Authenticator.Type.WEBAUTHN,
        data={},
        created_at=timezone.now() + timedelta(days=days),
    )
    phone = sign_in(Client(), account, second_factor=False)
    session = phone.session
    records = [{"method": "mfa", "type": "webauthn", "id": key.pk, "at": time.time()}]
    session["account_authentication_methods"] = records
    session.save()
    page = phone.get(reverse("pledges:decline", args=[hall.ceremony.code])).text
    assert (WHY in page) is (days < 0)


def test_whoever_came_by_slip_silences_nobody_with_the_account_either(
    hall: Hall, person: Person
) -> None:
    account = account_of(person)
    decline(hall, person)
    stranger = open_by_slip(Client(), person)
    sign_page = reverse("pledges:sign", args=[hall.ceremony.code])
    assert stranger.post(sign_page, {"naskah": hall.digest}).status_code == 302
    signed = Signature.objects.get()
    assert signed.evidence == Signature.Evidence.ACCOUNT
    listed = page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    assert WHY in listed and "sesudah akun itu dibuka dengan slip" in listed
    owner, statement = by_sso(account), reverse("pledges:decline", args=[hall.ceremony.code])
    for page in (owner.get(statement).text, owner.get(reverse("people:mine")).text):
        assert "sesudah akun itu dibuka dengan slip" in page
    owner.post(statement, {"deed": "tarik"})
    assert WHY in owner.post(statement, {"reason": WHY}, follow=True).text
    assert Decline.objects.count() == 1
    listed = page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    assert WHY in listed and "sesudah akun itu dibuka dengan slip" in listed, "written afterwards"


def test_who_signed_with_their_account_before_any_slip_has_signed(
    hall: Hall, person: Person
) -> None:
    account = account_of(person)
    decline(hall, person)
    sign(hall, person)
    open_by_slip(Client(), person)
    assert WHY not in page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    owner, statement = by_sso(account), reverse("pledges:decline", args=[hall.ceremony.code])
    Decline.objects.all().delete()
    owner.post(statement, {"reason": WHY})
    assert not Decline.objects.exists(), "what one signed oneself stays"


def test_a_slip_in_a_browser_of_somebody_else_is_remembered(hall: Hall, person: Person) -> None:
    """Django drops the session of whoever was signed in; the record must not go with it."""
    account = account_of(person)
    other = make_person(hall.government.units.get(name="Dinas A"), "Orang Lain")
    phone = sign_in(Client(), account_of(other), second_factor=False)
    open_by_slip(phone, person)
    assert account.sign_ins.latest("at").method == "slip"
    assert phone.get(reverse("people:new_password")).status_code == 200
    decline(hall, person, now=timezone.now())
    page = phone.get(reverse("pledges:decline", args=[hall.ceremony.code])).text
    assert EMPTY in page and WHY not in page


def test_that_oversight_opened_its_list_is_not_told_to_the_holder_of_a_slip(
    hall: Hall, person: Person
) -> None:
    account = account_of(person)
    decline(hall, person)
    page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    stranger, download = sign_by_slip(hall, person), reverse("people:data_download")
    assert stranger.get(download).json()["name_lists"] == []
    assert len(by_sso(account).get(download).json()["name_lists"]) == 1


def test_rewriting_a_statement_opens_it_to_nobody(hall: Hall, person: Person) -> None:
    account = account_of(person)
    decline(hall, person)
    stranger = sign_by_slip(hall, person)
    stranger.post(reverse("people:new_password"), {"password": OTHER, "again": OTHER})
    account.refresh_from_db()
    owner, statement = by_sso(account), reverse("pledges:decline", args=[hall.ceremony.code])
    owner.post(statement, {"reason": "Ditulis lagi"})
    assert "Ditulis lagi" in owner.get(statement).text
    assert "Ditulis lagi" not in by_password(account, OTHER).get(statement).text


def open_by_slip(phone: Client, person: Person) -> Client:
    """The page that a slip's QR opens, and its button."""
    slip = claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())[0].code
    assert phone.post(reverse("people:claim"), {"code": slip, "scanned": "1"}).status_code == 302
    return phone


def by_sso(account: Account) -> Client:
    """The government vouches for who it is."""
    phone = sign_in(Client(), account, second_factor=False)
    session = phone.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": time.time()}]
    session.save()
    return phone


def by_password(account: Account, password: str = PASSWORD) -> Client:
    """Signed in as people do it, not by the test's short way."""
    phone = Client()
    typed = {"login": account.username, "password": password}
    assert phone.post(reverse("account_login"), typed).status_code == 302
    return phone


def test_a_session_that_a_slip_had_opened_before_reads_nothing_either(
    hall: Hall, person: Person
) -> None:
    account_of(person)
    stranger = sign_by_slip(hall, person)
    decline(hall, person, now=timezone.now())
    page = stranger.get(reverse("pledges:decline", args=[hall.ceremony.code])).text
    assert EMPTY in page and WHY not in page


def test_a_statement_written_after_the_slip_was_used_is_taken(hall: Hall, person: Person) -> None:
    account = account_of(person)
    sign_by_slip(hall, person)
    owner = sign_in(Client(), account, second_factor=False)
    statement = reverse("pledges:decline", args=[hall.ceremony.code])
    assert "ditandatangani dengan kode slip Anda" in owner.get(statement).text
    code = Signature.objects.get(person=person).receipt_code
    assert statement in owner.get(reverse("pledges:dispute", args=[code])).text
    page = owner.post(statement, {"reason": WHY}, follow=True).text
    assert WHY in page and "Hapus pernyataan ini" in page
    page = page_of(hall, Duty.Kind.OVERSIGHT, "declines")
    assert WHY in page and "bertentangan dengan tanda tangan slip" in page


def test_who_has_but_a_slip_reads_what_they_wrote_themselves(hall: Hall, person: Person) -> None:
    phone = sign_by_slip(hall, person)
    statement = reverse("pledges:decline", args=[hall.ceremony.code])
    assert WHY in phone.post(statement, {"reason": WHY}, follow=True).text
    phone.post(statement, {"deed": "tarik"})
    assert not Decline.objects.exists()


ABOUT = "Pernyataan Anda tentang"
WAITS, SAID = "menunggu tanda tangan Anda", "Anda menyatakan tidak menandatangani"


def test_who_declined_is_not_said_to_be_waited_for(hall: Hall, person: Person) -> None:
    phone = sign_in(Client(), account_of(person), second_factor=False)
    own, invitation = (
        reverse("people:mine"),
        reverse("pledges:invitation", args=[hall.ceremony.code]),
    )
    assert WAITS in phone.get(own).text
    decline(hall, person)
    page = phone.get(own).text
    assert WAITS not in page and SAID in page
    assert "tetap dapat menandatangani" in page and invitation in page
    assert page.count(reverse("pledges:decline", args=[hall.ceremony.code])) == 1
    sign(hall, person)
    page = phone.get(own).text
    assert SAID not in page and WAITS not in page


@pytest.mark.parametrize("written_before", [True, False])
def test_whoever_holds_the_slip_reads_of_no_statement_on_the_page_of_its_owner(
    hall: Hall, person: Person, written_before: bool
) -> None:
    account = account_of(person)
    other = make_ceremony(hall.government, hall.organiser, make_election("65"), hall.text)
    if written_before:
        decline(hall, person, ceremony=other)
    stranger = sign_by_slip(hall, person)
    if not written_before:
        decline(hall, person, ceremony=other, now=timezone.now())
    page = stranger.get(reverse("people:mine")).text
    assert WAITS in page and SAID not in page
    assert reverse("pledges:decline", args=[other.code]) not in page
    page = sign_in(Client(), account, second_factor=False).get(reverse("people:mine")).text
    assert (WAITS in page) is written_before, "after the slip was used nobody knows who reads"
    assert (SAID in page) is not written_before
    assert (reverse("pledges:decline", args=[other.code]) in page) is not written_before


def test_who_wrote_with_a_slip_reads_so_on_their_own_page(hall: Hall, person: Person) -> None:
    other = make_ceremony(hall.government, hall.organiser, make_election("65"), hall.text)
    phone = sign_by_slip(hall, person)
    phone.post(reverse("pledges:decline", args=[other.code]), {"reason": WHY})
    page = phone.get(reverse("people:mine")).text
    assert SAID in page and WHY not in page


def test_ones_own_page_tells_of_a_conflict(hall: Hall, person: Person) -> None:
    account = account_of(person)
    account_services.set_password(account=account, password=PASSWORD, now=NOW)
    decline(hall, person)
    owner = by_password(account)
    assert "bertentangan" not in owner.get(reverse("people:mine")).text
    stranger = sign_by_slip(hall, person)
    page = owner.get(reverse("people:mine")).text
    assert "bertentangan dengan tanda tangan slip" in page
    assert "ditandatangani dengan kode slip Anda" in page and WHY not in page
    assert "bertentangan" not in stranger.get(reverse("people:mine")).text


def test_ones_own_page_tells_of_a_conflict_with_paper(hall: Hall, person: Person) -> None:
    decline(hall, person)
    enter_from_paper(hall, person)
    page = sign_in(Client(), account_of(person), second_factor=False).get(reverse("people:mine"))
    assert CONFLICT in page.text and "tanda tangan kertas atas nama Anda" in page.text


@pytest.mark.browser
def test_ones_own_page_is_accessible_with_a_statement_and_a_conflict(
    hall: Hall, person: Person, browser: Browser, axe: Callable[[Page], list[str]]
) -> None:
    phone, screen = sign_in(Client(), account_of(person), second_factor=False), Screen(browser, axe)
    try:
        decline(hall, person)
        assert not screen.show(phone.get(reverse("people:mine")))
        sign(hall, person, Signature.Evidence.SLIP)
        assert not screen.show(phone.get(reverse("people:mine")))
    finally:
        screen.close()


def test_whoever_declined_learns_of_the_paper_entry_and_where_to_dispute_it(
    hall: Hall, person: Person
) -> None:
    decline(hall, person)
    phone = sign_in(Client(), account_of(person), second_factor=False)
    statement = reverse("pledges:decline", args=[hall.ceremony.code])
    assert "tanda tangan kertas" not in phone.get(statement).text
    entered = enter_from_paper(hall, person)
    dispute = f'href="{reverse("pledges:dispute", args=[entered.receipt_code])}"'
    page = phone.get(statement).text
    assert WHY in page and "petugas mencatat tanda tangan kertas atas nama Anda" in page
    assert dispute in page
    page = phone.get(reverse("pledges:invitation", args=[hall.ceremony.code]), follow=True).text
    assert "Anda sudah menandatangani" in page and dispute in page
    withdrawing.withdraw_paper(signature=entered, reason="Keliru", actor=hall.organiser, now=NOW)
    assert dispute not in phone.get(statement).text
    receipt = reverse("pledges:receipt", args=[entered.receipt_code])
    assert dispute not in phone.get(receipt).text


def test_a_slip_typed_after_a_paper_entry_says_so(hall: Hall, person: Person) -> None:
    enter_from_paper(hall, person)
    slip = claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())[0].code
    address = reverse("pledges:invitation_slip", args=[hall.ceremony.code])
    page = Client().post(address, {"slip": slip}).text
    assert "Anda sudah menandatangani ikrar ini" in page
    assert "dicatat petugas dari lembar kertas" in page


def test_said_again_the_newer_reason_stands(hall: Hall, person: Person) -> None:
    decline(hall, person, instead_of=decline(hall, person), reason="Lain")
    assert Decline.objects.get().reason == "Lain"


def test_what_cannot_be_declined(hall: Hall, person: Person) -> None:
    with pytest.raises(ReasonNeeded):
        decline(hall, person, reason=" ")
    outside = make_person(make_unit(hall.government, "Dinas B"))
    with pytest.raises(PermissionDenied):
        decline(hall, outside)
    planned = make_hall(code="65", state=moves.PLANNED)
    with pytest.raises(OutOfStep):
        decline(planned, make_person(make_unit(planned.government, "Dinas A")))


@pytest.mark.parametrize(
    ("declined", "invited", "shown"),
    [(0, 900, None), (4, 900, None), (5, 49, None), (5, 50, 5), (12, 900, 12)],
)
def test_a_small_number_or_a_small_hall_shows_no_number(
    declined: int, invited: int, shown: int | None
) -> None:
    assert shown_count(declined, invited) == shown


def test_the_number_counts_those_who_have_not_signed(hall: Hall) -> None:
    unit = hall.government.units.get(name="Dinas A")
    people = [make_person(unit, f"Pegawai {serial}") for serial in range(6)]
    for each in people:
        decline(hall, each)
    assert declined_in(hall.ceremony, 60) == 6
    sign(hall, people[0])
    assert declined_in(hall.ceremony, 60) == 5


def test_a_statement_goes_after_a_year(hall: Hall, person: Person) -> None:
    decline(hall, person)
    assert declining.forget_old(now=NOW + timedelta(days=365)) == 0
    assert declining.forget_old(now=NOW + timedelta(days=366)) == 1


def test_a_signature_in_ones_name_can_be_disputed(hall: Hall, person: Person) -> None:
    kept = sign(hall, person)
    phone = sign_in(Client(), account_of(person), second_factor=False)
    address = reverse("pledges:dispute", args=[kept.receipt_code])
    assert address in phone.get(reverse("people:mine")).content.decode()
    assert phone.get(address).status_code == 200
    phone.post(address, {"note": "Saya cuti hari itu."})
    asked = DataRequest.objects.get()
    assert (asked.person, asked.kind) == (person, "correction")
    assert kept.receipt_code in asked.text
    assert "Saya cuti" in asked.text
    other = make_person(hall.government.units.get(name="Dinas A"), "Orang Lain")
    stranger = sign_in(Client(), account_of(other), second_factor=False)
    assert stranger.get(address).status_code == 404


def test_what_is_being_checked_is_not_asked_twice(hall: Hall, person: Person) -> None:
    kept = sign(hall, person)
    phone = sign_in(Client(), account_of(person), second_factor=False)
    address = reverse("pledges:dispute", args=[kept.receipt_code])
    own = reverse("people:mine")
    assert "sedang diperiksa" not in phone.get(own).text
    phone.post(address, {"note": ""})
    page = phone.get(own).text
    assert "sedang diperiksa" in page and address not in page
    page = phone.post(address, {"note": "Sekali lagi"}).text
    assert "Anda sudah meminta tanda tangan ini diperiksa" in page and "<textarea" not in page
    asked = DataRequest.objects.get()
    officer = make_officer(hall.government, Duty.Kind.PERSONNEL)
    privacy.answer(actor=officer, request=asked, granted=False, reasons="Sudah dicek", now=NOW)
    page = phone.get(own).text
    assert "sedang diperiksa" not in page and address in page, "answered: it can be asked anew"


FOR_GOOD = "tidak seorang pun dapat mencabut atau menghapusnya"


@pytest.mark.parametrize("name", ["receipt", "dispute"])
def test_it_is_said_that_what_one_signed_oneself_stays(
    hall: Hall, person: Person, name: str
) -> None:
    phone = sign_in(Client(), account_of(person), second_factor=False)
    address = reverse(f"pledges:{name}", args=[sign(hall, person).receipt_code])
    assert FOR_GOOD in phone.get(address).text
    other = make_person(hall.government.units.get(name="Dinas A"), "Budi Santoso")
    entered = enter_from_paper(hall, other)
    phone = sign_in(Client(), account_of(other), second_factor=False)
    address = reverse(f"pledges:{name}", args=[entered.receipt_code])
    assert FOR_GOOD not in phone.get(address).text, "paper can be withdrawn"


def test_who_answers_a_dispute_sees_the_signature_and_what_can_be_done(
    hall: Hall, person: Person
) -> None:
    kept = sign(hall, person)
    phone = sign_in(Client(), account_of(person), second_factor=False)
    phone.post(reverse("pledges:dispute", args=[kept.receipt_code]), {"note": ""})
    asked = DataRequest.objects.get()
    officer = make_officer(hall.government, Duty.Kind.PERSONNEL)
    desk = sign_in(Client(), officer, second_factor=True)
    page = desk.get(reverse("people:data_answer", args=[asked.pk])).text
    assert f"Tanda tangan {kept.receipt_code}" in page
    assert "Tanda tangan dari ponsel tidak dapat dicabut" in page
    assert "belum mengubah data pegawai" not in page, "there is nothing in the register to correct"
    assert mine.signatures_named(officer, person, "Nama saya salah tulis.") is None
    other = make_person(hall.government.units.get(name="Dinas A"), "Orang Lain")
    assert mine.signatures_named(officer, other, asked.text) is None, "the code is not theirs"


@pytest.mark.browser
def test_what_is_not_shown_is_said_accessibly(
    hall: Hall, person: Person, browser: Browser, axe: Callable[[Page], list[str]]
) -> None:
    """The empty form after a slip, two statements at once, and a receipt that is not one's own."""
    account = account_of(person)
    stranger, screen = sign_by_slip(hall, person), Screen(browser, axe)
    statement = reverse("pledges:decline", args=[hall.ceremony.code])
    try:
        assert not screen.show(stranger.get(statement))
        stranger.post(statement, {"reason": WHY})
        decline(hall, person, reason="Lain", now=NOW + timedelta(minutes=1))
        owner = by_sso(account)
        assert owner.get(statement).text.count('class="label"') >= 2
        assert not screen.show(owner.get(statement))
        receipt = reverse("pledges:receipt", args=["7K3M9-Q2XYZ"])
        assert not screen.show(owner.get(receipt))
    finally:
        screen.close()
