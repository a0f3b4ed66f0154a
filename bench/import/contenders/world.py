"""A fresh database and government for one run, and the flat table of the floor."""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any

FLOOR_COLUMNS = (
    "name", "number", "front_title", "back_title", "phone", "email", "kind", "standing", "status",
    "joined_on", "grade", "level", "position", "unit", "unit_top",
)  # fmt: skip


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netral.project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def government() -> Any:
    from netral.people.models import Government

    made, _fresh = Government.objects.get_or_create(
        region_code="64", defaults={"level": "province", "name": "Provinsi Contoh"}
    )
    return made


def floor_table(cursor: Any) -> None:
    """One flat table with the same columns; keys and indexes as the register's people have."""
    cursor.execute("DROP TABLE IF EXISTS bench_staff")
    columns = ", ".join(f"{name} varchar(300) NOT NULL" for name in FLOOR_COLUMNS)
    cursor.execute(f"CREATE TABLE bench_staff (id bigint PRIMARY KEY, {columns})")
    cursor.execute("CREATE UNIQUE INDEX bench_number ON bench_staff (number)")
    cursor.execute("CREATE INDEX bench_name ON bench_staff (name)")
    cursor.execute("CREATE INDEX bench_unit ON bench_staff (unit, status)")


def cpu() -> float:
    """Processor seconds so far, of this process and of its children that have ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
