"""Import a staff register or a unit tree from XLSX or CSV, of any size.

The file is read and compared first; nothing is written before you agree. Your own file stays.
Rows that need a decision are left out. Units that resemble existing ones stop the import: it then
waits on its page, whose address is printed. Exit code 0: written; 1: nothing was written.

what a file holds (--scope):
  part           some of the staff; nobody else is touched (the default)
  full           all staff: who is missing from the file is proposed for closing
  full-asn       all PNS, CPNS and PPPK: the same, for them alone
  full-non-asn   all staff without ASN status: the same, for them alone
  units          part of the unit tree
  full-units     the whole unit tree: empty units that are missing are proposed for closing

examples:
  netral import pegawai.xlsx --government 64
  netral import pegawai.csv --government 64 --scope full --close-missing --yes
  netral import unor.csv --government 64 --scope units
  netral import honorer.xlsx --government 64.02 --scope full-non-asn --problems masalah.xlsx
"""

from __future__ import annotations

import argparse
import shutil
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from netral.people.indonesian_import import IMPORTING
from netral.speaking.sentences import Verbatim, figure, language, learn, say, told

learn(IMPORTING)
SCOPES = ("full", "full-asn", "full-non-asn", "part", "units", "full-units")
MOST_NAMED = 20
_FIGURES = (
    ("rows", "rows read"),
    ("create", "new"),
    ("change", "changed"),
    ("move", "moved to another unit"),
    ("reopen", "back again"),
    ("close", "left, as the file says"),
    ("missing", "in the register, not in the file"),
    ("same", "unchanged"),
    ("skip", "left out"),
    ("ask", "need a decision; left out"),
    ("bad", "cannot be used"),
    ("unit_create", "new units"),
    ("unit_doubtful", "of these resemble existing units"),
    ("obstacles", "obstacles"),
    ("warnings", "warnings"),
    ("questions", "questions"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="XLSX or CSV")
    parser.add_argument(
        "--government", required=True, metavar="CODE", help="region code, such as 64 or 64.02"
    )
    parser.add_argument(
        "--scope",
        choices=SCOPES,
        default="part",
        metavar="SCOPE",
        help="what the file holds, see above (default: part)",
    )
    parser.add_argument(
        "--effective-on",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the day that the file describes (default: today)",
    )
    parser.add_argument(
        "--close-missing",
        action="store_true",
        help="agree to what a full file proposes: record as left whom it omits (or close the unit)",
    )
    parser.add_argument(
        "--new-units",
        action="store_true",
        help="create units that resemble existing ones as new ones",
    )
    parser.add_argument("--yes", action="store_true", help="write without asking")
    parser.add_argument(
        "--problems",
        type=Path,
        metavar="OUT.xlsx",
        help="write your own rows to a workbook, with every problem marked (in Indonesian)",
    )


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone, translation  # noqa: PLC0415

    from netral.people.models import Import  # noqa: PLC0415
    from netral.people.services import imports  # noqa: PLC0415

    if not options.file.is_file():
        return _refuse(f"there is no file {options.file}: see that its name and folder are right")
    government = _government(options.government)
    if government is None:
        return _refuse(
            f"no government has the region code {options.government}; make it: "
            f"netral government {options.government} --name …"
        )
    with translation.override(language()):
        source = imports.start(
            actor=None,
            government=government,
            upload_path=options.file.resolve(),
            file_name=options.file.name,
            scope=options.scope.replace("-", "_"),
            effective_on=options.effective_on or timezone.localdate(),
            now=timezone.now(),
        )
        with _Progress(str(source.pk), "reading"):
            imports.read(str(source.pk), timezone.now())
        source.refresh_from_db()
        if source.state != Import.State.PREVIEW:
            return _stopped(source)
        return _after_preview(options, source)


def _after_preview(options: argparse.Namespace, source: Any) -> int:
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone, translation  # noqa: PLC0415

    from netral.people.models import Import  # noqa: PLC0415
    from netral.people.queries import import_preview, import_problems  # noqa: PLC0415
    from netral.people.services import imports  # noqa: PLC0415

    say(_summary(source.counts))
    if not import_preview.changes_something(source) and not source.counts.get("missing"):
        say("the content is the same; nothing would change")
    if options.problems:
        with options.problems.open("wb") as out, translation.override(settings.LANGUAGE_CODE):
            shutil.copyfileobj(import_problems.workbook(source), out)
        say(f"problems written to {options.problems}")
    if source.counts.get("unit_doubtful") and not options.new_units:
        return _doubtful(source)
    if not options.yes and not _agrees():
        imports.discard(actor=None, source=source, now=timezone.now())
        say("nothing was written")
        return 1
    try:
        imports.confirm(
            actor=None,
            source=source,
            close_missing=options.close_missing,
            new_units_are_meant=options.new_units,
            now=timezone.now(),
        )
    except imports.ImportRefused as refusal:
        return _refuse(str(refusal))
    with _Progress(str(source.pk), "writing"):
        imports.apply(str(source.pk), timezone.now())
    source.refresh_from_db()
    if source.state != Import.State.APPLIED:
        return _refuse(source.failure)
    say("done")
    return 0


def _doubtful(source: Any) -> int:
    """Nothing is written while only a person can tell a typing error from a new unit."""
    from netral.people.queries import import_doubtful  # noqa: PLC0415

    asked = [line for line in import_doubtful.doubtful_units(source) if not line.answer]
    for line in asked[:MOST_NAMED]:
        perhaps = ", ".join(candidate.label for candidate in line.candidates)
        say(f"  {line.unit.name} ({line.where}): perhaps {perhaps}")
    if len(asked) > MOST_NAMED:
        say(f"  ... and {len(asked) - MOST_NAMED} more")
    return _refuse(
        f"nothing was written; say on {_page(source)} which of these units are typing errors and "
        "apply it there, or run this again with --new-units to create them all"
    )


def _page(source: Any) -> str:
    """The address at which officers find the import."""
    from django.conf import settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    return settings.PUBLIC_URL + reverse("people:imports_import", args=[source.pk])


def _government(code: str) -> Any:
    from netral.people.models import Government  # noqa: PLC0415

    return Government.objects.filter(region_code=code).first()


def _summary(counts: dict[str, int]) -> str:
    lines = [
        f"{figure(counts[key]):>12}  {told(words)}" for key, words in _FIGURES if counts.get(key)
    ]
    return Verbatim("\n".join(lines)) if lines else "the file holds no rows"


def _stopped(source: Any) -> int:
    """FAILED, or columns that have to be mapped first."""
    if source.failure:
        return _refuse(source.failure)
    for sheet in source.mapping.get("sheets", []):
        missing = ", ".join(sheet["missing"])
        headers = ", ".join(c["header"] for c in sheet["columns"] if c["why"] == "unknown")
        say(f"sheet {sheet['name'] or '(CSV)'}: no column for {missing}; not understood: {headers}")
    return _refuse(f"map the columns on {_page(source)}, or rename the headers in the file")


def _agrees() -> bool:
    if not sys.stdin.isatty():
        say("not asked, because this is no terminal; add --yes to write")
        return False
    sys.stdout.write(told("Write this to the register? [y/N] "))
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes", "ya"}


def _refuse(text: str) -> int:
    sys.stderr.write(f"netral: {told(text)}\n")
    return 1


class _Progress:
    """A bar with figures on a terminal, a line now and then elsewhere; reads what is committed."""

    EVERY_SECONDS = 0.5
    WIDTH = 30

    def __init__(self, import_id: str, verb: str, stream: TextIO = sys.stderr) -> None:
        self.import_id = import_id
        self.verb = verb
        self.stream = stream
        self.finished = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Progress:
        if self.stream.isatty():
            self.thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.finished.set()
        if self.thread.is_alive():
            self.thread.join()
            self.stream.write("\n")

    def _watch(self) -> None:
        from django.db import connection  # noqa: PLC0415

        try:
            while not self.finished.wait(self.EVERY_SECONDS):
                self.stream.write(f"\r{self.line()}")
                self.stream.flush()
        finally:
            connection.close()

    def line(self) -> str:
        """``reading [######..........]  34 %  340,000 of 1,000,000``."""
        from netral.people.models import Import  # noqa: PLC0415

        facts = Import.objects.filter(pk=self.import_id).values_list(
            "progress_done", "progress_total"
        )
        done, total = facts.first() or (0, 0)
        if not total:
            return f"{told(self.verb)} ..."
        part = min(done / total, 1.0)
        bar = "#" * int(part * self.WIDTH)
        so_far = told(f"{figure(done)} of {figure(total)}")
        return f"{told(self.verb)} [{bar:.<{self.WIDTH}}] {part:4.0%}  {so_far}"
