"""Installations of their own: a folder, a database, and the command line as a real process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass
class Place:
    """One installation. ``settings`` are what stands in its environment."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    usual: dict[str, str] = field(default_factory=lambda: {"NETRAL_LANG": "en"})
    """The sentences of the code are English."""

    @property
    def environment(self) -> dict[str, str]:
        ours = ("NETRAL_", "DJANGO_", "PYTEST_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {
            **kept,
            **self.usual,
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

    def sign(self, name: str) -> str:
        """The receipt code of somebody new."""
        done = self.python("-m", "tests.project.filling", "sign", name)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def describe(self) -> list[str]:
        done = self.python("-m", "tests.project.filling", "describe")
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


class Server:
    """The PostgreSQL server of this run: makes and drops databases."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.made: list[str] = []

    def make(self, template: str = "template1") -> str:
        """An address of a new database like ``template``."""
        self.made.append(f"netral_{uuid4().hex[:12]}")
        self._run(f'CREATE DATABASE "{self.made[-1]}" TEMPLATE "{template}"')
        host = quote(str(self.facts["HOST"]), safe="")
        return f"postgresql://{self.facts['USER']}@/{self.made[-1]}?host={host}"

    def drop_all(self) -> None:
        for name in self.made:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        facts = self.facts
        with psycopg.connect(
            host=facts["HOST"], user=facts["USER"], password=facts["PASSWORD"],
            port=facts["PORT"] or None, dbname="postgres", autocommit=True,
        ) as link:  # fmt: skip
            link.execute(statement)


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[Server | None]:
    from django.db import connection

    if connection.vendor != "postgresql":
        yield None
        return
    server = Server(dict(connection.settings_dict))
    yield server
    server.drop_all()


@pytest.fixture
def new_database(server: Server | None) -> Callable[[], str]:
    """Makes empty PostgreSQL databases; yields their addresses."""
    if server is None:
        pytest.skip("needs PostgreSQL: tools/test.py --only postgresql")
    return server.make


@pytest.fixture(scope="session")
def lite_template(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An upgraded installation on SQLite, to be copied."""
    folder = tmp_path_factory.mktemp("lite")
    place = Place(folder, {"NETRAL_DATABASE": f"sqlite:///{folder / 'netral.sqlite3'}"})
    place.must("upgrade")
    return place


@pytest.fixture(scope="session")
def big_template(
    tmp_path_factory: pytest.TempPathFactory, server: Server | None, lite_template: Place
) -> str:
    """The name of an upgraded PostgreSQL database, to be copied."""
    assert server is not None
    folder = tmp_path_factory.mktemp("big")
    place = Place(folder, {"NETRAL_DATABASE": server.make()})
    copy_folder(lite_template.folder / "var/static", folder / "var/static")
    place.must("upgrade")
    return server.made[-1]


def copy_folder(source: Path, target: Path) -> None:
    shutil.copytree(source, target, copy_function=os.link)


@pytest.fixture
def lite(tmp_path: Path, lite_template: Place) -> Place:
    """An upgraded installation on SQLite, whatever database is under test."""
    return _lite(tmp_path / "lite", lite_template, {}, empty=False)


def _lite(folder: Path, template: Place, settings: dict[str, str], *, empty: bool) -> Place:
    path = folder / "netral.sqlite3"
    folder.mkdir()
    copy_folder(template.folder / "var/static", folder / "var/static")
    if not empty:
        shutil.copy(template.folder / "netral.sqlite3", path)
    return Place(folder, {"NETRAL_DATABASE": f"sqlite:///{path}", **settings})


@pytest.fixture
def new_place(
    tmp_path: Path, lite_template: Place, server: Server | None, request: pytest.FixtureRequest
) -> Callable[..., Place]:
    """``new_place("one")``: an upgraded installation on the kind of database under test.

    ``empty=True``: without any tables yet. Further arguments are settings of its environment.
    """

    def make(name: str, *, empty: bool = False, **settings: str) -> Place:
        folder = tmp_path / name
        if server is None:
            return _lite(folder, lite_template, settings, empty=empty)
        template = "template1" if empty else request.getfixturevalue("big_template")
        place = _lite(folder, lite_template, {}, empty=True)
        return Place(place.folder, {"NETRAL_DATABASE": server.make(template), **settings})

    return make
