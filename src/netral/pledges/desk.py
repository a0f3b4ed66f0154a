"""The signing desk: the one address that a whole hall asks at the same moment.

``POST /t/<wall code>`` with a ticket (:mod:`rules.tickets`) signs; with a voucher beside it
(:mod:`rules.vouchers`) and what the phone made of it, by passkey. A session, a form token and
Django's views would cost twenty times what the signature itself does, so this is a bare ASGI
application beside them, on the same tables: read the ticket, wait for the group
(:mod:`netral.base.group_commit`, :mod:`services.together`), say where the receipt is. Where no
such server runs, ``views.invitation.sign_with_ticket`` answers the same address, one by one.

It knows nobody but by a ticket that Netral made for a signed-in person, and shows nothing.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from contextlib import nullcontext
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.crypto import salted_hmac

from netral.base.group_commit import GroupCommit
from netral.pledges.rules import arrivals, codes, tickets, vouchers
from netral.pledges.services.proving import Claim, checked
from netral.pledges.services.signing import Refused
from netral.pledges.services.together import Receipt, Wish, sign_together
from netral.tlog.assertions import Assertion, read_octets

PREFIX = "/t/"
LARGEST_BODY = 8192
"""Octets; a ticket alone has a hundred, an assertion with an RSA key two thousand."""
NO_STORE = (b"cache-control", b"no-store")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def ticket_key() -> bytes:
    """Made from the installation's secret, for tickets alone."""
    return salted_hmac("netral.pledges.tickets", "", algorithm="sha256").digest()


def read_wish(sent: Mapping[str, str], *, key: bytes) -> Wish | Claim | None:
    """What the fields of the form ask for; None when something in them is none of ours or too old.

    ``tiket``; ``saat``: when the button was pressed, by the phone's clock, in milliseconds since
    1970; and from a passkey its voucher (``kunci``) with what it made (``data``, ``klien``,
    ``tanda``), octets as base64url.
    """
    now = timezone.now()
    ticket = tickets.read(sent.get("tiket", ""), now=now, key=key)
    if ticket is None:
        return None
    claimed = arrivals.claimed_at(sent.get("saat", ""))
    at = arrivals.believed(claimed, issued=ticket.issued, arrived=now)
    if not ticket.was_good_at(at or now):
        return None
    wish = Wish(ticket.ceremony, ticket.person, ticket.wording, at)
    return _claim(wish, sent, key) if sent.get("kunci") else wish


def _claim(wish: Wish, sent: Mapping[str, str], key: bytes) -> Claim | None:
    """All it is about comes from ticket and voucher, so from this server; the phone adds when."""
    ticket, pressed = sent["tiket"], arrivals.milliseconds(sent.get("saat", ""))
    voucher = vouchers.read(sent["kunci"], ticket=ticket, key=key)
    try:
        made = [read_octets(sent.get(name, "")) for name in ("data", "klien", "tanda")]
    except ValueError:
        return None
    if voucher is None or pressed is None:
        return None
    assertion = Assertion(
        voucher.algorithm, voucher.key, voucher.credential, urlsplit(voucher.origin).hostname or "",
        vouchers.nonce_of(ticket), pressed, *made,
    )  # fmt: skip
    return Claim(wish._replace(wording=voucher.wording), assertion, voucher.origin)


def address_after(outcome: Receipt | Refused | None, wall_code: str) -> str:
    """Where the phone goes next: its receipt, or the page that says how things are."""
    below = settings.FORCE_SCRIPT_NAME or ""
    if isinstance(outcome, Receipt):
        return f"{below}/tanda/{outcome.code}/" + ("" if outcome.is_new else "?lagi=1")
    reason = outcome.reason.value if outcome else "ticket"
    return f"{below}/i/{wall_code}?alasan={reason}"


def as_json(outcome: Receipt | Refused | None, wall_code: str) -> tuple[int, dict[str, object]]:
    """Status and content for a script, which keeps a wish until it has got this answer."""
    content: dict[str, object] = {"address": address_after(outcome, wall_code)}
    if isinstance(outcome, Receipt):
        return 200, content | {"receipt": outcome.code, "is_new": outcome.is_new}
    if outcome:
        return 409, content | {"reason": outcome.reason.value}
    return 400, content | {"reason": "ticket"}


class Desk:
    """The ASGI application; one per process."""

    def __init__(self) -> None:
        self._key = ticket_key()
        self._group: GroupCommit[Wish, Receipt | Refused] = GroupCommit(_sign, name="desk")
        self._checks: GroupCommit[Claim, Wish | Refused] = GroupCommit(
            _check, name="passkeys", turn=nullcontext
        )

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        body = await _read(receive)
        wall_code = codes.read_wall_code(scope["path"].removeprefix(PREFIX))
        wanted = read_wish(dict(parse_qsl(body.decode("latin1"))), key=self._key)
        try:
            outcome = await self._sign(wanted)
        except DatabaseError:
            return await _reply(send, 503, [(b"retry-after", b"2")])
        if _wants_json(scope):
            status, content = as_json(outcome, wall_code)
            body = json.dumps(content).encode()
            return await _reply(send, status, [(b"content-type", b"application/json")], body)
        return await _reply(send, 303, [(b"location", address_after(outcome, wall_code).encode())])

    async def _sign(self, wanted: Wish | Claim | None) -> Receipt | Refused | None:
        looked_at: Wish | Refused | None
        if isinstance(wanted, Claim):
            looked_at = await self._checks.add(wanted)
        else:
            looked_at = wanted
        return await self._group.add(looked_at) if isinstance(looked_at, Wish) else looked_at

    def close(self) -> None:
        self._checks.close()
        self._group.close()


def _check(claims: Sequence[Claim]) -> Sequence[Wish | Refused]:
    return [checked(claim) for claim in claims]


def _sign(wishes: Sequence[Wish]) -> Sequence[Receipt | Refused]:
    return sign_together(wishes, now=timezone.now())


def is_for_the_desk(scope: Message) -> bool:
    return bool(scope["method"] == "POST" and scope["path"].startswith(PREFIX))


def _wants_json(scope: Message) -> bool:
    return any(
        name == b"accept" and value == b"application/json" for name, value in scope["headers"]
    )


async def _read(receive: Receive) -> bytes:
    """The body; nothing when it is longer than any form of ours."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY or message["type"] == "http.disconnect":
            return b""
    return body


async def _reply(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes = b""
) -> None:
    headers = [*headers, NO_STORE, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
