from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from netral.people import mine, tasks
from netral.people.models import (
    Account,
    Change,
    DataRequest,
    Government,
    NameListView,
    Person,
    Posting,
    Unit,
)
from netral.people.queries import authority, data_requests
from netral.people.queries import privacy as queries
from netral.people.services import changes, claiming, privacy
from netral.people.services.privacy import Problem, Refused
from tests.people.accounts.factories import (
    NOW,
    make_account,
    make_government,
    make_officer,
    make_person,
    make_unit,
)
from tests.people.accounts.sessions import sign_in


@pytest.fixture
def staff(unit: Unit) -> Account:
    return make_account(make_person(unit, name="Rina Hasanah"))


def open_list(actor: Account, government: Government, unit: Unit | None = None) -> None:
    privacy.record_list_view(
        actor=actor, government=government, unit=unit, what="test.list", count=12, now=NOW
    )


def test_who_opened_a_list_is_shown_by_role_and_never_by_name(
    personnel: Account, staff: Account, unit: Unit
) -> None:
    open_list(personnel, unit.government, unit)
    page = sign_in(Client(), staff, second_factor=False).get("/saya/data/").content.decode()
    assert "daftar nama Dinas Kehutanan" in page
    assert "Pengelola kepegawaian" in page
    assert personnel.name not in page


def test_only_lists_one_stood_on_are_shown(personnel: Account, staff: Account, unit: Unit) -> None:
    government = unit.government
    open_list(personnel, government, make_unit(government))
    open_list(personnel, make_government("Kota Lain"))
    assert staff.person is not None
    assert queries.list_views_about(staff.person) == []
    open_list(personnel, government)
    assert len(queries.list_views_about(staff.person)) == 1
    parent = make_unit(government)
    moved = make_unit(government, parent=parent)
    Posting.objects.filter(person=staff.person).update(valid_to=date(2026, 1, 1))
    Posting.objects.create(
        government=government,
        person=staff.person,
        unit=moved,
        status="pns",
        valid_from=date(2026, 1, 1),
    )
    open_list(personnel, government, unit)
    assert len(queries.list_views_about(staff.person)) == 1
    open_list(personnel, government, parent)
    assert len(queries.list_views_about(staff.person)) == 2


def test_paging_through_one_list_is_one_visit(personnel: Account, unit: Unit) -> None:
    government = unit.government
    for minutes, count in ((0, 50), (2, 50), (5, 80)):
        privacy.record_list_view(
            actor=personnel,
            government=government,
            unit=unit,
            what="test.list",
            count=count,
            now=NOW + timedelta(minutes=minutes),
        )
    assert NameListView.objects.get().people == 80
    privacy.record_list_view(
        actor=personnel,
        government=government,
        unit=unit,
        what="test.list",
        count=1,
        now=NOW + timedelta(hours=1),
    )
    assert NameListView.objects.count() == 2


def test_a_page_or_search_counts_only_for_those_it_showed(
    personnel: Account, staff: Account, unit: Unit
) -> None:
    other = make_person(unit)

    def show(*people: Person, minutes: int) -> None:
        privacy.record_list_view(
            actor=personnel,
            government=unit.government,
            unit=unit,
            what="test.list",
            count=len(people),
            people=[person.pk for person in people],
            now=NOW + timedelta(minutes=minutes),
        )

    assert staff.person is not None
    show(other, minutes=0)
    assert queries.list_views_about(staff.person) == []
    show(staff.person, minutes=1)
    assert [view.people for view in queries.list_views_about(staff.person)] == [1]
    show(staff.person, minutes=2)
    assert len(queries.list_views_about(staff.person)) == 1, "the same page again is one visit"
    show(staff.person, other, minutes=3)
    assert len(queries.list_views_about(staff.person)) == 2
    open_list(personnel, unit.government, unit)
    assert len(queries.list_views_about(staff.person)) == 3
    assert len(queries.list_views_about(other)) == 3


def test_an_empty_list_is_no_visit(personnel: Account, government: Government) -> None:
    privacy.record_list_view(
        actor=personnel, government=government, what="test.list", count=0, now=NOW
    )
    assert not NameListView.objects.exists()


def test_a_request_is_due_after_three_times_24_hours(staff: Account) -> None:
    asked = privacy.ask(actor=staff, kind="correction", text="Nama saya salah", now=NOW)
    assert asked.due_at - asked.asked_at == timedelta(hours=72)
    clock = data_requests.clock_of(asked, NOW + timedelta(hours=50))
    assert (clock.hours_left, clock.is_late) == (22, False)
    late = data_requests.clock_of(asked, NOW + timedelta(hours=75))
    assert (late.hours_left, late.is_late) == (3, True)


def test_changes_are_told_in_words_and_with_the_name_of_the_unit(staff: Account) -> None:
    assert staff.person is not None
    unit = staff.person.postings.get().unit
    changes.record_person(
        staff.person,
        None,
        NOW,
        Change.Kind.CREATED,
        after={"joined_on": date(2026, 3, 1), "unit": unit.pk, "status": "pns"},
    )
    page = sign_in(Client(), staff, second_factor=False).get("/saya/data/").content.decode()
    assert f"mulai bekerja: 1 Maret 2026; unit: {unit.name}; status: PNS" in page
    assert str(unit.pk) not in page
    assert "joined_on" not in page


