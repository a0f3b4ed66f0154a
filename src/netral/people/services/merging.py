"""Two entries that are one human being: joining them without losing either's history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.base.events import publish
from netral.people.events import NumberChanged, PeopleMerged, RegisterChanged
from netral.people.models import (
    Account,
    Change,
    ClaimCode,
    FormerNumber,
    HeadOfUnit,
    Person,
    Posting,
)
from netral.people.rules import overlaps
from netral.people.services import changes, permission
from netral.people.services.postings import refuse_future


@dataclass(frozen=True)
class MergePlan:
    """What joining would do, said before it is done."""

    kept: Person
    dropped: Person
    takes_number: bool
    """``kept`` had no number and gets that of ``dropped``."""
    keeps_as_former: bool
    """The number of ``dropped`` becomes a former number of ``kept``."""
    moved_postings: list[Posting] = field(default_factory=list)
    """Go over to ``kept``, because they fill days on which ``kept`` had none."""
    ended_posting: Posting | None = None
    """The current one of ``dropped``, ended because ``kept`` has a current one too."""
    moved_heads: int = 0
    account: str = "none"
    """``none``, ``moves`` (only ``dropped`` had one) or ``closed`` (both had one)."""


def plan(*, actor: Account, kept: Person, dropped: Person) -> MergePlan:
    """Reads only. Raises ``ValidationError`` when the two cannot be joined."""
    permission.require_person(actor, kept)
    permission.require_person(actor, dropped)
    _refuse_impossible(kept, dropped)
    mine = list(Posting.objects.filter(person=kept))
    theirs = Posting.objects.filter(person=dropped).select_related("unit").order_by("valid_from")
    spans = [(posting.valid_from, posting.valid_to) for posting in mine]
    moved = [p for p in theirs if not overlaps(p.valid_from, p.valid_to, spans)]
    ended = [p for p in theirs if p.valid_to is None and p not in moved]
    return MergePlan(
        kept=kept,
        dropped=dropped,
        takes_number=bool(dropped.number and not kept.number),
        keeps_as_former=bool(dropped.number and kept.number),
        moved_postings=moved,
        ended_posting=ended[0] if ended else None,
        moved_heads=HeadOfUnit.objects.filter(person=dropped).count(),
        account=_fate_of_account(kept, dropped),
    )


@transaction.atomic
def merge(
    *, actor: Account, kept: Person, dropped: Person, on: date, reason: str, now: datetime
) -> Person:
    """Joins ``dropped`` into ``kept``: carries out :func:`plan`, for good.

    ``dropped`` stays as a row that points to ``kept``, with the postings that overlap, so that
    everything it was ever part of can still be read.
    """
    people = Person.objects.select_for_update(of=("self",)).select_related("government")
    by_key = {person.pk: person for person in people.filter(pk__in=[kept.pk, dropped.pk])}
    kept, dropped = by_key[kept.pk], by_key[dropped.pk]
    refuse_future(on, kept.government, now)
    wanted = plan(actor=actor, kept=kept, dropped=dropped)
    units = _join_postings(wanted, on)
    _join_numbers(wanted, on)
    HeadOfUnit.objects.filter(person=dropped).update(person=kept)
    _join_accounts(wanted, now)
    _record(wanted, actor, reason, now)
    publish(PeopleMerged(kept=kept.pk, dropped=dropped.pk))
    publish(RegisterChanged(kept.government_id, units))
    return kept


def _refuse_impossible(kept: Person, dropped: Person) -> None:
    if kept.pk == dropped.pk:
        raise ValidationError(_("Itu catatan yang sama; pilih catatan kembarnya."))
    if kept.government_id != dropped.government_id:
        raise ValidationError(_("Kedua catatan milik pemerintah daerah yang berbeda."))
    if kept.merged_into_id or dropped.merged_into_id:
        raise ValidationError(_("Salah satu catatan sudah digabung; muat ulang halaman ini."))


def _fate_of_account(kept: Person, dropped: Person) -> str:
    holders = set(
        Account.objects.filter(person__in=[kept, dropped]).values_list("person_id", flat=True)
    )
    if dropped.pk not in holders:
        return "none"
    return "closed" if kept.pk in holders else "moves"


def _join_postings(wanted: MergePlan, on: date) -> frozenset[UUID]:
    units = set(
        Posting.objects.filter(person__in=[wanted.kept, wanted.dropped], valid_to=None).values_list(
            "unit_id", flat=True
        )
    )
    if wanted.ended_posting:
        wanted.ended_posting.valid_to = max(on, wanted.ended_posting.valid_from)
        wanted.ended_posting.save(update_fields=["valid_to"])
    moved = [posting.pk for posting in wanted.moved_postings]
    Posting.objects.filter(pk__in=moved).update(person=wanted.kept)
    has_current = Posting.objects.filter(person=wanted.kept, valid_to=None).exists()
    if has_current and wanted.kept.left_on:
        wanted.kept.left_on = None
        wanted.kept.save(update_fields=["left_on"])
    wanted.dropped.left_on = wanted.dropped.left_on or on
    return frozenset(units)


def _join_numbers(wanted: MergePlan, on: date) -> None:
    kept, dropped = wanted.kept, wanted.dropped
    before = kept.identifier
    dropped.merged_into = kept
    dropped.save(update_fields=["merged_into", "left_on"])
    # One step to whoever somebody is today: what is written once is found through this field.
    Person.objects.filter(merged_into=dropped).update(merged_into=kept)
    FormerNumber.objects.filter(person=dropped).update(person=kept)
    if wanted.takes_number:
        kept.number = dropped.number
        kept.save(update_fields=["number"])
        publish(NumberChanged(kept.pk, before=before, after=kept.number))
    if wanted.keeps_as_former:
        FormerNumber.objects.get_or_create(
            government=kept.government,
            number=dropped.number,
            defaults={"person": kept, "until": on},
        )


def _join_accounts(wanted: MergePlan, now: datetime) -> None:
    codes = ClaimCode.objects.filter(person=wanted.dropped, used_at=None, revoked_at=None)
    codes.update(revoked_at=now)
    accounts = Account.objects.filter(person=wanted.dropped)
    if wanted.account == "moves":
        accounts.update(person=wanted.kept, name=wanted.kept.name)
    else:
        accounts.update(is_active=False)


def _record(wanted: MergePlan, actor: Account, reason: str, now: datetime) -> None:
    kept, dropped = wanted.kept, wanted.dropped
    changes.record_person(
        kept,
        actor,
        now,
        Change.Kind.MERGED,
        after={"merged": dropped.identifier, "name": dropped.full_name, "reason": reason},
    )
    changes.record_person(
        dropped,
        actor,
        now,
        Change.Kind.MERGED,
        after={"merged_into": kept.identifier, "reason": reason},
    )
