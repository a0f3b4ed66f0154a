"""Installations of their own: a folder, a database, and the command line as a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass
class Place:
    """One installation. ``settings`` are what stands in its environment."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        ours = ("NETRAL_", "DJANGO_", "PYTEST_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {
            **kept,
            "NETRAL_ENV_FILE": str(self.folder / ".env"),
            "NETRAL_VAR": str(self.folder / "var"),
            "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
            **self.settings,
        }

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    def netral(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "netral.project.commandline", *words)

    def must(self, *words: str) -> str:
        done = self.netral(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuses(self, *words: str) -> str:
        """The sentence with which the command refuses."""
        done = self.netral(*words)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        lines = done.stderr.strip().splitlines()
        assert lines
        assert lines[-1].startswith("netral: ")
        return lines[-1]

    def fill(self, people: int = 3) -> None:
        done = self.python("-m", "tests.project.filling", "fill", str(people))
        assert done.returncode == 0, done.stderr

    def describe(self) -> list[str]:
        done = self.python("-m", "tests.project.filling", "describe")
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


@pytest.fixture
def new_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[[], str]]:
    """Makes empty PostgreSQL databases on the server of this run; yields their addresses."""
    from django.db import connection

    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: tools/test.py --only postgresql")
    names: list[str] = []
    facts = connection.settings_dict
    server = facts | {"NAME": "postgres"}
    connect = _connect(server)

    def make() -> str:
        names.append(f"netral_{uuid4().hex[:12]}")
        connect(f'CREATE DATABASE "{names[-1]}"')
        host = quote(str(facts["HOST"]), safe="")
        return f"postgresql://{facts['USER']}@/{names[-1]}?host={host}"

    yield make
    for name in names:
        connect(f'DROP DATABASE "{name}" WITH (FORCE)')


def _connect(facts: dict[str, Any]) -> Callable[[str], None]:
    import psycopg

    def run(statement: str) -> None:
        with psycopg.connect(
            host=facts["HOST"], user=facts["USER"], password=facts["PASSWORD"],
            dbname=facts["NAME"], port=facts["PORT"] or None, autocommit=True,
        ) as link:  # fmt: skip
            link.execute(statement)

    return run


@pytest.fixture
def new_place(
    tmp_path: Path, django_db_setup: None, request: pytest.FixtureRequest
) -> Callable[..., Place]:
    """``new_place("one")``: an empty installation on the kind of database under test."""
    from django.db import connection

    def make(name: str, **settings: str) -> Place:
        folder = tmp_path / name
        folder.mkdir()
        if connection.vendor == "sqlite":
            settings.setdefault("NETRAL_DATABASE", f"sqlite:///{folder / 'netral.sqlite3'}")
        else:
            make_database = request.getfixturevalue("new_database")
            settings.setdefault("NETRAL_DATABASE", make_database())
        return Place(folder, settings)

    return make
