"""`netral ask` in the terminal and over a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from netral.project.commandline import main


def test_the_verdict_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "boleh gak like postingan calon?"]) == 0
    assert capsys.readouterr().out.startswith("DILARANG (disiplin)\n")
    assert main(["ask", "--lang", "en", "May I like a candidate's post?"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("FORBIDDEN (discipline)\n")
    assert "Safe course" in out and "Disagreements" in out


def test_json_holds_the_whole_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "--subject", "PNS", "boleh nyoblos?"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["outcome"] == "allowed" and found["acts"] == ["vote"]
    assert found["parts"][0]["facts"]["status"] == "PNS"


def answered(line: str, folder: Path) -> dict[str, Any]:
    """What a batch of one line gives."""
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text(line, encoding="utf-8")
    assert main(["ask", "--batch", str(source), "--out", str(target)]) == 0
    row: dict[str, Any] = json.loads(target.read_text("utf-8"))
    return row


def test_a_batch_answers_every_line_in_order(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"id": "a", "question": "pns like postingan cabup", "subject": "PNS", "phase": "campaign"}\n'
        "\n"
        '{"id": 2, "question": "kapan gaji 13 cair"}\n'
        '{"id": "c", "question": "pns like postingan cabup", "on": "2024-08-01"}\n',
        encoding="utf-8",
    )
    assert main(["ask", "--batch", str(source), "--out", str(target)]) == 0
    rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", 2, "c"]
    assert [row["outcome"] for row in rows] == ["forbidden", "out_of_scope", "forbidden"]
    assert [row["class"] for row in rows] == ["discipline", None, "ethics"]
    keys = {"id", "status", "outcome", "class", "acts", "provisions", "ask", "confidence"}
    assert all(set(row) == keys for row in rows)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("boleh gak pns like postingan calon bupati?", "answered"),
        ("boleh like?", "ask_first"),
        ("gimana ya min soal yang kemarin itu dukung calon", "choose_act"),
        ("kapan gaji 13 cair", "outside"),
    ],
)
def test_a_line_of_a_batch_says_what_the_page_does_with_the_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], question: str, status: str
) -> None:
    row = answered(json.dumps({"id": 1, "question": question}), tmp_path)
    assert row["status"] == status
    assert main(["ask", "--json", question]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == status


def test_help_shows_a_line_that_works_and_what_it_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["ask", "--help"])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    asked, shown = [line for line in lines if line.startswith("{")]
    found = answered(asked, tmp_path)
    assert found == {**json.loads(shown), "confidence": found["confidence"]}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("oops", "line 2: no JSON from character 1 on"),
        ("[1]", "line 2: must be a JSON object"),
        ('{"id": 1}', "line 2: 'question'"),
        ('{"question": "boleh?"}', "line 2: 'id'"),
        ('{"id": 1, "question": "boleh?", "on": "kemarin"}', "line 2: 'on' must be a day"),
        ('{"id": 1, "question": "boleh?", "subject": "raja"}', "line 2: unknown subject"),
        ('{"id": 1, "question": "boleh?", "phase": 3}', "line 2: 'phase' must be a text"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, complaint: str
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 0, "question": "boleh?"}\n' + line + "\n", encoding="utf-8")
    target.write_text("before", encoding="utf-8")
    words = ["ask", "--batch", str(source), "--out", str(target), "--lang", "en"]
    assert main(words) == 1
    said = capsys.readouterr().err
    assert complaint in said and '{"id": "1", "question": ' in said
    assert target.read_text(encoding="utf-8") == "before"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_bad_line_is_named_in_indonesian_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.jsonl"
    for line in ("oops", "[1]", '{"id": 1}'):
        source.write_text(line, encoding="utf-8")
        assert main(["ask", "--batch", str(source), "--out", str(tmp_path / "out")]) == 1
        said = capsys.readouterr().err
        assert "baris 1: " in said and "contoh satu baris: {" in said
        assert " line" not in said and " must " not in said


def test_a_wrong_call_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask"]) == 2
    assert main(["ask", "--batch", "x.jsonl"]) == 2
    assert main(["ask", "boleh?", "--fact", "account"]) == 2
    assert main(["ask", "--batch", str(tmp_path / "no.jsonl"), "--out", str(tmp_path / "o")]) == 1
    assert "no.jsonl" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("english", "said"),
    [
        (["--phase", "quiet_days"], ["--phase", "Masa tenang"]),
        (["--phase", "quiet_days"], ["--phase", "minggu-tenang"]),
        (["--phase", "campaign"], ["--phase", "masa_kampanye"]),
        (["--phase", "voting_day"], ["--phase", "hari pencoblosan"]),
        (["--phase", "before_candidates_set"], ["--phase", "masa pencalonan"]),
        (["--subject", "non-ASN"], ["--subject", "tenaga honorer"]),
        (["--subject", "spouse"], ["--subject", "Istri"]),
        (["--election", "pemilihan"], ["--election", "Pilkada"]),
    ],
)
def test_phases_and_people_may_be_named_in_indonesian(
    english: list[str], said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    question = "boleh pasang stiker calon di mobil sendiri?"
    answers = []
    for words in (english, said):
        assert main(["ask", "--json", *words, question]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1]


def test_an_unknown_phase_is_answered_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "--phase", "senin", "boleh?"]) == 2
    said = capsys.readouterr().err
    assert "tidak ada tahap 'senin'" in said and "masa tenang (quiet_days)" in said
    assert main(["ask", "--subject", "raja", "--lang", "en", "boleh?"]) == 2
    assert "unknown subject 'raja'; known: asn" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--batch", "/none/in.jsonl", "--out", "/none/out.jsonl"]) == 1
    said = capsys.readouterr().err
    assert said == ("netral ask: tidak ada berkas /none/in.jsonl: periksa nama dan foldernya\n")


def test_what_is_not_understood_gets_no_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    question = "boleh gak saya makan bakso"
    assert main(["ask", question]) == 0
    assert capsys.readouterr().out.startswith("BELUM ADA JAWABAN; ITU TIDAK BERARTI BOLEH\n")
    assert main(["ask", "--lang", "en", question]) == 0
    assert capsys.readouterr().out.startswith("NO ANSWER YET; THAT DOES NOT MEAN ALLOWED\n")


def test_whose_rules_bind_is_told_instead_of_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "saya tentara, boleh hadir kampanye?"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("BELUM ADA JAWABAN; ITU TIDAK BERARTI BOLEH\n")
    assert "Peraturan Bawaslu 6/2018" in out
