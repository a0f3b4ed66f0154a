"""Accounts with passkeys in software, and the sign page as their phone reads it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from bench.ceremony.passkeys import SoftwareKey, form_fields
from django.test import Client
from fido2.cose import CoseKey
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from netral.people.models import Account, Person
from netral.pledges.models import Ceremony
from netral.tlog.assertions import write_octets
from tests.people.accounts.sessions import sign_in
from tests.pledges.factories import Hall, account_of

SITE = "testserver"
ORIGIN = f"http://{SITE}"


def register(account: Account, key: SoftwareKey, *, algorithm: int | None = None) -> Authenticator:
    """The row that registration leaves (``allauth.mfa``); ``algorithm``: another number for it."""
    cose = CoseKey.for_alg(key.algorithm).from_cryptography_key(key.public)
    cose[3] = algorithm or key.algorithm
    attested = AttestedCredentialData.create(bytes(16), key.credential, cose)
    data = AuthenticatorData.create(bytes(32), 0x45, 0, bytes(attested))
    client = {"type": "webauthn.create", "challenge": "AA", "origin": ORIGIN}
    credential = {
        "id": write_octets(key.credential),
        "rawId": write_octets(key.credential),
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {
            "clientDataJSON": write_octets(json.dumps(client).encode()),
            "attestationObject": write_octets(bytes(AttestationObject.create("none", data, {}))),
            "transports": ["internal"],
        },
    }
    values = {"name": "Kunci sandi", "credential": credential}
    return Authenticator.objects.create(user=account, type="webauthn", data=values)


@dataclass
class OpenPage:
    """The sign page of one person, with the key that their phone holds."""

    key: SoftwareKey
    browser: Client
    address: str
    ticket: str
    facts: dict[str, Any]
    voucher: str

    def fields(self, pressed: int, **changes: Any) -> dict[str, str]:
        """What the phone sends; ``changes`` as in :func:`form_fields`."""
        given = {"facts": self.facts, "origin": ORIGIN, **changes}
        return form_fields(
            self.key, ticket=self.ticket, voucher=self.voucher, pressed=pressed, **given
        )

    def send(self, fields: dict[str, str]) -> str:
        """To the address of the desk; where it leads."""
        return str(Client().post(self.address, fields)["Location"])


def take(hall: Hall, level: str) -> None:
    """Chosen while it was planned; the database keeps it once the signing opened."""
    rows = Ceremony.objects.filter(pk=hall.ceremony.pk)
    opened, state = hall.ceremony.opened_at, hall.ceremony.state
    rows.update(opened_at=None, state="planned")
    rows.update(accepts=level)
    rows.update(opened_at=opened, state=state)
    hall.ceremony.refresh_from_db()


def open_page(hall: Hall, person: Person, key: SoftwareKey | None = None) -> OpenPage:
    key = key or SoftwareKey()
    account = account_of(person)
    register(account, key)
    browser = sign_in(Client(), account, second_factor=False)
    page = browser.get(f"/i/{hall.ceremony.code}").content.decode()
    for_script = json.loads(re.search(r'id="kunci-sandi"[^>]*>(.*?)</script>', page)[1])
    ticket = re.search(r'name="tiket" value="([^"]+)"', page)[1]
    [own] = for_script["keys"]
    assert own["id"] == write_octets(key.credential) and own["transports"] == ["internal"]
    return OpenPage(
        key, browser, f"/t/{hall.ceremony.code}", ticket, for_script["facts"], own["voucher"]
    )
