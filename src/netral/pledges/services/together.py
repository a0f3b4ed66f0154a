"""Signatures of a whole hall: many in one transaction, each as :mod:`services.signing` writes it.

One commit costs the same whether it makes one row durable or two hundred, so those who press the
button within the same few milliseconds share one. What each of them is told is what the ordinary
service would have told them; whatever is unusual about a person (a merged entry, somebody who
signs in two places at once) is left to it. Nothing here goes through the ORM but the ceremony: an
object per row would cost more than the row. Each table is asked or written once per group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from netral.base import bulk
from netral.base.ids import new_ids
from netral.base.turn import own_turn
from netral.people.models import Person
from netral.people.queries.recoveries import recovered_since
from netral.pledges.models import Ceremony, Signature
from netral.pledges.rules import arrivals, codes, moves, tickets
from netral.pledges.services import signing
from netral.pledges.services.counting import count_together
from netral.pledges.services.logging import SignatureFacts, log_facts
from netral.pledges.services.signing import Refusal, Refused


class Wish(NamedTuple):
    """Somebody pressed the button. Keys are 32 hexadecimal digits.

    Moments are numbers: as such they take a tenth of the time from the process that reads them to
    the one that writes.
    """

    ceremony: str
    person: str
    wording: str
    """The beginning of the digest of the words they had before them."""
    pressed: int | None = None
    """When, by their phone's clock, in milliseconds since 1970; only if
    :func:`arrivals.believed`."""
    assertion: str = ""
    """What their passkey signed; only if it was checked (:mod:`services.proving`)."""
    issued: int | None = None
    """When their page was made, in seconds since 1970."""

    @property
    def evidence(self) -> Signature.Evidence:
        return Signature.Evidence.PASSKEY if self.assertion else Signature.Evidence.ACCOUNT

    @property
    def pressed_at(self) -> datetime | None:
        return None if self.pressed is None else arrivals.moment_of(self.pressed)

    def is_from_before(self, recovered: Mapping[str, datetime]) -> bool:
        """Whether the account was recovered after the page was made: a ticket knows no session,
        so ending them all does not close a page that stands open on somebody else's phone."""
        at = recovered.get(self.person)
        return at is not None and (self.issued is None or self.issued <= at.timestamp())


class Receipt(NamedTuple):
    code: str
    is_new: bool
    """False when the person had signed before: the same receipt again."""


class _Signer(NamedTuple):
    """Where a person works now; empty when nowhere."""

    government: str
    unit: str
    status: str
    level: str
    has_past: bool
    """They, or a double that was merged into them, have signed something before."""


class _Unusual(Exception):
    """Something that the ordinary service has to look at, one by one."""


def sign_together(wishes: Sequence[Wish], *, now: datetime) -> list[Receipt | Refused]:
    """Writes, counts and logs the signatures; the answers in the order of ``wishes``.

    A receipt means that the row and its number in the log are durable.
    """
    with own_turn(), suppress(_Unusual):
        for _look in (1, 2):  # the second sees what another process wrote after the first
            with suppress(IntegrityError):
                return _sign(wishes, now)
    return [_sign_alone(wish, now) for wish in wishes]


def _sign_alone(wish: Wish, now: datetime) -> Receipt | Refused:
    if wish.is_from_before(recovered_since(now - tickets.ARRIVES_WITHIN)):
        return Refused(Refusal.TICKET)
    ceremony = Ceremony.objects.filter(pk=UUID(wish.ceremony)).first()
    person = Person.objects.filter(pk=UUID(wish.person)).first()
    if ceremony is None:
        return Refused(Refusal.CLOSED)
    if person is None:
        return Refused(Refusal.NOT_ON_REGISTER)
    fits = ceremony.wording_digest.startswith(wish.wording)
    outcome = signing.sign(
        person=person,
        ceremony=ceremony,
        text_digest=ceremony.wording_digest if fits else "",
        evidence=wish.evidence,
        assertion=wish.assertion,
        pressed=wish.pressed_at,
        now=now,
    )
    if isinstance(outcome, Refused):
        return outcome
    return Receipt(outcome.signature.receipt_code, outcome.is_new)


