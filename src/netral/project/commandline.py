"""The command line ``netral``.

``netral --help`` reads only the table of commands; a command's own module is imported when it is
called, Django when the command needs it. What goes wrong is one sentence on standard error.
Everything is said in the language that ``netral.speaking`` knows.
"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from types import ModuleType

from netral.project import indonesian, indonesian_help
from netral.project.commands import AFTERWORD, COMMANDS, EXAMPLES, GROUPS, Entry, is_installed
from netral.project.refusal import Refusal
from netral.speaking.parsing import Speaking
from netral.speaking.sentences import (
    LANGUAGES,
    choose_language,
    language,
    learn,
    told,
)
from netral.speaking.troubles import sentence_about
from netral.tlog import indonesian as log_indonesian

REFUSED, MISUSED, BROKEN, INTERRUPTED, CUT_SHORT = 1, 2, 70, 130, 141
learn(*indonesian.TABLES, *log_indonesian.TABLES, indonesian_help.HELP)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 refused, 2 misused, 70 broken."""
    try:
        try:
            return _answer(choose_language(sys.argv[1:] if arguments is None else arguments))
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        return _cut_short()


def _answer(words: list[str]) -> int:
    if not words or words[0] in {"-h", "--help", "help"}:
        if len(words) < 2:
            print(overview())
            return 0
        words = [words[1], "--help"]
    if words[0] == "--version":
        print(f"netral {version('netral')}")
        return 0
    entry = COMMANDS.get(words[0])
    if entry is None or not is_installed(entry):
        return _complain(f"there is no command {words[0]!r}; netral --help lists them", MISUSED)
    return _guarded(entry, words[1:])


def _cut_short() -> int:
    """The reader of a pipe (head, less) has seen enough; what is left goes nowhere, in silence."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CUT_SHORT


def overview() -> str:
    """The text of ``netral --help``."""
    lines = [told("Netral: the neutrality programme of an Indonesian government."), ""]
    lines += [told("Usage: netral COMMAND [options]      netral COMMAND --help"), ""]
    width = max(map(len, COMMANDS))
    for group, title in GROUPS.items():
        entries = [e for e in COMMANDS.values() if e.group == group and is_installed(e)]
        if entries:
            commands = (f"  {e.name:<{width}}  {told(e.summary)}" for e in entries)
            lines += [f"{told(title)}:", *commands, ""]
    lines += [told("Examples:"), textwrap.indent(told(EXAMPLES.strip()), "  "), ""]
    lines.append(told(AFTERWORD))
    return "\n".join(lines)


def _guarded(entry: Entry, words: list[str]) -> int:
    from netral.project.environment import (  # noqa: PLC0415 (not needed for --help)
        SettingError,
        read_choice,
    )

    try:
        read_choice("NETRAL_LANG", LANGUAGES)
        return _run(entry, words)
    except Refusal as refusal:
        return _complain(str(refusal), REFUSED)
    except SettingError as error:
        return _complain(str(error), MISUSED)
    except KeyboardInterrupt:
        return _complain("stopped", INTERRUPTED)
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("NETRAL_LOG_LEVEL") == "debug":
            raise
        return _complain(_explain(error), BROKEN)


def _run(entry: Entry, words: list[str]) -> int:
    if entry.needs_django:
        set_up_django(quiet=entry.name not in {"worker", "run", "desk"})
    module = import_module(entry.module)
    if hasattr(module, "main"):
        return module.main(["--lang", language(), *words]) or 0
    return module.run(_parser(entry, module).parse_args(words)) or 0


def _parser(entry: Entry, module: ModuleType) -> Speaking:
    described = (module.__doc__ or entry.summary).strip()
    parser = Speaking(
        prog=f"netral {entry.name}",
        description=indonesian_help.ABOUT[entry.name] if language() == "id" else described,
    )
    parser.add_language()
    module.add_arguments(parser)
    return parser


def set_up_django(*, quiet: bool) -> None:
    """Reads the settings and loads the applications. ``quiet``: only warnings are logged."""
    from netral.project.configuration import settle  # noqa: PLC0415

    settle()
    if quiet:
        os.environ.setdefault("NETRAL_LOG_LEVEL", "warning")
        os.environ.setdefault("NETRAL_LOG_FORMAT", "plain")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netral.project.settings")
    import django  # noqa: PLC0415 (half a second that --help need not wait for)

    django.setup()


def _explain(error: Exception) -> str:
    """What cannot be foreseen, without a traceback and without quoting data."""
    if _is_database_trouble(error):
        return (
            "the database cannot be used: see that it runs and that NETRAL_DATABASE names it, "
            f"then run netral upgrade ({type(error).__name__})"
        )
    if isinstance(error, OSError):
        return sentence_about(error, "netral")
    return (
        f"this should not happen ({type(error).__name__}); "
        "NETRAL_LOG_LEVEL=debug shows where, please report it"
    )


def _is_database_trouble(error: Exception) -> bool:
    database = sys.modules.get("django.db")
    return database is not None and isinstance(
        error, database.OperationalError | database.ProgrammingError
    )


def _complain(sentence: str, code: int) -> int:
    print(f"netral: {told(sentence)}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
