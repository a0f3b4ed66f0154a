"""How often the check of a text marks what it should, and leaves alone what it should.

Run: python -m bench.posts [SET …] [--show]

A set is a text file, one post a line: `{kind:passage}` is a passage that should be marked as that
kind of risk, a line without braces is harmless, and `poster| ` begins the text of a turnout
poster; `\\n` stands for a line break. Without a set, all in `sets/` are read. `--show` lists what
went wrong: never use it on `kept.txt` and `unseen.txt`, which nobody improves on.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from netral.law.posts import Check, Contest, Contestant, Mode, check

SETS = Path(__file__).parent / "sets"
CONTEST = Contest(
    (
        Contestant("ticket", 1, ("Ranu Kelana", "Sita Maheswari"), ("Ranu-Sita", "RASI")),
        Contestant(
            "ticket", 2, ("Bara Wijaya", "Lintang Ayu"), ("Bara-Lintang",), ("Bara Menyala",)
        ),
        Contestant("ticket", 3, ("Damar Asih", "Guntur Pamungkas"), ("Damar-Guntur",)),
        Contestant("party", 5, ("Partai Fajar Rekaan",), ("PFR",)),
        Contestant("party", 9, ("Partai Samudra Rekaan",), ("PASAR",)),
    )
)
_GOLD = re.compile(r"\{(\w+):([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Post:
    """A text with the passages that should be marked, as (kind, start, end)."""

    text: str
    mode: Mode
    gold: tuple[tuple[str, int, int], ...]


def posts_of(path: Path) -> Iterator[Post]:
    """The posts of a set; raises `ValueError` for a line with a brace left over."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        is_poster = line.startswith("poster| ")
        told = line.removeprefix("poster| ").replace("\\n", "\n")
        gold, text, at = [], "", 0
        for found in _GOLD.finditer(told):
            text += told[at : found.start()]
            gold.append((found.group(1), len(text), len(text) + len(found.group(2))))
            text += found.group(2)
            at = found.end()
        text += told[at:]
        if "{" in text or "}" in text:
            raise ValueError(f"{path.name}: a brace is left over in: {line}")
        yield Post(text, Mode.POSTER if is_poster else Mode.POST, tuple(gold))


@dataclass(slots=True)
class Figures:
    """Texts (risky found, harmless marked, risky missed), passages and their kinds."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    passages: int = 0
    reached: int = 0
    named: int = 0

    def add(self, post: Post, found: Check) -> None:
        """Count one post."""
        self.right += bool(post.gold and found.marks)
        self.wrong += bool(found.marks and not post.gold)
        self.missed += bool(post.gold and not found.marks)
        for kind, start, end in post.gold:
            over = [mark for mark in found.marks if mark.start < end and start < mark.end]
            self.passages += 1
            self.reached += bool(over)
            self.named += any(rule.id == kind for mark in over for rule in mark.rules)

    @property
    def precision(self) -> float:
        """Of the texts that were marked, how many are risky."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of the risky texts, how many were marked."""
        return self.right / max(1, self.right + self.missed)


def measure(path: Path, *, show: bool = False) -> Figures:
    """The figures of one set; with `show`, what went wrong is printed."""
    figures = Figures()
    for post in posts_of(path):
        found = check(post.text, contest=CONTEST, mode=post.mode)
        figures.add(post, found)
        is_wrong = bool(found.marks) != bool(post.gold)
        wanted = {kind for kind, _start, _end in post.gold}
        if show and (is_wrong or not wanted <= found.kinds):
            sign = "MISSED" if not found.marks else "MARKED" if not post.gold else "kind"
            print(f"  {sign:6} {post.text}\n         {sorted(wanted)} found {sorted(found.kinds)}")
    return figures


def milliseconds(posts: Sequence[str], characters: int = 2_000) -> list[float]:
    """CPU time of the check of texts this long, made of posts one below the other; sorted."""
    whole = "\n".join(posts)
    times = []
    for first in range(0, len(whole) - characters, characters):
        start = time.process_time()
        check(whole[first : first + characters], contest=CONTEST)
        times.append((time.process_time() - start) * 1_000)
    return sorted(times)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", type=Path, default=sorted(SETS.glob("*.txt")))
    parser.add_argument("--show", action="store_true", help="list what went wrong")
    options = parser.parse_args(arguments)
    check("mulai", contest=CONTEST)
    times, texts_read = [], list[str]()
    for path in options.sets:
        texts_read += [post.text for post in posts_of(path)]
        start = time.process_time()
        seen = measure(path, show=options.show)
        texts = sum(1 for _post in posts_of(path))
        times.append((time.process_time() - start) / texts)
        print(
            f"{path.name}: {texts} texts, precision {seen.precision:.2f}, "
            f"recall {seen.recall:.2f}; {seen.passages} passages, "
            f"{seen.reached / max(1, seen.passages):.2f} marked, "
            f"{seen.named / max(1, seen.passages):.2f} with the right kind"
        )
    print(f"{statistics.mean(times) * 1000:.1f} ms CPU a text")
    long = milliseconds(texts_read)
    if long:
        print(
            f"2,000 characters: {statistics.median(long):.1f} ms CPU in the middle, "
            f"{long[int(len(long) * 0.95)]:.1f} ms at 95 in 100, {long[-1]:.1f} ms at most"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
