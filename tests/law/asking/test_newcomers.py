"""An act added since the training is understood, and takes no other act's questions."""

from __future__ import annotations

import json

import pytest

from netral.law import library
from netral.law.asking import answer, understand
from netral.law.asking.features import tell
from netral.law.asking.knowledge import FOLDER, knowledge
from netral.law.asking.linear import Linear, read_linear
from netral.law.asking.matching import Matcher
from netral.law.asking.newcomers import Newcomers


def trained_without(act: str) -> Linear:
    """The comparison that ships, as if it knew nothing of the act."""
    path = FOLDER / "trained_acts.txt"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    said = json.loads(head)
    classes = ["-" if name == act else name for name in said["classes"]]
    return Linear(classes, said["unit"], dict(line.split("\t") for line in lines))


def best(matcher: Matcher, text: str) -> str:
    scores = matcher.scores(tell(text, knowledge()))
    return max(scores, key=scores.__getitem__)


@pytest.mark.parametrize("act", ["official_car", "donate", "photo_team", "convoy"])
def test_an_act_that_the_training_did_not_know_is_found_by_its_questions(act: str) -> None:
    law = library()
    matcher = Matcher(law, trained_without(act))
    assert all(best(matcher, text) == act for text in law.act(act).phrases)
    others = [text for item in law.acts.values() if item.id != act for text in item.phrases[:2]]
    whole = Matcher(law, read_linear(FOLDER / "trained_acts.txt"))
    taken = [text for text in others if best(matcher, text) == act != best(whole, text)]
    assert len(taken) <= 0.01 * len(others), taken


def test_there_are_no_newcomers_once_all_acts_are_trained() -> None:
    known = Linear(list(library().acts), 1.0, {})
    assert Newcomers(library(), known).scores({"kop": 1.0}) == {}


@pytest.mark.parametrize(
    "text",
    [
        "boleh pakai kop surat dinas untuk surat dukungan caleg?",
        "apa sanksi pakai stempel kantor buat tim sukses",
        "kop surat sekolah dipasang di undangan acara caleg, saya kepala sekolahnya",
        "may I use the office letterhead to support a candidate",
    ],
)
def test_the_office_letterhead_is_found_and_never_allowed(text: str) -> None:
    assert understand(text).readings[0].act == "letterhead"
    found = answer(text, subject="PNS", phase="campaign")
    assert found.outcome in ("forbidden", "crime"), found.outcome
