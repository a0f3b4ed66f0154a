"""The first draft of an answer, put together from the law data for a person to check."""

from __future__ import annotations

from netral.guidance.queries.answering import facts_of_now
from netral.guidance.queries.setting import Setting
from netral.guidance.services.precedents import Draft
from netral.law import OUTCOME_WORDS, library
from netral.law.asking import answer
from netral.law.verdict import Verdict


def first_draft(text: str, setting: Setting) -> Draft:
    """What the law of the setting's day and phase says about a question in everyday words.

    The question is taken over for the drafter to rewrite without persons. Where nothing was
    understood, act, answer and provisions are left empty rather than guessed.
    """
    found = answer(text, facts=facts_of_now(text, setting), on=setting.today)
    if not found.parts or found.status in ("outside", "choose_act", "review"):
        return Draft(text, "", "")
    part = found.parts[0]
    return Draft(
        question=text,
        answer=_answer_words(part.verdict),
        act=part.act,
        facts=dict(part.situation.facts),
        provisions=part.verdict.provisions,
    )


def _answer_words(verdict: Verdict) -> str:
    law, finding = library(), verdict.finding
    basis = "\n".join(f"- {name}: {law.provision(name).text.id}" for name in verdict.provisions)
    conditions = "\n".join(f"- {words.id}" for words in finding.conditions)
    parts = [
        f"Menurut data hukum: {OUTCOME_WORDS[verdict.outcome].id}.",
        f"Syarat:\n{conditions}" if conditions else "",
        f"Langkah aman: {finding.safe.id}",
        f"Dasar:\n{basis}" if basis else "",
    ]
    return "\n\n".join(part for part in parts if part)