def test_the_journey_of_a_request_on_the_pages(personnel: Account, staff: Account) -> None:
    person = sign_in(Client(), staff, second_factor=False)
    empty = person.post("/saya/data/permintaan/", {"kind": "correction", "text": " "})
    assert empty.status_code == 200
    sent = person.post(
        "/saya/data/permintaan/", {"kind": "correction", "text": "Golongan saya III/b"}
    )
    assert sent.status_code == 302
    assert "sisa 71 jam" in person.get("/saya/data/").content.decode()
    officer = sign_in(Client(), personnel, second_factor=True)
    assert "Rina Hasanah" in officer.get("/permintaan-data/").content.decode()
    asked = DataRequest.objects.get()
    address = f"/permintaan-data/{asked.pk}/"
    assert f"/pegawai/{staff.person_id}/" in officer.get(address).text, "where it is put right"
    no_reason = officer.post(address, {"decision": "grant", "reasons": ""})
    assert no_reason.status_code == 200
    officer.post(address, {"decision": "grant", "reasons": "Sudah diperbaiki."})
    asked.refresh_from_db()
    assert asked.state == DataRequest.State.GRANTED
    assert "Sudah diperbaiki." in person.get("/saya/data/").content.decode()


def test_requests_are_answered_once_by_the_right_officer(
    personnel: Account, staff: Account
) -> None:
    asked = privacy.ask(actor=staff, kind="objection", text="Keberatan", now=NOW)
    values = {"request": asked, "granted": False, "reasons": "Dasar: …", "now": NOW}
    stranger = make_officer("personnel", make_government("Kota Lain"))
    organiser = make_officer("organiser", asked.government)
    for actor in (stranger, organiser, staff):
        with pytest.raises(Refused) as caught:
            privacy.answer(actor=actor, **values)  # type: ignore[arg-type]
        assert caught.value.problem is Problem.NOT_YOURS
    privacy.answer(actor=personnel, **values)  # type: ignore[arg-type]
    with pytest.raises(Refused) as caught:
        privacy.answer(actor=personnel, **values)  # type: ignore[arg-type]
    assert caught.value.problem is Problem.ANSWERED


def test_small_tables_are_narrowed_to_the_same_people(
    personnel: Account, government: Government, unit: Unit
) -> None:
    """Asked row by row, not by gathering everybody first; who moved away is reached where they are."""
    below, beside = make_unit(government, parent=unit), make_unit(government)
    moved, gone = make_person(unit), make_person(unit)
    moved.postings.update(unit=beside)
    gone.postings.update(valid_to=NOW.date())
    people = [make_person(unit), make_person(below), make_person(beside), moved, gone]
    people.append(make_person(make_unit(make_government("Kota Lain"))))
    for person in people:
        privacy.ask(actor=make_account(person), kind="objection", text="Keberatan", now=NOW)
    subtree = make_officer("personnel", government, unit=unit)
    every = DataRequest.objects.all()
    for actor, wanted in ((personnel, 5), (subtree, 2), (make_account(make_person(unit)), 0)):
        reached = authority.about_people_of(actor, every, "personnel")
        same = every.filter(person__in=authority.people_of(actor, "personnel"))
        assert set(reached) == set(same) and reached.count() == wanted


def test_nobody_answers_their_own_request(personnel: Account) -> None:
    asked = privacy.ask(actor=personnel, kind="objection", text="Keberatan", now=NOW)
    with pytest.raises(Refused) as caught:
        privacy.answer(actor=personnel, request=asked, granted=True, reasons="ya", now=NOW)
    assert caught.value.problem is Problem.SELF
    client = sign_in(Client(), personnel, second_factor=True)
    assert client.get(f"/permintaan-data/{asked.pk}/").status_code == 404


def test_an_open_request_can_be_withdrawn_by_its_person_alone(staff: Account, unit: Unit) -> None:
    asked = privacy.ask(actor=staff, kind="erasure", text="Hapus nomor HP", now=NOW)
    other = sign_in(Client(), make_account(make_person(unit)), second_factor=False)
    assert other.post(f"/saya/data/permintaan/{asked.pk}/tarik/").status_code == 404
    person = sign_in(Client(), staff, second_factor=False)
    person.post(f"/saya/data/permintaan/{asked.pk}/tarik/")
    asked.refresh_from_db()
    assert asked.state == DataRequest.State.WITHDRAWN