@transaction.atomic
def _sign(wishes: Sequence[Wish], now: datetime) -> list[Receipt | Refused]:
    signers = _signers([wish.person for wish in wishes])
    halls = _halls({wish.ceremony for wish in wishes}, signers.values())
    earlier = _Earlier([person for person, signer in signers.items() if signer.has_past])
    sheet, new_codes = _Sheet(len(wishes), now), iter(codes.new_receipt_codes(len(wishes)))
    recovered = recovered_since(now - tickets.ARRIVES_WITHIN)
    answers: list[Receipt | Refused] = []
    for wish in wishes:
        if recovered and wish.is_from_before(recovered):
            answers.append(Refused(Refusal.TICKET))
            continue
        if code := earlier.codes.get((wish.ceremony, wish.person)):
            answers.append(Receipt(code, is_new=False))
            continue
        hall, signer = halls.get(wish.ceremony), signers.get(wish.person)
        reason = _refusal(hall, signer, wish, now)
        if reason or hall is None or signer is None:
            answers.append(Refused(reason or Refusal.NOT_ON_REGISTER))
            continue
        code = next(new_codes)
        sheet.add(hall, signer, wish, code, *earlier.note(hall, wish, code))
        answers.append(Receipt(code, is_new=True))
    sheet.write()
    return answers


def _refusal(
    hall: _Hall | None, signer: _Signer | None, wish: Wish, now: datetime
) -> Refusal | None:
    """As :func:`signing.refusal_of`, for what is known here."""
    if hall is None:
        return Refusal.CLOSED
    if reason := signing.refusal_by_time(hall.ceremony, wish.pressed_at, now):
        return reason
    if signer is None or not signer.unit:
        return Refusal.NOT_ON_REGISTER
    if signer.unit not in hall.units:
        return Refusal.NOT_COVERED
    if not hall.digest.startswith(wish.wording):
        return Refusal.STALE_TEXT
    return signing.refusal_of_evidence(hall.ceremony, wish.evidence)


def _signers(people: Sequence[str]) -> dict[str, _Signer]:
    """Those who are on the register. _Unusual when an entry was merged into another."""
    listed, argument = bulk.wanted(people, "uuid")
    rows = bulk.fetch_plain(
        """person.id, person.merged_into_id, posting.government_id, posting.unit_id,
           posting.status, posting.position_level,
           EXISTS (SELECT 1 FROM pledges_signature own WHERE own.person_id = person.id)
           OR EXISTS (SELECT 1 FROM people_person double
                       WHERE double.merged_into_id = person.id)""",
        f"""FROM {listed}
            JOIN people_person person ON person.id = wanted.value
            LEFT JOIN people_posting posting
                   ON posting.person_id = person.id AND posting.valid_to IS NULL""",
        [argument],
    )
    if any(merged_into for _person, merged_into, *_ in rows):
        raise _Unusual
    hexed = bulk.hexed
    return {
        hexed(person): _Signer(hexed(government), hexed(unit), *rest)
        for person, _merged_into, government, unit, *rest in rows
    }


class _Hall:
    """A ceremony that is held open, and which of the signers' units it covers."""

    def __init__(self, ceremony: Ceremony, signers: Iterable[_Signer]) -> None:
        self.ceremony = ceremony
        self.key, self.digest = str(ceremony.pk), ceremony.wording_digest
        self.election, self.text = ceremony.election_id.hex, ceremony.text_id.hex
        self.is_closed = ceremony.state == moves.CLOSED
        own = ceremony.government_id.hex
        staff = {one.unit for one in signers if one.unit and one.government == own}
        self.units = _covered(ceremony.pk.hex, list(staff))


def _halls(keys: Iterable[str], signers: Collection[_Signer]) -> dict[str, _Hall]:
    """The ceremonies, kept from closing until the transaction ends; see :mod:`signing`."""
    held = {}
    for key in sorted(keys):
        if ceremony := _hold_open(key):
            held[key] = _Hall(ceremony, signers)
    return held


_last_seen: dict[str, tuple[bulk.Row, Ceremony]] = {}
"""Each ceremony as the row it was made from: objects cost a small group as much as its rows."""


def _hold_open(key: str) -> Ceremony | None:
    """As :func:`signing.hold_open`; None when there is no such ceremony."""
    lock = "FOR SHARE" if connection.vendor == "postgresql" else ""
    rows = bulk.fetch(f"SELECT * FROM pledges_ceremony WHERE id = %s {lock}", [UUID(key).hex])
    if not rows:
        return None
    row, ceremony = _last_seen.get(key, ((), None))
    if ceremony is None or row != rows[0]:
        ceremony = Ceremony.objects.get(pk=UUID(key))
        _last_seen.clear()
        _last_seen[key] = rows[0], ceremony
    return ceremony


