"""`netral periksa`: the check of a text in the terminal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from netral.law.indonesian import CHECKING
from netral.law.posts.checking import check
from netral.law.posts.contest import Contest, Contestant
from netral.law.posts.render import check_json
from netral.law.posts.shapes import NOTHING_FOUND, STRENGTH_WORDS, Check, Mode
from netral.speaking.sentences import language, learn, told

FOUND, MISUSED = 1, 2
learn(CHECKING)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `netral periksa`."""
    parser.add_argument("text", help="the text, or - to read it from standard input")
    parser.add_argument("--poster", action="store_true", help="text of a turnout poster")
    parser.add_argument(
        "--contestant", action="append", default=[], type=_contestant,
        metavar="NUMBER=NAME, NAME", help="who stands in the election; may repeat",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="the whole answer as JSON")


def run(options: argparse.Namespace, known: Sequence[Contestant] = ()) -> int:
    """Check and print; `known` are the contestants whom nobody has to name."""
    text = sys.stdin.read() if options.text == "-" else options.text
    if not text.strip():
        return _complain("the text is empty: give the text, or - and the text on standard input")
    mode = Mode.POSTER if options.poster else Mode.POST
    try:
        found = check(text, contest=Contest((*known, *options.contestant)), mode=mode)
    except ValueError as error:
        return _complain(str(error))
    if options.json:
        print(json.dumps(check_json(found), ensure_ascii=False, indent=2))
    else:
        print(_in_words(found, language()))
    return FOUND if found.marks else 0


def _complain(sentence: str) -> int:
    print(f"netral periksa: {told(sentence)}", file=sys.stderr)
    return MISUSED


def _contestant(given: str) -> Contestant:
    number, sign, names = given.partition("=")
    if not sign or not number.strip().isdigit() or not names.strip():
        raise argparse.ArgumentTypeError("write it as 2=Full Name, Full Name")
    people = tuple(name.strip() for name in names.split(",") if name.strip())
    return Contestant("ticket", int(number), people)


def _in_words(found: Check, language: str) -> str:
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
