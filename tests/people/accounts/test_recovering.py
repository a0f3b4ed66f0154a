"""Somebody without their second factor: two officers take all ways in away, the owner is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from netral.people import signin
from netral.people.devices import Origin
from netral.people.models import Account, AccountRecovery, Change, ClaimCode, Government, Unit
from netral.people.queries.data_requests import waiting_for as requests_waiting
from netral.people.services import accounts, claiming, duties, merging, recovering
from netral.people.services.postings import leave
from tests.contracts.showing import Screen
from tests.people.accounts.factories import (
    SEED,
    give_duty,
    make_account,
    make_government,
    make_officer,
    make_person,
)
from tests.people.accounts.sessions import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "kata-sandi-yang-panjang"
REASON = "Ponselnya hilang dan kode pemulihannya tidak disimpan."
PROPOSED = {"reason": REASON, "is_met": "on"}


@pytest.fixture
def owner(unit: Unit) -> Account:
    account = make_account(make_person(unit, name="Rina Hasanah"), password=PASSWORD)
    accounts.set_up_authenticator_app(account=account, secret=SEED)
    return account


@pytest.fixture
def second(government: Government) -> Account:
    return make_officer("personnel", government)


def address_of(account: Account) -> str:
    return f"/pegawai/{account.person_id}/pulihkan"


def propose(actor: Account, account: Account) -> AccountRecovery:
    assert account.person is not None
    return recovering.propose(actor=actor, person=account.person, reason=REASON, now=timezone.now())


def decide(client: Client, account: Account, **values: str) -> Any:
    """Presses a button of the page as it stands now."""
    page = client.get(address_of(account)).context["as_shown"]
    sent = {"shown": page, "is_asked": "on", **values}
    return client.post(address_of(account), sent, follow=True)


def slip_for(actor: Account, account: Account) -> str:
    assert account.person_id
    people, now = [account.person_id], timezone.now()
    return claiming.issue_for(actor=actor, person_ids=people, now=now)[0].code


def test_a_slip_leads_in_again_after_two_officers_agreed(
    officer_client: Client, second: Account, personnel: Account, owner: Account
) -> None:
    code = slip_for(personnel, owner)
    shut_out = Client()
    stopped = shut_out.post("/aktivasi/", {"code": code, "scanned": "1"}, follow=True)
    assert "mfa/authenticate.html" in [one.name for one in stopped.templates]
    assert "dua petugas dapat memulihkan akun Anda" in stopped.text

    address = address_of(owner)
    assert address in officer_client.get(f"/pegawai/{owner.person_id}/").text
    asked = officer_client.post(address, PROPOSED, follow=True)
    assert "Usulan pemulihan disimpan" in asked.text
    assert Authenticator.objects.filter(user=owner).exists(), "nothing is taken away yet"
    other = sign_in(Client(), second, second_factor=True)
    assert REASON in other.get("/permintaan-data/").text
    unmet = decide(other, owner, decision="confirm", is_asked="")
    assert unmet.status_code == 422 and "pengusul saja tidak cukup" in unmet.text
    done = decide(other, owner, decision="confirm")
    assert "Semua jalan masuk dihapus" in done.text
    text = " ".join(done.text.split())
    assert "kata sandi, aplikasi autentikator" in text
    assert f"diusulkan {personnel.name}, disetujui {second.name}" in text

    fresh = Client()
    come_in = fresh.post("/aktivasi/", {"code": slip_for(second, owner), "scanned": "1"})
    assert come_in["Location"] == "/aktivasi/selesai/"
    page = fresh.get("/saya/").text
    assert page.count("Slip itu dipakai pada") == 1, "the one before is of no account any more"
    assert "Semua jalan masuk ke akun ini dihapus" in page
    assert personnel.name in page and second.name in page and REASON in page
    assert "semua jalan masuk dihapus" in fresh.get("/saya/data/").text


def test_everything_that_opened_it_is_gone_and_nothing_else(
    personnel: Account, second: Account, owner: Account
) -> None:
    accounts.set_password(account=owner, password=PASSWORD, now=timezone.now())
    seen = timezone.now()
    owner.known_devices.create(device="a" * 64, first_seen_at=seen, last_seen_at=seen)
    inside = sign_in(Client(), owner, second_factor=True)
    assert inside.get("/saya/").status_code == 200
    key = inside.session.session_key
    UserSession.objects.create(user=owner, session_key=key, ip="127.0.0.1")
    code = slip_for(personnel, owner)
    recovering.grant(actor=second, proposal=propose(personnel, owner), now=timezone.now())
    assert inside.get("/saya/").status_code == 302, "signed out there"
    owner.refresh_from_db()
    assert owner.is_active and not owner.has_usable_password() and owner.password_since is None
    assert not Authenticator.objects.filter(user=owner).exists()
    assert not owner.known_devices.exists()
    assert not UserSession.objects.filter(user=owner).exists()
    with pytest.raises(claiming.ClaimRefused) as caught:
        claiming.claim_with_code(code=code, now=timezone.now())
    assert caught.value.refusal.reason is claiming.Reason.REVOKED
    line = Change.objects.filter(subject_id=owner.person_id).latest("id")
    assert (line.actor, line.before) == (second, '{"ways_in":"password totp"}')


def test_it_takes_two_and_nobody_recovers_themselves(
    personnel: Account, second: Account, owner: Account, government: Government
) -> None:
    asked = propose(personnel, owner)
    with pytest.raises(ValidationError, match="selain yang mengajukannya"):
        recovering.grant(actor=personnel, proposal=asked, now=timezone.now())
    with pytest.raises(ValidationError, match="sudah ada"):
        propose(second, owner)
    for stranger in (
        make_officer("personnel", make_government("Kota Lain")),
        make_officer("organiser", government),
        owner,
    ):
        for deed in (recovering.grant, recovering.refuse):
            named: dict[str, Any] = {"reason": REASON} if deed is recovering.refuse else {}
            with pytest.raises(PermissionDenied):
                deed(actor=stranger, proposal=asked, now=timezone.now(), **named)
    assert Authenticator.objects.filter(user=owner).exists()
    late = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountRecovery.objects.update(decided_by=personnel, decided_at=late, is_granted=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountRecovery.objects.update(decided_by=owner, decided_at=late, is_granted=True)
    recovering.grant(actor=second, proposal=asked, now=late)
    for deed in (recovering.grant, recovering.refuse):
        named = {"reason": REASON} if deed is recovering.refuse else {}
        with pytest.raises(ValidationError):
            deed(actor=second, proposal=asked, now=late, **named)


def test_only_where_a_slip_is_not_enough(
    officer_client: Client, personnel: Account, second: Account, unit: Unit, owner: Account
) -> None:
    def refusal(account: Account | None, person: Any = None) -> str:
        whom = person or (account and account.person)
        assert whom is not None
        answer = officer_client.get(f"/pegawai/{whom.pk}/pulihkan", follow=True)
        assert answer.redirect_chain and AccountRecovery.objects.count() == 0
        assert f"/pegawai/{whom.pk}/pulihkan" not in answer.text
        return answer.text

    plain = make_account(make_person(unit), password=PASSWORD)
    assert "slip baru sudah cukup" in refusal(plain)
    assert "tidak mempunyai akun" in refusal(None, make_person(unit))
    officer = make_account(make_person(unit))
    accounts.set_up_authenticator_app(account=officer, secret=SEED)
    give_duty(officer, "auditor", unit.government)
    assert "pakai Ponsel hilang" in refusal(officer)
    accounts.set_up_authenticator_app(account=personnel, secret=SEED)
    assert "oleh petugas lain" in refusal(personnel)
    assert owner.person is not None
    leave(
        actor=second,
        person=owner.person,
        on=timezone.localdate(),
        reason="Pensiun",
        now=timezone.now(),
    )
    assert "tidak mempunyai akun" in refusal(owner)


def test_a_duty_given_meanwhile_stops_it(
    personnel: Account, second: Account, owner: Account
) -> None:
    asked = propose(personnel, owner)
    assert owner.government is not None
    give_duty(owner, "auditor", owner.government)
    page = sign_in(Client(), second, second_factor=True).get(address_of(owner)).text
    assert "pakai Ponsel hilang" in page and "hapus semua jalan masuk" not in page
    with pytest.raises(ValidationError, match="Ponsel hilang"):
        recovering.grant(actor=second, proposal=asked, now=timezone.now())
    recovering.refuse(actor=second, proposal=asked, reason="Ia kini petugas.", now=timezone.now())
    assert Authenticator.objects.filter(user=owner).exists()


def test_an_account_closed_by_a_merger_waits_for_nobody(
    personnel: Account, second: Account, unit: Unit, owner: Account
) -> None:
    propose(personnel, owner)
    assert requests_waiting(second) == 1 and requests_waiting(personnel) == 0
    kept = make_account(make_person(unit)).person
    assert kept is not None and owner.person is not None
    merging.merge(
        actor=personnel,
        kept=kept,
        dropped=owner.person,
        on=timezone.localdate(),
        reason="Tercatat dua kali",
        now=timezone.now(),
    )
    assert requests_waiting(second) == 0


def test_its_owner_can_dispute_it_and_the_second_officer_reads_that(
    personnel: Account, second: Account, unit: Unit, owner: Account
) -> None:
    asked = propose(personnel, owner)
    inside = sign_in(Client(), owner, second_factor=True)
    page = inside.get("/saya/").text
    assert f"{personnel.name} mengusulkan pada" in page and REASON in page
    deed = f"/saya/pemulihan/{asked.pk}/bantah/"
    stranger = sign_in(Client(), make_account(make_person(unit)), second_factor=False)
    assert stranger.post(deed).status_code == 404 and inside.get(deed).status_code == 405
    assert "petugas kedua membacanya" in inside.post(deed, follow=True).text
    asked.refresh_from_db()
    first = asked.disputed_at
    assert "Anda membantahnya pada" in inside.post(deed, follow=True).text
    asked.refresh_from_db()
    assert first is not None and asked.disputed_at == first
    officer = sign_in(Client(), second, second_factor=True)
    assert "dibantah dari akunnya" in officer.get("/permintaan-data/").text
    assert "Dibantah pada" in officer.get(address_of(owner)).text
    refused = {"decision": "refuse", "reason": "Ia berkata tidak pernah meminta."}
    assert "ditolak" in decide(officer, owner, **refused).text
    assert "sudah diputuskan" in inside.post(deed, follow=True).text
    assert "mengusulkan pada" not in inside.get("/saya/").text
    assert "Ia berkata tidak pernah meminta." in inside.get("/saya/data/").text
    assert Authenticator.objects.filter(user=owner).exists()


def test_whoever_asked_can_take_it_back_and_not_agree(
    officer_client: Client, personnel: Account, owner: Account
) -> None:
    propose(personnel, owner)
    page = officer_client.get(address_of(owner)).text
    assert "Tarik kembali usulan" in page and "hapus semua jalan masuk" not in page
    own = decide(officer_client, owner, decision="confirm")
    assert own.status_code == 422 and "selain yang mengajukannya" in own.text
    no_reason = decide(officer_client, owner, decision="refuse", reason=" ")
    assert no_reason.status_code == 422 and "satu kalimat" in no_reason.text
    decide(officer_client, owner, decision="refuse", reason="Ponselnya ditemukan kembali.")
    assert AccountRecovery.objects.get().is_granted is False


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ({"reason": "hilang", "is_met": "on"}, "satu kalimat"),
        ({"reason": REASON}, "Temui orangnya dahulu"),
    ],
)
def test_a_reason_is_a_sentence_and_the_person_was_met(
    officer_client: Client, owner: Account, sent: dict[str, str], wanted: str
) -> None:
    answer = officer_client.post(address_of(owner), sent)
    assert answer.status_code == 422 and wanted in answer.text
    assert not AccountRecovery.objects.exists()


def test_the_menu_counts_what_waits_for_this_officer(
    officer_client: Client, personnel: Account, second: Account, owner: Account
) -> None:
    propose(personnel, owner)
    assert requests_waiting(personnel) == 0, "one's own waits for somebody else"
    assert requests_waiting(second) == 1


def test_a_small_duty_is_no_way_round_the_second_officer(
    officer_client: Client, personnel: Account, second: Account, owner: Account
) -> None:
    assert owner.government is not None
    held = give_duty(owner, "head", owner.government)
    waiting = duties.grant(
        actor=personnel,
        account=owner,
        kind="auditor",
        government=owner.government,
        now=timezone.now(),
    )
    listed = officer_client.get("/tugas/").text
    assert f"/tugas/{held.pk}/ponsel-hilang/" not in listed and address_of(owner) in listed
    for duty in (held, waiting):
        reset = f"/tugas/{duty.pk}/ponsel-hilang/"
        assert "Pulihkan akun" in officer_client.post(reset, {"reason": REASON}, follow=True).text
        with pytest.raises(duties.Refused):
            duties.reset_second_factor(
                actor=personnel, account=owner, reason=REASON, now=timezone.now()
            )
    assert Authenticator.objects.filter(user=owner).exists()
    recovering.grant(actor=second, proposal=propose(personnel, owner), now=timezone.now())
    assert not Authenticator.objects.filter(user=owner).exists()
    held.refresh_from_db()
    assert held.ended_at is None, "two officers agreed; the duty goes on"


def test_the_slip_of_before_opens_nothing_and_its_page_does_not_turn_in_circles(
    personnel: Account, second: Account, owner: Account
) -> None:
    code, thief = slip_for(personnel, owner), Client()
    thief.get("/aktivasi/")
    stopped = thief.post("/aktivasi/", {"code": code, "scanned": "1"})
    slip = claiming.key_of(code)
    assert slip is not None and owner.person_id is not None
    assert claiming.still_stands(slip=slip, person=owner.person_id)
    recovering.grant(actor=second, proposal=propose(personnel, owner), now=timezone.now())
    assert not claiming.still_stands(slip=slip, person=owner.person_id)
    back = thief.get(stopped["Location"], follow=True)
    assert back.status_code == 200 and "tidak lagi menanyakan langkah kedua" in back.text
    row = ClaimCode.objects.get(pk=slip)
    with pytest.raises(claiming.ClaimRefused):  # looked up just before, used just after
        claiming._use(row, timezone.now(), Origin(device=row.used_device))
    again = thief.post("/aktivasi/", {"code": code, "scanned": "1"})
    assert again.status_code == 200 and thief.get("/saya/").status_code == 302


NEW = "sandi-pencuri-yang-panjang"


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/akun/keamanan/kode-pemulihan/baru/", {}),
        ("/akun/keamanan/kunci-sandi/baru/", {"name": "Ponsel", "credential": "{}"}),
        ("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}),
        ("/akun/kata-sandi/baru/", {"password": NEW, "again": NEW}),
    ],
)
def test_what_is_under_way_puts_no_way_in_back(
    personnel: Account,
    second: Account,
    owner: Account,
    address: str,
    sent: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The officers' deed comes between the look at the session and the page's own deed."""
    monkeypatch.setattr(signin, "came_by_slip", lambda request: True)
    inside = sign_in(Client(), owner, second_factor=True)
    proposal = propose(personnel, owner)
    view = resolve(address).func
    rule = view.access_rule  # type: ignore[attr-defined]

    def and_then_recovered(request: HttpRequest, **arguments: Any) -> bool:
        allowed: bool = rule(request, **arguments)
        recovering.grant(actor=second, proposal=proposal, now=timezone.now())
        return allowed

    monkeypatch.setattr(view, "access_rule", and_then_recovered)
    answer = inside.post(address, sent)
    assert answer.status_code == 302 and answer["Location"] == "/akun/masuk/"
    assert not Authenticator.objects.filter(user=owner).exists()
    owner.refresh_from_db()
    assert not owner.has_usable_password()
    assert "dikeluarkan dari semua perangkat" in inside.get("/akun/masuk/").text


