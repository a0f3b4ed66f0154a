"""The figures above the list are those of the people in it, however they are counted."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from django.utils import timezone

from netral.people.models import Account, Person, Posting, Unit
from netral.people.queries import staff as queries
from netral.people.queries.reach import Reach

from .factories import make_government, make_person, make_unit

pytestmark = pytest.mark.django_db


def test_the_figures_are_those_of_the_people_in_the_list() -> None:
    government, elsewhere = make_government(), make_government("64.72")
    top = make_unit(government, "Dinas Kesehatan")
    below, beside = make_unit(government, "Puskesmas", top), make_unit(government, "Badan")
    people = {
        (unit, status): make_person(unit, status=status)
        for unit, status in product((top, below, beside), ("pns", "pppk", "non_asn"))
    }
    make_person(make_unit(elsewhere, "Dinas Lain"))
    _change_some(people, top, beside)
    reaches = (
        Reach(frozenset({government.pk}), frozenset()),
        Reach(frozenset(), frozenset({top.pk})),
        Reach(frozenset({elsewhere.pk}), frozenset({below.pk})),
        Reach(frozenset({government.pk}), frozenset({below.pk})),
    )
    units, statuses = (None, top.pk, below.pk, beside.pk), ("", "pns", "non_asn")
    texts, accounts = ("", "siti"), ("", "with", "without")
    asked = product(reaches, units, statuses, ("", "other"), texts, accounts, (False, True))
    for reach, unit, status, level, text, account, gone in asked:
        filters = queries.StaffFilters(
            unit=unit, status=status, level=level, text=text, account=account, gone=gone
        )
        listed = list(queries.sorted_staff(queries.staff(reach, government, filters), "name"))
        current = [getattr(person, "current", None) for person in listed]  # leavers have none
        counted = Counter(one.status for one in current if one)
        wanted = {**counted, "all": len(listed)}
        assert queries.figures(reach, government, filters) == wanted, (reach, filters)
        assert len({person.pk for person in listed}) == len(listed)


def _change_some(people: dict[tuple[Unit, str], Person], top: Unit, beside: Unit) -> None:
    """One moved, one left, one joined into another, one with an account."""
    today = timezone.localdate()
    moved, left = people[top, "pns"], people[top, "pppk"]
    for person in (moved, left):
        person.postings.update(valid_to=today)
    Posting.objects.create(
        government=top.government, person=moved, unit=beside, status="pns", valid_from=today
    )
    left.left_on = today
    left.save()
    joined = people[beside, "pns"]
    joined.merged_into = moved
    joined.save()
    claimed = people[beside, "pppk"]
    Account.objects.create(
        username=claimed.identifier, name=claimed.name, government=top.government, person=claimed
    )
