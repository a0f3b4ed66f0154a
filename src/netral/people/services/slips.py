"""Printing slips: for one person at once, for whole offices in the background.

The codes exist in memory, on the slip and, sealed, for a while on disk (``services.sealing``).
A part is drawn first and its codes are kept last, in one short transaction together with the
file's move into place: a worker killed in between leaves no code that opens anything, and the
job simply runs again.
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from io import RawIOBase
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F

from netral.base.demo_mark import marked
from netral.people.models import (
    Account,
    ClaimCode,
    Duty,
    Government,
    Person,
    SlipBatch,
    SlipPart,
    Unit,
)
from netral.people.queries import authority
from netral.people.queries import slips as slip_queries
from netral.people.queries.slips import Whom
from netral.people.services import claiming, sealing
from netral.people.services.claiming import NotYours
from netral.people.services.slip_drawing import draw

KEPT_FOR = timedelta(hours=24)
KEPT_AFTER_FETCH = timedelta(minutes=15)
PER_PART = 2_000
"""People in one PDF: 250 pages, 5 MB, some ten seconds of drawing."""


class NobodyLeft(Exception):
    """Everybody in the selection has an account already."""


class WouldReplace(Exception):
    """The officer was not told yet what the new slips do: end ``number`` slips in people's hands,
    and open ``alone`` accounts whose owners come in without one."""

    def __init__(self, number: int = 1, alone: int = 0) -> None:
        super().__init__(number, alone)
        self.number, self.alone = number, alone


class NotReady(Exception):
    """The slips are still being made, were fetched, or are past their time."""


def folder_of(batch_id: UUID) -> Path:
    return Path(settings.VAR_DIR) / "slips" / batch_id.hex


def print_for_person(
    *, actor: Account, person: Person, now: datetime, instead_of: ClaimCode | None = None
) -> bytes:
    """One slip as a PDF, straight to the officer: for a lost slip or a forgotten password.

    ``instead_of`` is the slip of which the officer knows that it stops working. While another one
    can still be used nothing happens: :class:`WouldReplace`.
    """
    if not authority.people_of(actor, Duty.Kind.PERSONNEL).filter(pk=person.pk).exists():
        raise NotYours
    issued = claiming.draw_codes(person_ids=[person.pk], now=now)
    drawn = draw(issued=issued, government=person.government, title="Slip akun Netral", now=now)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # two officers take turns
        usable = slip_queries.usable_slip_of(person, now)
        if usable and usable != instead_of:
            raise WouldReplace
        claiming.keep_codes(actor=actor, issued=issued, now=now)
    return drawn


@transaction.atomic
def request_batch(
    *,
    actor: Account,
    government: Government,
    now: datetime,
    unit: Unit | None = None,
    whom: Whom = Whom.UNCLAIMED,
    replacing: int = 0,
    opening: int = 0,
) -> tuple[SlipBatch, str]:
    """A batch to be made by the worker, and the private key for the browser's cookie alone.

    ``replacing`` is how many usable slips the officer knows to end, ``opening`` how many accounts
    they know to open whose owners need no slip. Raises ``NotYours``, :class:`NobodyLeft`, or
    :class:`WouldReplace` when there are more.
    """
    if unit is None:
        allowed = authority.governments_of(actor, Duty.Kind.PERSONNEL)
        reached = allowed.filter(pk=government.pk).exists()
    else:
        units = authority.units_of(actor, Duty.Kind.PERSONNEL)
        reached = units.filter(pk=unit.pk, government=government).exists()
    if not reached:
        raise NotYours
    offices = slip_queries.by_office(government, unit, whom=whom)
    if not offices:
        raise NobodyLeft
    held = slip_queries.usable_slips_in(government, unit, whom=whom, now=now)
    alone = slip_queries.coming_in_alone(government, unit, whom=whom)
    if held > replacing or alone > opening:
        raise WouldReplace(held, alone)
    private, public = sealing.new_pair()
    batch = SlipBatch.objects.create(
        government=government,
        unit=unit,
        with_claimed=whom is not Whom.UNCLAIMED,
        actor=actor,
        public_key=public,
        asked_at=now,
        keep_until=now + KEPT_FOR,
        total=sum(len(people) for _office, people in offices),
    )
    SlipPart.objects.bulk_create(_parts(batch, offices))
    return batch, private


def _parts(batch: SlipBatch, offices: Iterable[tuple[str, Sequence[UUID]]]) -> list[SlipPart]:
    parts: list[SlipPart] = []
    for office, people in offices:
        for start in range(0, len(people), PER_PART):
            order = len(parts) + 1
            parts.append(
                SlipPart(
                    batch=batch,
                    order=order,
                    file_name=marked(f"{order:03d}-{_file_word(office)}.pdf"),
                    people=[str(key) for key in people[start : start + PER_PART]],
                )
            )
    return parts


def _file_word(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80] or "slip"


def make_batch(*, batch: SlipBatch, now: datetime) -> None:
    """Makes the parts that are missing. Safe to run again, also beside itself."""
    if batch.state not in {SlipBatch.State.WAITING, SlipBatch.State.WORKING}:
        return
    if now >= batch.keep_until or not _still_allowed(batch):
        _set_state(batch, SlipBatch.State.FAILED)
        return
    _set_state(batch, SlipBatch.State.WORKING)
    for part in batch.parts.filter(made_at=None):
        make_part(batch=batch, part=part, now=now)
    if not batch.parts.filter(made_at=None).exists():
        _set_state(batch, SlipBatch.State.READY)


def _still_allowed(batch: SlipBatch) -> bool:
    if batch.unit_id is None:
        held = authority.governments_of(batch.actor, Duty.Kind.PERSONNEL)
        return held.filter(pk=batch.government_id).exists()
    return authority.units_of(batch.actor, Duty.Kind.PERSONNEL).filter(pk=batch.unit_id).exists()


def _set_state(batch: SlipBatch, state: SlipBatch.State) -> None:
    SlipBatch.objects.filter(pk=batch.pk).update(state=state)
    batch.state = state


def make_part(*, batch: SlipBatch, part: SlipPart, now: datetime) -> None:
    """Draws, seals, then keeps the codes and moves the file into place as one step."""
    issued = claiming.draw_codes(person_ids=[UUID(key) for key in part.people], now=now)
    drawn = draw(
        issued=issued,
        government=batch.government,
        title=f"Slip akun Netral, {part.file_name.removesuffix('.pdf')}",
        now=now,
    )
    folder = folder_of(batch.pk)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    waiting = folder / f"{uuid4().hex}.new"
    try:
        waiting.write_bytes(sealing.seal(drawn, batch.public_key))
        with transaction.atomic():
            if SlipPart.objects.filter(pk=part.pk, made_at=None).update(made_at=now):
                claiming.keep_codes(actor=batch.actor, issued=issued, now=now)
                made = SlipBatch.objects.filter(pk=batch.pk)
                made.update(done=F("done") + len(issued))
                os.replace(waiting, folder / f"{part.pk.hex}.sealed")
    finally:
        waiting.unlink(missing_ok=True)


class _Pipe(RawIOBase):
    """Takes what ``zipfile`` writes and hands it on piece by piece, so nothing piles up."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def fetch(*, batch: SlipBatch, private_key: str, now: datetime) -> tuple[str, Iterator[bytes]]:
    """``(file name, pieces)``: the one PDF, or a ZIP of them, opened part by part.

    When the last piece is handed over the files stay a quarter of an hour, in case the
    connection broke, and then go. Raises :class:`NotReady` or ``sealing.CannotOpen``.
    """
    ready = batch.state in {SlipBatch.State.READY, SlipBatch.State.FETCHED}
    if not ready or now >= batch.keep_until:
        raise NotReady
    parts = list(batch.parts.all())
    first = _open(batch, parts[0], private_key)  # fails here, before the answer has begun
    if len(parts) == 1:
        return parts[0].file_name, _one(batch, first, now)
    return marked("slip.zip"), _many(batch, parts, private_key, now)


