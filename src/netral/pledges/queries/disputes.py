""" "This is not my signature": a request for correction that names the code of a receipt."""

from __future__ import annotations

from netral.people.models import DataRequest, Person
from netral.people.queries.entries import entries_of
from netral.pledges.rules.codes import read_receipt_code


def codes_named(words: str) -> set[str]:
    """Every word that reads like the code of a receipt."""
    return {read_receipt_code(word.strip(".,;:()")) for word in words.split()} - {""}


def being_checked(person: Person) -> set[str]:
    """The codes that this person's requests name which nobody has answered yet."""
    waiting = DataRequest.objects.filter(
        person__in=entries_of(person),
        kind=DataRequest.Kind.CORRECTION,
        state=DataRequest.State.OPEN,
    )
    return codes_named(" ".join(waiting.values_list("text", flat=True)))
