"""The first draft of an answer, put together from the law data for a person to check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from netral.guidance.models import Consultation
from netral.guidance.queries.answering import facts_of_now
from netral.guidance.queries.setting import Setting
from netral.guidance.rules.drafted import answer_words, basis, judged
from netral.guidance.services.precedents import Draft
from netral.law.asking import answer


def first_draft(text: str, setting: Setting) -> Draft:
    """What the law of the setting's day and phase says about a question in everyday words.

    The question is taken over for the drafter to rewrite without persons. Where no act was
    understood, act, answer and provisions are left empty rather than guessed; what nobody has to
    say of an election under way waits for the act that the drafter chooses.
    """
    now = facts_of_now(text, setting)
    found = answer(text, facts=now, on=setting.today)
    if not found.parts or found.status in ("outside", "choose_act", "partial"):
        return Draft(text, "", "", now)
    part = found.parts[0]
    return Draft(
        question=text,
        answer=answer_words(part.verdict),
        act=part.act,
        facts=dict(part.situation.facts),
        provisions=basis(part.verdict),
    )


def judged_anew(old: Consultation, new: Draft, on: date) -> Draft:
    """``new`` with what the law data says of its act and facts in place of what it said of those
    kept so far. What a person wrote or chose stays; only what came from the data is exchanged.
    """
    before, after = judged(old.act, old.facts, on), judged(new.act, new.facts, on)
    from_data = basis(before) if before else ()
    chosen = tuple(name for name in new.provisions if name not in from_data)
    provisions = dict.fromkeys((*(basis(after) if after else ()), *chosen))
    written = new.answer.strip()
    if not written or (before and written == answer_words(before)):
        written = answer_words(after) if after else ""
    return replace(new, provisions=tuple(provisions), answer=written)