def _open(batch: SlipBatch, part: SlipPart, private_key: str) -> bytes:
    try:
        sealed = (folder_of(batch.pk) / f"{part.pk.hex}.sealed").read_bytes()
    except FileNotFoundError as error:
        raise NotReady from error
    return sealing.unseal(sealed, private_key)


def _one(batch: SlipBatch, content: bytes, now: datetime) -> Iterator[bytes]:
    yield content
    _mark_fetched(batch, now)


def _many(
    batch: SlipBatch, parts: Sequence[SlipPart], private_key: str, now: datetime
) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for part in parts:
            archive.writestr(part.file_name, _open(batch, part, private_key))
            yield pipe.take()
    yield pipe.take()
    _mark_fetched(batch, now)


def _mark_fetched(batch: SlipBatch, now: datetime) -> None:
    SlipBatch.objects.filter(pk=batch.pk).update(
        state=SlipBatch.State.FETCHED,
        fetched_at=now,
        keep_until=min(batch.keep_until, now + KEPT_AFTER_FETCH),
    )


def forget_old(*, now: datetime) -> int:
    """Deletes files and name lists of batches past their time; returns how many batches."""
    over = list(SlipBatch.objects.filter(keep_until__lte=now, parts__isnull=False).distinct())
    for batch in over:
        shutil.rmtree(folder_of(batch.pk), ignore_errors=True)
        batch.parts.all().delete()
        if batch.state != SlipBatch.State.FETCHED:
            _set_state(batch, SlipBatch.State.EXPIRED)
    return len(over)
