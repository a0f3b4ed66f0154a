"""Signatures by passkey: what the ceremony takes, what proves it, and what is turned away."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bench.ceremony.passkeys import PRESENT, SoftwareKey
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from netral.base.audit.kinds import kind_named
from netral.base.audit.models import LogOpening
from netral.people.models import Duty, Person
from netral.people.services import merging
from netral.pledges import desk
from netral.pledges.models import Ceremony, Signature
from netral.pledges.rules import moves, vouchers
from netral.pledges.services import proving, signing, together
from netral.pledges.services.signing import Refusal, Refused
from netral.tlog.assertions import ALGORITHMS, Assertion, check
from netral.tlog.entries import commit
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_officer, make_person
from tests.pledges.factories import Hall, account_of, make_hall
from tests.pledges.keys import ORIGIN, OpenPage, open_page, register, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(hall: Hall) -> Hall:
    opened = timezone.now() - timedelta(minutes=5)
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(opened_at=opened)
    hall.ceremony.refresh_from_db()
    take(hall, "passkey")
    return hall


def somebody(hall: Hall, name: str = "Siti Rahma") -> Person:
    return make_person(hall.government.units.get(name="Dinas A"), name)


@pytest.fixture
def page(hall: Hall) -> OpenPage:
    return open_page(hall, somebody(hall))


def at_this_moment() -> int:
    return time.time_ns() // 1_000_000


# --- what proves -----------------------------------------------------------------------------------
@pytest.mark.parametrize("algorithm", sorted(ALGORITHMS))
def test_a_passkey_of_each_kind_signs(hall: Hall, algorithm: int) -> None:
    page = open_page(hall, somebody(hall), SoftwareKey(algorithm))
    pressed = at_this_moment() + 1000  # the ticket is dated to the second
    time.sleep(1.01)
    assert page.send(page.fields(pressed)).startswith("/tanda/")
    kept = Signature.objects.get()
    assert kept.evidence == "passkey"
    assert int(kept.signed_at.timestamp() * 1000) == pressed and kept.has_phone_time
    assertion = Assertion.parse(kept.assertion)
    facts = {"ceremony": str(kept.ceremony_id), "person": str(kept.person_id)}
    assert check(assertion, {**facts, "wording": kept.wording_digest}) == ORIGIN
    assert (assertion.pressed, assertion.algorithm) == (pressed, algorithm)


def test_the_log_commits_to_the_assertion_and_can_do_so_again(page: OpenPage) -> None:
    page.send(page.fields(at_this_moment()))
    kept, opening = Signature.objects.get(), LogOpening.objects.get()
    content = kind_named("pledge").contents([kept.pk])[kept.pk]
    assert content.hidden["assertion"] == kept.assertion
    assert content.payload["evidence"] == "passkey"
    assert commit("pledge", bytes(opening.salt), content) == bytes(opening.entry.commitment)


def test_sent_twice_it_is_one_signature(page: OpenPage) -> None:
    fields = page.fields(at_this_moment())
    assert page.send(fields).startswith("/tanda/")
    assert page.send(fields).endswith("?lagi=1")
    assert Signature.objects.count() == 1


def test_a_wrong_clock_loses_its_claim_and_not_the_signature(page: OpenPage) -> None:
    page.send(page.fields(at_this_moment() - 86_400_000))
    kept = Signature.objects.get()
    assert kept.signed_at == kept.recorded_at
    assert Assertion.parse(kept.assertion).pressed < at_this_moment() - 86_000_000


def test_kept_on_the_phone_until_after_the_closing_it_counts_and_says_so(
    hall: Hall, page: OpenPage
) -> None:
    time.sleep(1.01)
    fields = page.fields(at_this_moment())
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(
        state=moves.CLOSED, closed_at=timezone.now() + timedelta(milliseconds=5)
    )
    assert page.send(fields).startswith("/tanda/")
    assert Signature.objects.get().after_closing


# --- what does not ---------------------------------------------------------------------------------
Tamper = Callable[[OpenPage, int], dict[str, str]]


def with_other_fact(name: str) -> Tamper:
    return lambda page, now: page.fields(now, facts=page.facts | {name: "0" * 32})


WRONG: dict[str, Tamper] = {
    "another person": with_other_fact("person"),
    "another ceremony": with_other_fact("ceremony"),
    "another wording": with_other_fact("wording"),
    "another ticket": with_other_fact("nonce"),
    "another site": with_other_fact("site"),
    "another time": lambda page, now: page.fields(now) | {"saat": str(now - 60_000)},
    "another page": lambda page, now: page.fields(now, origin="https://palsu.example"),
    "another port": lambda page, now: page.fields(now, origin=f"{ORIGIN}:8443"),
    "in a frame": lambda page, now: page.fields(now, crossOrigin=True),
    "without its owner": lambda page, now: page.fields(now, flags=PRESENT),
    "another key": lambda page, now: (
        page.fields(now) | {"tanda": OpenPage.fields(stranger(page), now)["tanda"]}
    ),
}


def stranger(page: OpenPage) -> OpenPage:
    """Somebody else's phone before the same page."""
    return OpenPage(
        SoftwareKey(), page.browser, page.address, page.ticket, page.facts, page.voucher
    )


