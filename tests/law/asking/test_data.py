"""The language data fit the law, and hold no sentence of the questions they were tried on."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from netral.law import library
from netral.law.asking import understand
from netral.law.asking.knowledge import FOLDER, knowledge
from netral.law.asking.texts import further_phrases
from netral.law.asking.usual import usual
from netral.law.library import DATA

FOREIGN = {
    line
    for line in (Path(__file__).parent / "foreign_sequences.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
}


def sequences(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[place : place + 5]) for place in range(len(words) - 4)] or [
        " ".join(words)
    ]


def test_no_five_words_in_a_row_of_a_foreign_question_are_shipped() -> None:
    assert len(FOREIGN) > 1000
    files = [*DATA.rglob("*.yaml"), *FOLDER.rglob("*.txt"), *DATA.rglob("*.csv")]
    files.append(Path(__file__).parent / "questions.jsonl")
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            for item in sequences(line):
                digest = hashlib.sha256(item.encode()).hexdigest()[:10]
                assert digest not in FOREIGN, f"{path.name}: {item}"


def test_every_cue_names_a_fact_and_a_value_of_the_law() -> None:
    known, facts = knowledge(), library().facts
    for fact, values in known.facts:
        for value, _ in values:
            if (fact, value) != ("status", "ASN"):  # said, but not which kind
                facts.bit(fact, value)
    for conduct, _ in known.conduct:
        facts.bit("conduct", conduct)
    for act, _ in known.acts:
        library().act(act)
    for act in further_phrases():
        library().act(act)
    for contest, _ in known.contests:
        assert contest in library().contests
    assert {act for act, _ in known.acts} == set(library().acts)


def test_every_assumption_fits_its_act() -> None:
    law, table = library(), usual()
    for act, facts in table.acts.items():
        for fact, value in facts.items():
            given = law.act(act).given
            assert fact not in given or value in given[fact], (act, fact)
    for act in table.lean | table.open | table.free | table.guarded:
        law.act(act)
    for conduct in table.partisan:
        law.facts.bit("conduct", conduct)


def test_nearly_every_act_is_found_by_its_own_name() -> None:
    missed = [
        act.id
        for act in library().acts.values()
        if act.id not in [reading.act for reading in understand(act.name.id).readings[:3]]
    ]
    assert missed == []


def test_nearly_every_example_question_finds_its_act() -> None:
    total = right = 0
    for act in library().acts.values():
        for text in act.phrases:
            total += 1
            right += act.id in [reading.act for reading in understand(text).readings[:2]]
    assert right >= 0.95 * total
