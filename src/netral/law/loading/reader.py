"""YAML access with a schema: allowed keys, required keys, typed values, and errors that say
where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from netral.law.errors import DataError
from netral.law.vocabulary import Words

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover - PyYAML without libyaml is only slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_E = TypeVar("_E", bound=StrEnum)


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file; duplicate keys and syntax errors are refused with their line."""
    loaded = _loaded(path)
    if not isinstance(loaded, dict):
        raise DataError(f"{path.name}: must be a mapping of ids to entries")
    return loaded


def read_texts(path: Path) -> list[str]:
    """The texts in a YAML file that is a list of them."""
    loaded = _loaded(path)
    if not isinstance(loaded, list) or not all(isinstance(text, str) for text in loaded):
        raise DataError(f"{path.name}: must be a list of texts; write those with a colon in quotes")
    return loaded


def _loaded(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            _refuse_duplicates(node, path)
            return loader.construct_document(node) if node is not None else {}
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise DataError(f"{path.name}: not valid YAML: {error}") from error


def _refuse_duplicates(node: Any, path: Path) -> None:
    """YAML keeps the last of two equal keys in silence; a lawyer's entry must not vanish like
    that."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise DataError(f"{path.name}, line {line}: '{key.value}' is given twice")
            seen.add(key.value)
            _refuse_duplicates(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_duplicates(value, path)


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping in a data file, with its place for error messages."""

    place: str
    data: Mapping[str, Any]

    @classmethod
    def of(cls, place: str, data: Any, allowed: set[str], required: set[str]) -> Entry:
        """Check the keys of `data`; unknown and missing ones raise."""
        if not isinstance(data, Mapping):
            raise DataError(f"{place}: must be a mapping")
        unknown = set(map(str, data)) - allowed
        if unknown:
            known = ", ".join(sorted(allowed))
            raise DataError(f"{place}: unknown key '{min(unknown)}'; known keys: {known}")
        absent = required - set(data)
        if absent:
            raise DataError(f"{place}: '{min(absent)}' is missing; add it")
        return cls(place, data)

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self.data

    def text(self, key: str) -> str:
        """A non-empty string."""
        value = self.data[key]
        if not isinstance(value, str) or not value.strip():
            raise DataError(f"{self.place}: '{key}' must be a non-empty text")
        return value

    def maybe_text(self, key: str) -> str | None:
        """A string, or None when absent."""
        return self.text(key) if key in self.data else None

    def words(self, key: str) -> Words:
        """A text in both languages."""
        return words(f"{self.place}: '{key}'", self.data[key])

    def maybe_words(self, key: str) -> Words | None:
        """A text in both languages, or None when absent."""
        return self.words(key) if key in self.data else None

    def day(self, key: str) -> date:
        """A calendar day written YYYY-MM-DD without quotes."""
        value = self.data[key]
        if not isinstance(value, date):
            raise DataError(f"{self.place}: '{key}' must be a day like 2024-09-22")
        return value

    def maybe_day(self, key: str) -> date | None:
        """A calendar day, or None when absent."""
        return self.day(key) if key in self.data else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty when absent."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise DataError(f"{self.place}: '{key}' must be a list of texts")
        return tuple(value)

    def choice(self, key: str, kind: type[_E]) -> _E:
        """One word of a closed vocabulary."""
        return self._one_of(key, self.data[key], kind)

    def choices(self, key: str, kind: type[_E]) -> tuple[_E, ...]:
        """A list of words of a closed vocabulary; empty when absent."""
        return tuple(self._one_of(key, value, kind) for value in self.texts(key))

    def _one_of(self, key: str, value: Any, kind: type[_E]) -> _E:
        try:
            return kind(value)
        except ValueError:
            options = ", ".join(kind)
            raise DataError(f"{self.place}: '{key}' is '{value}'; use one of: {options}") from None


def words(place: str, value: Any) -> Words:
    """Build `Words` from `{id: …, en: …}`."""
    if not isinstance(value, Mapping) or set(value) != {"id", "en"}:
        raise DataError(f"{place} must have exactly the keys id and en")
    if not all(isinstance(text, str) and text.strip() for text in value.values()):
        raise DataError(f"{place} must have a text for id and for en")
    return Words(value["id"], value["en"])


def value_name(value: Any) -> str:
    """A fact value as text; YAML reads yes and no as booleans."""
    if value is True:
        return "yes"
    if value is False:
        return "no"
    return str(value)
