"""Texts and ceremonies: versions, publishing, planning, every move from every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from netral.people.models import Duty
from netral.pledges.models import Ceremony, CoverageCount, PledgeText
from netral.pledges.queries.ceremonies import ceremonies_for
from netral.pledges.rules import moves
from netral.pledges.rules.wording import Wording
from netral.pledges.services import ceremonies, texts
from netral.pledges.services.ceremonies import NotPublished, OutOfStep, Plan, ReasonNeeded
from tests.people.register.factories import make_government, make_officer, make_person, make_unit
from tests.pledges.factories import NOW, make_ceremony, make_hall

pytestmark = pytest.mark.django_db


def plan_of(ceremony: Ceremony) -> Plan:
    return Plan(
        election=ceremony.election,
        text=ceremony.text,
        title=ceremony.title,
        leader=ceremony.leader,
        place=ceremony.place,
        planned_at=ceremony.planned_at,
        units=tuple(ceremony.units.all()),
    )


# --- texts ---------------------------------------------------------------------------------------
def test_an_edit_is_a_new_version_and_the_old_one_stays() -> None:
    hall = make_hall()
    before = texts.wording_of(hall.text)
    changed = replace(before, closing="Sekian.")
    second = texts.save_version(
        government=hall.government, content=changed, actor=hall.organiser, now=NOW
    )
    assert (second.version, second.published_at) == (2, None)
    assert texts.wording_of(PledgeText.objects.get(version=1)) == before


def test_saving_the_same_words_makes_no_version() -> None:
    hall = make_hall()
    same = texts.save_version(
        government=hall.government,
        content=texts.wording_of(hall.text),
        actor=hall.organiser,
        now=NOW,
    )
    assert same.pk == hall.text.pk


def test_an_officer_of_a_subtree_or_elsewhere_writes_no_text() -> None:
    hall = make_hall()
    unit = make_unit(hall.government, "Dinas A")
    for actor in (
        make_officer(hall.government, Duty.Kind.ORGANISER, unit),
        make_officer(hall.government, Duty.Kind.AUDITOR),
        make_officer(make_government("65"), Duty.Kind.ORGANISER),
    ):
        with pytest.raises(PermissionDenied):
            texts.save_version(
                government=hall.government,
                content=Wording("X", "", ("Y",), ""),
                actor=actor,
                now=NOW,
            )
        with pytest.raises(PermissionDenied):
            texts.publish(text=hall.text, actor=actor, now=NOW)


def test_publishing_again_keeps_the_first_time() -> None:
    hall = make_hall()
    texts.publish(text=hall.text, actor=hall.organiser, now=NOW + timedelta(days=1))
    assert PledgeText.objects.get().published_at == NOW


# --- planning ------------------------------------------------------------------------------------
def test_the_wording_is_filled_in_and_bound_by_its_digest() -> None:
    ceremony = make_hall().ceremony
    assert ceremony.wording["opening"] == (
        "Kami, pegawai Pemerintah Provinsi Contoh, sebagai pelayan masyarakat, "
        "dalam Pemilihan Gubernur 2029 berikrar:"
    )
    assert ceremony.wording["closing"].endswith("di Samarinda, 20 November 2026.")
    assert len(ceremony.wording_digest) == 64


def test_planning_counts_the_coverage_of_its_election() -> None:
    government = make_government()
    make_person(make_unit(government, "Dinas A"))
    hall = make_hall()
    assert [row.staff for row in CoverageCount.objects.filter(election=hall.election)] == [1]


def test_an_unpublished_text_cannot_be_used() -> None:
    hall = make_hall()
    draft = texts.save_version(
        government=hall.government,
        content=Wording("Baru", "", ("Satu",), ""),
        actor=hall.organiser,
        now=NOW,
    )
    with pytest.raises(NotPublished):
        ceremonies.plan_ceremony(
            government=hall.government,
            plan=replace(plan_of(hall.ceremony), text=draft),
            actor=hall.organiser,
            now=NOW,
        )


def test_an_officer_of_a_subtree_plans_within_it_only() -> None:
    hall = make_hall()
    mine, other = make_unit(hall.government, "Dinas A"), make_unit(hall.government, "Dinas B")
    actor = make_officer(hall.government, Duty.Kind.ORGANISER, mine)
    plan = plan_of(hall.ceremony)
    for units in ((), (other,), (mine, other)):
        with pytest.raises(PermissionDenied):
            ceremonies.plan_ceremony(
                government=hall.government, plan=replace(plan, units=units), actor=actor, now=NOW
            )
    made = ceremonies.plan_ceremony(
        government=hall.government, plan=replace(plan, units=(mine,)), actor=actor, now=NOW
    )
    assert list(ceremonies_for(actor)) == [made]


def test_officers_see_the_ceremonies_within_their_reach() -> None:
    hall = make_hall()
    unit = make_unit(hall.government, "Dinas A")
    below = make_unit(hall.government, "UPTD", unit)
    small = make_ceremony(hall.government, hall.organiser, hall.election, hall.text, units=[below])
    assert set(ceremonies_for(hall.organiser)) == {hall.ceremony, small}
    inside = make_officer(hall.government, Duty.Kind.PERSONNEL, unit)
    assert set(ceremonies_for(inside)) == {small}
    for stranger in (
        make_officer(hall.government, Duty.Kind.HEAD, unit),
        make_officer(make_government("65"), Duty.Kind.ORGANISER),
    ):
        assert not ceremonies_for(stranger).exists()


def test_an_edit_changes_the_wording_until_the_reading_begins() -> None:
    hall = make_hall(state=moves.PLANNED)
    before = hall.digest
    plan = replace(plan_of(hall.ceremony), place="Balikpapan")
    ceremonies.edit_ceremony(ceremony=hall.ceremony, plan=plan, actor=hall.organiser, now=NOW)
    hall.ceremony.refresh_from_db()
    assert "Balikpapan" in hall.ceremony.wording["closing"]
    assert hall.digest != before
    ceremonies.move(ceremony=hall.ceremony, name="start_reading", actor=hall.organiser, now=NOW)
    with pytest.raises(OutOfStep):
        ceremonies.edit_ceremony(ceremony=hall.ceremony, plan=plan, actor=hall.organiser, now=NOW)


def test_starting_the_reading_fixes_the_wording_for_good() -> None:
    hall = make_hall(state=moves.PLANNED)
    hall.election.name = "Pemilihan yang diganti namanya"
    hall.election.save()
    ceremonies.move(ceremony=hall.ceremony, name="start_reading", actor=hall.organiser, now=NOW)
    hall.ceremony.refresh_from_db()
    assert "diganti namanya" in hall.ceremony.wording["opening"]
    fixed = hall.digest
    hall.election.name = "Nama lain lagi"
    hall.election.save()
    ceremonies.move(ceremony=hall.ceremony, name="open_signing", actor=hall.organiser, now=NOW)
    hall.ceremony.refresh_from_db()
    assert hall.digest == fixed


# --- moves ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", list(moves.MOVES))
@pytest.mark.parametrize("state", [moves.PLANNED, moves.READING, moves.SIGNING, moves.CLOSED])
def test_each_move_works_from_its_own_state_only(state: str, name: str) -> None:
    hall = make_hall(state=state)
    step = moves.MOVES[name]
    lines = hall.ceremony.moves.count()
    arguments = {
        "ceremony": hall.ceremony, "name": name, "actor": hall.organiser, "now": NOW,
        "reason": "Salah tekan.",
    }  # fmt: skip
    if step.source == state:
        assert ceremonies.move(**arguments).state == step.target
        last = hall.ceremony.moves.last()
        assert (last.before, last.after, last.actor) == (state, step.target, hall.organiser)
        assert hall.ceremony.moves.count() == lines + 1
    else:
        with pytest.raises(OutOfStep):
            ceremonies.move(**arguments)
        hall.ceremony.refresh_from_db()
        assert hall.ceremony.state == state
        assert hall.ceremony.moves.count() == lines


def test_reopening_needs_a_reason_and_clears_the_closing_time() -> None:
    hall = make_hall(state=moves.CLOSED)
    with pytest.raises(ReasonNeeded):
        ceremonies.move(
            ceremony=hall.ceremony, name="reopen", actor=hall.organiser, now=NOW, reason="  "
        )
    opened = ceremonies.move(
        ceremony=hall.ceremony, name="reopen", actor=hall.organiser, now=NOW, reason="Terlalu dini"
    )
    assert opened.closed_at is None
    assert hall.ceremony.moves.last().reason == "Terlalu dini"


def test_a_stranger_moves_nothing() -> None:
    hall = make_hall(state=moves.PLANNED)
    stranger = make_officer(make_government("65"), Duty.Kind.ORGANISER)
    with pytest.raises(PermissionDenied):
        ceremonies.move(ceremony=hall.ceremony, name="start_reading", actor=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        ceremonies.read_stop(ceremony=hall.ceremony, shown=0, target=1, actor=stranger)


@pytest.mark.parametrize(
    ("state", "shown", "target", "moved"),
    [
        (moves.READING, 0, 1, True),
        (moves.READING, 0, 5, True),
        (moves.READING, 1, 2, False),  # the leader's screen was old: a double tap
        (moves.READING, 0, 6, False),  # behind the last stop
        (moves.READING, 0, -1, False),
        (moves.PLANNED, 0, 1, False),
        (moves.SIGNING, 0, 1, False),
    ],
)
def test_the_highlight_moves_once_while_reading(
    state: str, shown: int, target: int, moved: bool
) -> None:
    hall = make_hall(state=state)
    found = ceremonies.read_stop(
        ceremony=hall.ceremony, shown=shown, target=target, actor=hall.organiser
    )
    assert found is moved
    hall.ceremony.refresh_from_db()
    assert hall.ceremony.point_being_read == (target if moved else 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "signing", "opened_at": None},
        {"state": "closed", "opened_at": NOW, "closed_at": None},
        {"state": "signing", "opened_at": NOW, "closed_at": NOW},
        {"state": "unknown"},
    ],
)
def test_the_database_refuses_a_state_without_its_times(wrong: dict[str, object]) -> None:
    hall = make_hall(state=moves.PLANNED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ceremony.objects.filter(pk=hall.ceremony.pk).update(**wrong)
