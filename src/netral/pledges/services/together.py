"""Signatures of a whole hall: many in one transaction, each as :mod:`services.signing` writes it.

One commit costs the same whether it makes one row durable or two hundred, so those who press the
button within the same few milliseconds share one. What each of them is told is what the ordinary
service would have told them; whatever is unusual about a person (a merged entry, somebody who
signs in two places at once) is left to it. Nothing here goes through the ORM but the ceremony: an
object per row would cost more than the row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from netral.base import bulk
from netral.base.ids import new_ids
from netral.people.models import Person
from netral.pledges.models import Ceremony, Signature
from netral.pledges.rules import codes, moves
from netral.pledges.services import signing
from netral.pledges.services.counting import Cell
from netral.pledges.services.logging import SignatureFacts, log_facts
from netral.pledges.services.signing import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody pressed the button. Keys are 32 hexadecimal digits."""

    ceremony: str
    person: str
    wording: str
    """The beginning of the digest of the words they had before them."""
    pressed: datetime | None = None
    """When, by their phone's clock; only if :func:`arrivals.believed`."""
    assertion: str = ""
    """What their passkey signed; only if it was checked (:mod:`services.proving`)."""

    @property
    def evidence(self) -> Signature.Evidence:
        return Signature.Evidence.PASSKEY if self.assertion else Signature.Evidence.ACCOUNT


