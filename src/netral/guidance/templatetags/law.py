"""Filters for objects of ``netral.law`` in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from netral.elections import today
from netral.guidance import words
from netral.guidance.queries.acts import Position
from netral.law import OUTCOME_WORDS, PHASE_WORDS, Outcome, Phase, Words, library
from netral.law.acts import Act
from netral.law.citing import citation
from netral.law.dating import Dated
from netral.law.instruments import Element, Instrument, Provision
from netral.law.posts.shapes import STRENGTH_WORDS, Strength
from netral.law.render.dates import end_words, issued_words, span_words, start_words, validity
from netral.law.render.labels import ROLES, long_day, when
from netral.law.trace import REASONS
from netral.law.vocabulary import CONFIDENCE_WORDS, Confidence

register = template.Library()


def language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


@register.filter
def say(told: Words) -> str:
    """The text in the language of the page."""
    return told.in_language(language())


@register.filter
def day(value: date | None) -> str:
    """``7 Oktober 2024``; a time zone plays no part."""
    return long_day(value, language()) if value else ""


@register.filter
def lasting(item: Dated) -> str:
    """``22 September 2022`` or ``2018 – 21 September 2022``: no more than the sources know."""
    return span_words(item, language())


@register.filter
def in_force(item: Dated) -> str:
    """The same as a phrase: ``sejak 22 September 2022``, ``2019 (pernyataan)``."""
    return validity(item, language())


@register.filter
def began(name: str) -> str:
    """What is known of the start of an instrument whose day is not known; else empty."""
    item = library().instrument(name)
    return f": {start_words(item, language())}" if item.dating.start else ""


@register.filter
def ended(name: str) -> str:
    """What is known of its end likewise."""
    item = library().instrument(name)
    return f": {end_words(item, language())}" if item.dating.end else ""


@register.filter
def issued(instrument: Instrument) -> str:
    """The day an instrument was made, as far as it is known."""
    return issued_words(instrument.enacted, instrument.dating, language())


@register.filter
def outcome_word(outcome: Outcome) -> str:
    return say(OUTCOME_WORDS[outcome])


@register.filter
def outcome_shape(outcome: Outcome) -> str:
    return words.SHAPES[outcome]


@register.filter
def outcome_icon(outcome: Outcome) -> str:
    return words.ICONS[outcome]


@register.filter
def outcome_tone(outcome: Outcome) -> str:
    return words.TONES[outcome]


@register.filter
def confidence_word(confidence: Confidence) -> str:
    return say(CONFIDENCE_WORDS[confidence])


@register.filter
def strength_word(strength: Strength) -> str:
    return say(STRENGTH_WORDS[strength])


@register.filter
def phase_word(phase: Phase) -> str:
    return say(PHASE_WORDS[phase])


@register.filter
def sanction_word(level: str) -> str:
    return say(library().sanctions[level].name)


@register.filter
def role_word(role: str) -> str:
    return say(ROLES[role])


@register.filter
def kind_word(kind: str) -> Any:
    return words.KIND_WORDS[kind]


@register.filter
def class_word(name: str) -> Any:
    return words.CLASS_WORDS[name]


@register.filter
def view_word(name: str) -> Any:
    return words.VIEW_WORDS[name]


@register.filter
def standing_word(item: words.Dated, on: date) -> Any:
    return words.STANDING_WORDS[words.standing(item, on)]


@register.filter
def standing_tone(item: words.Dated, on: date) -> str:
    return {"in_force": "calm", "not_yet": "warn", "ended": ""}[words.standing(item, on)]


@register.filter
def reason_word(reason: str) -> str:
    return REASONS[reason][1 if language() == "en" else 0]


@register.filter
def fact_word(pair: tuple[str, str]) -> str:
    """The words of ("status", "PNS")."""
    return say(library().facts.label(*pair))


@register.inclusion_tag("guidance/parts/printed.html", takes_context=True)
def printed(context: dict[str, Any]) -> dict[str, Any]:
    """The last line of a print: the address of the page, without what was asked for in it."""
    return {
        "address": f"{settings.PUBLIC_URL}{context['request'].path}",
        "at": today.now(),
        "version": library().version,
    }


@register.filter
def condition(element: Element | Iterable[Element]) -> str:
    """One condition of a norm in words; several that must hold together, joined."""
    if not isinstance(element, Element):
        return " + ".join(condition(item) for item in element)
    return either(element.choices)


@register.filter
def either(choices: Mapping[str, Iterable[str]]) -> str:
    facts = library().facts
    labels = [say(facts.label(fact, value)) for fact, values in choices.items() for value in values]
    return " / ".join(labels)


@register.simple_tag(takes_context=True)
def law_url(context: dict[str, Any], name: str, *arguments: str, **query: str) -> str:
    """An address of the law that carries the chosen day on."""
    chosen = context["day"]
    pairs = {key: value for key, value in query.items() if value}
    if chosen.asked:
        pairs["pada"] = chosen.asked
    address = reverse(f"guidance:{name}", args=arguments)
    return f"{address}?{urlencode(pairs)}" if pairs else address


@register.simple_tag(takes_context=True)
def provision_url(context: dict[str, Any], provision: str) -> str:
    """The page of a provision such as "SKB-2022/D6"."""
    return law_url(context, "provision", *provision.split("/", 1))


@register.filter
def cited(provision: str) -> str:
    """ "Lampiran II huruf B angka 6, SKB 2/2022" for "SKB-2022/D6"."""
    return citation(library(), provision, language())


@register.filter
def short(instrument: str) -> str:
    """ "SKB 2/2022" for "SKB-2022"."""
    return say(library().instrument(instrument).short)


@register.filter
def place(provision: Provision) -> str:
    """The article alone, for a page that names the instrument."""
    return provision.article_en if language() == "en" else provision.article


@register.filter
def whose(position: Position) -> str:
    return position.who_en if language() == "en" else position.who


@register.filter
def told_when(told: str) -> str:
    """A time as precise as its source."""
    return when(told, language())


@register.simple_tag(takes_context=True)
def norm_url(context: dict[str, Any], norm: str) -> str:
    """The place of the provision that carries a norm; an extended one is "SE-…/x>PP-…/y"."""
    return provision_url(context, library().norms[norm].provision)


@register.simple_tag
def norm_name(norm: str) -> str:
    """The provision that carries a norm; an extended one names what it extends, too."""
    carrier, _mark, extended = norm.partition(">")
    return f"{cited(carrier)} → {cited(extended)}" if extended else cited(carrier)


@register.filter
def status_word(status: str) -> str:
    return fact_word(("status", status))


@register.filter
def status_short(status: str) -> str:
    """Without the explanation in brackets, for the head of a narrow column."""
    return status_word(status).partition(" (")[0]


@register.filter
def election_word(election: str) -> str:
    return fact_word(("election", election))


@register.filter
def values_of(values: Iterable[str], fact: str) -> str:
    """What an act fixes about one fact, in words."""
    return either({fact: tuple(values)})


@register.filter
def provision_text(name: str) -> str:
    return say(library().provision(name).text)


@register.filter
def contest_name(name: str) -> str:
    return say(library().contests[name].name)


@register.filter
def act_name(act: str) -> str:
    return say(library().acts[act].name)


@register.filter
def questions(act: Act) -> tuple[str, ...]:
    """How people ask about an act, in the language of the page."""
    return act.phrases_en if language() == "en" else act.phrases
