"""What was understood of a question, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from netral.law.situation import Situation
from netral.law.verdict import Question, Verdict
from netral.law.vocabulary import GRAVITY, Outcome

# The coarse outcomes, mildest first; `out_of_scope` stands apart.
COARSE = ("allowed", "conditional", "unclear", "forbidden", "crime")
OUT_OF_SCOPE = "out_of_scope"
PERMITTED = ("allowed", "conditional")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person has said so far: the question, and what was put right or answered since.

    `told`: facts by hand. `acts`: chosen by hand, else empty. `asked`: facts that were asked back
    already, answered or not.
    """

    text: str
    told: Mapping[str, str] = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A fact that the text tells. `start` and `end` mark the piece of text; -1 for a hint."""

    fact: str
    value: str
    start: int = -1
    end: int = -1
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One act the question may mean, with a share between 0 and 1 of all readings."""

    act: str
    score: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was read. `scope`: "inside", "outside" or "unsure". `readings`: best first.

    `meant`: the acts the question names; each is answered. `asks`: what the question is after,
    beside the act itself: "crime" (a criminal penalty is presupposed), "class" (crime or not),
    "dispute" (authorities are said to differ). `disputes`: the contests the words touch.
    `conduct`: the kinds of conduct it speaks of. `inside`: about 1 for a question of neutrality and
    -1 for any other. `ordered`: somebody above told the person to do it; refusing is meant as well.
    `of_another`: somebody else did it; reporting is answered beside it. `of_kin`: a relative on the
    staff does it; it is judged as theirs.
    `presumed`: facts that only somebody's office tells.
    `says_nothing`: no word of it tells anything ("boleh?"); more has to be written.
    `bound_elsewhere`: the body whose own rules bind who asks: "armed" (police, armed forces),
    "company" (a state's or region's company), or "".
    """

    text: str
    scope: str
    readings: tuple[Reading, ...]
    meant: tuple[str, ...]
    given: tuple[Given, ...]
    confidence: float
    asks: frozenset[str] = frozenset()
    disputes: frozenset[str] = frozenset()
    conduct: frozenset[str] = frozenset()
    inside: float = 1.0
    ordered: bool = False
    of_another: bool = False
    of_kin: bool = False
    presumed: frozenset[str] = frozenset()
    says_nothing: bool = False
    bound_elsewhere: str = ""

    def facts(self) -> dict[str, str]:
        """The facts as a mapping."""
        return {item.fact: item.value for item in self.given}


@dataclass(frozen=True, slots=True)
class Part:
    """The answer for one act.

    `verdict` rests on what was told alone; `guess` also on `assumed`, what is usually meant where
    nobody said it. `outcome` is the coarse word for both; `shown` is the one to show beside it.
    `withheld`: told facts that no rule weighed and that leave no permission standing (`burdens`).
    `unanswered`: pieces of the question that a permission does not reach (`partly`).
    """

    act: str
    situation: Situation
    verdict: Verdict
    outcome: str
    ask: tuple[Question, ...]
    assumed: tuple[tuple[str, str], ...]
    guess: Verdict
    withheld: tuple[tuple[str, str], ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def permits_nothing(self) -> bool:
        """Whether a permission of the law was taken back, or does not reach the whole question."""
        return bool(self.withheld or self.unanswered)

    @property
    def shown(self) -> Verdict:
        """The verdict on what was told if that decides, else the one that also assumes."""
        return self.guess if self._assumes else self.verdict

    @property
    def relied_on(self) -> dict[str, str]:
        """The assumed facts that the verdict shown rests on."""
        used = dict(self.guess.finding.used) if self._assumes else {}
        return {fact: value for fact, value in self.assumed if fact in used}

    @property
    def _assumes(self) -> bool:
        undecided = Outcome.UNDETERMINED
        return self.verdict.outcome is undecided and self.guess.outcome is not undecided


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer.

    `outcome`: allowed, conditional, unclear, forbidden, crime or out_of_scope, that of the gravest
    part. `klass`: ethics, discipline, crime or None. `ask`: the one question that decides and is
    asked first (`converse`); of `answer` alone all that the law data name, at most two.
    `status`: "answered", "ask_first", "choose_act", "outside", "review" or "partial" (an act that
    is free was read, and there is more in the question than that act).
    """

    understanding: Understanding
    parts: tuple[Part, ...]
    outcome: str
    klass: str | None
    confidence: float
    provisions: tuple[str, ...]
    ask: tuple[Question, ...]
    status: str

    @property
    def gravest_first(self) -> tuple[Part, ...]:
        """The parts, the one that decides first."""
        return tuple(sorted(self.parts, key=gravity, reverse=True))

    @property
    def worst(self) -> Part | None:
        """The part that decides; None where there is none."""
        return self.gravest_first[0] if self.parts else None


def gravity(part: Part) -> tuple[int, int]:
    """Orders parts: the gravest decides."""
    return COARSE.index(part.outcome), GRAVITY.get(part.guess.outcome, -1)
