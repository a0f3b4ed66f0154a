"""The language of this run, and every sentence in it.

``--lang en`` chooses it, else ``NETRAL_LANG``, else it is Indonesian. What is data
(:class:`Verbatim`: keys, notes, facts out of a proof) is never looked up. Exit codes do not depend
on the language.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import lru_cache

LANGUAGES = ("id", "en")
_language: ContextVar[str] = ContextVar("language", default="id")
_SENTENCES = {"problem", "words", "noun"}
"""Values that are sentences or words of ours themselves."""
_PLACE = re.compile(r"\{(\w+)\}")
_table: dict[str, str] = {}


class Verbatim(str):
    """What is printed as it is in every language."""


def choose_language(words: Sequence[str]) -> list[str]:
    """Takes ``--lang`` out of the words of a command and keeps to it; returns the others.

    Before the options are read, because their help is spoken as well. What stands behind ``--``
    is no option.
    """
    left: list[str] = []
    usual = os.environ.get("NETRAL_LANG", "").strip().lower()
    chosen, waiting = usual if usual in LANGUAGES else LANGUAGES[0], False
    options = list(words[: words.index("--")] if "--" in words else words)
    for word in options:
        if waiting or word.startswith("--lang="):
            chosen, waiting = word.removeprefix("--lang="), False
        elif word == "--lang":
            waiting = True
        else:
            left.append(word)
    if chosen not in LANGUAGES or waiting:
        left += ["--lang", *([] if waiting else [chosen])]  # the parser says how it is used
    _language.set(chosen if chosen in LANGUAGES else LANGUAGES[0])
    return [*left, *words[len(options) :]]


def language() -> str:
    """``id`` or ``en``."""
    return _language.get()


def learn(*tables: Mapping[str, str]) -> None:
    """Takes in sentences: English, with its values as ``{name}`` → Indonesian, with the same."""
    for table in tables:
        _table.update(table)
    _patterns.cache_clear()


def told(text: str) -> str:
    """``text``, an English sentence of ours, in the language that was chosen."""
    if isinstance(text, Verbatim) or _language.get() == "en":
        return str(text)
    return _in_indonesian(str(text))


def _in_indonesian(text: str) -> str:
    if text in _table:
        return _table[text]
    for pattern, rendering in _patterns():
        if match := pattern.fullmatch(text):
            values = {
                name: _in_indonesian(value) if name in _SENTENCES else value
                for name, value in match.groupdict().items()
            }
            return rendering.format(**values)
    return text


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Sentences with values in them: those that begin with words of their own before those that
    begin with a value, which would take in the words; then those with the most words first."""
    known = [text for text in _table if _PLACE.search(text)]
    known.sort(key=lambda text: (text.startswith("{"), -len(_PLACE.sub("", text))))
    return [(_pattern(text), _table[text]) for text in known]


def _pattern(text: str) -> re.Pattern[str]:
    parts = _PLACE.split(text)
    names = parts[1::2]
    values = [
        f"(?P={name})" if name in names[:at] else f"(?P<{name}>.*?)"
        for at, name in enumerate(names)
    ]
    words = [re.escape(part) for part in parts[::2]]
    whole = words[0] + "".join(value + word for value, word in zip(values, words[1:], strict=True))
    return re.compile(whole, re.DOTALL)


def say(text: str, *, error: bool = False) -> None:
    """Prints a sentence in the language that was chosen."""
    print(told(text), file=sys.stderr if error else sys.stdout, flush=True)


def figure(number: int) -> str:
    """``18.000`` or ``18,000``."""
    return f"{number:,}" if language() == "en" else f"{number:,}".replace(",", ".")
