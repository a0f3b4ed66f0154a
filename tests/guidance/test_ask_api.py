"""Asking in JSON: as described, in the body only, and with the verdict of the library."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from netral.guidance.api.description import description
from netral.guidance.views.asking import limits
from netral.law import Situation, judge, library
from netral.law.render.structure import verdict_json
from netral.people.services import throttling
from tests.guidance.test_api import faults

pytestmark = pytest.mark.django_db
ADDRESS = "/api/hukum/ask"
LIKE = "boleh gak pns like postingan calon bupati?"


def ask(expected: int = 200, /, body: str | None = None, **sent: Any) -> Any:
    """Asks, and holds the answer against the description."""
    answer: HttpResponse = Client().post(
        ADDRESS, json.dumps(sent) if body is None else body, content_type="application/json"
    )
    assert answer.status_code == expected, answer.content
    told = json.loads(answer.content)
    described = json.loads(json.dumps(description()))
    responses = described["paths"][ADDRESS]["post"]["responses"]
    schema = responses[str(expected)]["content"]["application/json"]["schema"]
    assert faults(told, schema, described, ADDRESS) == []
    return told


def test_the_verdict_is_the_librarys() -> None:
    told = ask(question=LIKE, phase="campaign", on="2024-10-07")
    (part,) = told["parts"]
    for name, facts in (
        ("verdict", part["facts"] | part["assumed"]),
        ("told_alone", part["facts"]),
    ):
        verdict = judge(Situation("like", facts), verdict_day(part))
        assert part[name] == json.loads(json.dumps(verdict_json(library(), verdict)))
    assert (told["status"], told["outcome"], told["class"]) == (
        "answered",
        "forbidden",
        "discipline",
    )
    assert told["acts"] == ["like"] and "SKB-2022/D6" in told["provisions"]


def verdict_day(part: Any) -> Any:
    from datetime import date

    return date.fromisoformat(part["verdict"]["on"])


AGREES = {
    "allowed": {"allowed"},
    "conditional": {"allowed", "allowed_if"},
    "forbidden": {"forbidden_ethics", "forbidden_discipline"},
    "crime": {"crime"},
}


@pytest.mark.parametrize(
    "question",
    [
        "boleh gak like postingan calon bupati?",
        "like caleg",
        "kumpulkan ktp warga buat calon perseorangan",
        "pasang stiker cabup di mobil sendiri",
        "nyoblos di tps boleh?",
    ],
)
def test_outcome_and_verdict_agree_and_nothing_that_was_assumed_is_asked(question: str) -> None:
    told = ask(question=question)
    assert told["status"] == "answered"
    for part in told["parts"]:
        assert part["verdict"]["outcome"] in AGREES[part["outcome"]]
        asked = {item["fact"] for item in part["verdict"]["questions"]}
        assert asked.isdisjoint(part["assumed"])
    assert told["outcome"] in {part["outcome"] for part in told["parts"]}


def test_there_is_no_verdict_while_it_is_not_known_which_act_is_meant() -> None:
    told = ask(question="soal calon itu gimana ya pak")
    assert told["status"] == "choose_act"
    assert told["parts"] == [] and told["class"] is None
    assert told["understood"]["readings"]


def test_whose_rules_bind_is_said() -> None:
    told = ask(question="karyawan bumn boleh jadi relawan capres?")
    assert (told["status"], told["outcome"], told["parts"]) == ("outside", "out_of_scope", [])
    assert told["understood"]["bound_elsewhere"] == "company"
    assert ask(question=LIKE)["understood"]["bound_elsewhere"] is None


def test_facts_and_acts_put_right_what_was_read() -> None:
    told = ask(question=LIKE, facts={"status": "NON_ASN"}, acts=["vote"], on="2024-11-27")
    assert told["acts"] == ["vote"]
    assert told["parts"][0]["facts"]["status"] == "NON_ASN"


def test_a_question_outside_or_unclear_has_no_permission() -> None:
    for question in ("resep rendang", "gimana itu ya"):
        assert ask(question=question)["outcome"] not in ("allowed", "conditional")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "no_question"),
        ({"question": " "}, "no_question"),
        ({"question": "x" * 501}, "no_question"),
        ({"question": 7}, "no_question"),
        ({"question": "x", "nama": "Budi"}, "bad_field"),
        ({"question": "x", "on": "kemarin"}, "bad_field"),
        ({"question": "x", "on": "1999-01-01"}, "bad_field"),
        ({"question": "x", "facts": {"status": 1}}, "bad_field"),
        ({"question": "x", "acts": "like"}, "bad_field"),
        ({"question": "x", "facts": {"status": "RAJA"}}, "unknown_word"),
        ({"question": "x", "acts": ["terbang"]}, "unknown_word"),
        ({"question": "x", "phase": "besok"}, "unknown_word"),
    ],
)
def test_what_cannot_be_read_is_said(sent: dict[str, Any], code: str) -> None:
    told = ask(400, **sent)
    assert told["error"] == code
    for sentence in told["message"].values():
        example = json.loads(sentence[sentence.index('{"question"') :])
        assert ask(**example)["outcome"] == "forbidden"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"nama": "Budi"}, "'nama' is unknown; there are: question, subject, phase"),
        ({"on": "kemarin"}, "'on' must be a day such as 2024-10-07, not before "),
        ({"facts": ["PNS"]}, '\'facts\' must be an object such as {"status": "PNS"}'),
        ({"acts": "like"}, "'acts' must be a list such as [\"like\"]"),
        ({"phase": 3}, "'phase' must be a text, or null"),
    ],
)
def test_a_field_that_is_wrong_is_named_with_what_to_send(sent: dict[str, Any], says: str) -> None:
    assert says in ask(400, question="x", **sent)["message"]["en"]


def test_a_value_that_the_law_does_not_know_is_named() -> None:
    detail = ask(400, question="x", phase="besok")["detail"]
    assert "unknown phase 'besok'; known: " in detail and "before_candidates_set" in detail


@pytest.mark.parametrize("body", ["", "boleh?", "[1]", "null"])
def test_a_body_that_is_no_object_is_refused(body: str) -> None:
    assert ask(400, body=body)["error"] == "not_json"


def test_a_question_in_the_address_is_refused() -> None:
    answer = Client().get(ADDRESS, {"question": LIKE})
    assert answer.status_code == 405
    assert json.loads(answer.content)["error"] == "use_post"


def test_too_many_questions_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    few = throttling.Allowance("ask.api", uses=1, window=limits.PROGRAMS.window)
    monkeypatch.setattr(limits, "PROGRAMS", few)
    ask(question=LIKE)
    assert ask(429, question=LIKE)["error"] == "too_many"


def test_what_takes_a_permission_back_is_named_and_stands_above_the_verdict() -> None:
    told = ask(question="saya nyoblos pake baju kuning partai terus upload foto jari tinta")
    (part,) = told["parts"]
    (burden,) = part["withheld"]
    assert (burden["fact"], part["outcome"], told["outcome"]) == (
        "party_attributes",
        "forbidden",
        "forbidden",
    )
    assert burden["words"]["id"] and burden["words"]["en"]
    assert ask(question=LIKE)["parts"][0]["withheld"] == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (LIKE, (False, False)),
        ("disuruh kepala dinas ikut kampanye calon bupati, harus gimana?", (True, False)),
        ("temen saya pns like status caleg", (False, True)),
    ],
)
def test_whose_deed_it_is_and_who_ordered_it_is_said(
    question: str, told: tuple[bool, bool]
) -> None:
    read = ask(question=question)["understood"]
    assert (read["ordered"], read["of_another"]) == told


def test_what_a_permission_does_not_reach_is_quoted_and_nothing_is_permitted() -> None:
    told = ask(question="nyoblos dua kali di tps sebelah", acts=["vote"])
    (part,) = told["parts"]
    assert (told["status"], told["outcome"], part["outcome"]) == ("partial", "unclear", "unclear")
    assert part["unanswered"] == ["nyoblos dua kali di tps sebelah"]
    alone = ask(question="nyoblos di tps boleh?", acts=["vote"])
    assert alone["outcome"] == "allowed" and alone["parts"][0]["unanswered"] == []


def test_a_deed_of_a_relative_on_the_staff_is_said_to_be_judged_as_theirs() -> None:
    told = ask(question="suami saya pns, saya petani, boleh suami saya like postingan caleg?")
    assert told["understood"]["of_kin"] and told["outcome"] == "forbidden"
    assert not ask(question=LIKE)["understood"]["of_kin"]
