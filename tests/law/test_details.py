"""Details that mutation testing found open: whole results, trace rows, mirrored lifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from netral.law import ClockError, Situation, judge, library
from netral.law.clocks import Deadline, Reading, Span, count, deadline
from netral.law.matrix import STATUSES
from netral.law.procedures import Counting, step
from netral.law.vocabulary import Confidence, Outcome, State
from netral.law.workdays import WorkCalendar, Zone

ON = date(2024, 10, 7)


def test_a_deadline_without_limit_is_whole() -> None:
    found = deadline("bkn/appointing_official", ON)
    assert found == Deadline(
        step("bkn/appointing_official"), ON, None, None, (), False, found.warnings
    )
    assert len(found.warnings) == 1


def test_a_deadline_in_hours_is_whole() -> None:
    instant = datetime.fromisoformat("2024-10-07T10:00:00+07:00")
    due = datetime.fromisoformat("2024-10-08T10:00:00+07:00")
    assert deadline("crime_pemilihan/police", instant, zone=Zone.WIB) == Deadline(
        step("crime_pemilihan/police"),
        ON,
        due.date(),
        due,
        (Reading(Counting.HOURS, due.date()),),
        False,
        (),
    )


@pytest.mark.parametrize("extended, due", [(False, date(2024, 10, 10)), (True, date(2024, 10, 12))])
def test_a_deadline_in_days_is_whole(extended: bool, due: date) -> None:
    assert deadline("bawaslu_pemilihan/follow_up", ON, extended=extended) == Deadline(
        step("bawaslu_pemilihan/follow_up"),
        ON,
        due,
        None,
        (Reading(Counting.CALENDAR, due),),
        extended,
        (),
    )


def test_a_suspension_reaches_the_deadline() -> None:
    span = Span(date(2024, 10, 8), date(2024, 10, 9), "menunggu keterangan")
    assert deadline("pp94/summons", ON, suspensions=[span]).due == date(2024, 10, 18)


def test_unverified_years_are_named_in_both_languages() -> None:
    pytest.importorskip("holidays")
    warning = deadline("pp94/delivery", date(2029, 12, 20)).warnings[0]
    assert "2029, 2030" in warning.id and "2029, 2030" in warning.en


def test_no_days_mean_the_start_itself() -> None:
    assert count(ON, 0, True, WorkCalendar()) == ON
    with pytest.raises(ClockError, match=r"^a limit cannot have a negative length$"):
        count(ON, -1, True, WorkCalendar())


def test_the_trace_says_why_other_norms_never_mattered() -> None:
    verdict = judge(Situation("vote", {"status": "PNS"}), ON)
    rows = {row.norm: row for row in verdict.finding.trace.rows()}
    assert set(rows) == set(library().norms)
    assert len(list(verdict.finding.trace.rows())) == len(rows)
    assert rows["PP-53-2010/4.14"].reason == "not_in_force"
    assert rows["PP-53-2010/4.14"].elements == ()
    other = rows["SKB-2022/D6"]
    assert other.reason == "other_act"
    assert [(item.element.facts, item.state) for item in other.elements] == [
        (("conduct",), State.FAILS)
    ]
    considered = {row.norm for row in verdict.finding.trace.considered}
    assert considered == {"UU-10-2016/57", "STATEMENTS/memilih"}


def test_a_permission_lifts_the_mirrored_norm_too() -> None:
    """Non-ASN staff on duty at a declaration before determination: K6 reaches them by reference."""
    duty = Situation("rally_on_duty", {"status": "NON_ASN"}, "pilkada-2024")
    verdict = judge(duty, date(2024, 6, 10))
    rows = {row.norm: row for row in verdict.finding.trace.considered}
    assert verdict.outcome is Outcome.ALLOWED_IF
    assert rows["SE-01-2023/bentuk>SKB-2022/K6"].reason == "lifted"
    assert rows["SE-01-2023/bentuk>SKB-2022/K6"].by == "STATEMENTS/tugas"


def test_the_trace_names_who_decided() -> None:
    listening = Situation("rally_passive", {"status": "PNS"}, "pilkada-2024")
    rows = {row.norm: row for row in judge(listening, ON).finding.trace.considered}
    assert (rows["PP-94-2021/5.n.1"].reason, rows["PP-94-2021/5.n.1"].by) == (
        "contested",
        "passive-attendance",
    )
    spouse = Situation("spouse_rally_passive", {"status": "PNS", "leave": "yes"}, "pilkada-2024")
    rows = {row.norm: row for row in judge(spouse, ON).finding.trace.considered}
    assert rows["SKB-2022/K7"].reason == "excepted"
    assert rows["PP-94-2021/5.n.1"].by == "SE-18-2023/menghadiri"
    unknown = Situation("spouse_rally_passive", {"status": "PNS"}, "pilkada-2024")
    rows = {row.norm: row for row in judge(unknown, ON).finding.trace.considered}
    assert rows["SKB-2022/K7"].reason == "open"
    assert rows["SE-18-2023/menghadiri"].reason == "open"


def test_what_stays_possible() -> None:
    def possible(act: str, **facts: str) -> list[str]:
        asked = Situation(act, {"status": "PNS", **facts}, "pilkada-2024")
        return [item.value for item in judge(asked, ON).finding.possible]

    assert possible("vote") == ["allowed"]
    assert possible("rally_passive") == ["contested"]
    assert possible("rally") == ["contested", "forbidden_discipline"]
    assert possible("favour_decision") == ["forbidden_discipline", "crime"]
    assert possible("favour_decision", post="executor") == ["forbidden_discipline"]
    assert possible("adhoc_body") == ["allowed_if"]
    assert possible("survey") == []
    assert possible("spouse_photo") == ["allowed_if", "forbidden_discipline"]
    assert possible("party_page") == ["contested", "forbidden_discipline"]


def test_disputes_about_something_else_keep_the_outcome() -> None:
    reacted = judge(Situation("like", {"status": "PNS", "account": "team"}, "pilkada-2024"), ON)
    assert reacted.outcome is Outcome.FORBIDDEN_DISCIPLINE
    assert reacted.finding.contests == ("like-class", "split-before-after")
    assert reacted.finding.safe == library().act("like").safe
    listening = judge(Situation("rally_passive", {"status": "PNS"}, "pilkada-2024"), ON)
    assert listening.finding.safe == library().contests["passive-attendance"].safe


def test_a_sanction_is_as_sure_as_its_provision_unless_the_data_say_otherwise() -> None:
    law = library()
    assert law.norms["PP-94-2021/5.n.3"].sanction_confidence == "primary"
    assert law.norms["SKB-2022/D1"].sanction_confidence == "single"
    assert law.norms["SKB-2022/D10"].sanction_confidence == "memory"


def test_the_first_day_is_answered() -> None:
    first = library().first_day
    assert judge(Situation("vote", {"status": "PNS"}), first).outcome is Outcome.ALLOWED


def test_an_open_dispute_alone_leaves_the_outcome_open() -> None:
    """Debate hall in another role: no prohibition is open, but whether the dispute holds is."""
    hall = Situation("tagged_photo", {"election": "pemilihan"}, None)
    verdict = judge(hall, ON)
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.missing == ("status",)
    assert verdict.finding.possible == (Outcome.CONTESTED,)


def test_the_facts_used_are_those_that_rules_and_disputes_in_play_look_at() -> None:
    def used(act: str, **facts: str) -> dict[str, str]:
        asked = Situation(act, {"status": "PNS", **facts}, "pilkada-2024")
        return dict(judge(asked, ON).finding.used)

    liked = {"status": "PNS", "phase": "campaign", "account": "candidate"}
    assert used("like", account="candidate", duty="no", repeated="yes") == liked
    called = {"status": "PNS", "election": "pemilihan", "stance": "neutral"}
    assert used("turnout_call", leave="no") == called
    assert used("turnout_call", leave="no", relation="relative") == {
        **called,
        "relation": "relative",
    }


def test_a_missing_fact_is_asked_for_only_where_it_can_still_change_something() -> None:
    def asked(act: str, **facts: str) -> tuple[str, ...]:
        return judge(Situation(act, facts, "pilkada-2024"), ON).missing

    assert asked("spouse_photo", status="PNS", leave="yes") == (
        "gesture", "party_attributes", "service_attributes",
    )  # fmt: skip
    assert asked("spouse_photo", status="PNS", leave="yes", gesture="partisan") == ()
    assert asked("like", account="candidate")[0] == "status"
    assert asked("like", account="candidate", status="PNS") == ()


def test_a_contested_verdict_is_as_sure_as_the_norms_in_doubt() -> None:
    verdict = judge(Situation("rally_passive", {"status": "PNS"}, "pilkada-2024"), ON)
    assert verdict.outcome is Outcome.CONTESTED
    assert verdict.finding.confidence is library().provision("PP-94-2021/5.n.1").confidence
    assert verdict.finding.confidence is Confidence.PRIMARY


def test_the_trace_says_which_dispute_leaves_a_norm_open() -> None:
    def decided(act: str, norm: str, **facts: str) -> tuple[str, str | None, set[State]]:
        finding = judge(Situation(act, facts, "pilkada-2024"), ON).finding
        row = next(item for item in finding.trace.considered if item.norm == norm)
        return row.reason, row.by, {item.state for item in row.elements}

    met = decided("rally", "PP-94-2021/5.n.1", status="PNS")
    assert met == ("open", "passive-attendance", {State.HOLDS})
    doubted = decided("private_support", "SKB-2022/D2", election="pemilihan")
    assert doubted[:2] == ("open", "private-sphere") and State.UNDETERMINED in doubted[2]


def test_a_provision_that_waits_for_a_fact_is_cited_as_open() -> None:
    found = judge(Situation("spouse_photo", {"status": "PNS"}, "pilkada-2024"), ON).finding
    assert {item.role for item in found.citations} >= {"open", "duty"}


def test_several_breaches_and_silence_are_remarked_on() -> None:
    def notes(act: str, **facts: str) -> str:
        asked = Situation(act, {"status": "PNS", **facts}, "pilkada-2024")
        return " ".join(item.id for item in judge(asked, ON).finding.notes)

    assert notes("spouse_speech").startswith("Beberapa pelanggaran sekaligus")
    again = notes("like", account="candidate", repeated="yes")
    assert again.startswith("Pernah dihukum untuk hal sejenis: hukumannya lebih berat")
    assert notes("survey").startswith("Tidak ditemukan aturan yang jelas")


@pytest.mark.parametrize("status", STATUSES)
def test_the_supervisor_of_the_day_looks_at_every_kind_of_civil_servant_and_nobody_else(
    status: str,
) -> None:
    facts = {"status": status, "account": "candidate", "phase": "campaign"}
    finding = judge(Situation("share", facts), ON).finding
    named = {item.body for item in library().supervisors_on(ON)} & set(finding.deciders)
    assert bool(named) is (status in {"PNS", "CPNS", "PPPK", "PPPK_PW"})


@pytest.mark.parametrize("status", ["PNS", "CPNS", "PPPK"])
def test_the_one_heaviest_sanction_is_a_rule_for_those_under_the_regulation_since_it_holds(
    status: str,
) -> None:
    facts = {"status": status, "account": "candidate", "phase": "campaign", "repeated": "yes"}
    for on in (date(2021, 8, 30), ON):
        notes = " ".join(note.id for note in judge(Situation("share", facts), on).finding.notes)
        assert ("lebih berat" in notes) is (status != "PPPK" and on == ON)


def test_a_single_sanction_of_no_given_level_is_shown_and_gives_way_to_a_given_one() -> None:
    def levels(act: str, **facts: str) -> list[str]:
        asked = Situation(act, {"status": "PNS", **facts}, "pilkada-2024")
        return [item.level for item in judge(asked, ON).finding.sanctions]

    assert levels("party_volunteer") == ["unassigned"]
    both = judge(Situation("rally_uniform", {"status": "PNS"}, "pilkada-2024"), ON)
    assert {"PP-94-2021/5.n.1", "PP-94-2021/5.n.2"} <= set(both.provisions)
    assert "unassigned" not in levels("rally_uniform")


def test_who_examines_is_named_in_both_languages() -> None:
    liked = Situation("like", {"status": "PNS", "account": "candidate"}, "pilkada-2024")
    first = judge(liked, ON).finding.deciders[0]
    assert (first.id, first.en) == ("Bawaslu mengkaji dan meneruskan", "Bawaslu studies and refers")


def test_a_breach_whoever_did_it_says_that_the_sanction_waits_for_the_status() -> None:
    """Every prohibition names statuses today; data to come may not."""
    law = library()
    norm = law.norms["SKB-2022/D6"]
    anybody = tuple(item for item in norm.elements if "status" not in item.choices)
    changed = replace(law, compiled={})
    vars(changed)["norms"] = {**law.norms, norm.id: replace(norm, elements=anybody)}
    asked = Situation("like", {"account": "candidate"}, "pilkada-2024")
    finding = judge(asked, ON, law=changed).finding
    assert finding.sanctions == ()
    assert [note.id for note in finding.notes] == [
        "Sanksi bergantung pada status kepegawaian yang belum diketahui."
    ]


def test_the_gravest_sanction_stands_first_and_the_surest_ground_gives_the_confidence() -> None:
    team = Situation("campaign_team", {"status": "PNS", "phase": "quiet", "election": "pemilu"})
    sanctions = judge(team, date(2024, 2, 12)).finding.sanctions
    assert [item.level for item in sanctions] == ["uu7_494", "severe"]
    assert sanctions[0].confidence.rank > sanctions[1].confidence.rank
    member = judge(Situation("party_member", {"status": "PNS"}, "pilkada-2024"), ON)
    assert member.finding.confidence is Confidence.PRIMARY
    ordered = judge(Situation("order_staff", {"status": "PPPK"}, "pilkada-2024"), ON)
    cited = [item.provision for item in ordered.finding.citations if item.role == "applied"]
    assert cited == ["SKB-2022/D12", "SKB-2022/D8"]


def test_an_act_cites_what_it_informs_about_and_a_permitted_one_no_dispute_about_the_body() -> None:
    on = date(2025, 11, 1)
    greeted = judge(Situation("congratulate", {"status": "PNS"}), on).finding
    assert ("PP-94-2021/5.n.6", "information") in [item[:2] for item in greeted.citations]
    voted = judge(Situation("vote", {"status": "PNS"}), on)
    assert "supervisor-after-kasn" not in voted.finding.contests
    shared = Situation("share", {"status": "PNS", "account": "candidate", "phase": "campaign"})
    assert "supervisor-after-kasn" in judge(shared, on).finding.contests


def test_the_status_is_asked_for_only_where_a_breach_brings_a_sanction() -> None:
    assert judge(Situation("vote", {}), ON).missing == ()
    asked = Situation("campaign_team", {"election": "pemilihan", "phase": "campaign"})
    assert "status" in judge(asked, ON).missing


def test_who_holds_a_position_is_named_in_the_language_asked_for() -> None:
    position = library().contests["passive-attendance"].positions[0]
    assert (position.named("id"), position.named("en")) == (
        "Mendagri",
        "Minister of Home Affairs",
    )


def test_the_ethics_item_on_accounts_is_in_doubt_for_the_own_account_before_determination() -> None:
    def doubts(account: str, phase: str) -> bool:
        facts = {"status": "PNS", "election": "pemilihan", "account": account, "phase": phase}
        found = judge(Situation("like", facts), ON).finding
        assert found.outcome is not Outcome.CONTESTED
        return "ethics-item-account" in found.contests

    assert doubts("candidate", "candidacy")
    assert not doubts("team", "candidacy") and not doubts("candidate", "campaign")


def test_a_stretch_starts_on_its_turning_day_but_not_before_the_data() -> None:
    law = library()
    turn = date(2023, 10, 31)
    assert law.stretch_start(turn) == turn == law.stretch_start(turn + timedelta(days=1))
    before = law.stretch_start(turn - timedelta(days=1))
    assert before in law.turning_days and before < turn
    assert law.epoch(before) == law.epoch(turn) - 1
    assert law.stretch_start(law.first_day) == law.first_day == law.stretch_start(date(1990, 1, 1))
