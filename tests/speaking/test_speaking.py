"""The commands speak Indonesian, English with ``--lang en``, and say the same in both."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from netral.base.audit.kinds import all_kinds
from netral.law import command as _law  # noqa: F401 (each teaches its table)
from netral.law.asking import command as _ask  # noqa: F401
from netral.law.posts import command as _check  # noqa: F401
from netral.people import commandline_import as _import  # noqa: F401
from netral.pledges.services import describing as _describing  # noqa: F401
from netral.project import commandline as _line  # noqa: F401
from netral.project.commands import COMMANDS, GROUPS, log
from netral.project.indonesian_help import ABOUT
from netral.speaking import sentences
from netral.tlog.indonesian import BAR
from netral.tlog.notes import SignerKey
from netral.tlog.showing import KINDS
from tests.command_alone import Alone

SOURCE = Path(sentences.__file__).parents[1]
SPOKEN = [
    *(SOURCE / "tlog").glob("*.py"),
    *(
        SOURCE / "base/audit" / f"{name}.py"
        for name in (
            "checking", "closed_checking", "tracing", "tree_files", "integrating", "keys", "published",
            "describing", "exporting", "files", "closing", "proving", "witnessing",
        )
    ),
    *(SOURCE / "speaking").glob("*.py"),
    *(SOURCE / "project").rglob("*.py"),
    *(
        SOURCE / name
        for name in (
            "base/checks.py", "base/jobs/overview.py", "base/audit/recounting.py",
            "base/audit/standing.py", "people/commandline_import.py", "law/command.py",
            "law/errors.py", "law/facts.py", "law/situation.py", "law/clocks.py", "law/judge.py",
            "law/elections.py", "law/workdays.py", "law/posts/command.py", "law/posts/checking.py",
        )
    ),
    *(SOURCE / "law/asking" / f"{name}.py" for name in ("command", "batch", "said_words")),
]  # fmt: skip
SAYS = {
    "ProofError", "NoteError", "UnknownKey", "NotGiven", "SourceTrouble", "Forgotten",
    "NotAsserted", "NotThere", "fail", "say", "Refusal", "KeyTrouble", "Contradiction", "Damaged", "NotYet",
    "SettingError", "LawError", "SituationError", "ClockError", "NotFoundError", "told", "report",
    "_complain", "_refuse", "Error", "Warning", "ArgumentTypeError",
    "Difference", "LacksFiles", "MissingTile", "MadeAnew", "MissingFile", "NotRepaired", "Changed", "Follows", "Judged", "Refused", "SignedAndForgotten",
}  # fmt: skip
DATA = {
    "{}",
    "  {}",
    "{}: {}",
    "netral",
    "postgresql://…",
    "{}: {} {}",
    "{}\n{}\n{}\n",
    "{} has {} bytes, not {} hashes",
}
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
                for given in node.args[: 2 if name == "say" else 1]:
                    yield from text_of(given)
            if name in {
                "add_argument",
                "add_command",
                "add_parser",
                "Speaking",
                "Error",
                "Warning",
            }:
                for keyword in node.keywords:
                    if keyword.arg in {"help", "description", "hint"}:
                        yield from text_of(keyword.value)
        elif (isinstance(node, ast.Yield) and "audit" in path.parts) or (
            isinstance(node, ast.Return) and path.name in {"checking.py", "closed_checking.py"}
        ):
            yield from text_of(node.value)


def test_every_sentence_has_its_indonesian() -> None:
    known = {shape(sentence) for sentence in sentences._table}
    said = {shape(one).replace("{}{}", "{}") for path in SPOKEN for one in spoken(path) if one}
    said = {one.replace("{}\nTHE LOG", f"{BAR}\nTHE LOG") for one in said}
    said = {re.sub(r"\n\{\}$", f"\n{BAR}", one) if "THE LOG" in one else one for one in said}
    assert len(said) > 120
    missing = {one for one in said if one not in known and one not in DATA}
    assert not missing, "\n".join(sorted(missing))


def test_every_kind_of_entry_has_its_words() -> None:
    assert {kind.name for kind in all_kinds()} <= set(KINDS)


def test_every_command_has_its_indonesian() -> None:
    table = sentences._table
    assert set(ABOUT) == {name for name in COMMANDS if name not in {"log", "law"}}
    assert all(title in table for title in GROUPS.values())
    assert all(entry.summary in table for entry in COMMANDS.values())


def test_no_sentence_is_taken_for_another() -> None:
    """Each with values in it is said by its own pattern, though all tables are known at once."""
    sentences.choose_language([])
    for english, indonesian in sentences._table.items():
        names = PLACE.findall(english)
        values = {name: f"§{number}" for number, name in enumerate(dict.fromkeys(names))}
        if values:
            filled, wanted = english, indonesian
            for name, value in values.items():
                filled, wanted = filled.replace(name, value), wanted.replace(name, value)
            assert sentences.told(filled) == wanted


def test_both_languages_name_the_same_values() -> None:
    for english, indonesian in sentences._table.items():
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
    sentences.choose_language([])
    assert sentences.told(english) == indonesian
    sentences.choose_language(["--lang", "en"])
    assert sentences.told(english) == english
    sentences.choose_language([])
    assert sentences.told(sentences.Verbatim(english)) == english


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
