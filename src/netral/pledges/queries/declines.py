"""Who declined and why, for themselves and the oversight duty; a figure for the others."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from netral.people.models import Account, Duty, Person
from netral.people.queries import authority
from netral.people.queries.entries import entries_of
from netral.pledges.models import Ceremony, Decline, Signature
from netral.pledges.queries.signatures import signatures_of
from netral.pledges.rules.declines import shown_count

PAPER = Signature.Evidence.PAPER

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

    Signing oneself takes the statement from this list. What an officer enters from paper does
    not: nobody else may silence it. ``entered_at`` then says since when the two contradict.
    """
    return (
        Decline.objects.exclude(Exists(_signed().exclude(evidence=PAPER)))
        .annotate(entered_at=Subquery(_signed().filter(evidence=PAPER).values("recorded_at")[:1]))
        .filter(person__in=authority.people_of(actor, READS_DECLINES))
        .select_related("ceremony", "ceremony__government", "person")
    )


def entered_from_paper(person: Person, ceremony: Ceremony) -> Signature | None:
    """What an officer recorded in this person's name for the ceremony, unless it was withdrawn."""
    return signatures_of(person).filter(ceremony=ceremony, evidence=PAPER).first()


def _signed() -> QuerySet[Signature]:
    """In a query over declines: the signature that stands beside one."""
    return Signature.objects.filter(
        Q(person=OuterRef("person")) | Q(person=OuterRef("person__merged_into")),
        ceremony=OuterRef("ceremony"),
        withdrawal=None,
    )


def declined_in(ceremony: Ceremony, invited: int) -> int | None:
    """How many declined, where the number points at nobody; see ``rules.declines``."""
    return shown_count(standing_declines().filter(ceremony=ceremony).count(), invited)
