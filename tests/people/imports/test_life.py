"""Preview, confirm, apply, undo: what an import does to the register, and when it refuses."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from netral.base import events
from netral.people.events import RegisterChanged
from netral.people.models import (
    Change,
    ColumnMapping,
    FormerNumber,
    Government,
    Import,
    ImportRow,
    NameListView,
    Person,
    Posting,
    Unit,
)
from netral.people.queries import import_preview
from netral.people.queries import imports as sight
from netral.people.services import claiming, imports, privacy
from netral.people.services.imports import ImportRefused, applying, blockers
from tests.people.imports import factories
from tests.people.imports.factories import (
    NOW,
    SIMPEG,
    TODAY,
    apply,
    bring,
    codes,
    number,
    read,
    staff,
    xlsx,
)

NON_ASN = ["Nama", "Tugas", "Unit Kerja"]
LATER = NOW + timedelta(days=40)
THEN = date(2027, 1, 1)


@pytest.mark.django_db
def test_nothing_is_written_before_it_is_confirmed(government: Government) -> None:
    source = read(government, xlsx([SIMPEG, *staff(3)]))
    assert source.state == Import.State.PREVIEW
    assert source.counts["create"] == 3
    assert not Person.objects.exists()
    assert not Unit.objects.exists()
    imports.discard(actor=None, source=source, now=NOW)
    assert not ImportRow.objects.exists()
    with pytest.raises(ImportRefused):
        imports.confirm(actor=None, source=source, close_missing=False, now=NOW)


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing(government: Government) -> None:
    rows = [SIMPEG, *staff(5)]
    non_asn = [NON_ASN, ["Joko", "Sopir", "Dinas A"], ["Rina", "Operator", "Dinas A"]]
    bring(government, rows)
    bring(government, non_asn)
    before = list(Change.objects.values_list("id", flat=True))
    again = bring(government, rows)
    assert again.counts == again.counts | {"same": 5}
    assert bring(government, non_asn).counts == {"rows": 2, "same": 2}
    assert list(Change.objects.values_list("id", flat=True)) == before
    assert Posting.objects.count() == 7


@pytest.mark.django_db
def test_a_move_between_units_of_one_name_says_from_which_to_which(government: Government) -> None:
    rows = staff(1, unit="Sekretariat", top="Dinas A")
    bring(government, [SIMPEG, *rows, *staff(2, unit="Sekretariat", top="Dinas B")[1:]])
    rows[0][6] = "Dinas B"
    source = read(government, xlsx([SIMPEG, *rows]), on=THEN)
    [row] = ImportRow.objects.filter(source=source, action="move")
    [line] = import_preview.lines([row])
    assert line.unit == "Sekretariat · Dinas B"
    [field] = line.fields
    assert (field.before, field.after) == ("Sekretariat · Dinas A", "Sekretariat · Dinas B")


@pytest.mark.django_db
def test_changes_moves_and_leaving_keep_history(government: Government) -> None:
    head = [*SIMPEG, "KEDUDUKAN HUKUM"]
    rows = [[*row, "Aktif"] for row in staff(4)]
    bring(government, [head, *rows])
    rows[0][3] = "Kepala Seksi"
    rows[1][5:7] = ["Bidang Dua", "Dinas Contoh"]
    rows[2][7] = "Pensiun BUP"
    source = bring(government, [head, *rows], on=THEN)
    assert source.counts == source.counts | {"change": 1, "move": 1, "close": 1, "same": 1}
    changed, moved, closed = (Person.objects.get(number=number(i)) for i in (1, 2, 3))
    old, new = changed.postings.order_by("valid_from")
    assert (old.position, old.valid_to, new.position, new.valid_from) == (
        "Staf", THEN, "Kepala Seksi", THEN,
    )  # fmt: skip
    assert moved.postings.get(valid_to=None).unit.name == "Bidang Dua"
    assert closed.left_on == THEN
    assert not closed.postings.filter(valid_to=None).exists()
    lines = {
        line.kind: (json.loads(line.before), json.loads(line.after))
        for line in Change.objects.filter(source=source, subject="person")
    }
    assert lines["changed"] == ({"position": "Staf"}, {"position": "Kepala Seksi"})
    assert lines["closed"][1] == {"left_on": "2027-01-01", "standing": "Pensiun BUP"}
    assert set(lines["moved"][0]) == {"unit"}
    rows[2][7] = "Aktif"
    back = bring(government, [head, *rows], on=date(2027, 2, 1))
    assert back.counts["reopen"] == 1
    closed.refresh_from_db()
    assert closed.left_on is None
    assert closed.postings.get(valid_to=None).valid_from == date(2027, 2, 1)


@pytest.mark.django_db
def test_a_blank_cell_or_a_missing_column_changes_nothing(government: Government) -> None:
    bring(government, [[*SIMPEG, "NOMOR HP"], [*staff(1)[0], "081234567890"]])
    source = bring(government, [["NIP", "NAMA", "NOMOR HP"], [number(1), staff(1)[0][0], ""]])
    assert source.counts == {"rows": 1, "same": 1}
    assert Person.objects.get().phone == "081234567890"


@pytest.mark.django_db
def test_people_missing_from_a_full_import_are_proposed_never_dropped(
    government: Government,
) -> None:
    bring(government, [SIMPEG, *staff(4)])
    bring(government, [NON_ASN, ["Joko", "Sopir", "Dinas A"]])
    rows = [SIMPEG, *staff(3)]
    rows[3][1] = "12"  # an unusable row: whoever bears its name is not proposed
    kept = apply(read(government, xlsx(rows), scope="full_asn"))
    assert kept.counts == kept.counts | {"missing": 1, "same": 2, "bad": 1}
    assert Posting.objects.filter(valid_to=None).count() == 5
    source = apply(read(government, xlsx(rows), scope="full_asn"), close_missing=True)
    assert Person.objects.get(number=number(4)).left_on == TODAY
    assert Posting.objects.filter(valid_to=None).count() == 4
    assert Change.objects.get(source=source).kind == "closed"
    assert read(government, xlsx([SIMPEG, *staff(1)]), scope="part").counts.get("missing") is None


@pytest.mark.django_db
def test_a_non_asn_who_becomes_pppk_is_a_question_never_two_people(government: Government) -> None:
    bring(government, [NON_ASN, ["Joko Susilo", "Sopir", "Dinas A"]])
    joko = Person.objects.get()
    rows = [
        ["Nama", "NI PPPK", "Jabatan", "Unit Kerja"],
        ["Joko Susilo", number(5, pppk=True), "Sopir", "Dinas A"],
    ]
    source = read(government, xlsx(rows))
    row = source.rows.get()
    assert (row.action, row.question, row.candidate_ids) == ("ask", "number_given", [joko.pk.hex])
    imports.decide(actor=None, source=source, row_id=row.pk, person_id=joko.pk)
    source = apply(source)
    joko.refresh_from_db()
    assert Person.objects.count() == 1
    assert (joko.number, joko.local_id != "") == (number(5, pppk=True), True)
    assert [p.status for p in joko.postings.order_by("id")] == ["non_asn", "pppk"]
    assert Change.objects.get(source=source).kind == "number_changed"


@pytest.mark.django_db
def test_a_new_ni_pppk_with_the_same_birth_date_and_name_is_a_question(
    government: Government,
) -> None:
    head = ["Nama", "NI PPPK", "Unit Kerja"]
    bring(government, [head, ["Dewi Ayu", number(5, pppk=True), "Dinas A"]])
    dewi = Person.objects.get()
    source = read(government, xlsx([head, ["DEWI AYU", number(6, pppk=True), "Dinas A"]]))
    row = source.rows.get()
    assert (row.action, row.question) == ("ask", "number_changed")
    imports.decide(actor=None, source=source, row_id=row.pk, person_id=dewi.pk)
    apply(source)
    assert FormerNumber.objects.get().number == number(5, pppk=True)
    old = read(government, xlsx([head, ["DEWI AYU", number(5, pppk=True), "Dinas A"]]))
    assert codes(old) == ["number_former"]
    assert old.counts["same"] == 1


@pytest.mark.django_db
def test_answers_new_and_skip(government: Government, officer: Any) -> None:
    bring(government, [NON_ASN, ["Joko", "Sopir", "Dinas A"]])
    source = read(government, xlsx([NON_ASN, ["Joko", "Satpam", "Dinas B"]]))
    row = source.rows.get(action="ask")
    assert row.question == "same_name_elsewhere"
    assert [person.name for person in sight.candidates(officer, row)] == ["Joko"]
    imports.decide(actor=officer, source=source, row_id=row.pk, person_id=None)
    source.refresh_from_db()
    assert source.counts["skip"] == 1
    imports.decide(actor=officer, source=source, row_id=row.pk, person_id="new")
    source.refresh_from_db()
    apply(source)
    assert Person.objects.filter(name="Joko").count() == 2


@pytest.mark.django_db
def test_staff_without_number_are_known_by_local_id_then_by_name_in_their_unit(
    government: Government,
) -> None:
    bring(government, [NON_ASN, ["Joko", "Sopir", "Dinas A"], ["Rina", "Operator", "Dinas A"]])
    joko = Person.objects.get(name="Joko")
    rows = [
        [*NON_ASN, "ID Lokal"],
        ["Joko Susilo", "Sopir", "Dinas A", joko.local_id],
        ["RINA", "Operator", "dinas  a", ""],
        ["Rina", "Satpam", "Dinas A", ""],
        ["Siapa", "Satpam", "Dinas A", "N64-222222Q"],
    ]
    source = read(government, xlsx(rows))
    actions = list(source.rows.order_by("line").values_list("action", "question"))
    assert actions[:3] == [("change", ""), ("same", ""), ("ask", "same_name_in_file")]
    assert actions[3][0] == "bad"
    apply(source)
    joko.refresh_from_db()
    assert joko.name == "Joko Susilo"


@pytest.mark.django_db
def test_undo_takes_everything_back_and_history_keeps_both(government: Government) -> None:
    head = [*SIMPEG, "KEDUDUKAN HUKUM"]
    rows = [[*row, "Aktif"] for row in staff(3)]
    bring(government, [head, *rows])
    picture = _picture()
    rows[0][3], rows[1][5], rows[2][7] = "Kepala Seksi", "Bidang Dua", "Berhenti"
    rows.append([*staff(4)[3], "Aktif"])
    source = bring(government, [head, *rows], on=THEN)
    assert _picture() != picture
    imports.undo(actor=None, source=source, now=LATER)
    imports.carry_out_undo(str(source.pk), LATER)
    source.refresh_from_db()
    assert (source.state, source.undone_at) == (Import.State.UNDONE, LATER)
    assert _picture() == picture
    assert (
        Change.objects.filter(kind="undone").count() == Change.objects.filter(source=source).count()
    )
    imports.carry_out_undo(str(source.pk), LATER)
    assert _picture() == picture
    first = Import.objects.order_by("created_at", "id").first()
    assert first is not None


def _picture() -> list[Any]:
    """Everything an import writes, without keys that it makes anew."""
    people = Person.objects.order_by("id").values_list(
        "id", "name", "number", "email", "phone", "left_on"
    )
    postings = Posting.objects.order_by("id").values_list(
        "id", "unit", "status", "position", "valid_from", "valid_to"
    )
    units = Unit.objects.order_by("id").values_list("id", "name", "parent", "external_id")
    closure = sorted(
        (str(a), str(u), d)
        for unit in Unit.objects.all()
        for a, u, d in unit.above.values_list("ancestor", "unit", "distance")
    )
    return [list(people), list(postings), list(units), closure]


@pytest.mark.django_db
def test_undo_is_refused_with_reasons_once_something_builds_on_it(
    government: Government, officer: Any
) -> None:
    source = bring(government, [SIMPEG, *staff(2)])
    assert sight.blockers_of_undo(officer, source) == []
    rows = staff(2)
    rows[0][3] = "Kepala Seksi"
    later = bring(government, [SIMPEG, *rows])
    found = sight.blockers_of_undo(officer, source)
    assert [blocker.count for blocker in found] == [1]
    with pytest.raises(ImportRefused) as refusal:
        imports.undo(actor=officer, source=source, now=LATER)
    assert found[0].what in str(refusal.value)
    assert sight.blockers_of_undo(officer, later) == []


@pytest.mark.django_db
def test_having_been_looked_at_does_not_keep_an_import_from_being_undone(
    government: Government, officer: Any
) -> None:
    """The preview of the next import shows names, and opening a list records who was on it."""
    bring(government, [SIMPEG, *staff(1, unit="Bidang Nol")])
    stays = Person.objects.get()
    source = bring(government, [SIMPEG, *staff(3)])
    unit = Unit.objects.get(name="Bidang Satu")
    opened = {"actor": officer, "government": government, "now": LATER, "count": 3}
    everybody = list(Person.objects.values_list("pk", flat=True))
    privacy.record_list_view(what="people.import", people=everybody, **opened)
    privacy.record_list_view(what="people.export", unit=unit, **opened)
    assert sight.blockers_of_undo(officer, source) == []
    imports.undo(actor=officer, source=source, now=LATER)
    imports.carry_out_undo(str(source.pk), LATER)
    source.refresh_from_db()
    assert source.state == Import.State.UNDONE
    assert list(Person.objects.all()) == [stays]
    views = NameListView.objects.all()
    assert {(view.people, view.is_listed, *view.shown.all()) for view in views} == {
        (3, True, stays)
    }


@pytest.mark.django_db
def test_what_builds_on_an_import_is_named_in_words_of_the_office(
    government: Government, officer: Any
) -> None:
    source = bring(government, [SIMPEG, *staff(1)])
    person = Person.objects.get()
    claiming.issue_for(actor=None, person_ids=[person.pk], now=LATER)
    officer.person = person
    officer.save()
    named = " ".join(blocker.what for blocker in blockers.of(source))
    assert "akun yang sudah diaktifkan" in named
    assert "slip akun" in named


@pytest.mark.django_db
def test_rows_of_other_packages_and_their_hooks_block_undo(
    government: Government, officer: Any
) -> None:
    source = bring(government, [SIMPEG, *staff(1)])
    person = Person.objects.get()
    officer.person = person
    officer.save()
    assert [blocker.count for blocker in blockers.of(source)] == [1]
    officer.person = None
    officer.save()
    hook = lambda checked: [blockers.Blocker("ikrar", 3)]  # noqa: E731
    blockers.add_finder(hook)
    try:
        assert blockers.of(source) == [blockers.Blocker("ikrar", 3)]
    finally:
        blockers._finders.remove(hook)


@pytest.mark.django_db
def test_history_cannot_be_changed_or_dropped(government: Government) -> None:
    bring(government, [SIMPEG, *staff(1)])
    line = Change.objects.first()
    assert line
    for deed in (
        lambda: Change.objects.filter(pk=line.pk).update(after="{}"),
        lambda: Change.objects.filter(pk=line.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()


@pytest.mark.django_db
def test_the_second_of_two_officers_gets_a_clear_answer_and_a_fresh_preview(
    government: Government,
) -> None:
    first = read(government, xlsx([SIMPEG, *staff(3)]))
    second = read(government, xlsx([SIMPEG, *staff(4)]))
    imports.confirm(actor=None, source=first, close_missing=False, now=NOW)
    with pytest.raises(ImportRefused, match="Impor lain sedang diterapkan"):
        imports.confirm(actor=None, source=second, close_missing=False, now=NOW)
    imports.apply(str(first.pk), NOW)
    second = apply(second)
    assert second.state == Import.State.PREVIEW
    assert "Register berubah" in second.failure
    assert second.counts == second.counts | {"same": 3, "create": 1}
    assert second.counts.get("unit_create", 0) == 0
    assert Person.objects.count() == 3
    assert apply(second).state == Import.State.APPLIED
    assert Person.objects.count() == 4
    assert Unit.objects.count() == 2


@pytest.mark.django_db
def test_a_change_of_the_register_that_touches_no_figure_does_not_stop_the_import(
    government: Government,
) -> None:
    bring(government, [SIMPEG, *staff(1, unit="Lain", top="Dinas Lain")])
    source = read(government, xlsx([SIMPEG, *staff(3)[1:]]))
    bring(government, [["NIP", "NAMA", "EMAIL GOV"], [number(1), "Orang B", "b@kantor.go.id"]])
    assert apply(source).state == Import.State.APPLIED


@pytest.mark.django_db
def test_a_failing_subscriber_leaves_nothing_behind(government: Government) -> None:
    def fail(event: RegisterChanged) -> None:
        assert Person.objects.exists()
        raise RuntimeError("the figures cannot be kept")

    source = read(government, xlsx([SIMPEG, *staff(3)]))
    events.subscribe(RegisterChanged, fail)
    try:
        imports.confirm(actor=None, source=source, close_missing=False, now=NOW)
        with pytest.raises(RuntimeError):
            imports.apply(str(source.pk), NOW)
    finally:
        events._handlers[RegisterChanged].remove(fail)
    assert not Person.objects.exists()
    assert not Change.objects.exists()
    imports.apply(str(source.pk), NOW)  # the job runs again
    imports.apply(str(source.pk), NOW)  # and once more, by mistake
    assert Person.objects.count() == 3
    assert Change.objects.filter(subject="person").count() == 3


@pytest.mark.django_db
def test_the_event_names_the_units_that_changed(government: Government) -> None:
    heard: list[RegisterChanged] = []
    events.subscribe(RegisterChanged, heard.append)
    try:
        bring(government, [SIMPEG, *staff(1)])
        bring(government, [SIMPEG, *staff(2)])
        bring(government, [SIMPEG, *staff(2, unit="Bidang Dua")])
    finally:
        events._handlers[RegisterChanged].remove(heard.append)
    unit = Unit.objects.get(name="Bidang Satu")
    assert [event.unit_ids for event in heard] == [None, frozenset({unit.pk}), None]


@pytest.mark.django_db
def test_an_unknown_header_waits_for_the_officer_and_is_remembered(
    government: Government, officer: Any, uploads: Any
) -> None:
    rows = [["Nomor Pokok", "Sebutan", "Bagian"], [number(1), "Adi", "Dinas A"]]
    source = read(government, xlsx(rows), actor=officer)
    assert source.state == Import.State.MAPPING
    columns = {c["header"]: c["shape"] for c in source.mapping["sheets"][0]["columns"]}
    assert columns["Nomor Pokok"] == "18 angka"
    assert len(list(uploads.iterdir())) == 1
    wanted = {"nomorpokok": "number", "Sebutan": "name", "Bagian": "unit_name"}
    imports.set_mapping(actor=officer, source=source, sheet="Data", mapping=wanted, now=NOW)
    imports.read(str(source.pk), NOW)
    source.refresh_from_db()
    assert (source.state, source.counts["create"]) == (Import.State.PREVIEW, 1)
    assert ColumnMapping.objects.count() == 3
    assert read(government, xlsx(rows)).state == Import.State.PREVIEW
    with pytest.raises(ImportRefused, match="data pribadi"):
        imports.set_mapping(
            actor=officer, source=source, sheet="", mapping={"N I K": "number"}, now=NOW
        )


@pytest.mark.django_db
def test_another_governments_officer_may_neither_see_nor_act(government: Government) -> None:
    source = read(government, xlsx([SIMPEG, *staff(1)]))
    stranger = factories.make_officer(factories.make_government("71", "Lain"), "orang.lain")
    assert list(sight.imports_for(stranger)) == []
    for look in (sight.rows, sight.problems, sight.blockers_of_undo, sight.problem_workbook):
        with pytest.raises(Import.DoesNotExist):
            look(stranger, source)
    with pytest.raises(PermissionDenied):
        imports.confirm(actor=stranger, source=source, close_missing=False, now=NOW)
    with pytest.raises(PermissionDenied):
        imports.discard(actor=stranger, source=source, now=NOW)


@pytest.mark.django_db
def test_people_of_another_government_are_never_matched(government: Government) -> None:
    other = factories.make_government("71", "Lain")
    bring(other, [SIMPEG, *staff(1)])
    source = read(government, xlsx([SIMPEG, *staff(1)]), scope="full")
    assert source.counts == source.counts | {"create": 1}
    assert source.counts.get("missing") is None


@pytest.mark.django_db
def test_a_register_that_keeps_changing_is_said_so(
    government: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = read(government, xlsx([SIMPEG, *staff(1)]))

    def always_stale(*_arguments: Any) -> None:
        raise applying.Stale

    monkeypatch.setattr(applying, "_write", always_stale)
    source = apply(source)
    assert (source.state, source.trouble["code"]) == ("preview", "register_keeps_changing")


@pytest.mark.django_db
def test_a_clock_that_jumps_back_stops_no_import(government: Government) -> None:
    yesterday = NOW - timedelta(days=1)
    source = read(government, xlsx([SIMPEG, *staff(2)]))
    apply(source, now=yesterday)
    assert Person.objects.count() == 2
    imports.undo(actor=None, source=source, now=yesterday)
    imports.carry_out_undo(str(source.pk), yesterday)
    assert not Person.objects.exists()
