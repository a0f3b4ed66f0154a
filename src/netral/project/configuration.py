"""What kind of installation this is, settled before Django reads its settings.

A checkout that nobody configured is a demonstration, loudly so. The first setting that an
installation needs makes it a real one, and then nothing of the demonstration is left: default
secrets are refused, invented people are not served.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from netral.project.environment import env_file, load_env_file
from netral.project.refusal import Refusal

DECIDING = (
    "NETRAL_DEMO",
    "NETRAL_SECRET_KEY",
    "NETRAL_SECRET_KEY_FILE",
    "NETRAL_DATABASE",
    "NETRAL_DATABASE_FILE",
    "NETRAL_PUBLIC_URL",
)


def is_configured() -> bool:
    """Whether any setting says that this is more than a checkout somebody tries out."""
    return any(os.environ.get(name) for name in DECIDING)


def settle() -> None:
    """Reads the settings file; without any settings, this is a demonstration."""
    load_env_file(env_file())
    if not is_configured():
        os.environ["NETRAL_DEMO"] = "true"


def write_settings(path: Path, *, public_url: str, database: str) -> None:
    """Writes a settings file with fresh secrets, readable by its owner only. Never over another."""
    lines = [
        "# Settings of this installation. docs/manual/en/settings.md explains them all.",
        "# Keep this file secret, and keep a copy where the backups are: without",
        "# NETRAL_CODE_KEY every printed slip becomes useless.",
        f"NETRAL_PUBLIC_URL={public_url}",
        f"NETRAL_SECRET_KEY={secrets.token_urlsafe(48)}",
        f"NETRAL_CODE_KEY={secrets.token_urlsafe(48)}",
    ]
    if database:
        lines.append(f"NETRAL_DATABASE={database}")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refusal(f"{path} is there already; edit it, nothing was changed") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
