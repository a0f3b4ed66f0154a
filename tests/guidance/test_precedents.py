"""From a question to a precedent: two people, numbers without gaps, and a law that changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from netral.guidance.api.consulting import collect_question
from netral.guidance.models import Consultation, ConsultationStep
from netral.guidance.queries import consultations as queries
from netral.guidance.queries.setting import Setting
from netral.guidance.rules import cited, wording
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.services import precedents, questions
from netral.guidance.services.drafting import first_draft
from netral.law import library
from netral.people.code_kinds import question_as_typed
from netral.people.models import Account
from tests.guidance.factories import (
    DRAFT,
    NOW,
    TEXT,
    bring_to_review,
    make_office,
    make_precedent,
    send,
)
from tests.people.accounts import factories

pytestmark = pytest.mark.django_db


def test_a_precedent_has_number_day_law_version_and_its_provisions() -> None:
    made = make_precedent(make_office())
    assert (made.state, made.number, made.year) == ("published", 1, 2026)
    assert made.law_version == library().version
    assert tuple(made.provisions) == DRAFT.provisions
    assert made.outcome == "forbidden_discipline"
    assert list(made.steps.values_list("move", flat=True)) == ["send", "take", "submit", "publish"]


def test_nobody_publishes_what_they_wrote() -> None:
    office = make_office()
    made = bring_to_review(office)
    with pytest.raises(PermissionDenied):
        precedents.publish(consultation=made, actor=office.first, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=made.pk).update(
            state="published", number=1, year=2026, published_at=NOW, closed_at=NOW,
            reviewed_by=office.first,
        )  # fmt: skip


def test_whoever_wrote_once_is_no_second_person_later() -> None:
    office = make_office()
    third = factories.make_officer("reviewer", office.government)
    made = bring_to_review(office)
    precedents.give_back(consultation=made, reason="Kurang dasar", actor=office.second, now=NOW)
    precedents.save(consultation=made, draft=DRAFT, actor=office.second, now=NOW)
    precedents.submit(consultation=made, actor=office.second, now=NOW)
    for writer in (office.first, office.second):
        with pytest.raises(PermissionDenied):
            precedents.publish(consultation=made, actor=writer, now=NOW)
    assert precedents.publish(consultation=made, actor=third, now=NOW).number == 1


def test_only_reviewers_of_that_government_act() -> None:
    office = make_office()
    made = bring_to_review(office)
    unit = factories.make_unit(office.government)
    strangers = [
        make_office().second,
        factories.make_officer("personnel", office.government),
        factories.make_officer("reviewer", office.government, unit=unit),
    ]
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            precedents.publish(consultation=made, actor=stranger, now=NOW)
        assert not queries.reviewed_by(stranger).filter(pk=made.pk).exists()


def test_numbers_have_no_gaps_and_begin_anew_each_year_and_government() -> None:
    office, other = make_office(), make_office()
    assert [make_precedent(office).number for _turn in range(3)] == [1, 2, 3]
    assert make_precedent(other).number == 1
    # 16.30 UTC on the last day is already the new year in the government's zone (WITA).
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert (lambda one: (one.year, one.number))(make_precedent(office, now=new_year)) == (2027, 1)


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_one_moment_leave_no_gap_and_no_double() -> None:
    office = make_office()
    ready = [bring_to_review(office) for _turn in range(4)]

    def publish(one: Consultation) -> None:
        try:
            precedents.publish(consultation=one, actor=office.second, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(publish, ready))
    numbers = Consultation.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_a_move_from_another_state_is_refused() -> None:
    office = make_office()
    made = make_precedent(office)
    with pytest.raises(precedents.NotNow):
        precedents.publish(consultation=made, actor=office.second, now=NOW)
    assert ConsultationStep.objects.filter(move="publish").count() == 1


def test_a_draft_without_its_basis_is_not_handed_over() -> None:
    office = make_office()
    made = send(office)
    bare = replace(DRAFT, provisions=())
    precedents.take(consultation=made, draft=bare, actor=office.first, now=NOW)
    with pytest.raises(precedents.Unfinished):
        precedents.submit(consultation=made, actor=office.first, now=NOW)


@pytest.mark.parametrize(
    ("outcome", "answer", "is_wrong"),
    [
        ("allowed", "Tolak selama tahapan. Bantuan itu kampanye.", True),
        ("allowed_if", "PNS tidak boleh menerimanya.", True),
        ("allowed", "Boleh. Jangan lupa menyimpan buktinya.", False),
        ("forbidden_discipline", "Ya, boleh selama di luar jam kerja.", True),
        ("forbidden_discipline", "Tidak. Menyukai termasuk yang dilarang.", False),
        ("contested", "Belum pasti; sebaiknya jangan.", False),
        ("", "Jangan.", False),
    ],
)
def test_an_answer_against_its_heading_is_noticed(
    outcome: str, answer: str, is_wrong: bool
) -> None:
    assert wording.contradicts(outcome, answer) is is_wrong


def test_a_draft_that_contradicts_the_law_data_is_not_handed_over() -> None:
    office = make_office()
    made = send(office)
    wrong = replace(DRAFT, act="refuse_order", facts={}, answer="Tolak. Tidak boleh diterima.")
    precedents.take(consultation=made, draft=wrong, actor=office.first, now=NOW)
    assert made.outcome == "allowed"
    with pytest.raises(precedents.Contradictory):
        precedents.submit(consultation=made, actor=office.first, now=NOW)
    precedents.save(consultation=made, draft=replace(wrong, act=""), actor=office.first, now=NOW)
    precedents.submit(consultation=made, actor=office.first, now=NOW)
    assert (made.state, made.outcome) == ("review", "")


def test_the_history_cannot_be_bent() -> None:
    make_precedent(make_office())
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationStep.objects.update(reason="lain")
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationStep.objects.all().delete()


@pytest.mark.parametrize("what", ["reads otherwise", "gone", "ended"])
def test_a_changed_provision_flags_the_precedent_by_itself(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office()
    made = make_precedent(office)
    other = make_precedent(office, replace(DRAFT, provisions=("UU-20-2023/24.1.d",), act=""))
    assert precedents.flag_changed(now=NOW) == 0
    _change_law(monkeypatch, what)
    assert precedents.flag_changed(now=NOW) == 1
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.state, other.state) == ("flagged", "published")
    assert "SKB-2022/D6" in made.notice
    assert not queries.holds_on(made, NOW.date())
    assert precedents.flag_changed(now=NOW) == 0


def _change_law(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    law = library()
    provisions = dict(law.provisions)
    old = provisions.pop("SKB-2022/D6")
    if what == "reads otherwise":
        provisions[old.id] = replace(old, text=replace(old.text, id="Bunyi baru"))
    elif what == "ended":
        provisions[old.id] = replace(old, until=date(2026, 1, 1))
    changed = replace(law)
    changed.__dict__["provisions"] = provisions
    monkeypatch.setattr(precedents, "library", lambda: changed)


def test_a_flagged_precedent_is_kept_by_somebody_else_or_withdrawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = make_office()
    made = make_precedent(office)
    _change_law(monkeypatch, "reads otherwise")
    precedents.flag_changed(now=NOW)
    with pytest.raises(PermissionDenied):
        precedents.keep(consultation=made, reason="Isinya sama", actor=office.first, now=NOW)
    precedents.keep(consultation=made, reason="Isinya sama", actor=office.second, now=NOW)
    assert (made.state, made.notice) == ("published", "")
    assert precedents.flag_changed(now=NOW) == 0


def test_an_answer_is_not_kept_against_the_law_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    made = make_precedent(office)
    bare = make_precedent(office, replace(DRAFT, provisions=("SKB-2022/D6",), act=""))
    _change_law(monkeypatch, "ended")
    assert precedents.flag_changed(now=NOW) == 2
    with pytest.raises(precedents.Unfinished):
        precedents.keep(consultation=bare, reason="Masih benar", actor=office.second, now=NOW)
    monkeypatch.setattr(precedents, "_outcome", lambda *told: "allowed")
    with pytest.raises(precedents.Contradictory):
        precedents.keep(consultation=made, reason="Masih benar", actor=office.second, now=NOW)
    for one in (made, bare):
        one.refresh_from_db()
        assert one.state == "flagged"


def test_facts_that_the_law_no_longer_knows_flag_the_precedent_instead_of_stopping_the_rest() -> (
    None
):
    office = make_office()
    lost, sound = make_precedent(office), make_precedent(office)
    Consultation.objects.filter(pk=lost.pk).update(facts={"account": "no such account"})
    assert precedents.flag_changed(now=NOW) == 1
    lost.refresh_from_db()
    sound.refresh_from_db()
    assert (lost.state, sound.state) == ("flagged", "published")


def test_a_withdrawn_precedent_stays_with_its_number_and_reason() -> None:
    office = make_office()
    made = make_precedent(office)
    with pytest.raises(precedents.ReasonMissing):
        precedents.withdraw(consultation=made, reason=" ", actor=office.first, now=NOW)
    precedents.withdraw(consultation=made, reason="Keliru", actor=office.first, now=NOW)
    found = queries.precedent(made.pk)
    assert found is not None
    assert (found.number, found.notice, found.withdrawn_at) == (1, "Keliru", NOW)
    assert make_precedent(office).number == 2


def test_a_digest_is_the_same_in_every_process() -> None:
    assert cited.digest(library().provision("SKB-2022/D6")) == _digest_elsewhere()


def _digest_elsewhere() -> str:
    import subprocess
    import sys

    code = (
        "from netral.law import library; from netral.guidance.rules.cited import digest; "
        "print(digest(library().provision('SKB-2022/D6')))"
    )
    environment = {"PYTHONPATH": "src", "PYTHONHASHSEED": "12345", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_personal_words_are_erased_some_time_after_the_answer_and_not_before() -> None:
    office = make_office()
    asker: Account = factories.make_account(
        factories.make_person(factories.make_unit(office.government))
    )
    told: dict[str, Any] = {
        "asker": asker,
        "circumstances": "Adik saya calon",
        "wants_opinion": True,
    }
    made = make_precedent(office, **told)
    waiting = send(office, **told)
    assert questions.erase_personal(now=NOW + moves.KEEP_PERSONAL) == 0
    assert questions.erase_personal(now=NOW + moves.KEEP_PERSONAL + timedelta(seconds=1)) == 1
    made.refresh_from_db()
    waiting.refresh_from_db()
    assert (made.sent_text, made.circumstances, made.asker) == ("", "", None)
    assert made.question == DRAFT.question
    assert waiting.circumstances == "Adik saya calon"


def test_a_question_from_an_event_lands_in_the_same_queue_without_a_person() -> None:
    office = make_office()
    code = collect_question(
        government_id=office.government.pk, text=TEXT, event="Sosialisasi 20 November", now=NOW
    )
    waiting = queries.queue_of(office.first).get()
    assert (waiting.source, waiting.asker) == ("event", None)
    assert queries.by_receipt(question_as_typed(code)) == waiting
    assert queries.by_receipt("") is None


def test_the_first_draft_knows_the_phase_that_nobody_had_to_type() -> None:
    text = "bolehkah PNS menyukai unggahan calon gubernur?"
    unsure = first_draft(text, Setting(NOW.date()))
    assert "Menurut data hukum" not in unsure.answer
    assert unsure.provisions == (), "which of them hold is not known yet"
    under_way = Setting(NOW.date(), phase="campaign", election="pemilihan")
    told = first_draft(text, under_way)
    assert told.answer.startswith("Menurut data hukum: dilarang (disiplin).")
    assert told.facts["phase"] == "campaign"


def test_the_first_draft_comes_from_the_law_and_guesses_nothing() -> None:
    told = first_draft(
        "boleh gak pns like postingan calon bupati pas kampanye?",
        Setting(NOW.date(), phase="campaign", election="pemilihan"),
    )
    assert told.act == "like"
    assert "SKB-2022/D6" in told.provisions
    assert "Langkah aman" in told.answer
    assert first_draft("resep soto ayam yang enak?", Setting(NOW.date())).answer == ""


def test_the_search_finds_everyday_forms_and_rare_words_first() -> None:
    office = make_office()
    like = make_precedent(office)
    hall = make_precedent(
        office,
        replace(DRAFT, question="Bolehkah aula kelurahan dipinjam calon?", act="", answer="Tidak."),
    )
    assert queries.search("ngelike postingan cabup")[0] == like
    assert queries.search("minjemin aula")[0] == hall
    assert queries.search("zzzz") == []
    bring_to_review(office)
    assert len(queries.search("unggahan")) == 1


def test_two_thousand_precedents_are_searched_with_two_queries(
    django_assert_max_num_queries: Any,
) -> None:
    office = make_office()
    made = make_precedent(office)
    rare, common = queries.roots("ambulans unggahan")
    rows = []
    for number in range(2, 2_001):
        one = Consultation(**{
            field.name: getattr(made, field.name)
            for field in Consultation._meta.fields if field.name not in ("id", "receipt", "number")
        }, number=number, receipt=None)  # fmt: skip
        word = rare if number == 1234 else "aula"
        one.search_words = f" {common} calon {word} "
        rows.append(one)
    Consultation.objects.bulk_create(rows, batch_size=200)
    with django_assert_max_num_queries(2):
        found = queries.search("ambulans unggahan")
    assert found[0].number == 1234
    assert len(found) == queries.MOST_FOUND


def test_an_upgrade_flags_what_its_law_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from netral.project.upgrading import flag_changed_precedents

    made = make_precedent(make_office())
    told: list[str] = []
    flag_changed_precedents(NOW, told.append)
    assert told == []
    _change_law(monkeypatch, "gone")
    flag_changed_precedents(NOW, told.append)
    made.refresh_from_db()
    assert made.state == "flagged"
    assert "Precedents: 1" in told[0]
