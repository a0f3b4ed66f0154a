"""What becomes of signatures whose person is erased: they count on, and lead to nobody."""

from __future__ import annotations

from netral.base import audit
from netral.people.events import PeopleErased
from netral.pledges.models import Decline, ErasedSignature, Signature
from netral.pledges.services.logging import KIND as SIGNATURE
from netral.tlog.recount import WITHDRAWAL


def follow_erasure(event: PeopleErased) -> None:
    """Notes which entries of the log belong to a ceremony, while the log still knows whose they
    are: the public recount goes on adding up. What they wrote about not signing goes."""
    own = Signature.objects.filter(person__in=event.people)
    keys = own.values("id")
    ceremony_of = dict(own.values_list("id", "ceremony_id"))
    withdrawn_by = {
        leaf.reference: leaf.index for leaf in audit.leaves_of(kind=WITHDRAWAL, references=keys)
    }
    ErasedSignature.objects.bulk_create(
        ErasedSignature(
            entry=leaf.index,
            ceremony_id=ceremony_of[leaf.reference],
            withdrawn_by=withdrawn_by.get(leaf.reference),
        )
        for leaf in audit.leaves_of(kind=SIGNATURE, references=keys)
    )
    Decline.objects.filter(person__in=event.people).delete()
