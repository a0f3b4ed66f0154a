"""The JSON interface: it says what the library says, and its description says what it answers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from netral.guidance.api.endpoints import endpoints
from netral.guidance.citing import path_of
from netral.guidance.services import precedents
from netral.law import Situation, judge, library
from netral.law.matrix import matrix
from netral.law.render.structure import verdict_json
from tests.contracts.addresses import every_address
from tests.guidance.factories import (
    DRAFT,
    NOW,
    bring_to_review,
    make_office,
    make_precedent,
    send,
)

pytestmark = pytest.mark.django_db
ROOT = "/api/hukum/"
LAW = library()
DAY = "2024-10-07"


def ask(path: str, expected: int = 200, /, **query: str) -> Any:
    answer: HttpResponse = Client().get(ROOT + path, query)
    assert answer.status_code == expected, answer.content
    assert answer["Content-Type"] == "application/json"
    return json.loads(answer.content)


# --- a small reader of schemas: what the description uses, and nothing it does not know --------------

KNOWN = {"type", "format", "enum", "items", "properties", "required", "additionalProperties",
         "anyOf", "$ref", "description", "pattern"}  # fmt: skip
TYPES: dict[str, tuple[type, ...]] = {
    "number": (int, float), "string": (str,), "null": (type(None),), "boolean": (bool,), "array": (list,), "object": (dict,)
}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], described: dict[str, Any], at: str) -> list[str]:
    """How ``value`` breaks ``schema``; empty when it keeps to it."""
    assert set(schema) <= KNOWN, f"{at}: the reader does not know {set(schema) - KNOWN}"
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        return faults(value, described["components"]["schemas"][name], described, at)
    if "anyOf" in schema:
        tried = [faults(value, one, described, at) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, TYPES[name]) for name in allowed):
        return [f"{at}: {value!r} is no {allowed}"]
    if value is None:
        return []
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r} is not listed"]
    if schema.get("format") == "date":
        date.fromisoformat(value)
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [f"{at}: {value!r} is not like {schema['pattern']}"]
    found = []
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += faults(item, schema["items"], described, f"{at}[{number}]")
    if isinstance(value, dict):
        found += _object_faults(value, schema, described, at)
    return found


def _object_faults(
    value: dict[str, Any], schema: dict[str, Any], described: dict[str, Any], at: str
) -> list[str]:
    inner = schema.get("properties", {})
    found = [f"{at}: {name} is missing" for name in schema.get("required", []) if name not in value]
    other = schema.get("additionalProperties", True)
    for name, item in value.items():
        if name in inner:
            found += faults(item, inner[name], described, f"{at}.{name}")
        elif other is False:
            found.append(f"{at}: {name} is not described")
        elif isinstance(other, dict):
            found += faults(item, other, described, f"{at}.{name}")
    return found


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    from netral.guidance.api.description import description

    return json.loads(json.dumps(description()))


def check(path: str, template: str, described: dict[str, Any], **query: str) -> None:
    responses = described["paths"][ROOT + template]["get"]["responses"]
    answer: HttpResponse = Client().get(ROOT + path, query)
    assert str(answer.status_code) in responses, f"{path} answered {answer.status_code}"
    schema = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
    assert faults(json.loads(answer.content), schema, described, path) == []


def test_the_reader_finds_what_is_wrong(described: dict[str, Any]) -> None:
    verdict = described["components"]["schemas"]["Verdict"]
    good = ask("judge", act="like", on=DAY)
    assert faults(good, verdict, described, "x") == []
    for broken in ({**good, "more": 1}, {**good, "on": None}, {**good, "outcome": "fine"}):
        assert len(faults(broken, verdict, described, "x")) == 1
    del good["notes"]
    assert faults(good, verdict, described, "x") == ["x: notes is missing"]


# --- the description is the interface ------------------------------------------------------------------


def test_the_description_lists_exactly_the_addresses_that_are_there(
    described: dict[str, Any],
) -> None:
    routes = {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(entry.pattern))
        for _name, entry in every_address(get_resolver())
        if str(entry.pattern).startswith("api/hukum/") and entry.name != "api_unknown"
    }
    assert set(described["paths"]) == routes
    assert ask("openapi.json") == described
    assert described["openapi"] == "3.1.0"
    assert described["info"]["version"] == LAW.version


def test_path_parameters_are_those_of_the_path(described: dict[str, Any]) -> None:
    names = []
    for path, methods in described["paths"].items():
        (operation,) = methods.values()
        names.append(operation["operationId"])
        inner = {item["name"] for item in operation["parameters"] if item["in"] == "path"}
        assert inner == set(re.findall(r"{(\w+)}", path))
        assert all(item["required"] for item in operation["parameters"] if item["in"] == "path")
    assert len(names) == len(set(names))


def test_every_reference_leads_to_a_schema_and_every_schema_is_used(
    described: dict[str, Any],
) -> None:
    used = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(described)))
    assert used == set(described["components"]["schemas"])


@pytest.mark.parametrize(  # those that take a body: test_ask_api, test_postcheck
    "name", sorted(name for name, item in endpoints().items() if not item.body)
)
def test_each_query_parameter_is_taken_and_no_other(name: str, described: dict[str, Any]) -> None:
    item = endpoints()[name]
    precedent = make_precedent(make_office()).pk if "precedent" in item.parts else ""
    path = item.path.format(instrument="SKB-2022", article="D6", act="like", precedent=precedent)
    base = {"act": "like"} if name == "api_judge" else {}
    check(path, item.path, described, **base)
    for parameter, about in item.query.items():
        told = about.values[0] if about.values else DAY
        check(path, item.path, described, **{**base, parameter: told})
    if item.refuses:
        check(path, item.path, described, **base, zzz="1")
        assert ask(path, 400, **base, zzz="1")["error"] == "unknown_parameter"


# --- what it answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", sorted(LAW.acts))
def test_the_verdict_is_the_librarys(act: str, described: dict[str, Any]) -> None:
    phases = LAW.act(act).given.get("phase", ("quiet",))
    told = {"status": "PPPK", "phase": phases[0]}
    wanted = verdict_json(LAW, judge(Situation(act, told), date.fromisoformat(DAY)))
    answered = ask("judge", act=act, on=DAY, **told)
    assert answered == json.loads(json.dumps(wanted))
    check("judge", "judge", described, act=act, on=DAY, **told)


@pytest.mark.parametrize("on", ["2018-01-01", "2023-10-30", DAY, "2027-12-01"])
def test_instruments_and_provisions_are_all_there(on: str, described: dict[str, Any]) -> None:
    day = date.fromisoformat(on)
    listed = ask("instruments", on=on)["instruments"]
    assert [item["id"] for item in listed] == list(LAW.instruments)
    for item in listed:
        one = LAW.instrument(item["id"])
        assert (item["standing"] == "in_force") == one.in_force(day)
        path = f"instruments/{one.id}"
        assert [row["id"] for row in ask(path, on=on)["provisions"]] == list(one.provisions)
        check(path, "instruments/{instrument}", described, on=on)
    current = ask("provisions", on=on, in_force="yes")["provisions"]
    assert [row["id"] for row in current] == [
        name for name, item in LAW.provisions.items() if item.in_force(day)
    ]
    for row in current[::5]:
        one_row = ask(f"provisions/{row['id']}", on=on)
        assert {**row, "on": on, "law_version": LAW.version} == one_row


def test_precedents_are_listed_found_and_read_as_described(described: dict[str, Any]) -> None:
    office = make_office()
    made = make_precedent(office, circumstances="rahasia", asker=office.first)
    gone = make_precedent(office, replace(DRAFT, question="Bolehkah memakai kaos calon?"))
    precedents.withdraw(consultation=gone, reason="Salah kutip", actor=office.first, now=NOW)
    bring_to_review(office)
    listed = ask("precedents")
    assert [one["number"] for one in listed["precedents"]] == [2, 1] and listed["total"] == 2
    withdrawn, held = listed["precedents"]
    assert (withdrawn["state"], withdrawn["holds"], withdrawn["notice"]) == (
        "withdrawn", False, "Salah kutip",
    )  # fmt: skip
    assert held["holds"] and held["provisions"] == list(DRAFT.provisions)
    assert held["address"].endswith(path_of(made))
    assert "rahasia" not in json.dumps(listed) and office.first.name not in json.dumps(listed)
    assert [one["id"] for one in ask("precedents", state="withdrawn")["precedents"]] == [
        str(gone.pk)
    ]
    assert ask("precedents", q="ngelike", act="vote")["total"] == 0
    assert ask(f"precedents/{made.pk}")["question"] == DRAFT.question
    assert ask(f"precedents/{uuid4()}", 404)["error"] == "not_found"
    both = ask("search", q="menyukai unggahan")
    assert "like" in [one["id"] for one in both["acts"]]
    assert both["precedents"][0]["id"] == str(made.pk)
    check("precedents", "precedents", described)
    check(f"precedents/{made.pk}", "precedents/{precedent}", described, on="2026-11-21")
    check("search", "search", described, q="unggahan")


def test_a_draft_and_a_question_are_no_precedents() -> None:
    office = make_office()
    waiting, review = send(office), bring_to_review(office)
    assert ask("precedents")["total"] == 0
    for one in (waiting, review):
        ask(f"precedents/{one.pk}", 404)


def test_acts_are_listed_and_found() -> None:
    assert [item["id"] for item in ask("acts")["acts"]] == list(LAW.acts)
    assert {item["group"] for item in ask("acts", group="photos")["acts"]} == {"photos"}
    assert "like" in [item["id"] for item in ask("acts", q="jempol")["acts"]]
    assert ask("acts", q="zzqx jempol dong")["exact"] is False
    assert ask("acts/like")["questions"]["id"] == list(LAW.act("like").phrases)


@pytest.mark.parametrize("election", ["pemilihan", "pemilu"])
def test_the_matrix_is_the_librarys(election: str) -> None:
    wanted = [
        (cell.act, cell.status, cell.phase.value, cell.outcome, cell.provision, list(cell.missing))
        for cell in matrix(date.fromisoformat(DAY), election=election)
    ]
    answered = ask("matrix", on=DAY, election=election)["cells"]
    assert wanted == [
        (row["act"], row["status"], row["phase"], row["outcome"], row["provision"], row["missing"])
        for row in answered
    ]
    part = ask("matrix", on=DAY, election=election, status="PNS", act="like")["cells"]
    assert part == [row for row in answered if (row["act"], row["status"]) == ("like", "PNS")]


# --- what it refuses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path, expected, code, query",
    [
        ("judge", 400, "no_act", {}),
        ("judge", 400, "unknown_value", {"act": "fly"}),
        ("judge", 400, "unknown_value", {"act": "like", "status": "KING"}),
        ("judge", 400, "unknown_parameter", {"act": "like", "conduct": "react"}),
        ("judge", 400, "does_not_fit", {"act": "like", "relation": "spouse"}),
        ("judge", 400, "unreadable", {"act": "like", "on": "7 October"}),
        ("matrix", 400, "too_early", {"on": "2017-12-31"}),
        ("instruments", 400, "unknown_value", {"kind": "rumour"}),
        ("instruments/UU-0-0", 404, "not_found", {}),
        ("provisions/SKB-2022/D99", 404, "not_found", {}),
        ("acts/fly", 404, "not_found", {}),
        ("acts/like", 400, "unknown_parameter", {"on": "2024-10-07"}),
        ("nothing/here", 404, "no_such_address", {}),
    ],
)
def test_a_refusal_says_what_to_do(
    path: str, expected: int, code: str, query: dict[str, str], described: dict[str, Any]
) -> None:
    answered = ask(path, expected, **query)
    problem = described["components"]["schemas"]["Problem"]
    assert faults(answered, problem, described, path) == []
    assert answered["error"] == code
    assert all(len(text) > 20 and "{" not in text for text in answered["message"].values())


def test_nothing_but_reading_is_possible() -> None:
    assert Client().post(ROOT + "judge", {"act": "like"}).status_code == 405