def _covered(ceremony: str, units: Sequence[str]) -> set[str]:
    """Of these units of its government, those that the ceremony covers; chosen none, all."""
    listed, argument = bulk.wanted(units, "uuid")
    chosen = "pledges_ceremony_units chosen WHERE chosen.ceremony_id = %s"
    rows = bulk.fetch(
        f"""SELECT wanted.value FROM {listed}
             WHERE NOT EXISTS (SELECT 1 FROM {chosen})
                OR EXISTS (SELECT 1 FROM people_unitancestor tree
                            WHERE tree.unit_id = wanted.value
                              AND tree.ancestor_id IN (SELECT chosen.unit_id FROM {chosen}))""",
        [argument, ceremony, ceremony],
    )
    return {bulk.hexed(unit) for (unit,) in rows}


class _Earlier:
    """What these people, or doubles that were merged into them, have signed before."""

    def __init__(self, people: Sequence[str]) -> None:
        self.codes: dict[tuple[str, str], str] = {}
        self._signed: set[tuple[str, str]] = set()
        self._withdrawn: Counter[tuple[str, str]] = Counter()
        for signer, ceremony, election, code, withdrawn_at in _ever_signed(people):
            person = bulk.hexed(signer)
            if withdrawn_at:
                self._withdrawn[bulk.hexed(election), person] += 1
                continue
            self.codes[bulk.hexed(ceremony), person] = code
            self._signed.add((bulk.hexed(election), person))

    def note(self, hall: _Hall, wish: Wish, code: str) -> tuple[bool, int]:
        """The signature that follows; counts and turn of it as in
        :meth:`signing.Earlier.fields_of_the_next`."""
        self.codes[wish.ceremony, wish.person] = code
        key = (hall.election, wish.person)
        is_first = key not in self._signed
        self._signed.add(key)
        return is_first, self._withdrawn[key]


def _ever_signed(people: Sequence[str]) -> list[tuple[Any, ...]]:
    if not people:
        return []
    listed, argument = bulk.wanted(people, "uuid")
    return bulk.fetch(
        f"""SELECT signer, ceremony_id, election_id, receipt_code, withdrawal.at FROM (
                SELECT own.person_id AS signer, own.*
                  FROM {listed} JOIN pledges_signature own ON own.person_id = wanted.value
                 UNION ALL
                SELECT double.merged_into_id AS signer, theirs.*
                  FROM {listed}
                  JOIN people_person double ON double.merged_into_id = wanted.value
                  JOIN pledges_signature theirs ON theirs.person_id = double.id
            ) signed
            LEFT JOIN pledges_signaturewithdrawal withdrawal
                   ON withdrawal.signature_id = signed.id""",
        [argument, argument],
    )


COLUMNS = (
    "id", "ceremony_id", "election_id", "text_id", "wording_digest", "person_id", "unit_id",
    "status", "position_level", "signed_at", "recorded_at", "evidence", "receipt_code",
    "counts_for_coverage", "turn", "after_closing", "assertion",
)  # fmt: skip


class _Sheet:
    """The signatures that are to be written, table by table."""

    def __init__(self, most: int, now: datetime) -> None:
        self._now, self._moment = now, bulk.moment(now)
        self._keys = iter(new_ids(most))
        self._rows: list[bulk.Row] = []
        self._facts: list[SignatureFacts] = []
        self._cells: Counter[tuple[str, str, str, str]] = Counter()

    def add(
        self, hall: _Hall, signer: _Signer, wish: Wish, code: str, counts: bool, turn: int
    ) -> None:
        key, at, moment = next(self._keys), self._now, self._moment
        evidence = wish.evidence.value
        if pressed := wish.pressed_at:
            at = signing.time_of_signing(hall.ceremony, pressed, at)
            moment = bulk.moment(at)
        ceremony, person, _wording, _pressed, assertion, _issued = wish
        _government, unit, status, level, _has_past = signer
        self._rows.append(
            (
                key, ceremony, hall.election, hall.text, hall.digest, person, unit, status, level,
                moment, self._moment, evidence, code, counts, turn, hall.is_closed, assertion,
            )
        )  # fmt: skip
        self._facts.append(
            SignatureFacts(
                key, hall.key, hall.digest, person, evidence, code, at, self._now, assertion
            )
        )
        if counts:
            self._cells[hall.election, unit, status, level] += 1

    def write(self) -> None:
        if not self._rows:
            return
        bulk.insert(Signature._meta.db_table, COLUMNS, self._rows)
        if not count_together(self._cells):
            raise _Unusual
        log_facts(self._facts, now=self._now)
