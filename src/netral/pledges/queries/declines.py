"""Who declined and why, for themselves and the oversight duty; a figure for the others."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from netral.people.models import Account, ClaimCode, Duty, Person
from netral.people.queries import authority
from netral.people.queries.entries import entries_of
from netral.people.queries.slips import opened_again
from netral.pledges.models import Ceremony, Decline, Signature
from netral.pledges.queries.signatures import signatures_of
from netral.pledges.rules.declines import shown_count

BY_OTHERS = (Signature.Evidence.PAPER, Signature.Evidence.SLIP)
"""Kinds that somebody else can give in a person's name: from a sheet, or with the slip's code."""

READS_DECLINES = Duty.Kind.OVERSIGHT
"""One duty, named to everybody on the page before they write."""


def declines_of(person: Person) -> QuerySet[Decline]:
    """Their own and those of entries merged into theirs."""
    return Decline.objects.filter(person__in=entries_of(person)).select_related(
        "ceremony", "ceremony__government"
    )


def standing_declines() -> QuerySet[Decline]:
    """Of people who have not signed that ceremony after all."""
    return Decline.objects.exclude(Exists(_signed()))


def declines_for(actor: Account) -> QuerySet[Decline]:
    """Names and reasons, within the reach of an oversight duty; nobody else gets any.

    Signing with one's account or passkey takes the statement from this list. What an officer enters
    from paper does not, nor what somebody signed with a slip, nor with the account after a slip had
    opened it again (:func:`signed_in_their_name` says the same of one): nobody else may silence it.
    ``contradicted_at`` and ``contradicted_by`` (the kind of evidence) then say since when.
    """
    opened = ClaimCode.objects.filter(
        Q(person=OuterRef("person")) | Q(person=OuterRef(OuterRef("person"))),
        used_at__gt=OuterRef(OuterRef("person__account__created_at")),
        used_at__lt=OuterRef("recorded_at"),
    )
    by_themselves = _signed().exclude(evidence__in=BY_OTHERS).exclude(Exists(opened))
    reached = authority.about_people_of(actor, Decline.objects.all(), READS_DECLINES)
    return (
        reached.exclude(Exists(by_themselves))
        .annotate(
            contradicted_at=Subquery(_signed().values("recorded_at")[:1]),
            contradicted_by=Subquery(_signed().values("evidence")[:1]),
        )
        .select_related("ceremony", "ceremony__government", "person")
    )


def signed_in_their_name(person: Person, ceremony: Ceremony) -> Signature | None:
    """What an officer recorded from paper, or whoever held a slip may have signed, if it stands.

    With the account too, once a slip had opened it again. By the first slip it came to be: whoever
    held that one is its owner as far as anybody knows.
    """
    signed = signatures_of(person).filter(ceremony=ceremony).first()
    if signed is None or signed.evidence in BY_OTHERS:
        return signed
    again = opened_again(person)
    return signed if any(used < signed.recorded_at for used in again) else None


def _signed() -> QuerySet[Signature]:
    """In a query over declines: the signature that stands beside one."""
    return Signature.objects.filter(
        Q(person=OuterRef("person")) | Q(person=OuterRef("person__merged_into")),
        ceremony=OuterRef("ceremony"),
        withdrawal=None,
    )


def declined_in(ceremony: Ceremony, invited: int) -> int | None:
    """How many declined, where the number points at nobody; see ``rules.declines``."""
    people = standing_declines().filter(ceremony=ceremony).order_by().values("person").distinct()
    return shown_count(people.count(), invited)
