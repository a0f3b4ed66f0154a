"""From a verdict to the coarse outcome of an answer."""

from __future__ import annotations

from netral.law.asking.shapes import Understanding
from netral.law.asking.usual import usual
from netral.law.contests import Contest
from netral.law.library import Library
from netral.law.verdict import Verdict
from netral.law.vocabulary import Outcome
from netral.law.weighing import PERMITTED

_COARSE = {
    Outcome.ALLOWED: "allowed",
    Outcome.ALLOWED_IF: "conditional",
    Outcome.FORBIDDEN_ETHICS: "forbidden",
    Outcome.FORBIDDEN_DISCIPLINE: "forbidden",
    Outcome.CRIME: "crime",
    Outcome.CONTESTED: "unclear",
}
CLASS_OF = {
    Outcome.FORBIDDEN_ETHICS: "ethics",
    Outcome.FORBIDDEN_DISCIPLINE: "discipline",
    Outcome.CRIME: "crime",
}
_FORBIDDING = ("forbids", "ethics", "discipline", "crime")
_PARTIAL = (("stance", "support"), ("stance", "belittle"), ("party_attributes", "yes"),
            ("active", "yes"), ("gesture", "partisan"))  # fmt: skip
# Who does one of these beside an act that is free as such answers for it.
_REACTS = frozenset(("react", "comment"))
# Whether one of these is a crime is disputed (contests like-class and post-as-crime).
_ONLINE = frozenset(("react", "comment", "share", "post", "promote_online"))
# Who holds an office of the election or is on duty and does one of these has left both.
_CAMPAIGNS = frozenset(("activity", "wear"))


def coarse(verdict: Verdict, guess: Verdict, read: Understanding, law: Library) -> str:
    """The coarse outcome.

    `verdict` rests on what was told, `guess` also on what is usual. What the question is after
    counts too: whether authorities differ, whether it is a crime, or which of the two it is.
    """
    settled = _settled(verdict, guess, read, law)
    contests = set(guess.finding.contests) | set(verdict.finding.contests)
    contests |= {name for name in read.disputes if _by_status_alone(law.contests[name], read)}
    if contests & read.disputes:
        return "unclear"
    if "dispute" in read.asks and (contests or settled not in ("allowed", "conditional")):
        return "unclear"
    if settled in ("allowed", "conditional"):
        return settled
    if read.asks & {"sentence", "organiser"}:
        return "crime"
    crime = _may_be_crime(verdict, guess)
    disputed_class = _class_disputed(guess, law)
    if "class" in read.asks and (crime or disputed_class or read.conduct & _ONLINE):
        return "unclear" if disputed_class or read.conduct & _ONLINE else "crime"
    if "crime" in read.asks and (crime or disputed_class or _village_head(read)):
        return "crime"
    return settled


def _by_status_alone(contest: Contest, read: Understanding) -> bool:
    """Whether the contest is about a status as such, that status was told, and no deed was."""
    status = read.facts().get("status")
    return not read.conduct and all(
        set(element.choices) == {"status"} and status in element.choices["status"]
        for element in contest.elements
    )


def _settled(verdict: Verdict, guess: Verdict, read: Understanding, law: Library) -> str:
    """The outcome by the usual facts; what they leave open counts with what is still possible."""
    special = _special(guess.act, read)
    if special is not None:
        return special
    if guess.outcome is Outcome.ALLOWED and verdict.outcome is not Outcome.ALLOWED:
        return "conditional"
    if guess.outcome is Outcome.CONTESTED:
        return _weighed(guess, law)
    if guess.outcome is not Outcome.UNDETERMINED:
        return _COARSE[guess.outcome]
    possible = guess.finding.possible
    if any(item in possible for item in PERMITTED) or _fair(guess.act, read):
        return "forbidden" if "partial" in read.asks and partial(read) else "conditional"
    sides = not possible and partial(read) and guess.act not in usual().others
    if guess.act in usual().lean or sides:
        return "forbidden"
    if guess.act in usual().free:
        return "forbidden" if read.conduct & _REACTS else "conditional"
    if Outcome.CONTESTED in possible or not possible:
        return "unclear"
    return _COARSE[possible[0]]


def _special(act: str, read: Understanding) -> str | None:
    """What a circumstance decides that the law data know no fact for (see `usual.yaml`)."""
    if "minors" in read.asks and act in usual().grown_ups:
        return "forbidden"
    if "unresigned" in read.asks and act in usual().resign:
        return "forbidden"
    if act in usual().bound and _campaigns(read):
        return "forbidden"
    at_home = "spoken" in read.asks and act in usual().at_home
    passing = "nearby" in read.asks and act in usual().attended and not partial(read)
    return "conditional" if at_home or passing else None


def _campaigns(read: Understanding) -> bool:
    """Whether somebody with an office or a duty speaks for or against a candidate meanwhile."""
    told = read.facts()
    spoke = told.get("stance") in ("support", "belittle") or told.get("gesture") == "partisan"
    return spoke or bool(read.conduct & _CAMPAIGNS)


def _village_head(read: Understanding) -> bool:
    """Whether a village head took sides: Article 71(1) of Law 10/2016 and 490 of Law 7/2017."""
    return read.facts().get("status") == "KADES" and partial(read)


def _fair(act: str, read: Understanding) -> bool:
    """Whether all are treated alike, or the one who may permit it has, where the law asks that."""
    told = read.facts()
    return act in usual().fair and "yes" in (told.get("even_handed"), told.get("permission"))


def partial(read: Understanding) -> bool:
    """Whether what was told shows partiality: then the general duty forbids, rule or no rule."""
    told = read.facts()
    return any(told.get(fact) == value for fact, value in _PARTIAL)


def _weighed(guess: Verdict, law: Library) -> str:
    """A disputed act is forbidden in the headline where hardly any authority allows it."""
    if guess.act in usual().open:
        return "unclear"
    views = [
        position.view
        for name in guess.finding.contests
        if law.contests[name].affects == "outcome"
        for position in law.contests[name].positions
    ]
    allows, forbids = views.count("allows"), sum(view in _FORBIDDING for view in views)
    # A group of colleagues or neighbours is no household: its messages are soon elsewhere.
    wide = dict(guess.finding.used).get("visibility") == "group"
    leaning = wide or guess.act in usual().lean or (forbids and forbids >= 3 * allows)
    return "forbidden" if leaning else "unclear"


def _may_be_crime(verdict: Verdict, guess: Verdict) -> bool:
    possible = (*verdict.finding.possible, *guess.finding.possible)
    return Outcome.CRIME in (verdict.outcome, guess.outcome, *possible)


def _class_disputed(guess: Verdict, law: Library) -> bool:
    """Whether authorities differ on the class, a crime being one of their views."""
    contests = (law.contests[name] for name in guess.finding.contests)
    return any(item.affects == "class" and "crime" in item.possible for item in contests)