def test_what_is_said_about_the_rows_is_not_counted_as_one(staff: Account) -> None:
    client = sign_in(Client(), staff, second_factor=False)
    staff.known_devices.create(device="a" * 64, first_seen_at=NOW, last_seen_at=NOW)
    chapters = {one.key: one for one in client.get("/saya/data/").context["chapters"]}
    sessions = chapters["sessions"]
    assert sessions.rows[-1] == {"Peramban yang dikenali": 1}
    assert sessions.count == len(sessions.rows) - 1
    (issued,) = claiming.issue_for(
        actor=None,
        person_ids=[staff.person_id],
        now=timezone.now(),  # type: ignore[list-item]
    )
    claiming.claim_with_code(code=issued.code, now=timezone.now())
    chapters = {one.key: one for one in client.get("/saya/data/").context["chapters"]}
    declines = next(
        one for one in chapters.values() if one.rows and "Yang tidak tampil" in one.rows[-1]
    )
    assert declines.count == 0


def test_the_download_holds_everything_the_page_shows(personnel: Account, staff: Account) -> None:
    open_list(personnel, staff.government)  # type: ignore[arg-type]
    privacy.ask(actor=staff, kind="correction", text="Nama saya salah", now=timezone.now())
    client = sign_in(Client(), staff, second_factor=False)
    answer = client.get("/saya/data/unduh/")
    assert answer["Content-Disposition"].startswith("attachment")
    document = json.loads(answer.content)
    chapters = client.get("/saya/data/").context["chapters"]
    assert list(document) == [chapter.key for chapter in chapters]
    assert {key: len(rows) for key, rows in document.items()} == {
        chapter.key: len(chapter.rows) for chapter in chapters
    }
    assert document["register"][0]["Nama lengkap"] == "Rina Hasanah"
    assert document["name_lists"][0]["Dibuka oleh"] == "Pengelola kepegawaian"
    assert document["requests"]


def test_every_table_about_a_person_is_in_the_download_or_says_why_not() -> None:
    """A new table with a person or account in it is shown to that person, or listed here."""
    from django.apps import apps

    shown = {
        "Account", "Person", "Posting", "FormerNumber", "HeadOfUnit", "ClaimCode", "SignIn",
        "KnownDevice", "AccountRecovery", "Duty", "DutyDeed", "NameListView", "DataRequest",
    }  # fmt: skip
    only_as_actor = {"Change", "Import", "SlipBatch", "Government", "MergeDeed"}
    nobodys = {
        "Erasure": "whoever was erased has no account left to see it with",
        "ErasureProposal": "only about people who left, whose accounts are closed",
    }
    staged = {"ImportRow": "deleted some days after the import, see the data inventory"}
    for model in apps.get_app_config("people").get_models():
        points_at = {
            field.related_model.__name__
            for field in model._meta.get_fields()
            if field.is_relation and field.many_to_one and field.related_model
        }
        if points_at & {"Person", "Account"}:
            assert model.__name__ in shown | only_as_actor | set(staged) | set(nobodys), (
                model.__name__
            )


def test_features_add_sections_and_what_they_hold(
    staff: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mine, "_held", {})
    mine.add_held(
        mine.HeldData("test.held", "Ikrar", lambda _request, person: [{"Nama": person.name}])
    )
    client = sign_in(Client(), staff, second_factor=False)
    assert json.loads(client.get("/saya/data/unduh/").content)["test.held"] == [
        {"Nama": "Rina Hasanah"}
    ]


def test_old_list_views_are_dropped(personnel: Account, government: Government) -> None:
    open_list(personnel, government)
    assert privacy.forget_old_list_views(now=NOW + timedelta(days=365)) == 0
    assert privacy.forget_old_list_views(now=NOW + privacy.KEEP_LIST_VIEWS * 1.01) == 1


def test_an_account_without_a_person_has_a_page_too(government: Government, db: None) -> None:
    account = Account.objects.create(username="luar", name="Petugas Luar", government=government)
    client = sign_in(Client(), account, second_factor=False)
    assert client.get("/saya/").status_code == 200
    assert client.get("/saya/data/").status_code == 200
    answer = client.post("/saya/data/permintaan/", {"kind": "correction", "text": "x"})
    assert answer.status_code == 200


def test_requests_are_deleted_three_years_after_their_answer_and_never_while_they_wait(
    personnel: Account, staff: Account
) -> None:
    def ask(text: str) -> DataRequest:
        return privacy.ask(actor=staff, kind="objection", text=text, now=NOW)

    answered, withdrawn, waiting = ask("satu"), ask("dua"), ask("tiga")
    later = NOW + timedelta(days=400)
    values = {"actor": personnel, "granted": False, "reasons": "Kewajiban hukum"}
    privacy.answer(request=answered, now=later, **values)
    privacy.withdraw(actor=staff, request=withdrawn, now=NOW)
    at = NOW + privacy.KEEP_REQUESTS
    assert privacy.forget_old_requests(now=at) == 0
    assert privacy.forget_old_requests(now=at + timedelta(days=4)) == 1
    assert set(DataRequest.objects.all()) == {answered, waiting}
    tasks.drop_old_traces.func()
    assert DataRequest.objects.count() == 2
    assert privacy.forget_old_requests(now=later + privacy.KEEP_REQUESTS * 1.01) == 1
    assert DataRequest.objects.get() == waiting
