"""Messages in templates, found in the node tree that Django's own parser makes of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template import TemplateSyntaxError, engines
from django.template.base import FilterExpression, Node, NodeList, Origin, Template, Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from i18n.messages import Message, nameless

LITERAL = re.compile(r"""_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")


def read_template(path: Path, place: str) -> tuple[list[Message], list[str]]:
    """Messages of one template, and complaints about how they are written."""
    engine = engines["django"].engine
    source = path.read_text("utf-8")
    try:
        template = Template(source, Origin(str(path)), str(path), engine)
    except TemplateSyntaxError as error:
        return [], [f"{place}: {error}"]
    messages: list[Message] = []
    complaints: list[str] = []
    for thing in _walk(template.nodelist, set()):
        if isinstance(thing, BlockTranslateNode):
            message = _block(thing, place)
            if not thing.trimmed:
                complaints.append(f"{place}:{_line(thing)}: blocktranslate needs trimmed")
        elif isinstance(thing, TranslateNode):
            message = _tag(thing, place)
        elif isinstance(thing, FilterExpression):
            messages += [Message(text, place) for text in _literals(thing.token)]
            continue
        else:
            continue
        if message is not None:
            messages.append(message)
            if nameless(message.text.replace("%%", "")):
                complaints.append(f"{place}:{_line(thing)}: name the placeholder")
    return messages, complaints


def _walk(thing: Any, seen: set[int]) -> Iterator[Any]:
    """Every node and expression below ``thing``, through whatever attribute holds it."""
    if isinstance(thing, str | int | float | type(None) | type) or id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, NodeList | list | tuple | set):
        for part in thing:
            yield from _walk(part, seen)
    elif isinstance(thing, dict):
        for part in thing.values():
            yield from _walk(part, seen)
    elif isinstance(thing, Node | FilterExpression | Variable) or _is_condition(thing):
        yield thing
        for part in _attributes(thing):
            yield from _walk(part, seen)


def _attributes(thing: Any) -> Iterator[Any]:
    """The values of the attributes, kept in a dictionary or in slots."""
    yield from getattr(thing, "__dict__", {}).values()
    for kind in type(thing).__mro__:
        for name in getattr(kind, "__slots__", ()):
            yield getattr(thing, name, None)


def _is_condition(thing: Any) -> bool:
    """Operators and operands of ``{% if %}``."""
    return type(thing).__module__ in {"django.template.smartif", "django.template.defaulttags"}


def _block(node: BlockTranslateNode, place: str) -> Message:
    text, _names = node.render_token_list(node.singular)
    plural = node.render_token_list(node.plural)[0] if node.plural else None
    return Message(text, place, plural, _context(node.message_context))


def _tag(node: TranslateNode, place: str) -> Message | None:
    variable = node.filter_expression.var
    literal = variable.literal if isinstance(variable, Variable) else variable
    if not isinstance(literal, str):
        return None  # a variable: its value is marked where it is written
    return Message(literal.replace("%", "%%"), place, None, _context(node.message_context))


def _context(expression: FilterExpression | None) -> str | None:
    if expression is None:
        return None
    value = expression.resolve({})
    return str(value) if value else None


def _literals(token: str) -> list[str]:
    """``_("Nama")`` in the arguments of tags and filters."""
    return [ast.literal_eval(found).replace("%", "%%") for found in LITERAL.findall(token)]


def _line(node: Node) -> int:
    return node.token.lineno if node.token else 0
