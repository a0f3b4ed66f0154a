"""Loads the data files of this package: plain YAML, read once per process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load(name: str) -> dict[str, Any]:
    """``load("headers")`` gives the content of ``headers.yaml`` beside this module."""
    text = files(__package__).joinpath(f"{name}.yaml").read_text("utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=_Loader)
    return content
