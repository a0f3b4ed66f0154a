"""`check`: the marks in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from netral.law.asking.cues import Cue, Line, line_of
from netral.law.posts.contest import Contest, Named, name_contestants
from netral.law.posts.knowledge import Knowledge, knowledge
from netral.law.posts.reading import Reading, read
from netral.law.posts.shapes import Check, Finding, Mark, Mode, Strength
from netral.law.posts.tags import in_tags

LONGEST = 5_000
"""Characters that are looked at; a post is shorter, and the time stays bounded."""
NEGATED, DEBUNKED, BALANCED = "negated", "debunk", "balanced"
"""Excuses with a meaning of their own: a "not" close before; "that is a hoax", also in the sentence
beside; several contestants named."""
ELSEWHERE, ASSOCIATION = "elsewhere", "association"
"""Excuses for the whole text: it speaks of sports or trade; of the election of some other body."""
_SOFT = frozenset({BALANCED, ELSEWHERE})
"""These excuse all but plain words."""
REACH = 6
"""How many words before a passage a "not" still governs it."""

_DENIAL = re.compile(r"\b(tidak|tanpa|bukan|belum|jangan|netral)\b")


def check(text: str, *, contest: Contest | None = None, mode: Mode = Mode.POST) -> Check:
    """The passages of `text` that may amount to an act, in the order in which they stand.

    `contest` is who stands in the current election. Only the first 5,000 characters are read;
    raises `ValueError` for a longer text, so that nobody takes the rest for checked.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a text of {len(text)} characters; at most {LONGEST} are checked")
    known = knowledge()
    contest = contest or Contest()
    reading = read(text, known.lexicon, known.phrases)
    clauses = [
        name_contestants(clause.words, contest, text, known.ordinary) for clause in reading.clauses
    ]
    is_balanced = contest.balances(one for clause in clauses for one in clause.whose)
    excuses = _excuses(clauses, known, is_balanced=is_balanced)
    found = [
        finding
        for clause, excused in zip(clauses, excuses, strict=True)
        for finding in _in_clause(clause, known, mode, excused, text)
    ]
    spoken_of = tuple(rule for rule in known.rules if mode in rule.rule.modes)
    found += in_tags(reading.tags, spoken_of, contest, text)
    return Check(text, mode, _marks(_widened(found, reading)))


def _excuses(clauses: list[Named], known: Knowledge, *, is_balanced: bool) -> list[frozenset[str]]:
    """What excuses each clause. "That is a hoax" also speaks of the sentence beside it."""
    whole = line_of([word for clause in clauses for word in clause.words])
    wide = {name for name in (ELSEWHERE, ASSOCIATION) if _any(known.excuses[name], whole)}
    near = {
        name: cues for name, cues in known.excuses.items()
        if name not in (NEGATED, ELSEWHERE, ASSOCIATION)
    }  # fmt: skip
    found = []
    for clause in clauses:
        line = line_of(clause.words)
        found.append(wide | {name for name, cues in near.items() if _any(cues, line)})
    debunked = [DEBUNKED in one for one in found]
    for at, one in enumerate(found):
        if any(debunked[max(0, at - 1) : at + 2]):
            one.add(DEBUNKED)
        if is_balanced:
            one.add(BALANCED)
    return [frozenset(one) for one in found]


def _in_clause(
    clause: Named, known: Knowledge, mode: Mode, excuses: frozenset[str], text: str
) -> Iterator[Finding]:
    line = line_of(clause.words)
    for rule in known.rules:
        excused = rule.rule.excused_by & excuses
        if mode not in rule.rule.modes or excused - _SOFT:
            continue
        for strength, cue in rule.cues:
            if excused and strength is not Strength.SURE:
                continue
            for match in _matches(cue, line):
                if NEGATED in rule.rule.excused_by and _negated(cue, match, line, known, text):
                    continue
                start, end = line.word_range(match.start(), match.end())
                yield Finding(start, end, rule.rule, strength)


def _matches(cue: Cue, line: Line) -> Iterable[re.Match[str]]:
    if line.roots.isdisjoint(cue.anchors) or (cue.unless and cue.unless.search(line.text)):
        return ()
    return cue.pattern.finditer(line.text)


def _any(cues: Iterable[Cue], line: Line) -> bool:
    return any(True for cue in cues for _match in _matches(cue, line))


def _negated(cue: Cue, match: re.Match[str], line: Line, known: Knowledge, text: str) -> bool:
    """Whether a "not" stands in the passage or shortly before it, on this side of a comma.

    Where the cue itself asks for a "not", the one in the passage undoes nothing.
    """
    start = line.text.count(" ", 0, match.start())
    end = start if _DENIAL.search(cue.source) else line.text.count(" ", 0, match.end())
    first = start
    while first > max(0, start - REACH) and not _is_apart(line, first, text):
        first -= 1
    near = line_of(line.words[first:end])
    return _any(known.excuses[NEGATED], near)


def _is_apart(line: Line, place: int, text: str) -> bool:
    """Whether a comma stands before the word at `place`."""
    return "," in text[line.words[place - 1].end : line.words[place].start]


def _widened(found: list[Finding], reading: Reading) -> list[Finding]:
    """A word written letter by letter is marked to its last letter."""
    done = []
    for item in found:
        end = max([item.end, *(stop for start, stop in reading.spread if start < item.end <= stop)])
        done.append(Finding(item.start, end, item.rule, item.strength))
    return done


def _marks(found: list[Finding]) -> tuple[Mark, ...]:
    """Passages that overlap become one, with all that was found in it."""
    marks: list[list[Finding]] = []
    end = -1
    for item in sorted(found, key=lambda one: (one.start, -one.end)):
        if item.start < end:
            marks[-1].append(item)
        else:
            marks.append([item])
        end = max(end, item.end)
    return tuple(_mark(group) for group in marks)


def _mark(group: list[Finding]) -> Mark:
    best: dict[str, Finding] = {}
    for item in group:
        held = best.get(item.rule.id)
        if held is None or item.strength.rank < held.strength.rank:
            best[item.rule.id] = item
    findings = tuple(sorted(best.values(), key=lambda item: item.strength.rank))
    if findings[0].strength is not Strength.MAYBE:
        findings = tuple(item for item in findings if item.strength is not Strength.MAYBE)
    return Mark(min(i.start for i in group), max(i.end for i in group), findings)
