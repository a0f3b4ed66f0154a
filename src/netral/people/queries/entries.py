"""A person with the entries of the register that turned out to be theirs."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from netral.people.models import Person


def entries_of(person: Person) -> QuerySet[Person, Any]:
    """Their own entry and those merged into it, as keys for ``filter(person__in=…)``.

    Where a join with "or" (``person`` or ``person__merged_into``) finds the same rows, both
    databases read the whole table for it.
    """
    return Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk)).values("pk")
