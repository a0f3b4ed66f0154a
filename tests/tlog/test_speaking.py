"""``netral log`` speaks Indonesian, English with ``--lang en``, and says the same in both."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from netral.project.commands import log
from netral.tlog import speaking
from netral.tlog.indonesian import BAR
from netral.tlog.notes import SignerKey
from tests.command_alone import Alone

SOURCE = Path(speaking.__file__).parents[1]
SPOKEN = [
    *(SOURCE / "tlog").glob("*.py"),
    *(
        SOURCE / "base/audit" / f"{name}.py"
        for name in (
            "checking", "closed_checking", "tree_files", "integrating", "keys", "published",
            "exporting", "files", "closing", "proving", "witnessing",
        )
    ),
    SOURCE / "project/commands/log.py",
]  # fmt: skip
SAYS = {
    "ProofError", "NoteError", "UnknownKey", "NotGiven", "SourceTrouble", "Forgotten",
    "NotAsserted", "fail", "say", "Refusal", "KeyTrouble", "Contradiction", "Damaged", "NotYet",
    "LacksFiles", "MissingTile", "MadeAnew", "MissingFile", "Refused", "SignedAndForgotten",
}  # fmt: skip
DATA = {"{}", "{}: {} {}", "{}\n{}\n{}\n", "{} has {} bytes, not {} hashes"}
"""Nothing but values; the last is of a ValueError that never leaves the package."""
PLACE = re.compile(r"\{\w*\}")


def shape(sentence: str) -> str:
    return PLACE.sub("{}", sentence)


def text_of(node: ast.expr | None) -> Iterator[str]:
    """Sentences in an expression, their values as {}."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from text_of(node.body)
        yield from text_of(node.orelse)


def spoken(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SAYS and node.args:
                yield from text_of(node.args[0])
            if name in {"add_argument", "add_command", "add_parser", "Speaking"}:
                for keyword in node.keywords:
                    if keyword.arg in {"help", "description"}:
                        yield from text_of(keyword.value)
        elif (isinstance(node, ast.Yield) and "audit" in path.parts) or (
            isinstance(node, ast.Return) and path.name == "closed_checking.py"
        ):
            yield from text_of(node.value)


def test_every_sentence_has_its_indonesian() -> None:
    known = {shape(sentence) for sentence in speaking._TABLE}
    said = {shape(one).replace("{}{}", "{}") for path in SPOKEN for one in spoken(path) if one}
    said = {one.replace("{}\nTHE LOG", f"{BAR}\nTHE LOG") for one in said}
    said = {re.sub(r"\n\{\}$", f"\n{BAR}", one) if "THE LOG" in one else one for one in said}
    assert len(said) > 120
    missing = {one for one in said if one not in known and one not in DATA}
    assert not missing


def test_both_languages_name_the_same_values() -> None:
    for english, indonesian in speaking._TABLE.items():
        assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(indonesian)), english
        assert english == indonesian or not PLACE.sub("", english).isspace()


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        (
            "NOT PROVED: entry 18 is not in the tree of 40 with this root",
            "TIDAK TERBUKTI: entri 18 tidak ada di pohon 40 entri dengan akar ini",
        ),
        (
            "DIFFERS: the signature of the checkpoint of 300 entries: no known key has signed this",
            "BERBEDA: tanda tangan segel 300 entri: tidak satu pun kunci yang dikenal menandatanganinya",
        ),
        (
            "others can read /a b/c: chmod 600 /a b/c",
            "orang lain dapat membaca /a b/c: chmod 600 /a b/c",
        ),
        ("what nobody ever wrote", "what nobody ever wrote"),
        ("DIFFERS: tile/0/000 is missing", "BERBEDA: tile/0/000 tidak ada"),
        (
            "daftar.txt: DOES NOT ADD UP: entry 7 of the log is a register",
            "daftar.txt: TIDAK COCOK: entri 7 dalam log adalah register",
        ),
    ],
)
def test_a_sentence_is_said_with_its_values(english: str, indonesian: str) -> None:
    speaking.choose_language([])
    assert speaking.told(english) == indonesian
    speaking.choose_language(["--lang", "en"])
    assert speaking.told(english) == english
    speaking.choose_language([])
    assert speaking.told(speaking.Verbatim(english)) == english


@pytest.mark.parametrize("words", [["--lang", "fr"], ["fsck", "--lang"], ["fsck", "--lang=xx"]])
def test_another_language_is_refused_with_the_code_of_a_wrong_call(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        log.main(words)
    assert left.value.code == 2


def test_without_an_installation_it_speaks_both_and_leaves_alike(
    alone: Alone, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(str(SignerKey.generate("log.example").verifier))
    (tmp_path / "nonsense").write_text("x")
    codes = {}
    for language, words in (
        ("id", "TIDAK TERBUKTI: ini bukan berkas bukti"),
        ("en", "NOT PROVED: this is not a proof file"),
    ):
        done = alone("verify", "nonsense", "--key", "a.txt", "--lang", language)
        assert words in done.stderr, done.stderr
        codes[language] = done.returncode
    assert codes == {"id": 1, "en": 1}
    said = alone("--help", "--lang", "id").stdout
    assert "Log yang tidak dapat diubah diam-diam." in said and "pilihan:" in said
    said = alone("--lang", "en", "verify", "--help").stdout
    assert "check a receipt" not in said and "the proof file or the PDF" in said


def test_a_key_is_printed_alike_in_both(alone: Alone) -> None:
    first = alone("witness", "--name", "saksi.contoh.example", "--lang", "id").stdout
    second = alone("witness", "--lang", "en").stdout
    assert first.splitlines()[0] == second.splitlines()[0]
    assert "Kirimkan baris ini" in first and "Send this line" in second
