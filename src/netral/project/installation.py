"""What the database says this installation is, and whether that fits the settings."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from netral.base.models import Installation
from netral.project.refusal import Refusal


def has_tables() -> bool:
    return bool(connection.introspection.table_names())


def unapplied_migrations() -> list[str]:
    """Names of migrations the database still lacks, such as ``people.0003_phones``."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def holds_people() -> bool:
    """Whether the register holds anybody or any government: what must never be lost or mixed."""
    nouns = ("Government", "Account")
    return any(apps.get_model("people", noun).objects.exists() for noun in nouns)


def read() -> Installation | None:
    return Installation.objects.first()


def record(*, is_demonstration: bool) -> None:
    """Writes down what this database holds and which version upgraded it last."""
    Installation.objects.update_or_create(
        id=1, defaults={"is_demonstration": is_demonstration, "version": version("netral")}
    )


def must_fit_settings() -> None:
    """Refuses to go on when the settings and the database tell different stories."""
    row = read()
    if settings.DEMO and holds_people() and (row is None or not row.is_demonstration):
        raise Refusal(
            "this database holds a real register and is not served as a demonstration; "
            "remove NETRAL_DEMO or name another database in NETRAL_DATABASE"
        )
    if not settings.DEMO and row is not None and row.is_demonstration:
        raise Refusal(
            "this database holds the demonstration; name another one in NETRAL_DATABASE, "
            "or set NETRAL_DEMO=true to go on with the demonstration"
        )


@contextmanager
def only_user() -> Iterator[None]:
    """Held by ``netral run`` while it serves, and by commands that replace the data."""
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "run.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal(
                f"Netral is running with the data in {folder}; stop it first (Ctrl-C, or "
                "systemctl stop netral)"
            ) from error
        yield