@pytest.mark.parametrize("name", WRONG)
def test_what_was_not_signed_so_is_not_recorded(page: OpenPage, name: str) -> None:
    sent = WRONG[name](page, at_this_moment())
    answer = page.send(sent)
    assert answer == f"{page.address.replace('/t/', '/i/')}?alasan=not_proved"
    assert not Signature.objects.exists()
    assert "Tanda tangani sekali lagi" in page.browser.get(answer).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"kunci": "AAAA"}, {"kunci": "é"}, {"kunci": "x" * 700}, {"data": "é"}, {"saat": ""},
        {"saat": "kemarin"},
    ],
)  # fmt: skip
def test_what_is_none_of_ours_is_not_even_looked_at(page: OpenPage, change: dict[str, str]) -> None:
    assert page.send(page.fields(at_this_moment()) | change).endswith("?alasan=ticket")
    assert not Signature.objects.exists()


def test_an_assertion_is_good_for_one_ceremony_and_one_ticket(hall: Hall, page: OpenPage) -> None:
    """Replayed with the ticket of another ceremony, or of another day, it is worth nothing."""
    fields = page.fields(at_this_moment())
    second = make_hall(code="65").ceremony
    Ceremony.objects.filter(pk=second.pk).update(code="ZZZZ")
    for ceremony in (hall.ceremony, second):
        other = ticket_for(ceremony, page, timezone.now() + timedelta(seconds=-7))
        assert page.send(fields | {"tiket": other}).endswith("?alasan=ticket")
        voucher = vouchers.read(page.voucher, ticket=page.ticket, key=desk.ticket_key())
        assert voucher
        again = vouchers.issue(voucher, ticket=other, key=desk.ticket_key())
        assert page.send(fields | {"tiket": other, "kunci": again}).endswith("alasan=not_proved")
    assert not Signature.objects.exists()


def ticket_for(ceremony: Ceremony, page: OpenPage, now: Any) -> str:
    from uuid import UUID

    from netral.pledges.rules import tickets

    person = UUID(page.facts["person"])
    facts = {"ceremony": ceremony.pk, "person": person, "digest": ceremony.wording_digest}
    return tickets.issue(**facts, now=now, key=desk.ticket_key())


def test_the_voucher_of_one_person_is_no_good_to_another(hall: Hall, page: OpenPage) -> None:
    """Their own ticket, somebody else's key."""
    other = open_page(hall, somebody(hall, "Budi"))
    fields = other.fields(at_this_moment()) | {"kunci": page.voucher}
    assert other.send(fields).endswith("?alasan=ticket")


def test_one_wrong_assertion_takes_nobody_along(hall: Hall) -> None:
    pages = [open_page(hall, somebody(hall, f"Pegawai {number}")) for number in range(3)]
    sent = [page.fields(at_this_moment()) for page in pages]
    sent[1]["tanda"] = sent[0]["tanda"]
    claims = [desk.read_wish(each, key=desk.ticket_key()) for each in sent]
    answers = proving.sign_proved([claim for claim in claims if claim], now=timezone.now())
    assert [isinstance(one, Refused) for one in answers] == [False, True, False]
    assert answers[1] == Refused(Refusal.NOT_PROVED)
    assert Signature.objects.filter(evidence="passkey").count() == 2


def test_merged_into_another_entry_since_it_has_to_be_signed_again(
    hall: Hall, page: OpenPage
) -> None:
    """What the phone signed names an entry of the register that is somebody else's by now."""
    fields = page.fields(at_this_moment())
    merging.merge(
        actor=make_officer(hall.government, Duty.Kind.PERSONNEL),
        kept=somebody(hall, "Siti Rahmah"),
        dropped=Person.objects.get(pk=page.facts["person"]),
        on=timezone.now().date(),
        reason="ganda",
        now=timezone.now(),
    )
    assert page.send(fields).endswith("?alasan=not_proved")
    assert not Signature.objects.exists()


# --- what the ceremony takes -----------------------------------------------------------------------
def sign_plainly(hall: Hall, **changes: Any) -> signing.Signed | Refused:
    given = {"evidence": Signature.Evidence.ACCOUNT, "now": timezone.now(), **changes}
    person = somebody(hall, "Plain")
    return signing.sign(person=person, ceremony=hall.ceremony, text_digest=hall.digest, **given)


