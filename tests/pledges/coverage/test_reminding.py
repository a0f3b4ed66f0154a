"""Reminders: who gets one, once, and what the letter says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from netral.people.models import Account
from netral.pledges.models import Reminder
from netral.pledges.queries import coverage as queries
from netral.pledges.services import coverage, reminding
from tests.pledges.coverage.world import NOW, World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    world.head("Dinas Pendidikan", world.person("Dinas Pendidikan", name="Kepala"), "kepala@x.id")
    world.person("SMA 1", name="Belum berikrar")
    world.person("Dinas Kesehatan")
    coverage.recount(government_id=world.government.id, election_id=world.election.id)
    return world


def queue(
    world: World, actor: Account, after: timedelta = timedelta(0), *names: str
) -> list[Reminder]:
    chosen = names or tuple(world.units)
    return reminding.queue_reminders(
        actor=actor,
        government=world.government,
        election=world.election,
        units={world.units[name].id for name in chosen},
        now=NOW + after,
    )


def test_one_letter_per_unit_whose_head_has_an_address(world: World) -> None:
    actor = world.officer("personnel")
    found = queries.remindable(actor, world.government, world.election)
    assert [(each.unit.name, each.missing, each.address) for each in found] == [
        ("Dinas Pendidikan", 2, "kepala@x.id"),
        ("Dinas Kesehatan", 1, ""),
    ]
    assert [each.unit.name for each in queue(world, actor)] == ["Dinas Pendidikan"]


def test_a_second_click_sends_nothing_and_the_next_day_sends_again(world: World) -> None:
    actor = world.officer("organiser")
    assert len(queue(world, actor)) == 1
    assert queue(world, actor, timedelta(minutes=1)) == []
    assert len(queue(world, actor, timedelta(days=1))) == 1


def test_only_the_chosen_units_are_written_to(world: World) -> None:
    world.head("Dinas Kesehatan", world.person("Dinas Kesehatan"), "kesehatan@x.id")
    coverage.recount(government_id=world.government.id, election_id=world.election.id)
    queued = queue(world, world.officer("personnel"), timedelta(0), "Dinas Kesehatan")
    assert [each.unit.name for each in queued] == ["Dinas Kesehatan"]


def test_the_letter_carries_figures_and_no_names(world: World) -> None:
    [reminder] = queue(world, world.officer("personnel"))
    reminding.send_reminder(reminder=reminder, now=NOW)
    [letter] = mail.outbox
    assert letter.to == ["kepala@x.id"]
    assert "2 pegawai Dinas Pendidikan" in letter.subject
    assert "Belum berikrar" not in letter.body
    reminder.refresh_from_db()
    assert reminder.sent_at == NOW


def test_a_head_may_not_send(world: World) -> None:
    with pytest.raises(PermissionDenied):
        queue(world, world.officer("head", unit="Dinas Pendidikan"))
    assert Reminder.objects.count() == 0


def test_an_officer_of_another_government_may_not_send(world: World) -> None:
    with pytest.raises(PermissionDenied):
        queue(world, build_world("98").officer("personnel"))
