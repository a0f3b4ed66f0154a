"""Ask in everyday words whether something is allowed.

netral ask "boleh gak like postingan calon?"
netral ask --phase quiet_days --subject spouse "boleh pasang stiker calon?"
netral ask --batch IN.jsonl --out OUT.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from netral.law.asking.asking_back import converse
from netral.law.asking.batch import EXAMPLE, EXAMPLE_ANSWER, answer_file
from netral.law.asking.shapes import COARSE, OUT_OF_SCOPE, Said
from netral.law.asking.show import answer_json, answer_text
from netral.law.command import read_fact
from netral.law.errors import LawError
from netral.law.indonesian import ASKING, ERRORS
from netral.law.library import library
from netral.speaking.sentences import language, learn, say, told
from netral.speaking.troubles import sentence_about

REFUSED, MISUSED = 1, 2
_BATCH = f"""a batch: one JSON object on each line; only id and question are needed, on beats phase
  {EXAMPLE}
gives one line each, in the same order:
  {EXAMPLE_ANSWER}

further keys of a question: phase, election (pemilu, pemilihan or a calendar such as pilkada-2024)
status: answered; ask_first (outcome holds until "ask" is answered), choose_act (it is not known
  which act is meant: outcome is no verdict), review (the law data do not decide), outside,
  partial (only one part of the question could be read; nothing is permitted)
outcome: {", ".join((*COARSE, OUT_OF_SCOPE))}
class: ethics, discipline, crime or null; ask: the fact that decides and is asked first
"""
_BATCH_ID = f"""berkas pertanyaan: satu objek JSON per baris; yang wajib hanya id dan question, on mengalahkan phase
  {EXAMPLE}
memberi satu baris untuk masing-masing, dalam urutan yang sama:
  {EXAMPLE_ANSWER}

kunci lain sebuah pertanyaan: phase, election (pemilu, pemilihan, atau kalender seperti pilkada-2024)
outcome (hasil): {", ".join((*COARSE, OUT_OF_SCOPE))}
status partial: baru satu bagian pertanyaan yang terbaca, dan tidak ada yang diizinkan
class (jenis): ethics, discipline, crime, atau null; ask: fakta penentu yang ditanyakan dahulu
"""
learn(ERRORS, ASKING, {_BATCH: _BATCH_ID})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `netral ask`."""
    parser.epilog = _BATCH
    parser.add_argument("question", nargs="*", help="the question, in everyday words")
    parser.add_argument("--subject", help="PNS, PPPK, non-ASN, spouse … (else the text decides)")
    parser.add_argument("--phase", help="campaign, quiet_days, voting_day, after …")
    parser.add_argument("--election", help="pemilu or pemilihan, or a calendar: pilkada-2024")
    parser.add_argument("--on", type=_day, help="the day, such as 2024-10-07; beats --phase")
    parser.add_argument(
        "--fact", action="append", default=[], metavar="NAME=VALUE", help="a fact; may repeat"
    )
    parser.add_argument("--act", action="append", default=[], help="the act meant; may repeat")
    parser.add_argument(
        "--asked", action="append", default=[], metavar="NAME",
        help="a fact that was asked back and that you do not know; may repeat",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="the whole answer as JSON")
    parser.add_argument("--batch", type=Path, metavar="IN.jsonl", help="questions, see below")
    parser.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where the answers go")


def run(options: argparse.Namespace) -> int:
    """Answer; returns 0, 1 for a file that cannot be used, 2 for a wrong call."""
    asked = " ".join(options.question).strip()
    if (options.batch is None) != (options.out is None) or bool(asked) == bool(options.batch):
        return _complain("give a question, or both --batch IN.jsonl and --out OUT.jsonl", MISUSED)
    try:
        if options.batch is not None:
            return _batch(options.batch, options.out)
        return _single(asked, options)
    except LawError as error:
        if options.batch is None:
            return _complain(str(error), MISUSED)
        _complain(str(error), REFUSED)
        return _complain(f"a line looks like {EXAMPLE}", REFUSED)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _complain(sentence_about(error), REFUSED)


def _batch(source: Path, target: Path) -> int:
    number = answer_file(source, target)
    say(f"{number} questions answered into {target}", error=True)
    return 0


def _single(asked: str, options: argparse.Namespace) -> int:
    facts = dict(read_fact(item) for item in options.fact)
    found = converse(
        Said(asked, facts, tuple(options.act), tuple(options.asked)), subject=options.subject,
        phase=options.phase, election=options.election, on=options.on,
    )  # fmt: skip
    if options.json:
        print(json.dumps(answer_json(found), ensure_ascii=False, indent=2))
    else:
        print(answer_text(library(), found, language()), end="")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day; write 2024-10-07") from None


def _complain(sentence: str, code: int) -> int:
    print(f"netral ask: {told(sentence)}", file=sys.stderr)
    return code
