"""The government that an actor works in: chosen, else their own, else the first of their duties."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from netral.people.models import Account, Government
from netral.people.queries import authority


def among(actor: Account, offered: QuerySet[Government]) -> Government | None:
    """The one of ``offered`` in which the actor works now."""
    for wanted in (actor.chosen_government, actor.government_id):
        found = offered.filter(pk=wanted).first() if wanted else None
        if found:
            return found
    return offered.order_by("name").first()


def workplace_id_of(actor: Account) -> UUID | None:
    """For pages that belong to no kind of duty. No query for whoever has not chosen."""
    chosen = actor.chosen_government
    if chosen and authority.duties_of(actor).filter(government=chosen).exists():
        return chosen
    if actor.government_id:
        return actor.government_id
    first = authority.duties_of(actor).order_by("government__name").values_list("government_id")
    return first[0][0] if first else None


def workplace_of(actor: Account) -> Government | None:
    key = workplace_id_of(actor)
    if key is None or key == actor.government_id:
        return actor.government
    return Government.objects.filter(pk=key).first()
