"""The whole product, running: ``netral run`` in its own process group, on its own database.

Nothing is put in its place: server, workers and live updates are those an office gets, and the
office in it (``tests.e2e.world``) is made before they start.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tests.ports import free_port

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
PREPARE = """
from netral.project import upgrading
upgrading.apply_migrations(lambda line: None)
"""
SIGN_INS = """
import json
from dataclasses import asdict
from netral.project.demonstration.build import sign_ins
print(json.dumps([asdict(entry) for entry in sign_ins()]))
"""


def database_of_its_own() -> str:
    """An empty database on the PostgreSQL under test; "" for the SQLite file in the folder."""
    server = os.environ.get("NETRAL_TEST_DATABASE", "")
    if not server:
        return ""
    name = f"netral_site_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"')
    facts = conninfo_to_dict(server)
    host = quote(str(facts.get("host") or ""), safe="")
    port = f"&port={facts['port']}" if facts.get("port") else ""
    return f"postgresql://{facts['user']}@/{name}?host={host}{port}"


class Site:
    """``with Site(folder) as site``: serves until the end of the block.

    ``people``: the demonstration with so many people instead of the tests' small office.
    """

    def __init__(self, folder: Path, *, people: int = 0) -> None:
        self.folder = folder
        self.people = people
        self.sign_ins: dict[str, dict[str, Any]] = {}
        self.database = database_of_its_own()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = folder / "output.log"

    @property
    def environment(self) -> dict[str, str]:
        """What every process of the site sees; nothing of whoever runs the tests."""
        ours = ("NETRAL_", "DJANGO_", "PYTEST_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {
            **kept,
            "NETRAL_ENV_FILE": os.devnull,
            "NETRAL_VAR": str(self.folder / "var"),
            "NETRAL_DATABASE": self.database,
            "NETRAL_DEMO": "true",
            "NETRAL_PUBLIC_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "netral.project.settings",
            "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
            "PYTHONUNBUFFERED": "1",
        }

    def __enter__(self) -> Site:
        (self.folder / "var").mkdir()
        if not self.people:
            self.run(PREPARE)
            self._learn(self._python("-m", "tests.e2e.world"))
        command = [sys.executable, "-m", "netral.project.commandline", "run"]
        command += ["--port", str(self.port), "--workers", "1"]
        command += ["--size", str(self.people)] if self.people else []
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=output, stderr=output, start_new_session=True
            )
        try:
            self._wait()
            if self.people:
                self._learn(self.run(SIGN_INS))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *problem: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)

    def _learn(self, printed: str) -> None:
        self.sign_ins = {entry["role"]: entry for entry in json.loads(printed.splitlines()[-1])}

    def run(self, code: str) -> str:
        """Runs Python inside the product, beside the running server; returns what it printed."""
        return self._python("-c", f"import django; django.setup()\n{code}")

    def _python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urlopen(f"{self.url}/sehat", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.3)
        raise AssertionError(f"the site did not start:\n{self.output.read_text('utf-8')[-4000:]}")
