"""Check a text before it is posted.

netral periksa "Ayo pilih nomor 2" --contestant "2=Bara Wijaya, Lintang Ayu"
netral periksa - < tulisan.txt

Nothing is stored. Exit status: 0 nothing was found (which is not a permission), 1 something was
marked, 2 a wrong call.
"""

from __future__ import annotations

import argparse
import json
import sys

from netral.law.posts.checking import check
from netral.law.posts.contest import Contest, Contestant
from netral.law.posts.render import check_json
from netral.law.posts.shapes import NOTHING_FOUND, STRENGTH_WORDS, Check, Mode

FOUND, MISUSED = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `netral periksa`."""
    parser.add_argument("text", help="the text, or - to read it from standard input")
    parser.add_argument("--poster", action="store_true", help="text of a turnout poster")
    parser.add_argument(
        "--contestant", action="append", default=[], type=_contestant,
        metavar="NUMBER=NAME, NAME", help="who stands in the election; may repeat",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="the whole answer as JSON")
    parser.add_argument("--lang", choices=("id", "en"), default="id")


def run(options: argparse.Namespace) -> int:
    """Check and print."""
    text = sys.stdin.read() if options.text == "-" else options.text
    mode = Mode.POSTER if options.poster else Mode.POST
    try:
        found = check(text, contest=Contest(tuple(options.contestant)), mode=mode)
    except ValueError as error:
        print(f"netral periksa: {error}", file=sys.stderr)
        return MISUSED
    if options.json:
        print(json.dumps(check_json(found), ensure_ascii=False, indent=2))
    else:
        print(_told(found, options.lang))
    return FOUND if found.marks else 0


def _contestant(told: str) -> Contestant:
    number, sign, names = told.partition("=")
    if not sign or not number.strip().isdigit() or not names.strip():
        raise argparse.ArgumentTypeError("write it as 2=Full Name, Full Name")
    people = tuple(name.strip() for name in names.split(",") if name.strip())
    return Contestant("ticket", int(number), people)


def _told(found: Check, language: str) -> str:
    if not found.marks:
        return NOTHING_FOUND.in_language(language)
    lines = []
    for mark in found.marks:
        lines.append(f"“{found.text[mark.start : mark.end]}”")
        for item in mark.findings:
            strength = STRENGTH_WORDS[item.strength].in_language(language)
            lines.append(f"  {item.rule.name.in_language(language)} ({strength})")
            lines.append(f"  {item.rule.why.in_language(language)}")
            lines.append(f"  → {item.rule.instead.in_language(language)}")
            outside = [norm.name.in_language(language) for norm in item.rule.outside]
            lines.append(f"  {'; '.join([*item.rule.provisions, *outside])}")
    return "\n".join(lines)
