"""Checks of an installation: settings, folders, database. ``netral check`` shows them.

The ones marked ``deploy`` run for ``netral check --production`` and before ``netral run`` serves
anything that is not a demonstration.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DatabaseError

from netral.base.checks import state_check
from netral.project import installation
from netral.project.environment import env_file
from netral.project.refusal import Refusal
from netral.project.supervision import addresses

DEFAULT_SECRET = "demonstration-only-not-a-secret"
SHORTEST_SECRET = 32
Apps = Sequence[Any] | None


@register(deploy=True)
def secret_key(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.SECRET_KEY == DEFAULT_SECRET or len(settings.SECRET_KEY) < SHORTEST_SECRET:
        message = "NETRAL_SECRET_KEY is missing, the default, or shorter than 32 characters."
        hint = "netral init writes a settings file with fresh secrets."
        return [Error(message, hint=hint, id="netral.E001")]
    return []


@register(deploy=True)
def debug(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.DEBUG:
        hint = "Remove NETRAL_DEBUG: it shows settings and data on failure pages."
        return [Error("NETRAL_DEBUG is on.", hint=hint, id="netral.E002")]
    return []


@register(deploy=True)
def demonstration(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.DEMO:
        hint = "Its sign-ins are printed for everybody to read: remove NETRAL_DEMO."
        return [Error("This is a demonstration.", hint=hint, id="netral.E003")]
    return []


@register(deploy=True)
def public_address(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.IS_TLS:
        return []
    if addresses.is_this_machine(urlsplit(settings.PUBLIC_URL).hostname):
        message = f"{settings.PUBLIC_URL} opens on this machine only: for trying out."
        hint = "Before anybody else uses it: TLS in front and NETRAL_PUBLIC_URL=https://…"
        return [Warning(message, hint=hint, id="netral.W004")]
    hint = "Put a proxy with TLS in front and set NETRAL_PUBLIC_URL=https://…"
    message = f"The public address {settings.PUBLIC_URL} is not https://."
    return [Error(message, hint=hint, id="netral.E004")]


@register(deploy=True)
def code_key(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.CODE_KEY == settings.SECRET_KEY:
        message = "NETRAL_CODE_KEY is not set; slips hang on NETRAL_SECRET_KEY."
        hint = "Give it a value of its own before printing slips: netral init shows how."
        return [Warning(message, hint=hint, id="netral.W001")]
    return []


@register(deploy=True)
def mail(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if not settings.EMAIL_HOST:
        message = f"NETRAL_MAIL_HOST is not set; letters are written to {settings.MAIL_DIR}."
        return [Warning(message, hint="Name your mail server.", id="netral.W002")]
    return []


@register(deploy=True)
def settings_file(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    path = env_file()
    if path.is_file() and path.stat().st_mode & 0o077:
        hint = f"chmod 600 {path}"
        return [Error(f"Others can read {path}.", hint=hint, id="netral.E008")]
    return []


@register(deploy=True)
def static_files(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        message = "The collected static files are missing."
        return [Error(message, hint="Run netral upgrade.", id="netral.E009")]
    return []


@state_check
def folders() -> list[CheckMessage]:
    places = [settings.VAR_DIR, settings.MEDIA_ROOT, settings.UPLOAD_DIR, settings.MAIL_DIR]
    return [
        Error(
            f"Netral cannot write to {place}.",
            hint=f"Give the folder to the user that runs Netral: chown -R netral {place}",
            id="netral.E005",
        )
        for place in places
        if not _is_writable(Path(place))
    ]


def _is_writable(place: Path) -> bool:
    """Tries it: permission bits say nothing about a full or read-only disk."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return False
    return True


@state_check
def migrations() -> list[CheckMessage]:
    try:
        missing = installation.unapplied_migrations()
    except DatabaseError as error:
        hint = "See that it runs and that NETRAL_DATABASE names it."
        message = f"The database does not answer ({type(error).__name__})."
        return [Error(message, hint=hint, id="netral.E011")]
    if missing:
        message = f"{len(missing)} migration(s) are not applied, beginning with {missing[0]}."
        return [Error(message, hint="Run netral upgrade.", id="netral.E006")]
    return []


@state_check
def same_story() -> list[CheckMessage]:
    try:
        installation.must_fit_settings()
    except Refusal as refusal:
        return [Error(str(refusal), id="netral.E007")]
    except DatabaseError:
        return []
    return []
