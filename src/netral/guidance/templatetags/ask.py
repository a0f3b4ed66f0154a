"""Tags of the pages of asking. Where ``is_linked`` is False, provisions are named, not linked."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from netral.guidance.queries.answering import Chip
from netral.guidance.templatetags.law import cited, fact_word, language, provision_url, say
from netral.law import library
from netral.law.asking import Understanding
from netral.law.asking.forewords import forewords
from netral.law.asking.show import OTHER_RULES
from netral.law.render.dates import validity
from netral.law.vocabulary import Words

register = template.Library()
_EXPLANATION = re.compile(r" \([^)]{9,}\)$")


@register.filter
def chip_word(chip: Chip) -> str:
    """What was understood, short enough for a chip: without the explanation in brackets."""
    return _EXPLANATION.sub("", fact_word((chip.fact, chip.value)))


@register.filter
def missing_word(fact: str) -> str:
    """A chip for a fact that nobody told yet."""
    names = {"status": _("status Anda?"), "phase": _("tahap?"), "election": _("pemilihan apa?")}
    return names.get(fact, fact_question(fact))


@register.filter
def other_rules(body: str) -> str:
    """Which rules bind somebody whom the law data do not."""
    return say(OTHER_RULES[body])


@register.filter
def said_first(read: Understanding) -> list[str]:
    """What stands before the answer: that the order is the breach, or whose deed it is."""
    return [say(words) for words in forewords(read)]


@register.filter
def fact_question(fact: str) -> str:
    return say(library().facts.facts[fact].ask)


@register.simple_tag
def option_word(fact: str, value: str) -> str:
    return fact_word((fact, value))


@register.filter
def in_force_since(provision: str) -> str:
    """``berlaku sejak 22 September 2022``, or what is known of it: ``2019 (pernyataan)``."""
    item = library().provision(provision)
    told = validity(item, language())
    return told if item.dating.by else _("berlaku %(when)s") % {"when": told}


@register.simple_tag
def verdict_word(words: Words) -> SafeString:
    """``dilarang (disiplin)`` with the kind of breach smaller, so that it fits a phone's line."""
    word, _bracket, kind = say(words).partition(" (")
    return format_html("{} <small>({}</small>", word, kind) if kind else format_html("{}", word)


@register.simple_tag(takes_context=True)
def cite(context: dict[str, Any], provision: str) -> str:
    """The provision by its article and instrument, linked to its place in the law."""
    name = cited(provision)
    if not context.get("is_linked"):
        return name
    return format_html('<a href="{}">{}</a>', provision_url(context, provision), name)


@register.simple_tag(takes_context=True)
def cite_norm(context: dict[str, Any], norm: str) -> str:
    """The provision that carries a norm."""
    return cite(context, library().norms[norm].provision)