def test_what_is_under_way_puts_no_password_back(
    personnel: Account, second: Account, owner: Account
) -> None:
    stale = Account.objects.get(pk=owner.pk)
    recovering.grant(actor=second, proposal=propose(personnel, owner), now=timezone.now())
    for deed in (
        lambda: accounts.set_password(account=stale, password="lain-lagi-1", now=timezone.now()),
        lambda: accounts.replace_password(account=stale, password="lain-lagi-2", since=None),
    ):
        with pytest.raises(accounts.NoLongerSignedIn):
            deed()
    owner.refresh_from_db()
    assert not owner.has_usable_password()


def test_only_what_the_page_showed_is_agreed_to(
    officer_client: Client, second: Account, owner: Account
) -> None:
    officer_client.post(address_of(owner), PROPOSED)
    other = sign_in(Client(), second, second_factor=True)

    def shown() -> str:
        return str(other.get(address_of(owner)).context["as_shown"])

    def press(seen: str) -> str:
        pressed = {"decision": "confirm", "shown": seen, "is_asked": "on"}
        return other.post(address_of(owner), pressed, follow=True).text

    before = shown()
    proposal = AccountRecovery.objects.get()
    stale = AccountRecovery.objects.get()
    recovering.dispute(owner=owner, proposal=proposal, now=timezone.now())
    assert "berubah atau sudah diputuskan" in press(before)
    with pytest.raises(ValidationError, match="berubah"):
        recovering.grant(actor=second, proposal=stale, now=timezone.now())
    disputed = shown()
    decide(officer_client, owner, decision="refuse", reason="Alasannya keliru tertulis.")
    assert "berubah atau sudah diputuskan" in press(disputed), "nothing waits"
    officer_client.post(address_of(owner), PROPOSED)
    assert "berubah atau sudah diputuskan" in press(disputed), "another proposal"
    assert Authenticator.objects.filter(user=owner).exists()
    assert "Semua jalan masuk dihapus" in press(shown())


