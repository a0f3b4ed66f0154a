"""A parser whose help and complaints, argparse's own words too, are in the chosen language."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from netral.speaking.sentences import LANGUAGES, learn, told

_USAGE = "usage: "
ARGPARSE = {
    _USAGE: "cara pakai: ",
    "positional arguments": "yang diberikan",
    "options": "pilihan",
    "show this help message and exit": "menampilkan bantuan ini",
    "language of what is said (default: NETRAL_LANG, else id)": "bahasa yang dipakai (biasanya: NETRAL_LANG, kalau tidak ada id)",
    "the following arguments are required: {names}": "yang berikut harus diberikan: {names}",
    "unrecognized arguments: {names}": "tidak dikenal: {names}",
    "one of the arguments {names} is required": "salah satu dari ini harus diberikan: {names}",
    "ambiguous option: {given} could match {matches}": "{given} dapat berarti {matches}; tulis lengkap",
    "argument {name}: expected one argument": "{name}: memerlukan satu nilai",
    "argument {name}: expected at least one argument": "{name}: memerlukan paling sedikit satu nilai",
    "argument {name}: invalid choice: {given} (choose from {choices})": "{name}: {given} tidak ada; pilih dari {choices}",
    "argument {name}: invalid int value: {given}": "{name}: {given} bukan bilangan bulat",
    "argument {name}: invalid float value: {given}": "{name}: {given} bukan bilangan",
    "argument {name}: invalid fromisoformat value: {given}": "{name}: {given} bukan hari; tulis seperti 2024-10-07",
    "argument {name}: not allowed with argument {other}": "{name}: tidak dapat bersama {other}",
    "argument {name}: ignored explicit argument {given}": "{name}: tidak memakai nilai {given}",
    "argument {name}: {problem}": "{name}: {problem}",
}  # fmt: skip
learn(ARGPARSE)


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, told(_USAGE) if prefix is None else prefix)


class Speaking(argparse.ArgumentParser):
    """A parser whose help and complaints are in the language that was chosen."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"formatter_class": _Help, **named})

    def format_help(self) -> str:
        self.description = told(self.description) if self.description else None
        self.epilog = told(self.epilog) if self.epilog else None
        for group in self._action_groups:
            group.title = told(group.title) if group.title else None
        for action in self._actions:
            action.help = told(action.help) if action.help else action.help
            for choice in getattr(action, "_choices_actions", ()):
                choice.help = told(choice.help)
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {told(message)}\n")

    def add_language(self) -> None:
        """Shown in the help; :func:`sentences.choose_language` has read it."""
        self.add_argument(
            "--lang",
            choices=LANGUAGES,
            help="language of what is said (default: NETRAL_LANG, else id)",
        )


def add_command(commands: Any, name: str, **named: Any) -> Speaking:
    """A command with ``--lang`` among its options."""
    made: Speaking = commands.add_parser(name, **named)
    made.add_language()
    return made
