"""In which language ``netral log`` speaks: Indonesian, or English with ``--lang en``.

The code says everything in English, exceptions too, and the commands put it into Indonesian as it
goes out: by the table of ``indonesian.py``, without Django and without a catalogue. What is data
(:class:`Verbatim`: keys, notes, facts out of a proof) is never looked up. Exit codes do not depend
on the language.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NoReturn

from netral.tlog import indonesian, indonesian_help

LANGUAGES = ("id", "en")
_language: ContextVar[str] = ContextVar("language", default="id")
_SENTENCES = {"problem", "words"}
"""Values that are sentences themselves."""
_PLACE = re.compile(r"\{(\w+)\}")


class Verbatim(str):
    """What is printed as it is in every language."""


def choose_language(words: Sequence[str]) -> list[str]:
    """Takes ``--lang`` out of the words of a command and keeps to it; returns the others.

    Before the options are read, because their help is spoken as well.
    """
    left: list[str] = []
    chosen, waiting = "id", False
    for word in words:
        if waiting or word.startswith("--lang="):
            chosen, waiting = word.removeprefix("--lang="), False
        elif word == "--lang":
            waiting = True
        else:
            left.append(word)
    if chosen not in LANGUAGES or waiting:
        left += ["--lang", *([] if waiting else [chosen])]  # the parser says how it is used
    _language.set(chosen if chosen in LANGUAGES else "id")
    return left


def told(text: str) -> str:
    """``text``, an English sentence of ours, in the language that was chosen."""
    if isinstance(text, Verbatim) or _language.get() == "en":
        return str(text)
    return _in_indonesian(str(text))


def _in_indonesian(text: str) -> str:
    if text in _TABLE:
        return _TABLE[text]
    for pattern, rendering in _patterns():
        if match := pattern.fullmatch(text):
            values = {
                name: _in_indonesian(value) if name in _SENTENCES else value
                for name, value in match.groupdict().items()
            }
            return rendering.format(**values)
    return text


_TABLE: Mapping[str, str] = {
    **indonesian.PROOFS,
    **indonesian.NOTES,
    **indonesian.PASSKEYS,
    **indonesian.RECOUNTS,
    **indonesian.SOURCES,
    **indonesian.VERIFYING,
    **indonesian.WITNESSING,
    **indonesian.FSCK,
    **indonesian.HERE,
    **indonesian_help.HELP,
}


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Sentences with values in them: those that begin with words of their own before those that
    begin with a value, which would take in the words; then those with the most words first."""
    known = [text for text in _TABLE if _PLACE.search(text)]
    known.sort(key=lambda text: (text.startswith("{"), -len(_PLACE.sub("", text))))
    return [(_pattern(text), _TABLE[text]) for text in known]


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
    print(told(text), file=sys.stderr if error else sys.stdout, flush=True)


class Speaking(argparse.ArgumentParser):
    """A parser whose help and complaints are in the language that was chosen."""

    def format_help(self) -> str:
        self.description = told(self.description) if self.description else None
        for group in self._action_groups:
            group.title = told(group.title) if group.title else None
        for action in self._actions:
            action.help = told(action.help) if action.help else action.help
            for choice in getattr(action, "_choices_actions", ()):
                choice.help = told(choice.help)
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        super().error(told(message))

    def add_language(self) -> None:
        """Shown in the help; :func:`choose_language` has read it."""
        self.add_argument(
            "--lang", choices=LANGUAGES, help="language of what is said (default: id)"
        )


def add_command(commands: Any, name: str, **named: Any) -> Speaking:
    """A command with ``--lang`` among its options."""
    made: Speaking = commands.add_parser(name, **named)
    made.add_language()
    return made
