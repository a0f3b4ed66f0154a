"""What the sign page holds so that the phone's passkey can sign, also without a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from netral.people.models import Account
from netral.people.queries.passkeys import passkeys_of
from netral.pledges import desk
from netral.pledges.models import Ceremony
from netral.pledges.rules import levels, vouchers
from netral.pledges.rules.vouchers import Voucher
from netral.tlog.assertions import ALGORITHMS, DOMAIN, write_octets


@dataclass(frozen=True)
class Choice:
    """How this person can sign here. ``keys`` are empty for whoever has none, or came by slip."""

    level: str
    facts: dict[str, str]
    """Of the statement, but the time of pressing."""
    keys: list[dict[str, Any]]
    """``id``, ``transports`` and ``voucher`` of each."""
    address_to_make_one: str
    has_account: bool

    @property
    def for_script(self) -> dict[str, Any]:
        return {"facts": self.facts, "keys": self.keys}

    @property
    def is_needed(self) -> bool:
        return levels.needs_passkey(self.level)

    @property
    def is_missing(self) -> bool:
        return self.is_needed and not self.keys

    @property
    def is_advised(self) -> bool:
        """Whoever signs by slip has no account yet to which a key could belong."""
        return self.has_account and not self.is_needed and not self.keys


def address_to_make_one(ceremony: Ceremony) -> str:
    """The page that makes a passkey and leads back to the ceremony."""
    back = reverse("pledges:invitation", args=[ceremony.code])
    return f"{reverse('mfa_add_webauthn')}?{urlencode({'next': back})}"


def choice_for(request: HttpRequest, ceremony: Ceremony, ticket: str) -> Choice | None:
    """None where the ceremony asks for no passkeys. ``ticket``: empty for whoever came by slip."""
    if not levels.asks_for_passkey(ceremony.accepts):
        return None
    facts, keys = {}, []
    account = request.user
    if ticket and isinstance(account, Account):
        origin = f"{'https' if settings.IS_TLS else request.scheme}://{request.get_host()}"
        facts = _facts(ceremony, account, ticket, site=request.get_host().partition(":")[0])
        keys = [
            {
                "id": write_octets(passkey.credential),
                "transports": passkey.transports,
                "voucher": vouchers.issue(
                    Voucher(
                        passkey.algorithm,
                        passkey.credential,
                        passkey.key,
                        origin,
                        ceremony.wording_digest,
                    ),
                    ticket=ticket,
                    key=desk.ticket_key(),
                ),
            }
            for passkey in passkeys_of(account)
            if passkey.algorithm in ALGORITHMS
        ]
    return Choice(ceremony.accepts, facts, keys, address_to_make_one(ceremony), bool(ticket))


def _facts(ceremony: Ceremony, account: Account, ticket: str, *, site: str) -> dict[str, str]:
    return {
        "ceremony": str(ceremony.pk),
        "domain": DOMAIN,
        "nonce": vouchers.nonce_of(ticket),
        "person": str(account.person_id),
        "site": site,
        "wording": ceremony.wording_digest,
    }
