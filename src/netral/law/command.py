"""The command line of the law: show, judge, clock, check, diff, acts, matrix.

`register(subparsers)` adds the commands to a larger program; `main` runs them alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from netral.law.errors import LawError
from netral.law.indonesian import ERRORS, LAW
from netral.speaking.parsing import Speaking, add_command
from netral.speaking.sentences import choose_language, language, learn, say, told

Handler = Callable[[argparse.Namespace], int]

_EXAMPLES = """\
one rule and its source:
  netral law show SKB-2022/D6          or: netral law show Pasal 5 huruf n angka 3
what an act comes to, and what is still to be told:
  netral law acts kop surat
  netral law judge --act letterhead --on 2024-10-07 --status PNS --calendar pilkada-2024
what changed between two days, and when a step is due:
  netral law diff 2023-10-30 2023-10-31
  netral law clock --step pp94/objection --start 2024-10-07
"""
_EXAMPLES_ID = """\
satu aturan dan sumbernya:
  netral law show SKB-2022/D6          atau: netral law show Pasal 5 huruf n angka 3
suatu perbuatan dinilai apa, dan apa yang masih perlu diketahui:
  netral law acts kop surat
  netral law judge --act letterhead --on 2024-10-07 --status PNS --calendar pilkada-2024
apa yang berubah antara dua hari, dan kapan suatu langkah jatuh tempo:
  netral law diff 2023-10-30 2023-10-31
  netral law clock --step pp94/objection --start 2024-10-07
"""
learn(ERRORS, LAW, {_EXAMPLES: _EXAMPLES_ID})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `netral law …`; returns the exit status: 0 fine, 1 problems found, 2 a wrong question."""
    words = choose_language(sys.argv[1:] if arguments is None else arguments)
    parser = Speaking(
        prog="netral law",
        description="The law from the command line: its rules with sources, verdicts, clocks.",
        epilog=_EXAMPLES,
    )
    parser.add_language()
    register(parser.add_subparsers(dest="command", required=True))
    return run(parser.parse_args(words))


def run(options: argparse.Namespace) -> int:
    """Run a parsed command and turn law errors into one clear line."""
    handler: Handler = options.handler
    try:
        return handler(options)
    except LawError as error:
        print(f"netral law: {told(str(error))}", file=sys.stderr)
        return 2


def register(subparsers: Any) -> None:
    """Add the single commands to `subparsers`; each sets `handler`."""
    _add_show(subparsers)
    _add_judge(subparsers)
    _add_clock(subparsers)
    _add_check(subparsers)
    _add_diff(subparsers)
    _add_acts(subparsers)
    _add_matrix(subparsers)


def _day(text: str) -> date:
    """A day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a day; write it like 2024-10-07"
        ) from None


def _add_show(subparsers: Any) -> None:
    parser = add_command(
        subparsers,
        "show",
        help="an instrument, provision, act, disagreement or step, with its sources",
    )
    parser.add_argument(
        "id",
        nargs="+",
        help="such as SKB-2022/D6, PP-94-2021, like, pp94/summons; or words of a citation: "
        "Pasal 5 huruf n angka 3; or steps, contests",
    )
    parser.set_defaults(handler=_show)


def _show(options: argparse.Namespace) -> int:
    from netral.law.show import show

    print(show(" ".join(options.id), language()))
    return 0


def _add_judge(subparsers: Any) -> None:
    parser = add_command(subparsers, "judge", help="judge an act on a day")
    parser.add_argument("--act", required=True, help="an act id; see `netral law acts`")
    parser.add_argument("--on", required=True, type=_day, help="the day, such as 2024-10-07")
    parser.add_argument(
        "--calendar", help="an election calendar such as pilkada-2024; gives election and phase"
    )
    parser.add_argument(
        "--status", help="PNS, CPNS, PPPK, PPPK_PW, NON_ASN, KADES or PERANGKAT_DESA"
    )
    parser.add_argument(
        "--fact",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a further fact; may repeat",
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--html", action="store_true")
    parser.add_argument(
        "--trace", action="store_true", help="show the norms considered and not applied"
    )
    parser.set_defaults(handler=_judge)


def _judge(options: argparse.Namespace) -> int:
    from netral.law.judge import judge
    from netral.law.library import library
    from netral.law.render import verdict_html, verdict_json, verdict_text
    from netral.law.situation import Situation

    law = library()
    facts = dict(read_fact(item) for item in options.fact)
    if options.status:
        facts["status"] = options.status
    verdict = judge(Situation(options.act, facts, options.calendar), options.on, law=law)
    if options.json:
        print(
            json.dumps(
                verdict_json(law, verdict, full_trace=options.trace), ensure_ascii=False, indent=2
            )
        )
    elif options.html:
        print(verdict_html(law, verdict, language=language()))
    else:
        print(verdict_text(law, verdict, language=language(), trace=options.trace), end="")
    return 0


def read_fact(text: str) -> tuple[str, str]:
    """One NAME=VALUE of the command line."""
    name, sign, value = text.partition("=")
    if not sign or not name or not value:
        raise LawError(f"'{text}' is not a fact; write it like account=candidate")
    return name.strip(), value.strip()


def _add_clock(subparsers: Any) -> None:
    parser = add_command(subparsers, "clock", help="when a step is due")
    parser.add_argument(
        "--step", required=True, help="such as pp94/objection; see `netral law show steps`"
    )
    parser.add_argument(
        "--start", required=True, help="a day, or a time with offset for steps in hours"
    )
    parser.add_argument(
        "--region", default="", help="region code for local days off, such as 64.02"
    )
    parser.add_argument("--zone", choices=("WIB", "WITA", "WIT"), default="WIB")
    parser.add_argument("--week", type=int, choices=(5, 6), default=5, help="working days per week")
    parser.add_argument(
        "--extended", action="store_true", help="with the extension the provision allows"
    )
    parser.add_argument(
        "--suspended",
        action="append",
        default=[],
        metavar="FIRST..LAST",
        help="days that do not count, such as 2024-10-08..2024-10-11; may repeat",
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(handler=_clock)


def _clock(options: argparse.Namespace) -> int:
    from netral.law.clocks import Span, deadline
    from netral.law.render.deadlines import deadline_json, deadline_text
    from netral.law.workdays import WorkCalendar, Zone

    work = WorkCalendar(region=options.region, week=options.week)
    found = deadline(
        options.step,
        _start(options.start),
        work=work,
        zone=Zone(options.zone),
        extended=options.extended,
        suspensions=[Span(*_days(item), "") for item in options.suspended],
    )
    if options.json:
        print(json.dumps(deadline_json(found), ensure_ascii=False, indent=2))
    else:
        print(deadline_text(found, work, language()))
    return 0


def _start(text: str) -> date | datetime:
    """A day or an instant of the command line."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        raise LawError(
            f"'{text}' is not a day or time; write 2024-10-07 or 2024-10-07T16:30+07:00"
        ) from None


