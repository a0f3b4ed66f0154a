"""The demonstration's pledge: a text, a ceremony that is over, one that is open, one to come."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from netral.base.audit.models import hour_of
from netral.elections.models import Election
from netral.people.models import Account, Government, Posting, Unit, UnitAncestor
from netral.pledges.models import Ceremony, PledgeText, Signature
from netral.pledges.rules import codes, moves
from netral.pledges.services import ceremonies, coverage, texts
from netral.pledges.services.ceremonies import Plan
from netral.pledges.services.logging import log_signatures

SIGNED_SHARE = 0.6
"""How many signed in the end: so many that the page is alive, so few that it is needed."""
BATCH = 2000


@dataclass(frozen=True)
class Signer:
    """A posting that may sign, with the top unit it lies under."""

    posting: Posting
    top: UUID


def make_pledges(
    government: Government, election: Election, organiser: Account, *, seed: int, now: datetime
) -> list[Ceremony]:
    """The text, published; then the three ceremonies and their signatures."""
    began = _local(government, now - timedelta(days=8), 8)
    text = texts.save_version(
        government=government, content=texts.standard_wording(), actor=organiser, now=began
    )
    texts.publish(text=text, actor=organiser, now=began)
    text.refresh_from_db()
    stage = _Stage(government, election, text, organiser, random.Random(seed + 7))
    made = [stage.past(now), stage.open_now(now), stage.planned(now)]
    coverage.recount(government_id=government.pk, election_id=election.pk)
    return made


def _local(government: Government, moment: datetime, hour: int) -> datetime:
    """``hour`` o'clock in the government's zone on the day of ``moment``."""
    zone = ZoneInfo(government.time_zone)
    return datetime.combine(moment.astimezone(zone).date(), time(hour), zone)


class _Stage:
    """Puts the ceremonies on, one after the other."""

    def __init__(
        self,
        government: Government,
        election: Election,
        text: PledgeText,
        organiser: Account,
        rng: random.Random,
    ) -> None:
        self.government = government
        self.election = election
        self.text = text
        self.organiser = organiser
        self.rng = rng
        self.signers = _signers(government)
        self.signed: set[UUID] = set()
        self.with_account = set(
            Account.objects.filter(government=government).values_list("person_id", flat=True)
        )

    def past(self, now: datetime) -> Ceremony:
        """The great one a week ago: everybody was called, some 60 % signed, unevenly."""
        at = _local(self.government, now - timedelta(days=7), 8)
        ceremony = self._plan(
            "Ikrar netralitas serentak", "Sekretaris Daerah", "Halaman Kantor Gubernur", at, ()
        )
        self._move(ceremony, moves.START_READING, at)
        self._move(ceremony, moves.OPEN_SIGNING, at + timedelta(minutes=12))
        ceremony.refresh_from_db()
        self._sign(ceremony, self._willing(), at + timedelta(minutes=12), timedelta(hours=9))
        self._move(ceremony, moves.CLOSE, at + timedelta(hours=10))
        return ceremony

    def open_now(self, now: datetime) -> Ceremony:
        """A second chance for everybody, open for twenty minutes: any slip can be tried on it."""
        at = now - timedelta(minutes=30)
        ceremony = self._plan("Ikrar susulan", "Sekretaris Daerah", "Aula Kantor Gubernur", at, ())
        self._move(ceremony, moves.START_READING, at)
        self._move(ceremony, moves.OPEN_SIGNING, at + timedelta(minutes=10))
        ceremony.refresh_from_db()
        left = [it for it in self.signers if it.posting.pk not in self.signed]
        some = self.rng.sample(left, len(left) // 20)
        self._sign(ceremony, some, at + timedelta(minutes=10), timedelta(minutes=19))
        return ceremony

    def planned(self, now: datetime) -> Ceremony:
        """The hospitals' turn, in five days."""
        hospitals = Unit.objects.filter(
            government=self.government, parent=None, name__startswith="RSUD"
        )
        at = _local(self.government, now + timedelta(days=5), 9)
        return self._plan(
            "Ikrar susulan rumah sakit",
            "Direktur RSUD Bahtera Husada",
            "Aula RSUD Bahtera Husada",
            at,
            tuple(hospitals),
            made_at=now,
        )

    def _plan(
        self,
        title: str,
        leader: str,
        place: str,
        at: datetime,
        units: tuple[Unit, ...],
        made_at: datetime | None = None,
    ) -> Ceremony:
        plan = Plan(self.election, self.text, title, leader, place, at, units)
        made_at = made_at or at - timedelta(days=1)
        return ceremonies.plan_ceremony(
            government=self.government, plan=plan, actor=self.organiser, now=made_at
        )

    def _move(self, ceremony: Ceremony, step: moves.Move, at: datetime) -> None:
        ceremonies.move(ceremony=ceremony, name=step.name, actor=self.organiser, now=at)

    def _willing(self) -> list[Signer]:
        """Who came: each unit has a habit of its own, and non-ASN staff hear of it last."""
        habit: dict[UUID, float] = defaultdict(lambda: self.rng.uniform(0.30, 0.98))
        unit_habit: dict[UUID, float] = defaultdict(lambda: self.rng.uniform(0.6, 1.25))
        drawn = []
        for signer in self.signers:
            posting = signer.posting
            reached = habit[signer.top] * unit_habit[posting.unit_id]
            if posting.status == Posting.Status.NON_ASN:
                reached *= 0.62
            drawn.append((self.rng.random() / max(reached, 0.01), signer))
        drawn.sort(key=lambda pair: pair[0])
        return [signer for _draw, signer in drawn[: round(SIGNED_SHARE * len(drawn))]]

    def _sign(
        self, ceremony: Ceremony, signers: Iterable[Signer], start: datetime, during: timedelta
    ) -> None:
        """Writes the signatures in bulk: ten thousand deeds one by one would take a minute."""
        rows = sorted(
            self._signatures(ceremony, signers, start, during), key=lambda one: one.recorded_at
        )
        with transaction.atomic():
            Signature.objects.bulk_create(rows, batch_size=BATCH)
            for _hour, signed in groupby(rows, key=lambda one: hour_of(one.recorded_at)):
                batch = list(signed)
                log_signatures(batch, now=batch[0].recorded_at)

    def _signatures(
        self, ceremony: Ceremony, signers: Iterable[Signer], start: datetime, during: timedelta
    ) -> Iterator[Signature]:
        for signer in signers:
            posting = signer.posting
            self.signed.add(posting.pk)
            # Most sign in the first minutes, some much later.
            at = start + during * min(self.rng.expovariate(6), 1.0)
            yield Signature(
                ceremony=ceremony,
                election_id=ceremony.election_id,
                person_id=posting.person_id,
                text_id=ceremony.text_id,
                wording_digest=ceremony.wording_digest,
                unit_id=posting.unit_id,
                status=posting.status,
                position_level=posting.position_level,
                signed_at=at,
                recorded_at=at,
                evidence=self._evidence(posting),
                receipt_code=self._receipt_code(),
                counts_for_coverage=True,
            )

    def _evidence(self, posting: Posting) -> Signature.Evidence:
        """Who had no account yet came with a slip, which opened one: ``slips.claim_by_signing``."""
        if posting.person_id in self.with_account:
            return Signature.Evidence.ACCOUNT
        return Signature.Evidence.SLIP

    def _receipt_code(self) -> str:
        drawn = self.rng.choices(codes.RECEIPT_ALPHABET, k=codes.RECEIPT_LENGTH)
        return codes.write_receipt_code("".join(drawn))


def _signers(government: Government) -> list[Signer]:
    """Every current posting with its top unit, always in the same order."""
    tops = dict(
        UnitAncestor.objects.filter(
            ancestor__government=government, ancestor__parent=None
        ).values_list("unit_id", "ancestor_id")
    )
    postings = Posting.objects.filter(government=government, valid_to=None).order_by(
        "person__name_key", "person__number", "position"
    )
    return [Signer(posting, tops[posting.unit_id]) for posting in postings]
