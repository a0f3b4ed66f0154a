"""Schemas of the answers. Objects are closed: a field that is not described here is a mistake."""

from __future__ import annotations

from typing import Any

from netral.guidance.rules.precedent_moves import PUBLIC
from netral.guidance.words import KIND_WORDS, STANDING_WORDS
from netral.law import Confidence, Outcome, Phase
from netral.law.asking.shapes import COARSE, OUT_OF_SCOPE
from netral.law.contests import AFFECTS, VIEWS
from netral.law.posts import Mode, Strength
from netral.law.render.labels import ROLES
from netral.law.vocabulary import NormClass

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
KNOWN_DAY: Schema = {
    "type": ["string", "null"],
    "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "description": "A day, or the month or year alone where the sources know no more; null where "
    "they know nothing, and, as an end, while it is in force.",
}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "number"}
TRUTH: Schema = {"type": "boolean"}
PART = (
    "One act. 'outcome' goes with 'verdict', which rests on 'facts' and, where they do not decide, "
    "on 'assumed'; 'told_alone' rests on 'facts' only. What is 'withheld' was told, weighed by no "
    "rule, and takes any permission back: 'outcome' is forbidden then. 'unanswered' quotes what of "
    "the question a permission does not reach: 'outcome' is unclear then. No part while status is "
    "choose_act; while it is ask_first, no verdict holds before the question is answered."
)
TEXTS: Schema = {"type": "object", "additionalProperties": TEXT}


def one_of(values: Any) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def closed(**fields: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {name.rstrip("_"): schema for name, schema in fields.items()},
        "required": [name.rstrip("_") for name in fields],
        "additionalProperties": False,
    }


def fields(**named: Schema) -> dict[str, Schema]:
    """Fields that several objects share; ``class_`` stands for ``class``."""
    return named


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


CONFIDENCE = one_of(Confidence)
OUTCOME = one_of(Outcome)
STANDING = one_of(STANDING_WORDS)


def schemas() -> dict[str, Schema]:
    """By name, for ``components`` of the description."""
    groups = (_basic, _instruments, _acts, _verdict, _asking, _postcheck, _precedents)
    return {name: schema for group in groups for name, schema in group().items()}


def _basic() -> dict[str, Schema]:
    return {
        "Words": closed(id=TEXT, en=TEXT),
        "Problem": closed(error=TEXT, message=ref("Words"), detail=MAYBE_TEXT),
        "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
    }


def _instruments() -> dict[str, Schema]:
    instrument: dict[str, Schema] = fields(
        id=TEXT, kind=one_of(KIND_WORDS), name=ref("Words"), short=ref("Words"),
        gazette=MAYBE_TEXT, enacted=KNOWN_DAY, effective=KNOWN_DAY, until=KNOWN_DAY,
        validity=ref("Words"), standing=STANDING,
        replaces=many(TEXT), replaced_by=MAYBE_TEXT, amends=many(TEXT), amended_by=many(TEXT),
        confidence=CONFIDENCE, sources=many(TEXT), date_note=or_null(ref("Words")),
    )  # fmt: skip
    return {
        "Instrument": closed(**instrument),
        "InstrumentWithProvisions": closed(
            **instrument, on=DAY, law_version=TEXT, provisions=many(ref("ProvisionBody"))
        ),
        "Instruments": closed(on=DAY, law_version=TEXT, instruments=many(ref("Instrument"))),
        "ProvisionBody": closed(**_provision()),
        "Provision": closed(**_provision(), on=DAY, law_version=TEXT),
        "Provisions": closed(on=DAY, law_version=TEXT, provisions=many(ref("ProvisionBody"))),
    }


def _provision() -> dict[str, Schema]:
    return fields(
        id=TEXT, instrument=TEXT, article=TEXT, cite=ref("Words"), text=ref("Words"),
        effective=KNOWN_DAY, until=KNOWN_DAY, validity=ref("Words"), standing=STANDING,
        confidence=CONFIDENCE,
        sources=many(TEXT), class_=or_null(one_of(NormClass)), sanction=MAYBE_TEXT,
        disputes=many(TEXT), date_note=or_null(ref("Words")),
    )  # fmt: skip


def _acts() -> dict[str, Schema]:
    values = {"type": "object", "additionalProperties": many(TEXT)}
    act: dict[str, Schema] = fields(
        id=TEXT, group=TEXT, group_name=ref("Words"), name=ref("Words"), about=ref("Words"),
        safe_course=ref("Words"), given=values,
        questions=closed(id=many(TEXT), en=many(TEXT)), see_also=many(TEXT),
    )  # fmt: skip
    cell = closed(
        act=TEXT, status=TEXT, phase=one_of(Phase), outcome=or_null(OUTCOME),
        possible=many(OUTCOME), provision=MAYBE_TEXT, missing=many(TEXT),
    )  # fmt: skip
    return {
        "ActBody": closed(**act),
        "Act": closed(**act, law_version=TEXT),
        "Acts": closed(law_version=TEXT, exact=TRUTH, acts=many(ref("ActBody"))),
        "Cell": cell,
        "Matrix": closed(on=DAY, law_version=TEXT, election=TEXT, cells=many(ref("Cell"))),
    }


