"""Messages in Python: calls of Django's gettext functions, under whatever name they came in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from i18n.messages import Message, nameless

MODULE = "django.utils.translation"


@dataclass(frozen=True)
class Shape:
    """Which arguments of a function are context, text and plural, by position."""

    text: int = 0
    plural: int | None = None
    context: int | None = None


SHAPES = {
    "gettext": Shape(),
    "gettext_lazy": Shape(),
    "gettext_noop": Shape(),
    "ngettext": Shape(plural=1),
    "ngettext_lazy": Shape(plural=1),
    "pgettext": Shape(text=1, context=0),
    "pgettext_lazy": Shape(text=1, context=0),
    "npgettext": Shape(text=1, plural=2, context=0),
    "npgettext_lazy": Shape(text=1, plural=2, context=0),
}


def read_python(path: Path, place: str) -> tuple[list[Message], list[str]]:
    """Messages of one file, and complaints about calls that cannot be translated."""
    tree = ast.parse(path.read_text("utf-8"), place)
    known = _imported_names(tree)
    messages: list[Message] = []
    complaints: list[str] = []
    for call in _calls(tree):
        shape = SHAPES.get(_function_name(call, known))
        if shape is None:
            continue
        problem = _problem(call, shape)
        if problem:
            complaints.append(f"{place}:{call.lineno}: {problem}")
            continue
        message = _message(call, shape, place)
        if message is None:
            continue
        if nameless(message.text):
            complaints.append(f"{place}:{call.lineno}: name the placeholder in {message.text!r}")
        messages.append(message)
    return messages, complaints


def _imported_names(tree: ast.AST) -> dict[str, str]:
    """``_`` → ``gettext_lazy`` and the like, from the imports of the file."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == MODULE:
            names.update({alias.asname or alias.name: alias.name for alias in node.names})
    return names


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _function_name(call: ast.Call, known: dict[str, str]) -> str:
    if isinstance(call.func, ast.Name):
        return known.get(call.func.id, "")
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        return call.func.attr if call.func.value.id == "translation" else ""
    return ""


def _problem(call: ast.Call, shape: Shape) -> str:
    """Why the text of the call can never be found in a catalogue."""
    if len(call.args) <= shape.text:
        return ""
    text = call.args[shape.text]
    if isinstance(text, ast.JoinedStr):
        return "no f-string inside gettext: its value is never in the catalogue"
    if isinstance(text, ast.BinOp):
        return "put the values in after gettext, not before"
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute):
        return "call .format on the result of gettext" if text.func.attr == "format" else ""
    return ""


def _message(call: ast.Call, shape: Shape, place: str) -> Message | None:
    text = _constant(call, shape.text)
    if not text:
        return None  # a variable: the value is marked where it is written
    plural = _constant(call, shape.plural) if shape.plural is not None else None
    context = _constant(call, shape.context) if shape.context is not None else None
    return Message(text, place, plural, context)


def _constant(call: ast.Call, position: int) -> str | None:
    if len(call.args) <= position:
        return None
    value = call.args[position]
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    return None
