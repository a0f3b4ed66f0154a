"""What ``netral log fsck`` says: each difference, what it is about, and the sum of them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from django.utils import timezone

from netral.base.audit.describing import descriptions, hours
from netral.base.audit.recounting import recount
from netral.base.audit.tracing import Changed, Difference, Follows, Judged
from netral.base.audit.tree_files import MadeAnew, MissingFile, NotRepaired
from netral.speaking.sentences import Verbatim, say, told
from netral.speaking.times import with_local_hours

FOUND = 3
"""Exit code when there are differences: not the 1 of a command that could not be done."""
MOST_SHOWN = 40
AT_ONCE = 500
BELOW = " " * 9
NONE = -1
"""The number of no entry; 0 is one."""


def look_over(*, repair: bool, details: bool) -> int:
    tell = Telling(details)
    try:
        done = recount(
            clock=timezone.now, repair=repair, tell=tell.hear, is_watched=sys.stderr.isatty()
        )
    finally:
        tell.say_what_was_heard()
    made, missing, number = tell.heard[MadeAnew], tell.heard[MissingFile], tell.heard.total()
    if made and number == made + missing:
        say(f"{made} file(s) of the tree were made anew from the entries; nothing else differs.")
    elif number and number == missing:
        say(
            f"{missing} file(s) of the tree are missing and nothing else, as after a restore.\n"
            "netral log fsck --repair writes them anew; netral run then publishes the checkpoint."
        )
    elif number:
        tell.sum_up()
    else:
        say(f"{done.entries} entries: tiles, checkpoints and rows are what they say.")
    return FOUND if number else 0


class Telling:
    """Hears differences one by one and says them some at once, so that what their entries are
    about is asked for together."""

    def __init__(self, details: bool) -> None:
        self.heard: Counter[type[str]] = Counter()
        """Without what only follows."""
        self._details = details
        self._follows = 0
        self._judged: list[str] = []
        self._is_described = False
        self._waiting: list[tuple[str, str]] = []

    def hear(self, difference: str) -> None:
        words = with_local_hours(difference)
        if isinstance(difference, NotRepaired):
            self._wait(difference, told(f"NOT REPAIRED: {words}"))
        elif isinstance(difference, Judged):
            self._judged.append(difference)
        elif isinstance(difference, Follows):
            self._follows += 1
            if self._details:
                self._wait(difference, told(f"FOLLOWS: {words}"))
        else:
            if self._details or self.heard.total() < MOST_SHOWN:
                self._wait(difference, told(f"DIFFERS: {words}"))
            self.heard[type(difference)] += 1

    def _wait(self, difference: str, line: str) -> None:
        self._waiting.append((difference, line))
        if len(self._waiting) >= AT_ONCE:
            self.say_what_was_heard()

    def say_what_was_heard(self) -> None:
        about = descriptions(_entries(self._waiting))
        self._is_described = self._is_described or bool(about)
        # A changed entry's hour may be what was changed, and is said then.
        others = [it for it in self._waiting if not isinstance(it[0], Changed)]
        about |= hours(_entries(others) - about.keys())
        for one, line in self._waiting:
            say(Verbatim(line))
            if words := about.get(_entry(one)):
                say(Verbatim(f"{BELOW}{told(with_local_hours(words))}"))
        self._waiting.clear()

    def sum_up(self) -> None:
        number = self.heard.total()
        if number > MOST_SHOWN and not self._details:
            say(f"{number - MOST_SHOWN} more are not shown; --details lists them.")
        if self._is_described:
            say(
                "What stands below an entry is as the database has it now; it may have been "
                "changed too."
            )
        self._sum_up_what_follows()
        for sentence in self._judged:
            say(sentence)
        say(f"{number} difference(s). Change nothing; keep a backup of this and report it.")

    def _sum_up_what_follows(self) -> None:
        follows = self._follows
        if follows and self._details:
            say(
                f"{follows} of these, marked FOLLOWS, follow from the others and are no changes "
                "of their own, as far as can be seen."
            )
        elif follows:
            say(
                f"{follows} more follow from these (seals over them, totals counted from them) "
                "and are no changes of their own, as far as can be seen; --details lists them."
            )


def _entries(heard: Sequence[tuple[str, str]]) -> set[int]:
    return {_entry(one) for one, _line in heard} - {NONE}


def _entry(difference: str) -> int:
    entry = difference.entry if isinstance(difference, Difference) else None
    return NONE if entry is None else entry