@pytest.mark.parametrize("evidence", ["account", "slip"])
def test_where_a_passkey_is_needed_nothing_less_is_taken(hall: Hall, evidence: str) -> None:
    refused = sign_plainly(hall, evidence=Signature.Evidence(evidence))
    assert refused == Refused(Refusal.PASSKEY_NEEDED)
    person = somebody(hall, "Budi")
    wish = together.Wish(hall.ceremony.pk.hex, person.pk.hex, hall.digest[:32])
    answers = together.sign_together([wish], now=timezone.now())
    assert answers == [Refused(Refusal.PASSKEY_NEEDED)]


def test_where_it_is_preferred_an_account_does_too(hall: Hall, page: OpenPage) -> None:
    take(hall, "preferred")
    assert isinstance(sign_plainly(hall), signing.Signed)
    page.send(page.fields(at_this_moment()))
    assert sorted(Signature.objects.values_list("evidence", flat=True)) == ["account", "passkey"]


def test_where_accounts_are_enough_the_page_asks_for_no_passkey(hall: Hall) -> None:
    take(hall, "account")
    person = somebody(hall)
    account = account_of(person)
    register(account, SoftwareKey())
    browser = sign_in(Client(), account, second_factor=False)
    text = browser.get(f"/i/{hall.ceremony.code}").content.decode()
    assert "kunci-sandi" not in text and "passkey.js" not in text


def test_once_the_signing_opened_the_database_keeps_what_is_taken(hall: Hall) -> None:
    rows = Ceremony.objects.filter(pk=hall.ceremony.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(accepts="account")
    rows.update(title="Ikrar pagi", accepts="passkey")
    rows.update(opened_at=None, state="planned")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(accepts="anything")


@pytest.mark.parametrize("given", [("account", "{}"), ("passkey", "")])
def test_the_database_keeps_assertion_and_kind_together(hall: Hall, given: tuple[str, str]) -> None:
    take(hall, "preferred")
    evidence, assertion = given
    with pytest.raises(IntegrityError), transaction.atomic():
        sign_once(hall, evidence, assertion)


def sign_once(hall: Hall, evidence: str, assertion: str) -> None:
    signing._sign_once(
        somebody(hall).pk, hall.ceremony.pk, hall.digest, Signature.Evidence(evidence), None,
        assertion, timezone.now(),
    )  # fmt: skip


# --- pages -----------------------------------------------------------------------------------------
def test_who_has_no_passkey_is_led_to_make_one_or_to_paper(hall: Hall) -> None:
    browser = sign_in(Client(), account_of(somebody(hall)), second_factor=False)
    text = browser.get(f"/i/{hall.ceremony.code}").content.decode()
    back = f"/akun/keamanan/kunci-sandi/baru/?next=%2Fi%2F{hall.ceremony.code}"
    assert back in text and "lembar kertas" in text
    assert "Saya menandatangani ikrar ini" not in text
    take(hall, "preferred")
    text = browser.get(f"/i/{hall.ceremony.code}").content.decode()
    assert back in text and "Saya menandatangani ikrar ini" in text


def test_a_key_of_a_kind_that_nobody_can_check_is_not_asked(hall: Hall, page: OpenPage) -> None:
    from allauth.mfa.models import Authenticator

    from netral.people.queries import passkeys

    account = Authenticator.objects.get().user
    [own] = passkeys.passkeys_of(account)
    assert own.key == page.key.spki and own.credential == page.key.credential
    row = Authenticator.objects.get()
    row.data["credential"]["response"]["attestationObject"] = attestation_of_an_unknown_kind()
    row.save()
    assert passkeys.passkeys_of(account) == []


def attestation_of_an_unknown_kind() -> str:
    from fido2.cose import CoseKey
    from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

    from netral.tlog.assertions import write_octets

    cose = CoseKey({1: 7, 3: -48, -1: b"x" * 1312})
    attested = AttestedCredentialData.create(bytes(16), b"id", cose)
    data = AuthenticatorData.create(bytes(32), 0x45, 0, bytes(attested))
    return write_octets(bytes(AttestationObject.create("none", data, {})))


def test_a_key_for_an_algorithm_that_nobody_can_check_is_not_asked(hall: Hall) -> None:
    """RSA with SHA-1: the key can be read, its signatures are worth nothing."""
    account = account_of(somebody(hall))
    register(account, SoftwareKey(-257), algorithm=-65535)
    browser = sign_in(Client(), account, second_factor=False)
    text = browser.get(f"/i/{hall.ceremony.code}").content.decode()
    assert "Buat kunci sandi lebih dahulu" in text and 'kunci-sandi"' not in text


def test_the_script_gets_no_more_than_it_needs(page: OpenPage) -> None:
    assert set(page.facts) == {"ceremony", "domain", "nonce", "person", "site", "wording"}
    assert "Siti" not in json.dumps(page.facts)