@dataclass(frozen=True, slots=True)
class Receipt:
    code: str
    is_new: bool
    """False when the person had signed before: the same receipt again."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a person works now."""

    government: str
    unit: str
    status: str
    level: str


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A signature that is to be written."""

    ceremony: Ceremony
    wish: Wish
    place: _Place
    code: str
    counts: bool
    turn: int


class _Unusual(Exception):
    """Something that the ordinary service has to look at, one by one."""


def sign_together(wishes: Sequence[Wish], *, now: datetime) -> list[Receipt | Refused]:
    """Writes, counts and logs the signatures; the answers in the order of ``wishes``.

    A receipt means that the row and its number in the log are durable.
    """
    try:
        with signing.own_turn():
            return _sign(wishes, now)
    except (IntegrityError, _Unusual):
        return [_sign_alone(wish, now) for wish in wishes]


def _sign_alone(wish: Wish, now: datetime) -> Receipt | Refused:
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
        pressed=wish.pressed,
        now=now,
    )
    if isinstance(outcome, Refused):
        return outcome
    return Receipt(outcome.signature.receipt_code, outcome.is_new)


@transaction.atomic
def _sign(wishes: Sequence[Wish], now: datetime) -> list[Receipt | Refused]:
    people = list({wish.person for wish in wishes})
    ceremonies = _hold_open({wish.ceremony for wish in wishes})
    places = _places(people)
    earlier = _Earlier(people)
    covered = {key: _covered(one, places.values()) for key, one in ceremonies.items()}
    answers: list[Receipt | Refused] = []
    fresh: list[_Fresh] = []
    for wish in wishes:
        code = earlier.codes.get((wish.ceremony, wish.person))
        if code:
            answers.append(Receipt(code, is_new=False))
            continue
        ceremony, place = ceremonies.get(wish.ceremony), places.get(wish.person)
        reason = _refusal(ceremony, place, wish, covered.get(wish.ceremony, set()), now)
        if reason or ceremony is None or place is None:
            answers.append(Refused(reason or Refusal.NOT_ON_REGISTER))
            continue
        code = codes.new_receipt_code()
        fresh.append(earlier.note(ceremony, wish, place, code))
        answers.append(Receipt(code, is_new=True))
    if fresh:
        _write(fresh, now)
    return answers


def _refusal(
    ceremony: Ceremony | None, place: _Place | None, wish: Wish, covered: set[str], now: datetime
) -> Refusal | None:
    """As :func:`signing.refusal_of`, for what is known here."""
    if ceremony is None:
        return Refusal.CLOSED
    if reason := signing.refusal_by_time(ceremony, wish.pressed, now):
        return reason
    if place is None:
        return Refusal.NOT_ON_REGISTER
    if place.unit not in covered:
        return Refusal.NOT_COVERED
    if not ceremony.wording_digest.startswith(wish.wording):
        return Refusal.STALE_TEXT
    return signing.refusal_of_evidence(ceremony, wish.evidence)


def _hold_open(keys: Iterable[str]) -> dict[str, Ceremony]:
    """The ceremonies, kept from closing until the transaction ends; see :mod:`signing`."""
    held = {}
    for key in sorted(keys):
        with suppress(Ceremony.DoesNotExist):
            held[key] = signing.hold_open(UUID(key))
    return held


def _places(people: list[str]) -> dict[str, _Place]:
    """Person → where they work now. _Unusual when an entry was merged into another."""
    listed, argument = bulk.wanted(people, "uuid")
    rows = bulk.fetch(
        f"""SELECT person.id, person.merged_into_id, posting.government_id, posting.unit_id,
                   posting.status, posting.position_level
              FROM {listed}
              JOIN people_person person ON person.id = wanted.value
              LEFT JOIN people_posting posting
                     ON posting.person_id = person.id AND posting.valid_to IS NULL""",
        [argument],
    )
    found = {}
    for person, merged_into, government, unit, status, level in rows:
        if merged_into:
            raise _Unusual
        if unit:
            place = _Place(str(bulk.hexed(government)), str(bulk.hexed(unit)), status, level)
            found[str(bulk.hexed(person))] = place
    return found


class _Earlier:
    """What these people, or doubles that were merged into them, have signed before."""

    def __init__(self, people: list[str]) -> None:
        listed, argument = bulk.wanted(people, "uuid")
        rows = bulk.fetch(
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
        self.codes: dict[tuple[str, str], str] = {}
        self._signed: set[tuple[str, str]] = set()
        self._withdrawn: Counter[tuple[str, str]] = Counter()
        for signer, ceremony, election, code, withdrawn_at in rows:
            person = str(bulk.hexed(signer))
            if withdrawn_at:
                self._withdrawn[str(bulk.hexed(election)), person] += 1
                continue
            self.codes[str(bulk.hexed(ceremony)), person] = code
            self._signed.add((str(bulk.hexed(election)), person))

    def note(self, ceremony: Ceremony, wish: Wish, place: _Place, code: str) -> _Fresh:
        """The signature that follows; as :meth:`signing.Earlier.fields_of_the_next` says."""
        self.codes[wish.ceremony, wish.person] = code
        key = (ceremony.election_id.hex, wish.person)
        is_first = key not in self._signed
        self._signed.add(key)
        turn = self._withdrawn[key]
        return _Fresh(ceremony, wish, place, code, is_first, turn)


def _covered(ceremony: Ceremony, places: Iterable[_Place]) -> set[str]:
    """Of the units in ``places``, those that the ceremony covers."""
    own = ceremony.government_id.hex
    units = list({place.unit for place in places if place.government == own})
    tops = [top.hex for top in ceremony.units.values_list("id", flat=True)]
    if not tops or not units:
        return set(units)
    below, unit_keys = bulk.wanted(units, "uuid")
    marks = ", ".join(["%s"] * len(tops))
    rows = bulk.fetch(
        f"""SELECT DISTINCT tree.unit_id FROM {below}
              JOIN people_unitancestor tree ON tree.unit_id = wanted.value
             WHERE tree.ancestor_id IN ({marks})""",
        [unit_keys, *tops],
    )
    return {str(bulk.hexed(unit)) for (unit,) in rows}


COLUMNS = (
    "id", "ceremony_id", "election_id", "text_id", "wording_digest", "person_id", "unit_id",
    "status", "position_level", "signed_at", "recorded_at", "evidence", "receipt_code",
    "counts_for_coverage", "turn", "after_closing", "assertion",
)  # fmt: skip


def _write(fresh: list[_Fresh], now: datetime) -> None:
    moment = bulk.moment(now)
    keys = new_ids(len(fresh))
    times = [signing.time_of_signing(one.ceremony, one.wish.pressed, now) for one in fresh]
    bulk.insert(
        Signature._meta.db_table,
        COLUMNS,
        [
            (
                key, one.ceremony.pk.hex, one.ceremony.election_id.hex, one.ceremony.text_id.hex,
                one.ceremony.wording_digest, one.wish.person, one.place.unit, one.place.status,
                one.place.level, bulk.moment(at), moment, one.wish.evidence.value, one.code,
                one.counts, one.turn, one.ceremony.state == moves.CLOSED, one.wish.assertion,
            )
            for key, one, at in zip(keys, fresh, times, strict=True)
        ],
    )  # fmt: skip
    _count(fresh)
    log_facts(
        [
            SignatureFacts(
                UUID(key), str(one.ceremony.pk), one.ceremony.wording_digest, one.wish.person,
                one.wish.evidence.value, one.code, at, now, one.wish.assertion,
            )
            for key, one, at in zip(keys, fresh, times, strict=True)
        ],
        now=now,
    )  # fmt: skip


def _count(fresh: list[_Fresh]) -> None:
    """Adds the first signatures to their rows of figures, in an order that never deadlocks."""
    cells = Counter(
        Cell(one.ceremony.election_id, UUID(one.place.unit), one.place.status, one.place.level)
        for one in fresh
        if one.counts
    )
    changes = [
        (count, cell.election_id.hex, cell.unit_id.hex, cell.status, cell.position_level, count)
        for cell, count in sorted(cells.items())
    ]
    if not changes:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            """UPDATE pledges_coveragecount SET signed = signed + %s
                WHERE election_id = %s AND unit_id = %s AND status = %s AND position_level = %s
                  AND staff >= signed + %s""",
            changes,
        )
        if cursor.rowcount != len(changes):
            raise _Unusual  # a row is missing or has fallen behind: it is counted anew
