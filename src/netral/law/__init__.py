"""The law as code: dated norms, acts, verdicts with reasons, sanctions, working days and clocks.

Pure Python without Django. The data stand in `data/` and can be read and extended by a lawyer.
Nothing
here reads the clock of the machine: every question carries its day.

>>> from datetime import date
>>> from netral.law import Situation, judge
>>> verdict = judge(Situation("like", {"status": "PNS", "account": "candidate"}, "pilkada-2024"),
date(2024, 10, 7))
>>> verdict.outcome.value, verdict.provisions[0]
('forbidden_discipline', 'SKB-2022/D6')
"""

from netral.law.errors import ClockError, DataError, LawError, NotFoundError, SituationError
from netral.law.judge import judge
from netral.law.library import Library, library, load
from netral.law.situation import Situation
from netral.law.verdict import Verdict
from netral.law.vocabulary import (
    OUTCOME_WORDS,
    PHASE_WORDS,
    PHASES,
    Confidence,
    Outcome,
    Phase,
    Words,
)

__all__ = [
    "OUTCOME_WORDS", "PHASES", "PHASE_WORDS", "ClockError", "Confidence", "DataError", "LawError",
    "Library", "NotFoundError", "Outcome", "Phase", "Situation", "SituationError", "Verdict",
    "Words", "judge", "library", "load",
]  # fmt: skip