def test_a_proposer_who_lost_the_duty_counts_for_nobody(
    personnel: Account, second: Account, owner: Account
) -> None:
    asked = propose(personnel, owner)
    duties.end(
        actor=second, duty=personnel.duties.get(), reason="Penyalahgunaan", now=timezone.now()
    )
    page = sign_in(Client(), second, second_factor=True).get(address_of(owner)).text
    assert "tidak lagi mengelola orang ini" in page and "hapus semua jalan masuk" not in page
    with pytest.raises(ValidationError, match="usulkan lagi"):
        recovering.grant(actor=second, proposal=asked, now=timezone.now())


def test_heads_who_read_the_register_do_not_read_it(
    personnel: Account, second: Account, owner: Account, unit: Unit
) -> None:
    recovering.grant(actor=second, proposal=propose(personnel, owner), now=timezone.now())
    address = f"/pegawai/{owner.person_id}/"
    head = sign_in(Client(), make_officer("head", unit.government), second_factor=True)
    page = head.get(address)
    assert page.status_code == 200
    assert REASON not in page.text and "aplikasi autentikator" not in page.text
    assert REASON in sign_in(Client(), second, second_factor=True).get(address).text


def test_the_database_takes_no_decision_without_yes_or_no(
    personnel: Account, second: Account, owner: Account
) -> None:
    propose(personnel, owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountRecovery.objects.update(decided_by=second, decided_at=timezone.now())


def test_an_officer_reads_who_took_their_second_factor_off(personnel: Account, unit: Unit) -> None:
    auditor = make_officer("auditor", unit.government, unit=unit)
    accounts.set_up_authenticator_app(account=auditor, secret=SEED)
    code = slip_for(personnel, auditor)
    duties.reset_second_factor(actor=personnel, account=auditor, reason=REASON, now=timezone.now())
    page = sign_in(Client(), auditor, second_factor=False).get("/saya/").text
    assert f"{personnel.name} menghapus langkah kedua akun ini" in page and REASON in page
    with pytest.raises(claiming.ClaimRefused):
        claiming.claim_with_code(code=code, now=timezone.now())


def test_it_is_told_for_two_months(personnel: Account, second: Account, owner: Account) -> None:
    then = timezone.now() - timedelta(days=61)
    recovering.grant(actor=second, proposal=propose(personnel, owner), now=then)
    owner.refresh_from_db()
    inside = sign_in(Client(), owner, second_factor=False)
    page = inside.get("/saya/")
    assert page.status_code == 200 and "Semua jalan masuk ke akun ini dihapus" not in page.text
    assert "semua jalan masuk dihapus" in inside.get("/saya/data/").text


def test_the_slip_page_says_that_a_slip_is_not_enough(
    officer_client: Client, unit: Unit, owner: Account
) -> None:
    page = officer_client.get(f"/slip/pegawai/{owner.person_id}/").text
    assert "masih menanyakan langkah keduanya" in page and address_of(owner) in page
    plain = make_account(make_person(unit), password=PASSWORD)
    page = officer_client.get(f"/slip/pegawai/{plain.person_id}/").text
    assert "langkah keduanya" not in page
    assert not ClaimCode.objects.exists()


@pytest.mark.browser
def test_its_pages_are_accessible(
    officer_client: Client,
    personnel: Account,
    second: Account,
    owner: Account,
    browser: Browser,
    axe: Callable[[Page], list[str]],
) -> None:
    screen, inside = Screen(browser, axe), sign_in(Client(), owner, second_factor=True)
    other = sign_in(Client(), second, second_factor=True)
    try:
        assert not screen.show(officer_client.get(address_of(owner)))
        assert not screen.show(officer_client.post(address_of(owner), {}))
        asked = propose(personnel, owner)
        assert not screen.show(inside.get("/saya/"))
        inside.post(f"/saya/pemulihan/{asked.pk}/bantah/")
        for client, address in (
            (inside, "/saya/"),
            (other, address_of(owner)),
            (other, "/permintaan-data/"),
            (officer_client, address_of(owner)),
            (officer_client, f"/pegawai/{owner.person_id}/"),
            (officer_client, f"/slip/pegawai/{owner.person_id}/"),
        ):
            assert not screen.show(client.get(address)), address
    finally:
        screen.close()
