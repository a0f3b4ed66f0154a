"""The same words get the same treatment on the page, in the terminal, in a batch and in JSON."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from netral.law import library
from netral.project.commandline import main
from tests.law.asking.test_answers import ROWS

pytestmark = pytest.mark.django_db
ASKED_BACK = (
    "boleh like?",
    "boleh ikut kampanye?",
    "Bolehkah pegawai datang ke pasar murah partai",
)
NOT = (
    "boleh gak pns like postingan calon bupati?",
    "resep rendang",
    "soal calon itu gimana ya pak",
)


def on_the_page(question: str, **told: str) -> tuple[str, list[str]]:
    """The question asked back, and the facts its buttons tell; both empty where there is none."""
    page = Client().post("/tanya/", {"pertanyaan": question, **told}).content.decode()
    asked = re.findall(r'<h2 id="tanya-balik">([^<]+)</h2>', page)
    card = page[page.index('id="tanya-balik"') :] if asked else ""
    told_by = re.findall(r'name="ubah" value="([^"]+)"', card.partition("</section>")[0])
    return unescape("".join(asked)), told_by


def in_the_terminal(capsys: pytest.CaptureFixture[str], question: str, *more: str) -> str:
    assert main(["ask", question, *more]) == 0
    return capsys.readouterr().out


def in_json(question: str, **more: object) -> dict[str, object]:
    body = json.dumps({"question": question, **more})
    answer = Client().post("/api/hukum/ask", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    told: dict[str, object] = json.loads(answer.content)
    return told


@pytest.mark.parametrize("question", [*ASKED_BACK, *NOT, *(row["question"] for row in ROWS[::5])])
def test_every_way_asks_the_same_question_back_or_none(
    question: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words, buttons = on_the_page(question)
    printed = in_the_terminal(capsys, question)
    options = [item.replace("=", ":", 1) for item in re.findall(r"--fact (\S+)", printed)]
    assert options == buttons
    assert words in printed and printed.startswith("SATU HAL MENENTUKAN") == bool(words)
    fact = sorted({item.partition(":")[0] for item in buttons})
    told = in_json(question)
    assert told["ask"] == fact and (told["status"] == "ask_first") == bool(fact)
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "question": question}), encoding="utf-8")
    assert main(["ask", "--batch", str(source), "--out", str(target)]) == 0
    assert json.loads(target.read_text("utf-8"))["ask"] == fact
    if question in ASKED_BACK:
        assert words


@pytest.mark.parametrize("question", ASKED_BACK)
def test_an_answer_and_not_knowing_lead_on_alike(
    question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _words, (first, *_rest) = on_the_page(question)
    fact, _colon, value = first.partition(":")
    answered = on_the_page(question, ubah=first, ditanya=fact)
    printed = in_the_terminal(capsys, question, "--fact", f"{fact}={value}", "--asked", fact)
    assert answered[0] in printed and printed.startswith("SATU") == bool(answered[0])
    told = in_json(question, facts={fact: value}, asked=[fact])
    assert (told["status"] == "ask_first") == bool(answered[0])
    unknown = on_the_page(question, ditanya=fact)
    assert unknown[0] != _words
    assert in_the_terminal(capsys, question, "--asked", fact).startswith("SATU") == bool(unknown[0])
    asked = in_json(question, asked=[fact])["ask"]
    assert asked == sorted({item.partition(":")[0] for item in unknown[1]})


def test_no_verdict_is_printed_before_the_question_is_answered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = in_the_terminal(capsys, "boleh like?")
    assert "Saya tidak tahu  --asked stance" in printed and "Sampai itu jelas: " in printed
    assert not re.search(r"BOLEH|DILARANG|Dasar hukum", printed)
    english = in_the_terminal(capsys, "boleh like?", "--lang", "en")
    assert english.startswith("ONE THING DECIDES") and "I do not know" in english
    assert library().facts.facts["stance"].ask.en in english


def test_a_fact_that_nobody_can_have_been_asked_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "boleh like?", "--asked", "stanc"]) == 2
    assert "tidak ada fakta 'stanc'" in capsys.readouterr().err
    body = json.dumps({"question": "boleh like?", "asked": ["stanc"]})
    answer = Client().post("/api/hukum/ask", body, content_type="application/json")
    assert answer.status_code == 400 and json.loads(answer.content)["error"] == "unknown_word"