def _verdict() -> dict[str, Schema]:
    words = ref("Words")
    choice = closed(value=TEXT, words=words)
    citation = closed(
        id=TEXT, role=one_of(ROLES), article=TEXT, cite=words, instrument=TEXT, text=words,
        effective=KNOWN_DAY, until=KNOWN_DAY, validity=words, confidence=CONFIDENCE,
        sources=many(TEXT),
    )  # fmt: skip
    sanction = closed(
        level=TEXT, name=words, options=many(words), who=words, provision=TEXT, because=TEXT,
        confidence=CONFIDENCE,
    )  # fmt: skip
    position = closed(
        who=words, when=TEXT, view=one_of(VIEWS), says=words, sources=many(TEXT)
    )  # fmt: skip
    element = closed(
        any_of={"type": "object", "additionalProperties": many(TEXT)},
        state=one_of(("holds", "fails", "undetermined")),
    )
    return {
        "OpenQuestion": closed(fact=TEXT, ask=words, answers=many(choice)),
        "Citation": citation,
        "Sanction": sanction,
        "Disagreement": closed(
            id=TEXT, name=words, affects=one_of(AFFECTS), safe_course=words,
            positions=many(position),
        ),
        "TraceRow": closed(
            norm=TEXT, reason=TEXT, reason_words=words, by=MAYBE_TEXT, elements=many(element)
        ),
        "Verdict": closed(
            act=closed(id=TEXT, name=words), on=DAY, law_version=TEXT, outcome=OUTCOME,
            outcome_words=words, possible=many(OUTCOME), confidence=CONFIDENCE,
            confidence_words=words,
            facts_used=TEXTS, questions=many(ref("OpenQuestion")),
            provisions=many(ref("Citation")), sanctions=many(ref("Sanction")),
            deciders=many(words), clocks=many(closed(step=TEXT, name=words)),
            conditions=many(words), disagreements=many(ref("Disagreement")), safe_course=words,
            notes=many(words), trace=many(ref("TraceRow")),
        ),
    }  # fmt: skip


def _asking() -> dict[str, Schema]:
    question = closed(
        question=TEXT, subject=MAYBE_TEXT, phase=MAYBE_TEXT, election=MAYBE_TEXT, on=MAYBE_DAY,
        facts=TEXTS, acts=many(TEXT), asked=many(TEXT),
    )  # fmt: skip
    part = {
        **closed(
            act=TEXT,
            heading=ref("Words"),
            outcome=one_of(COARSE),
            facts=TEXTS,
            assumed=TEXTS,
            withheld=many(closed(fact=TEXT, value=TEXT, words=ref("Words"))),
            unanswered=many(TEXT),
            verdict=ref("Verdict"),
            told_alone=ref("Verdict"),
        ),
        "description": PART,
    }
    understood = closed(
        scope=one_of(("inside", "outside", "unsure")),
        bound_elsewhere=or_null(one_of(("armed", "company"))),
        ordered=TRUTH,
        of_another=TRUTH,
        of_kin=TRUTH,
        readings=many(closed(act=TEXT, score=NUMBER)),
        given=many(closed(fact=TEXT, value=TEXT, words=TEXT)),
    )
    return {
        "Question": {**question, "required": ["question"]},
        "Answer": closed(
            law_version=TEXT,
            status=one_of(("answered", "ask_first", "choose_act", "outside", "review", "partial")),
            heading=ref("Words"),
            outcome=one_of((*COARSE, OUT_OF_SCOPE)),
            class_=or_null(one_of(("ethics", "discipline", "crime"))),
            acts=many(TEXT), provisions=many(TEXT), ask=many(TEXT),
            questions=many(ref("OpenQuestion")),
            confidence=NUMBER, understood=understood, parts=many(part),
            precedents=many(ref("PrecedentBody")),
        ),
    }  # fmt: skip


def _postcheck() -> dict[str, Schema]:
    words = ref("Words")
    norm = closed(name=words, source=TEXT, confidence=CONFIDENCE)
    finding = closed(
        rule=TEXT, name=words, why=words, instead=words, act=MAYBE_TEXT, provisions=many(TEXT),
        outside=many(norm), strength=one_of(Strength), strength_words=words,
    )  # fmt: skip
    mark = closed(start=NUMBER, end=NUMBER, words=TEXT, findings=many(finding))
    return {
        "Text": {**closed(text=TEXT, mode=one_of(Mode)), "required": ["text"]},
        "TextCheck": closed(mode=one_of(Mode), marks=many(mark), note=or_null(words)),
    }


def _precedents() -> dict[str, Schema]:
    precedent = fields(
        id=TEXT, government=TEXT, number=NUMBER, year=NUMBER, state=one_of(PUBLIC),
        holds=TRUTH, notice=MAYBE_TEXT, question=TEXT, answer=TEXT, act=MAYBE_TEXT,
        facts=TEXTS, outcome=or_null(OUTCOME), provisions=many(TEXT), law_version=TEXT,
        law_day=MAYBE_DAY, published=TEXT, valid_until=MAYBE_DAY, withdrawn=MAYBE_TEXT,
        address=TEXT,
    )  # fmt: skip
    found = many(ref("PrecedentBody"))
    return {
        "PrecedentBody": closed(**precedent),
        "Precedent": closed(**precedent, on=DAY),
        "Precedents": closed(
            on=DAY, law_version=TEXT, total=NUMBER, page=NUMBER, pages=NUMBER, precedents=found
        ),
        "Found": closed(on=DAY, law_version=TEXT, acts=many(ref("ActBody")), precedents=found),
    }