def _days(text: str) -> tuple[date, date]:
    """The first and the last of some days of the command line."""
    first, _, last = text.partition("..")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        days = date.max, date.min
    if days[1] < days[0]:
        raise LawError(
            f"'{text}' are no days; write the first and the last: 2024-10-08..2024-10-11"
        )
    return days


def _add_check(subparsers: Any) -> None:
    parser = add_command(subparsers, "check", help="validate all data and print the coverage")
    parser.add_argument("--coverage", action="store_true", help="print the coverage table as CSV")
    parser.set_defaults(handler=_check)


def _check(options: argparse.Namespace) -> int:
    from netral.law.audit import audit, coverage_csv
    from netral.law.library import library

    law = library()
    if options.coverage:
        print(coverage_csv(law), end="")
        return 0
    report = audit(law)
    for line in report.counts:
        say(line)
    for line in report.problems:
        say(f"problem: {line}", error=True)
    if not report.problems:
        say("no problems in the data")
    return 1 if report.problems else 0


def _add_diff(subparsers: Any) -> None:
    parser = add_command(subparsers, "diff", help="what changed between two days")
    parser.add_argument("earlier", type=_day, help="a day, such as 2023-10-30")
    parser.add_argument("later", type=_day, help="another day, such as 2023-10-31")
    parser.add_argument("--no-cells", action="store_true", help="leave out the matrix of acts")
    parser.set_defaults(handler=_diff)


def _diff(options: argparse.Namespace) -> int:
    from netral.law.changes import changes
    from netral.law.library import library
    from netral.law.render.differences import changes_text

    law = library()
    found = changes(options.earlier, options.later, law=law, cells=not options.no_cells)
    print(changes_text(law, found, language()))
    return 0


def _add_acts(subparsers: Any) -> None:
    parser = add_command(subparsers, "acts", help="the catalogue of acts")
    parser.add_argument(
        "words", nargs="*", help="only acts whose name, words or questions contain all of these"
    )
    parser.set_defaults(handler=_acts)


def _acts(options: argparse.Namespace) -> int:
    from netral.law.catalogue import search_acts
    from netral.law.library import library

    for act in search_acts(library(), " ".join(options.words)):
        print(f"{act.id:24} {act.name.in_language(language())}")
    return 0


def _add_matrix(subparsers: Any) -> None:
    parser = add_command(subparsers, "matrix", help="act by status by phase on a day, as CSV")
    parser.add_argument("--on", required=True, type=_day)
    parser.add_argument("--election", choices=("pemilu", "pemilihan"), default="pemilihan")
    parser.set_defaults(handler=_matrix)


def _matrix(options: argparse.Namespace) -> int:
    from netral.law.matrix import matrix

    print("act,status,phase,outcome,provision,missing")
    for item in matrix(options.on, election=options.election):
        outcome = item.outcome.value if item.outcome else ""
        print(
            f"{item.act},{item.status},{item.phase},{outcome},{item.provision or ''},"
            f"{' '.join(item.missing)}"
        )
    return 0
