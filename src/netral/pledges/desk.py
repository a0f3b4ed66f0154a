"""The signing desk: the one address that a whole hall asks at the same moment.

``POST /t/<wall code>`` with a ticket (:mod:`rules.tickets`) signs; with a voucher beside it
(:mod:`rules.vouchers`) and what the phone made of it, by passkey. A session, a form token and
Django's views would cost twenty times what the signature itself does, so this stands beside them,
on the same tables: read the ticket, wait for the group (:mod:`netral.base.group_commit`,
:mod:`services.together`), say where the receipt is. It has a process of its own (``netral desk``,
:mod:`netral.base.short_requests`), to which a proxy sends these requests; where no proxy does, the
pages' server has it as an ASGI application. Without either, ``views.invitation.sign_with_ticket``
answers the same address, one by one.

It knows nobody but by a ticket that Netral made for a signed-in person, and shows nothing.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any, Protocol
from urllib.parse import parse_qsl

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from netral.base.short_requests import LARGEST_BODY, Answer, Request
from netral.pledges.rules import arrivals, codes, tickets, vouchers
from netral.pledges.services.proving import Claim, checked
from netral.pledges.services.signing import Refused
from netral.pledges.services.together import Receipt, Wish, sign_together
from netral.tlog.assertions import Assertion, host_of, read_octets

PREFIX = "/t/"
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
    pressed = arrivals.milliseconds(sent.get("saat", ""))
    claimed = None if pressed is None else arrivals.moment_of(pressed)
    at = arrivals.believed(claimed, issued=ticket.issued, arrived=now)
    if not ticket.was_good_at(at or now):
        return None
    believed, issued = pressed if at else None, int(ticket.issued.timestamp())
    wish = Wish(ticket.ceremony, ticket.person, ticket.wording, believed, issued=issued)
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
        voucher.algorithm, voucher.key, voucher.credential, host_of(voucher.origin),
        vouchers.nonce_of(ticket), pressed, *made,
    )  # fmt: skip
    return Claim(wish._replace(wording=voucher.wording), assertion, voucher.origin)


Outcome = Receipt | Refused | None
"""None: what was sent is no ticket of ours."""


def address_after(outcome: Outcome, wall_code: str) -> str:
    """Where the phone goes next: its receipt, or the page that says how things are."""
    below = settings.FORCE_SCRIPT_NAME or ""
    if isinstance(outcome, Receipt):
        return f"{below}/tanda/{outcome.code}/" + ("" if outcome.is_new else "?lagi=1")
    reason = outcome.reason.value if outcome else "ticket"
    return f"{below}/i/{wall_code}?alasan={reason}"


def as_json(outcome: Outcome, wall_code: str) -> tuple[int, dict[str, object]]:
    """Status and content for a script, which keeps a wish until it has got this answer."""
    content: dict[str, object] = {"address": address_after(outcome, wall_code)}
    if isinstance(outcome, Receipt):
        return 200, content | {"receipt": outcome.code, "is_new": outcome.is_new}
    if outcome:
        return 409, content | {"reason": outcome.reason.value}
    return 400, content | {"reason": "ticket"}


def answer_to(outcome: Outcome | BaseException, wall_code: str, *, to_script: bool) -> Answer:
    """What is sent back; an exception means that nothing was written, and to come again."""
    if isinstance(outcome, BaseException):
        return Answer(503, (NO_STORE, (b"retry-after", b"2")))
    if to_script:
        status, content = as_json(outcome, wall_code)
        kind = (b"content-type", b"application/json")
        return Answer(status, (NO_STORE, kind), json.dumps(content).encode())
    place = (b"location", address_after(outcome, wall_code).encode())
    return Answer(303, (NO_STORE, place))


class Group(Protocol):
    """Writes what it is given together with what others wish (:mod:`netral.base.group_commit` in
    this process, :mod:`netral.base.writer_process` in another)."""

    def put(
        self, wanted: Wish, answer: Callable[[Receipt | Refused | BaseException], None], /
    ) -> None:
        """``answer`` is called in the thread of the loop."""


class Desk:
    """Takes what phones sent; one per process, in the thread of its loop."""

    def __init__(self, group: Group) -> None:
        self._key, self._group = ticket_key(), group

    def take(self, request: Request, send: Callable[[Answer], None]) -> None:
        """Calls ``send``, once, when the signature is durable or refused."""
        wall_code = codes.read_wall_code(request.path.removeprefix(PREFIX))
        if not is_for_the_desk(request.method, request.path):
            send(Answer(405, (NO_STORE, (b"allow", b"POST"))))
            return
        to_script = request.accept == b"application/json"

        def answer(outcome: Outcome | BaseException) -> None:
            send(answer_to(outcome, wall_code, to_script=to_script))

        sent = read_wish(dict(parse_qsl(request.body.decode("latin1"))), key=self._key)
        wanted = checked(sent) if isinstance(sent, Claim) else sent
        if isinstance(wanted, Wish):
            self._group.put(wanted, answer)
        else:
            answer(wanted)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """The same as an ASGI application, beside the pages."""
        accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
        request = Request(scope["method"].encode(), scope["path"], accept, await _read(receive))
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def settle(answer: Answer) -> None:
            if not waiting.done():  # whoever hung up meanwhile is not waiting any more
                waiting.set_result(answer)

        self.take(request, settle)
        status, headers, body = await waiting
        length = (b"content-length", str(len(body)).encode())
        start = {"status": status, "headers": [*headers, length]}
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": body})


def sign_now(wishes: Sequence[Wish]) -> Sequence[Receipt | Refused]:
    """What the group of a desk writes."""
    return sign_together(wishes, now=timezone.now())


def is_for_the_desk(method: bytes, path: str) -> bool:
    return method == b"POST" and path.startswith(PREFIX)


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
