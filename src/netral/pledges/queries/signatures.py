"""Signatures of one person, and who among many has signed.

A signature never changes, not even when its person turns out to be the double of another entry
of the register. So whoever asks "has this person signed?" follows ``merged_into``.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from netral.people.models import Account, Person, Posting
from netral.people.queries import authority
from netral.people.queries.entries import entries_of
from netral.pledges.models import Ceremony, PaperSheet, Signature
from netral.pledges.queries.ceremonies import ORGANISERS, covered_units, covers
from netral.pledges.rules import moves

SIGNER = Coalesce("person__merged_into_id", "person_id")
"""In a query over signatures: the person who signed, as the register knows them today."""


def every_signature_of(person: Person) -> QuerySet[Signature]:
    """Their own and those of entries merged into theirs, the withdrawn ones included."""
    return Signature.objects.filter(person__in=entries_of(person)).select_related("withdrawal")


def signatures_of(person: Person) -> QuerySet[Signature]:
    """Those that count: not withdrawn."""
    return every_signature_of(person).filter(withdrawal=None)


def mine(actor: Account) -> QuerySet[Signature]:
    """What the signed-in person has signed, newest first; withdrawn ones say so."""
    if actor.person is None:
        return Signature.objects.none()
    return (
        every_signature_of(actor.person)
        .select_related("ceremony", "ceremony__government", "election", "text", "person", "unit")
        .select_related("paper__witness", "paper__second_witness")
        .order_by("-signed_at")
    )


def own_receipt(actor: Account, receipt_code: str) -> Signature | None:
    """The receipt of the signer; nobody else gets it by address."""
    return mine(actor).filter(receipt_code=receipt_code).first()


def public_receipt(receipt_code: str) -> Signature | None:
    """For the public check. The page shows ceremony, time and evidence, never the person."""
    return (
        Signature.objects.filter(receipt_code=receipt_code)
        .select_related("ceremony", "ceremony__government", "election", "text", "withdrawal")
        .defer("person")
        .first()
    )


def without(postings: QuerySet[Posting], signatures: QuerySet[Signature]) -> QuerySet[Posting]:
    """Postings whose person, or a double merged into them, gave none of these ``signatures``."""
    # Doubles are few and have an index of their own: start from them, not from the signatures.
    doubles = Person.objects.filter(
        Exists(signatures.filter(person=OuterRef("pk"))),
        merged_into__isnull=False,
        merged_into=OuterRef("person"),
    )
    own = signatures.filter(person=OuterRef("person"))
    return postings.exclude(Exists(own)).exclude(Exists(doubles))


def unsigned_postings(ceremony: Ceremony, actor: Account, search: str = "") -> QuerySet[Posting]:
    """Staff in the covered units who have not signed this ceremony, by name; for officers only.

    ``search`` matches the beginning of any word of the name, the staff number, or the unit.
    """
    covered = Posting.objects.filter(
        valid_to=None,
        unit__in=covered_units(ceremony).values("id"),
        person__in=authority.people_of(actor, *ORGANISERS).values("id"),
        person__merged_into=None,
    )
    postings = without(covered, ceremony.signatures.filter(withdrawal=None))
    for word in search.casefold().split()[:5]:
        postings = postings.filter(
            Q(person__name_key__icontains=word)
            | Q(person__number__startswith=word)
            | Q(unit__name__icontains=word)
        )
    return postings.select_related("person", "unit").order_by("person__name_key", "person_id")


def who_may_stand_on(sheet: PaperSheet, actor: Account, search: str = "") -> QuerySet[Posting]:
    """As :func:`unsigned_postings`, without the two who vouch for that sheet."""
    witnesses = [one for one in (sheet.witness, sheet.second_witness) if one]
    return unsigned_postings(sheet.ceremony, actor, search).exclude(
        person__in=[one.merged_into_id or one.pk for one in witnesses]
    )


def waiting_for(actor: Account) -> list[Ceremony]:
    """Ceremonies being held now that invite the signed-in person.

    One pledge for an election is enough: whoever gave it at another ceremony of the same election
    is not waited for any more, though nothing keeps them from signing again.
    """
    if actor.person is None:
        return []
    posting = Posting.objects.filter(person=actor.person, valid_to=None).first()
    if posting is None:
        return []
    held = Ceremony.objects.filter(
        government=actor.person.government_id, state__in=[moves.READING, moves.SIGNING]
    ).exclude(election__in=signatures_of(actor.person).values("election"))
    return [ceremony for ceremony in held if covers(ceremony, posting)]
