from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from netral.people.models import Account, Duty, DutyDeed, Government, Unit
from netral.people.queries import authority
from netral.people.services import accounts, claiming, duties
from netral.people.services.duties import Problem, Refused
from tests.people.accounts.factories import (
    NOW,
    SEED,
    give_duty,
    holds,
    make_account,
    make_government,
    make_officer,
    make_person,
    make_unit,
)
from tests.people.accounts.sessions import sign_in

KIND = Duty.Kind


@pytest.fixture
def second(government: Government) -> Account:
    return make_officer("personnel", government)


@pytest.fixture
def colleague(unit: Unit) -> Account:
    return make_account(make_person(unit, name="Bayu Prakoso"))


def refusal(deed: object, **values: object) -> Problem:
    with pytest.raises(Refused) as caught:
        deed(now=NOW, **values)  # type: ignore[operator]
    assert caught.value.message
    return caught.value.problem


def test_a_duty_that_is_not_powerful_acts_at_once(
    personnel: Account, colleague: Account, government: Government
) -> None:
    duties.grant(
        actor=personnel,
        account=colleague,
        kind=KIND.ORGANISER,
        government=government,
        reason="SP 1/2026",
        now=NOW,
    )
    assert holds(colleague, KIND.ORGANISER)
    deed = DutyDeed.objects.get()
    assert (deed.kind, deed.actor, deed.account, deed.reason) == (
        DutyDeed.Kind.GRANTED,
        personnel,
        colleague,
        "SP 1/2026",
    )


@pytest.mark.parametrize("kind", sorted(authority.POWERFUL))
def test_a_powerful_duty_waits_for_a_second_officer(
    personnel: Account, second: Account, colleague: Account, government: Government, kind: str
) -> None:
    duty = duties.grant(
        actor=personnel, account=colleague, kind=kind, government=government, now=NOW
    )
    assert not holds(colleague, kind)
    assert refusal(duties.confirm, actor=personnel, duty=duty) is Problem.SAME_OFFICER
    assert refusal(duties.confirm, actor=colleague, duty=duty) is Problem.NOT_YOURS
    assert not holds(colleague, kind)
    duties.confirm(actor=second, duty=duty, now=NOW)
    assert holds(colleague, kind)
    assert refusal(duties.confirm, actor=second, duty=duty) is Problem.NOT_WAITING


def test_powerful_duties_are_those_the_database_knows() -> None:
    constraint = next(
        one for one in Duty._meta.constraints if one.name == "duty_powerful_needs_two"
    )
    known = set(re.findall(r"'([a-z]+)'", str(constraint))) & set(KIND.values)
    assert known == authority.POWERFUL


