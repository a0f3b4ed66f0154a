"""The table of commands. A command is a module with ``add_arguments(parser)`` and
``run(options) -> int | None``, or with ``main(words) -> int`` when it reads its own arguments."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True)
class Entry:
    name: str
    group: str
    summary: str
    module: str
    needs_django: bool = True


GROUPS = {
    "serve": "Serve",
    "data": "Fill and look after the data",
    "work": "Background work",
    "look": "Look up",
}

_ENTRIES = [
    Entry("run", "serve", "Serve Netral: pages, live updates and background work",
          "netral.project.commands.run"),
    Entry("demo", "serve", "Build the demonstration: an invented province of 18,000 people",
          "netral.project.commands.demo"),
    Entry("init", "serve", "Write the settings file of a real installation, with fresh secrets",
          "netral.project.commands.init", needs_django=False),
    Entry("check", "serve", "Say what is wrong with the settings, the database and the files",
          "netral.project.commands.check"),
    Entry("government", "data", "Make a government: a province, regency or city",
          "netral.project.commands.government"),
    Entry("admin", "data", "Make the first administrator; prints a one-time claim link",
          "netral.project.commands.admin"),
    Entry("import", "data", "Import a staff register or a unit tree (XLSX or CSV, any size)",
          "netral.people.commandline_import"),
    Entry("upgrade", "data", "Back up, then bring the database to this version",
          "netral.project.commands.upgrade"),
    Entry("backup", "data", "Write everything into one file, while Netral runs",
          "netral.project.commands.backup"),
    Entry("restore", "data", "Bring everything back from such a file",
          "netral.project.commands.restore"),
    Entry("move", "data", "Move from SQLite to PostgreSQL, all or nothing",
          "netral.project.commands.move"),
    Entry("worker", "work", "Run background jobs (netral run does this for you)",
          "netral.project.commands.worker"),
    Entry("desk", "work", "Take the signatures of a whole hall (netral run does this for you)",
          "netral.project.commands.desk"),
    Entry("jobs", "work", "Show waiting, running and failed jobs; try again or forget",
          "netral.project.commands.jobs"),
    Entry("log", "look", "The log nobody can change unnoticed: verify, witness, prove, look over",
          "netral.project.commands.log", needs_django=False),
    Entry("periksa", "look", "Check a text before it is posted: what may take a side, and why",
          "netral.project.commands.periksa", needs_django=False),
    Entry("ask", "look", "Ask in everyday words: may I …? Also a whole file of questions",
          "netral.law.asking.command", needs_django=False),
    Entry("law", "look", "Ask the law package from the command line",
          "netral.law.command", needs_django=False),
]  # fmt: skip
COMMANDS = {entry.name: entry for entry in _ENTRIES}

EXAMPLES = """
netral run                              serve here; a new checkout shows the demonstration
netral run --lan                        let phones on the same network in; prints a QR code
netral ask "boleh gak like postingan calon?"
netral periksa "Ayo pilih nomor 2"
netral init --public-url https://netral.contoh.go.id
netral government 64.02 --name "Pemerintah Kabupaten Contoh"
netral admin --name "Nama Lengkap" --username admin.bkd --government 64.02
netral import pegawai.xlsx --government 64.02 --problems masalah.xlsx
netral backup /srv/cadangan/netral-$(date +%F).zip
netral move --to postgresql://netral@localhost/netral
"""

AFTERWORD = """\
From a checkout the command is .venv/bin/netral; make run puts it there.
netral COMMAND --lang en speaks English, and so does every command with NETRAL_LANG=en.
The manual: docs/manual/id and en. Settings are read from .env and the environment.
Exit codes: 0 done, 1 refused (one sentence says why), 2 mistyped, 70 broken."""


def is_installed(entry: Entry) -> bool:
    """Whether the package that brings the command is there."""
    try:
        return find_spec(entry.module) is not None
    except ModuleNotFoundError:
        return False
