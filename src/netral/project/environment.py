"""Reads the settings of an installation from the environment and from a ``.env`` file.

A value that is not understood stops the program with the name of the setting: a typing error
in ``NETRAL_DEMO=ture`` must never silently mean "production".
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


class SettingError(Exception):
    """A setting has a value that cannot be used. The message says what to write instead."""


def env_file() -> Path:
    """The settings file: ``.env`` in the checkout, or the file that ``NETRAL_ENV_FILE`` names."""
    return Path(os.environ.get("NETRAL_ENV_FILE") or CHECKOUT / ".env")


def load_env_file(path: Path) -> None:
    """Puts ``KEY=value`` lines of ``path`` into the environment; what is already set wins."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        key, separator, value = text.partition("=")
        if not separator:
            raise SettingError(f"{path}:{number}: write KEY=value, not {text!r}")
        os.environ.setdefault(key.strip(), value.strip().strip("\"'"))


def read_text(name: str, default: str = "") -> str:
    """The setting ``name``; a secret may instead stand in a file named by ``NAME_FILE``."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        try:
            return Path(file_name).read_text("utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE names {file_name}, which cannot be read") from error
    return os.environ.get(name) or default


def read_flag(name: str, *, default: bool) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise SettingError(f"{name} is {text!r}; write true or false")


def read_number(name: str, default: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdigit():
        raise SettingError(f"{name} is {text!r}; write a whole number")
    return int(text)


def read_choice(name: str, choices: tuple[str, ...]) -> str:
    """One of ``choices``; the first is the default."""
    text = os.environ.get(name, "").strip().lower() or choices[0]
    if text not in choices:
        raise SettingError(f"{name} is {text!r}; write one of: {', '.join(choices)}")
    return text


def read_list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


@dataclass(frozen=True)
class DatabaseAddress:
    """A parsed ``NETRAL_DATABASE``: ``sqlite:///path`` or ``postgresql://user:pw@host:port/name``."""

    engine: str
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""


def parse_database(address: str) -> DatabaseAddress:
    from urllib.parse import parse_qs, unquote, urlsplit  # noqa: PLC0415 (slow, needed once)

    if address.startswith("sqlite:///"):
        return DatabaseAddress("sqlite", address.removeprefix("sqlite:///"))
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SettingError(
            "NETRAL_DATABASE must start with sqlite:/// or postgresql:// (see docs, Install)"
        )
    socket_folder = parse_qs(parts.query).get("host", [""])[0]
    return DatabaseAddress(
        "postgresql",
        unquote(parts.path.lstrip("/")),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        socket_folder or parts.hostname or "",
        str(parts.port or ""),
    )
