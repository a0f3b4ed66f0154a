"""The demonstration as the command line handles it: built, thrown away, its sign-ins shown.

What it consists of is ``netral.project.demonstration``.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.db import connection, transaction

from netral.project import installation
from netral.project.archive.tables import drop_everything
from netral.project.refusal import Refusal
from netral.speaking.sentences import Verbatim, told

BUILD = "netral.project.demonstration.build"
Report = Callable[[str], None]


def is_there() -> bool:
    """Whether this copy of Netral brings a demonstration."""
    try:
        return find_spec(BUILD) is not None
    except ModuleNotFoundError:
        return False


def build(*, size: int, report: Report) -> None:
    """Fills an empty database with the demonstration of ``size`` people.

    One that is there stays; its election moves along with the calendar.
    """
    if not is_there():
        raise Refusal("this copy of Netral comes without the demonstration")
    installation.record(is_demonstration=True)
    _module().build(size=size, report=report)


def keep_current() -> None:
    """Moves the election of a demonstration along, so that today has a phase; else nothing."""
    if is_there():
        _module().keep_current()


def throw_away() -> None:
    """Drops everything of a demonstration; refuses when it is not one."""
    if not installation.has_tables():
        return
    if not installation.unapplied_migrations():
        installation.must_fit_settings()
    row = installation.read()
    if row is None or not row.is_demonstration:
        raise Refusal("this database is not marked as a demonstration; nothing was thrown away")
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    else:
        with transaction.atomic():
            drop_everything(connection)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def sign_in_lines() -> Iterator[str]:
    """The demonstration's sign-ins for people to read, with the code of this half minute."""
    entries = _module().sign_ins() if settings.DEMO and is_there() else []
    if not entries:
        return
    yield "Sign-ins of the demonstration (invented people; never in production):"
    for entry in entries:
        line = f"  {told(entry.role):<28} {entry.username:<20} {entry.password}"
        if entry.totp_secret:
            code = current_code(entry.totp_secret)
            line += "   " + told(f"second factor {entry.totp_secret} (now {code})")
        yield Verbatim(line)


def current_code(secret: str) -> str:
    """The six digits an authenticator app shows for ``secret`` in this half minute."""
    counter = int(time.time()) // mfa_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(secret, counter)))


def _module() -> ModuleType:
    return import_module(BUILD)