def test_oversight_given_by_one_officer_waits_after_the_upgrade(
    personnel: Account,
    second: Account,
    colleague: Account,
    government: Government,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tried with a kind of which the database still takes rows confirmed by their giver."""
    upgrade = import_module("netral.people.migrations.0014_oversight_waits")
    monkeypatch.setattr(upgrade, "KIND", "organiser")
    held = duties.grant(
        actor=personnel, account=colleague, kind=KIND.ORGANISER, government=government, now=NOW
    )
    ended = duties.grant(
        actor=personnel, account=second, kind=KIND.ORGANISER, government=government, now=NOW
    )
    duties.end(actor=personnel, duty=ended, reason="Mutasi", now=NOW)
    upgrade.let_wait(apps, None)
    assert not holds(colleague, KIND.ORGANISER)
    assert DutyDeed.objects.filter(kind=DutyDeed.Kind.SUSPENDED).get().duty == held
    duties.confirm(actor=second, duty=held, now=NOW)
    assert holds(colleague, KIND.ORGANISER)
    ended.refresh_from_db()
    assert ended.confirmed_at == NOW and ended.confirmed_by is None


def test_who_gets_a_duty_cannot_confirm_it_even_as_personnel(
    personnel: Account, second: Account, government: Government
) -> None:
    duty = duties.grant(
        actor=personnel, account=second, kind=KIND.AUDITOR, government=government, now=NOW
    )
    assert refusal(duties.confirm, actor=second, duty=duty) is Problem.SELF


@pytest.mark.parametrize("kind", sorted(authority.POWERFUL))
def test_the_database_itself_refuses_one_officer_for_both(
    personnel: Account, colleague: Account, government: Government, kind: str
) -> None:
    duty = duties.grant(
        actor=personnel, account=colleague, kind=kind, government=government, now=NOW
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(confirmed_by=personnel, confirmed_at=NOW)


def test_nobody_hands_out_beyond_their_reach(
    personnel: Account, colleague: Account, government: Government, unit: Unit
) -> None:
    there = make_government("Kota Lain")
    stranger = make_account(make_person(make_unit(there)))
    values = {"kind": KIND.ORGANISER, "government": government}
    assert refusal(duties.grant, actor=personnel, account=personnel, **values) is Problem.SELF
    assert refusal(duties.grant, actor=personnel, account=stranger, **values) is Problem.ELSEWHERE
    organiser = make_officer("organiser", government)
    assert refusal(duties.grant, actor=organiser, account=colleague, **values) is Problem.NOT_YOURS
    assert (
        refusal(
            duties.grant, actor=personnel, account=stranger, kind=KIND.ORGANISER, government=there
        )
        is Problem.NOT_YOURS
    )
    foreign_unit = make_unit(there)
    assert (
        refusal(duties.grant, actor=personnel, account=colleague, unit=foreign_unit, **values)
        is Problem.NOT_YOURS
    )


def test_a_subtree_officer_hands_out_gentle_duties_below(government: Government) -> None:
    top = make_unit(government)
    below, beside = make_unit(government, parent=top), make_unit(government)
    officer, colleague = make_account(make_person(top)), make_account(make_person(below))
    give_duty(officer, "personnel", government, top)
    values = {"actor": officer, "account": colleague, "government": government}
    duties.grant(kind=KIND.HEAD, unit=below, now=NOW, **values)
    assert refusal(duties.grant, kind=KIND.HEAD, unit=beside, **values) is Problem.NOT_YOURS
    assert refusal(duties.grant, kind=KIND.HEAD, unit=None, **values) is Problem.NOT_YOURS
    assert refusal(duties.grant, kind=KIND.PERSONNEL, unit=below, **values) is Problem.NOT_YOURS


def test_the_same_duty_is_not_held_twice(
    personnel: Account, colleague: Account, government: Government, unit: Unit
) -> None:
    values = {"actor": personnel, "account": colleague, "government": government}
    duties.grant(kind=KIND.ORGANISER, now=NOW, **values)
    assert refusal(duties.grant, kind=KIND.ORGANISER, **values) is Problem.HELD_ALREADY
    duties.grant(kind=KIND.ORGANISER, unit=unit, now=NOW, **values)


def test_ending_takes_a_reason_and_acts_at_once(
    personnel: Account, colleague: Account, government: Government
) -> None:
    duty = duties.grant(
        actor=personnel, account=colleague, kind=KIND.ORGANISER, government=government, now=NOW
    )
    assert refusal(duties.end, actor=personnel, duty=duty, reason=" ") is Problem.NO_REASON
    duties.end(actor=personnel, duty=duty, reason="Pindah tugas", now=NOW + timedelta(days=1))
    assert not holds(colleague)
    assert refusal(duties.end, actor=personnel, duty=duty, reason="x") is Problem.NOT_WAITING


def test_one_may_lay_down_ones_own_duty(personnel: Account) -> None:
    duties.end(actor=personnel, duty=personnel.duties.get(), reason="Pensiun", now=NOW)
    assert not holds(personnel)


def test_declining_leaves_nothing_in_force(
    personnel: Account, second: Account, colleague: Account, government: Government
) -> None:
    duty = duties.grant(
        actor=personnel, account=colleague, kind=KIND.DECIDER, government=government, now=NOW
    )
    duties.decline(actor=second, duty=duty, reason="Bukan pejabatnya", now=NOW)
    assert refusal(duties.confirm, actor=second, duty=duty) is Problem.NOT_WAITING
    assert not holds(colleague)


def test_resetting_a_second_factor_puts_powerful_duties_to_sleep(
    personnel: Account, second: Account, government: Government
) -> None:
    auditor = make_officer("auditor", government)
    give_duty(auditor, "organiser", government)
    accounts.set_up_authenticator_app(account=auditor, secret=SEED)
    waiting = duties.reset_second_factor(
        actor=personnel, account=auditor, reason="Ponsel hilang", now=NOW
    )
    assert waiting == 1
    assert not Authenticator.objects.filter(user=auditor).exists()
    assert not holds(auditor, "auditor")
    assert holds(auditor, "organiser")
    duty = auditor.duties.get(kind="auditor")
    assert refusal(duties.confirm, actor=personnel, duty=duty) is Problem.SAME_OFFICER
    duties.confirm(actor=second, duty=duty, now=NOW)
    assert holds(auditor, "auditor")


def test_nobody_resets_their_own_or_a_strangers_second_factor(personnel: Account) -> None:
    stranger = make_officer("auditor", make_government("Kota Lain"))
    deed = duties.reset_second_factor
    assert refusal(deed, actor=personnel, account=personnel, reason="x") is Problem.SELF
    assert refusal(deed, actor=personnel, account=stranger, reason="x") is Problem.NOT_YOURS


def test_deeds_cannot_be_changed_or_dropped(
    personnel: Account, colleague: Account, government: Government
) -> None:
    duties.grant(
        actor=personnel, account=colleague, kind=KIND.ORGANISER, government=government, now=NOW
    )
    for forbidden in (
        lambda: DutyDeed.objects.update(reason="lain"),
        lambda: DutyDeed.objects.all()._raw_delete(using="default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()
    assert DutyDeed.objects.get().reason == ""


def test_the_first_administrator_has_no_password_and_comes_in_by_code(
    government: Government,
) -> None:
    first = accounts.create_first_administrator(
        name="Ratna", username="ratna", government=government, now=NOW
    )
    assert not first.account.has_usable_password()
    assert holds(first.account, KIND.PERSONNEL)
    assert claiming.claim(identifier="Ratna", code=first.code, now=NOW) == first.account
    deeds = DutyDeed.objects.filter(account=first.account)
    assert {deed.kind for deed in deeds} == {"account_made", "granted"}
    assert {deed.actor for deed in deeds} == {None}


@pytest.mark.parametrize("whole_installation", [True, False])
def test_a_first_administrator_who_lost_the_link_gets_another(
    government: Government, whole_installation: bool
) -> None:
    asked = {"name": "Ratna", "username": "ratna", "now": NOW}
    if not whole_installation:
        asked["government"] = government
    first = accounts.create_first_administrator(**asked)
    claiming.claim(identifier="ratna", code=first.code, now=NOW)
    again = accounts.create_first_administrator(**asked)
    assert (first.is_new, again.is_new) == (True, False)
    assert claiming.claim(identifier="ratna", code=again.code, now=NOW) == first.account


def test_the_command_line_does_not_turn_another_officer_into_a_first_one(
    government: Government, personnel: Account
) -> None:
    accounts.create_outside_officer(
        actor=personnel, government=government, name="BPKP", username="bpkp-2", now=NOW
    )
    for where in (government, None):
        with pytest.raises(accounts.UsernameTaken):
            accounts.create_first_administrator(
                name="BPKP", username="bpkp-2", government=where, now=NOW
            )


def test_two_from_the_command_line_need_it_no_more(government: Government) -> None:
    first, other = (
        accounts.create_first_administrator(
            name=name, username=name, government=government, now=NOW
        ).account
        for name in ("ratna", "bayu")
    )
    third = make_account(make_person(make_unit(government)))
    duty = duties.grant(
        actor=first, account=third, kind=KIND.PERSONNEL, government=government, now=NOW
    )
    duties.confirm(actor=other, duty=duty, now=NOW)
    assert authority.may_hand_out(third, government)


def test_the_installation_administrator_is_the_second_officer_of_a_lone_one(
    government: Government, personnel: Account, colleague: Account
) -> None:
    admin = accounts.create_first_administrator(name="Dewi", username="dewi", now=NOW).account
    duty = duties.grant(
        actor=personnel, account=colleague, kind=KIND.PERSONNEL, government=government, now=NOW
    )
    duties.confirm(actor=admin, duty=duty, now=NOW)
    assert holds(colleague, KIND.PERSONNEL)
    assert not authority.people_of(admin).exists()
    assert not authority.units_of(admin).exists()


def test_a_name_that_is_taken_is_refused(government: Government, colleague: Account) -> None:
    with pytest.raises(accounts.UsernameTaken):
        accounts.create_first_administrator(
            name="x", username=colleague.username, government=government, now=NOW
        )


def test_an_administrator_made_before_the_import_is_found_in_it(
    personnel: Account, government: Government, unit: Unit
) -> None:
    number = "198501012010011777"
    first = accounts.create_first_administrator(
        name="Ratna", username=number, government=government, now=NOW
    )
    person = make_person(unit, number=number, name="Ratna Sari")
    code = claiming.issue_codes(actor=personnel, people=[person], now=NOW)[0].code
    account = claiming.claim_with_code(code=code, now=NOW)
    assert account == first.account
    assert account.person == person


def test_an_outside_officer_may_do_nothing_until_given_a_duty(
    personnel: Account, government: Government
) -> None:
    made = accounts.create_outside_officer(
        actor=personnel, government=government, name="BPKP", username="bpkp-1", now=NOW
    )
    assert not holds(made.account)
    with pytest.raises(claiming.NotYours):
        accounts.create_outside_officer(
            actor=made.account, government=government, name="x", username="y", now=NOW
        )


# --- the pages ------------------------------------------------------------------------------------


def test_the_journey_of_a_powerful_duty_on_the_pages(
    personnel: Account, second: Account, colleague: Account, government: Government
) -> None:
    giver = sign_in(Client(), personnel, second_factor=True)
    answer = giver.post(
        "/tugas/baru/",
        {"government": government.pk, "account": colleague.username, "kind": "custodian"},
    )
    assert answer.status_code == 302
    duty = Duty.objects.get(account=colleague)
    giver.post(f"/tugas/{duty.pk}/setujui/", {"decision": "confirm"})
    assert not holds(colleague)
    confirmer = sign_in(Client(), second, second_factor=True)
    assert "Bayu Prakoso" in confirmer.get("/tugas/").content.decode()
    confirmer.post(f"/tugas/{duty.pk}/setujui/", {"decision": "confirm"})
    assert holds(colleague, "custodian")
    assert "disetujui petugas kedua" in confirmer.get("/tugas/catatan/").content.decode()
    ended = confirmer.post(f"/tugas/{duty.pk}/akhiri/", {"reason": "Selesai"})
    assert ended.status_code == 302
    assert not holds(colleague)


def test_a_lone_officer_is_told_how_a_second_comes_about(
    officer_client: Client, government: Government
) -> None:
    assert "satu-satunya pengelola" in officer_client.get("/tugas/").content.decode()
    make_officer("personnel", government)
    assert "satu-satunya pengelola" not in officer_client.get("/tugas/").content.decode()


def test_officers_of_elsewhere_see_and_touch_nothing(
    personnel: Account, colleague: Account, government: Government
) -> None:
    duty = give_duty(colleague, "organiser", government)
    stranger = make_officer("personnel", make_government("Kota Lain"))
    client = sign_in(Client(), stranger, second_factor=True)
    assert "Bayu Prakoso" not in client.get("/tugas/").content.decode()
    assert client.post(f"/tugas/{duty.pk}/setujui/").status_code == 404
    assert client.post(f"/tugas/{duty.pk}/akhiri/", {"reason": "x"}).status_code == 404
    assert client.get(f"/tugas/baru/?government={government.pk}").status_code == 404


def test_an_outside_officers_code_is_shown_once(officer_client: Client) -> None:
    made = officer_client.post("/tugas/petugas-luar/", {"name": "BPKP", "username": "bpkp-1"})
    assert made.status_code == 200
    code = made.context["code"]
    assert code in made.content.decode()
    client = Client()
    typed = {"identifier": "bpkp-1", "code": code}
    assert client.post("/aktivasi/", typed).status_code == 302


def test_with_somebody_who_leaves_all_duties_end(
    personnel: Account, second: Account, government: Government, unit: Unit
) -> None:
    colleague = make_account(make_person(unit, name="Bayu Prakoso"))
    held = give_duty(colleague, "oversight", government)
    waiting = duties.grant(
        actor=personnel, account=colleague, kind="auditor", government=government, now=NOW
    )
    assert colleague.person is not None
    client = sign_in(Client(), personnel, second_factor=True)
    address = f"/pegawai/{colleague.person_id}/berhenti"
    form = client.get(address).text
    assert "Tugas yang berakhir bersamanya" in form and "Pengawas" in form and "Auditor" in form
    own = sign_in(Client(), colleague, second_factor=True)
    assert own.get("/cakupan/").status_code == 200
    left = {"on": str(timezone.localdate()), "reason": "pensiun"}
    assert client.post(address, left).status_code == 302
    for duty in (held, waiting):
        duty.refresh_from_db()
        assert duty.ended_at is not None and duty.ended_by == personnel
        assert duty.deeds.latest("id").reason == "berhenti bekerja: pensiun"
    assert own.get("/cakupan/").status_code == 403
    assert refusal(duties.confirm, actor=second, duty=waiting) is Problem.NOT_WAITING
    again = {"actor": personnel, "kind": "organiser", "government": government}
    assert refusal(duties.grant, account=colleague, **again) is Problem.CLOSED


def test_who_left_by_an_import_holds_no_duty_and_is_marked(
    officer_client: Client, government: Government, unit: Unit
) -> None:
    colleague = make_account(make_person(unit, name="Bayu Prakoso"))
    give_duty(colleague, "oversight", government)
    assert colleague.person is not None
    colleague.person.left_on = timezone.localdate() + timedelta(days=1)
    colleague.person.save()
    assert holds(colleague, "oversight"), "works here to the end of the day"
    colleague.person.left_on = timezone.localdate()
    colleague.person.save()
    assert not holds(colleague, "oversight")
    page = officer_client.get("/tugas/").text
    assert "tidak berlaku" in page and "Bayu Prakoso" in page
    colleague.person.left_on = None
    colleague.person.save()
    assert holds(colleague, "oversight"), "the import was undone"
    assert "tidak berlaku" not in officer_client.get("/tugas/").text


def test_the_form_names_every_duty_that_takes_two(officer_client: Client) -> None:
    page = " ".join(officer_client.get("/tugas/baru/").text.split())
    sentence = page[: page.index("baru bertugas setelah petugas kedua")].rpartition(">")[2].lower()
    named = {kind for kind in KIND.values if KIND(kind).label.lower() in sentence}
    assert named == authority.POWERFUL
