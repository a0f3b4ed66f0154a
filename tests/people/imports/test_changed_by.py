"""What an import writes down of itself: who, when, from what to what; and that it only warns."""

from __future__ import annotations

import json

import pytest

from netral.people.models import Account, Change, Government, Person
from tests.people.imports.factories import NOW, SIMPEG, apply, number, read, staff, xlsx

LATER = NOW.replace(hour=9)


@pytest.mark.django_db
def test_every_line_of_history_says_who_when_and_from_what_to_what(
    government: Government, officer: Account
) -> None:
    first = apply(read(government, xlsx([SIMPEG, *staff(2)]), actor=officer))
    rows = staff(2)
    rows[0][3] = "Analis"
    second = apply(read(government, xlsx([SIMPEG, *rows]), actor=officer), now=LATER)
    created = Change.objects.filter(source=first)
    assert created.count() == 4, "two people and the two units above them"
    assert set(created.values_list("actor", "at", "government")) == {
        (officer.pk, NOW, government.pk)
    }
    (line,) = Change.objects.filter(source=second)
    assert (line.actor_id, line.at) == (officer.pk, LATER)
    assert line.subject_id == Person.objects.get(number=number(1)).pk
    assert json.loads(line.before) == {"position": "Staf"}
    assert json.loads(line.after) == {"position": "Analis"}


@pytest.mark.django_db
def test_a_number_that_fails_the_consistency_checks_is_a_warning_and_comes_in(
    government: Government,
) -> None:
    """Born on another day than the number says, begun in a month thirteen."""
    odd = f"{number(1)[:12]}13{number(1)[14:]}"
    head = [*SIMPEG, "TANGGAL LAHIR"]
    rows = [[*staff(1)[0], "03-04-1986"], [*staff(2)[1][:1], odd, *staff(2)[1][2:], "01-02-1985"]]
    source = read(government, xlsx([head, *rows]))
    found = source.problems.exclude(code="unit_new").values_list("line", "code", "severity")
    assert (2, "birth_not_in_number", "warning") in found
    assert {severity for _line, _code, severity in found} == {"warning"}
    assert source.counts == source.counts | {"create": 2}
    assert "obstacles" not in source.counts
    apply(source)
    assert set(Person.objects.values_list("number", flat=True)) == {number(1), odd}
