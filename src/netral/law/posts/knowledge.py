"""The rules of the text check as they stand in `data/posts/`, compiled once per process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from netral.law.asking.cues import Cue, CueReader
from netral.law.asking.words import Lexicon
from netral.law.errors import DataError
from netral.law.library import DATA, library
from netral.law.loading.reader import Entry, read_yaml
from netral.law.posts.numbers import NUMERALS
from netral.law.posts.shapes import Mode, Norm, Rule, Strength
from netral.law.posts.slips import is_another_word
from netral.law.vocabulary import Confidence, Words

FOLDER = DATA / "posts"
_KEYS = {
    "name", "why", "instead", "act", "provisions", "outside", "excused_by", "modes", "tags",
    *Strength,
}  # fmt: skip


class PostLexicon(Lexicon):
    """Takes a word for a slip of a known one only where fingers slip: letters swapped, doubled or
    left out, or a neighbouring key in a long word.

    Posts speak of everything, so that most words one letter away are simply other words
    ("merdeka", "mereka").
    """

    def root(self, word: str) -> str:
        found = super().root(word)
        return word if is_another_word(word, found) else found


@dataclass(frozen=True, slots=True)
class Known:
    """One rule with its cues; `tags` are patterns of hashtags."""

    rule: Rule
    cues: tuple[tuple[Strength, Cue], ...]
    tags: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Knowledge:
    """Words, rules, and what excuses them. `phrases`: several words that stand for one;
    `ordinary`: words that are no name of a contestant by themselves."""

    lexicon: Lexicon
    phrases: Mapping[tuple[str, ...], str]
    rules: tuple[Known, ...]
    excuses: Mapping[str, tuple[Cue, ...]]
    ordinary: frozenset[str]


def read_knowledge(folder: Path = FOLDER) -> Knowledge:
    """Read and compile the files of a folder; raises `DataError` naming what is wrong."""
    raw_words = read_yaml(folder / "words.yaml")
    raw_rules = {
        key: raw for path in sorted((folder / "rules").glob("*.yaml"))
        for key, raw in read_yaml(path).items()
    }  # fmt: skip
    lexicon = _lexicon(raw_words, raw_rules)
    reader = CueReader(lexicon, raw_words["groups"])
    excuses = {name: reader.cues(cues) for name, cues in raw_words["excuses"].items()}
    phrases = {tuple(words.split()): meant for words, meant in raw_words["phrases"].items()}
    rules = tuple(_known(key, raw, reader, set(excuses)) for key, raw in raw_rules.items())
    ordinary = frozenset(raw_words["ordinary"].split()) | frozenset(NUMERALS)
    return Knowledge(lexicon, phrases, rules, excuses, ordinary)


def _lexicon(words: Mapping[str, Any], rules: Mapping[str, Any]) -> PostLexicon:
    """Every word that a cue names is a root: its everyday forms are then found too."""
    cues = [cue for group in words["groups"].values() for cue in group]
    cues += [cue for raw in rules.values() for level in Strength for cue in raw.get(level, ())]
    cues += [cue for group in words["excuses"].values() for cue in group]
    named = {word for cue in cues for word in re.findall(r"(?<![=@\[a-z])[a-z]{3,}", cue)}
    slang = {word: meant for meant, many in words["slang"].items() for word in many.split()}
    spelled = frozenset(words["spelled"].split())
    return PostLexicon(named | set(words["roots"].split()), slang, spelled - named)


def _known(key: str, raw: Any, reader: CueReader, excuses: set[str]) -> Known:
    place = f"posts/rules: {key}"
    entry = Entry.of(place, raw, _KEYS, {"name", "why", "instead"})
    unknown = set(entry.texts("excused_by")) - excuses - {"balanced"}
    if unknown:
        raise DataError(f"{place}: there is no excuse '{min(unknown)}'")
    act = entry.maybe_text("act")
    if act is not None:
        library().act(act)
    for name in entry.texts("provisions"):
        library().provision(name)
    rule = Rule(
        key, entry.words("name"), entry.words("why"), entry.words("instead"), act,
        entry.texts("provisions"), tuple(_norm(place, item) for item in raw.get("outside", ())),
        frozenset(entry.texts("excused_by")),
        frozenset(map(Mode, entry.texts("modes"))) or frozenset(Mode),
    )  # fmt: skip
    cues = tuple((level, reader.cue(cue)) for level in Strength for cue in entry.texts(level))
    return Known(rule, cues, tuple(re.compile(tag) for tag in entry.texts("tags")))


def _norm(place: str, raw: Any) -> Norm:
    keys = {"name", "source", "confidence"}
    entry = Entry.of(f"{place}, outside", raw, keys, keys)
    name: Words = entry.words("name")
    return Norm(name, entry.text("source"), Confidence(entry.text("confidence")))


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The knowledge that ships with the package."""
    return read_knowledge()
