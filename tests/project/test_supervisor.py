"""The supervisor with real processes: killed, restarted, stopped; then the product under it."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from netral.project import indonesian
from netral.project.commands import run
from netral.project.refusal import Refusal
from netral.project.supervision import addresses, supervisor
from netral.project.supervision.children import Child
from netral.project.supervision.plan import Plan, children, usual_desks
from netral.project.supervision.supervisor import Supervisor
from netral.speaking.sentences import learn
from tests.ports import free_port
from tests.project.conftest import Place
from tests.project.filling import NAME, NUMBER
from tests.project.serving import codes_read, get, serving, wait_until

NewPlace = Callable[..., Place]
FOREVER = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {FOREVER}"
WITH_CHILD = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {FOREVER!r}])
print(child.pid, flush=True)
child.wait()
"""


def is_alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


class Stage:
    """A supervisor whose loop runs in this thread, driven by a script in another."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.events: list[tuple[str, str]] = []
        self.can_be_healthy = True
        # Handlers can be set in the main thread only, which xdist's workers do not promise.
        monkeypatch.setattr(signal, "signal", lambda number, handler: None)

    def child(self, name: str, code: str) -> Child:
        command = [sys.executable, "-c", code]
        return Child(name, command, dict(os.environ), self.folder / f"{name}.log")

    def run(
        self, children: list[Child], script: Callable[[Supervisor], None], grace: float = 5
    ) -> None:
        made = Supervisor(
            children,
            is_healthy=lambda: self.can_be_healthy and all(c.is_running() for c in children),
            on_healthy=lambda: self.events.append(("netral", "healthy")),
            grace=grace,
            say=lambda name, event: self.events.append((name, event)),
        )
        problems: list[BaseException] = []

        def play() -> None:
            try:
                script(made)
            except BaseException as problem:  # noqa: BLE001 (shown in the test's own thread)
                problems.append(problem)
            made.stop_requests += 1

        actor = threading.Thread(target=play)
        actor.start()
        made.run()
        actor.join()
        if problems:
            raise problems[0]


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return Stage(tmp_path, monkeypatch)


def test_what_is_killed_comes_back_with_a_growing_pause(stage: Stage) -> None:
    child = stage.child("a", FOREVER)
    other = stage.child("b", FOREVER)
    seen: list[int] = []

    def script(made: Supervisor) -> None:
        for _ in range(3):
            wait_until(lambda: child.is_running() and child.process.pid not in seen, "a process")
            assert child.process is not None
            seen.append(child.process.pid)
            os.kill(child.process.pid, signal.SIGKILL)

    stage.run([child, other], script)
    assert len(set(seen)) == 3
    pauses = [event for name, event in stage.events if name == "a" and "again" in event]
    assert pauses[:2] == [
        "was killed (SIGKILL); starting again in 0.5 s",
        "was killed (SIGKILL); starting again in 1 s",
    ]
    starts = [event for name, event in stage.events if name == "b" and "started" in event]
    assert len(starts) == 1


def test_the_children_of_a_killed_process_go_with_it(stage: Stage) -> None:
    child = stage.child("parent", WITH_CHILD)
    log = stage.folder / "parent.log"
    grandchildren: list[int] = []

    def script(made: Supervisor) -> None:
        wait_until(lambda: log.exists() and log.read_text().strip() != "", "the grandchild")
        grandchildren.append(int(log.read_text().split()[0]))
        assert child.process is not None
        os.kill(child.process.pid, signal.SIGKILL)
        wait_until(lambda: not is_alive(grandchildren[0]), "its end")

    stage.run([child], script)
    assert grandchildren


def test_who_does_not_leave_in_peace_is_killed(stage: Stage) -> None:
    log = stage.folder / "stubborn.log"

    def script(made: Supervisor) -> None:
        wait_until(lambda: log.exists() and "up" in log.read_text(), "the process")

    child = stage.child("stubborn", STUBBORN)
    started = time.monotonic()
    stage.run([child], script, grace=1)
    assert ("stubborn", "did not leave within 1 s; killed") in stage.events
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL
    assert time.monotonic() - started < 15


def test_what_can_never_start_is_given_up_with_a_sentence(stage: Stage) -> None:
    bad = stage.child("bad", "import sys; sys.exit(3)")
    slow = stage.child("slow", FOREVER)
    stage.can_be_healthy = False
    with pytest.raises(
        Refusal, match=r"bad: ended with code 3, 4 times; it cannot start: see .*bad\.log"
    ):
        stage.run([bad, slow], lambda made: wait_until(lambda: bad.deaths >= 4, "the deaths"))
    assert not slow.is_running()


def test_a_line_of_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    learn(*indonesian.TABLES)  # as the command line does
    supervisor.say("pages", "started (process 1)")
    assert re.fullmatch(r"\d\d:\d\d:\d\d  pages      mulai \(proses 1\)\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("vendor", "port", "names"),
    [("sqlite", 0, []), ("sqlite", 8001, ["desk 1"]), ("postgresql", 8001, ["desk 1", "desk 2"])],
)
def test_one_desk_writes_to_sqlite_and_several_to_postgresql(
    monkeypatch: pytest.MonkeyPatch, vendor: str, port: int, names: list[str]
) -> None:
    monkeypatch.setattr("netral.project.supervision.plan.usual_page_processes", lambda: 2)
    desks, fronts = usual_desks(vendor)
    plan = Plan(
        "127.0.0.1", 8000, "https://a.example", 2, desk_port=port, desks=desks, fronts=fronts
    )
    assert [one.name for one in children(plan) if one.name.startswith("desk")] == names


class TestAddresses:
    def test_a_taken_port_names_the_next_free_one(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", free_port()))
            taken.listen()
            port = taken.getsockname()[1]
            with pytest.raises(Refusal, match=rf"port {port} is in use; .*netral run --port \d+"):
                addresses.must_be_free("127.0.0.1", port)
        addresses.must_be_free("127.0.0.1", port)

    def test_the_qr_code_leads_to_the_address(self) -> None:
        text = addresses.as_qr("http://192.0.2.7:8000")
        assert codes_read(text) == ["http://192.0.2.7:8000"]


def test_with_tls_in_front_the_desk_has_a_process_and_a_port_of_its_own(
    new_place: NewPlace,
) -> None:
    known = {"NETRAL_DEMO": "true", "NETRAL_PUBLIC_URL": "https://netral.contoh.go.id"}
    place = new_place("demo", empty=True, **known)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        busy = str(taken.getsockname()[1])
        refusal = place.refuses("run", "--port", str(free_port()), "--desk-port", busy)
        assert f"port {busy} is in use" in refusal
        assert "netral run --desk-port" in refusal
    desk = free_port()
    with serving(place, "--size", "0", "--desk-port", str(desk)) as (process, port, said):
        assert re.search(r"desk 1 +started \(process \d+\)", said.read_text())
        assert f"signatures on 127.0.0.1:{desk}" in said.read_text()
        wait_until(lambda: addresses.answers(port), "health")
        assert get(desk, "/t/RFNT") == 405
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def descendants(number: int) -> set[int]:
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
            if parent == number:
                child = int(stat.parent.name)
                found |= {child} | descendants(child)
    return found


def test_the_whole_product_runs_recovers_and_stops(new_place: NewPlace) -> None:
    place = new_place("demo", empty=True, NETRAL_DEMO="true")
    with serving(place, "--size", "0") as (process, port, said):
        text = said.read_text()
        assert f"Netral is at http://127.0.0.1:{port}" in text
        assert "DEMONSTRATION" in text
        assert get(port, "/sehat") == 200
        family = descendants(process.pid)
        assert len(family) >= 4, "pages with a process of its own, jobs, imports"

        pages = int(re.search(r"pages +started \(process (\d+)\)", text).group(1))  # type: ignore[union-attr]
        old = descendants(pages) | {pages}
        os.kill(pages, signal.SIGKILL)
        wait_until(lambda: said.read_text().count("pages      started") == 2, "the restart")
        wait_until(lambda: addresses.answers(port), "health again")
        assert not [number for number in old if is_alive(number)]

        assert "is running with the data" in place.refuses("restore", str(said))
        other = place.netral("run", "--port", str(port))
        assert f"port {port} is in use" in other.stderr

        family = descendants(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert not [number for number in family if is_alive(number)]
        assert said.read_text().rstrip().endswith("stopped")
        assert "Traceback" not in said.read_text()


def test_a_killed_supervisor_leaves_nobody_behind(new_place: NewPlace) -> None:
    place = new_place("demo", NETRAL_DEMO="true")
    with serving(place, "--size", "0") as (process, _port, _said):
        family = descendants(process.pid)
        process.kill()
        process.wait()
        wait_until(lambda: not [n for n in family if is_alive(n)], "their leaving", 20)


def test_production_refuses_to_start_with_unsafe_settings(new_place: NewPlace) -> None:
    place = new_place("real", NETRAL_PUBLIC_URL="http://netral.contoh.go.id")
    done = place.netral("run", "--port", str(free_port()))
    assert done.returncode == 1
    assert "netral.E001" in done.stderr
    assert "netral.E004" in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("netral: not started:")


def test_production_serves_behind_its_proxy(new_place: NewPlace) -> None:
    place = new_place(
        "real",
        NETRAL_PUBLIC_URL="https://netral.contoh.go.id",
        NETRAL_SECRET_KEY="s" * 48,
        NETRAL_CODE_KEY="c" * 48,
    )
    with serving(place) as (_process, port, said):
        assert "https://netral.contoh.go.id" in said.read_text()
        assert "second factor" not in said.read_text()
        assert get(port, "/sehat", "netral.contoh.go.id") == 200
        assert get(port, "/sehat", "evil.example") == 400
        refusal = place.netral("run", "--lan", "--port", str(free_port()))
        assert "--lan sends passwords readably" in refusal.stderr


def test_a_form_comes_through_a_proxy_with_tls_and_a_forged_one_does_not(
    new_place: NewPlace,
) -> None:
    """What the manual promises of ``NETRAL_PUBLIC_URL``: links, cookies and forms fit it."""
    place = new_place(
        "real",
        NETRAL_PUBLIC_URL="https://netral.contoh.go.id",
        NETRAL_SECRET_KEY="s" * 48,
        NETRAL_CODE_KEY="c" * 48,
    )
    place.fill()
    as_proxied = {"Host": "netral.contoh.go.id", "X-Forwarded-Proto": "https"}
    with serving(place) as (_process, port, _said):
        visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        visitor.request("GET", "/akun/masuk/", headers=as_proxied)
        page = visitor.getresponse()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
        cookies = page.headers.get_all("Set-Cookie")
        assert token
        assert cookies
        assert all("Secure" in cookie for cookie in cookies)
        assert page.headers["Strict-Transport-Security"], "the proxy's word for TLS is believed"
        typed = {"csrfmiddlewaretoken": token.group(1), "login": "siapa", "password": "salah"}
        statuses = []
        for origin in ("https://netral.contoh.go.id", "https://evil.example"):
            headers = {
                **as_proxied,
                "Origin": origin,
                "Cookie": "; ".join(cookie.partition(";")[0] for cookie in cookies),
                "Content-Type": "application/x-www-form-urlencoded",
            }
            visitor.request("POST", "/akun/masuk/", urlencode(typed), headers)
            answer = visitor.getresponse()
            statuses.append((answer.status, "tidak cocok" in answer.read().decode()))
    assert statuses[0][1], "the form was read"
    assert statuses[1] == (403, False)


def test_a_second_run_loses_nothing(new_place: NewPlace) -> None:
    place = new_place(
        "real",
        NETRAL_PUBLIC_URL="https://netral.contoh.go.id",
        NETRAL_SECRET_KEY="s" * 48,
        NETRAL_CODE_KEY="c" * 48,
    )
    place.fill(20)
    seen = []
    for _run in range(2):
        with serving(place) as (process, _port, _said):
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
        seen.append([row for row in place.describe() if NAME in row])
    assert len(seen[0]) == 20
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("public_url", "port"),
    [
        ("http://127.0.0.1:8000", 8000),
        ("http://localhost:8471", 8471),
        ("https://netral.contoh.go.id", 8000),
        ("https://netral.contoh.go.id:8443", 8000),
    ],
)
def test_the_port_is_8000_unless_the_address_here_says_otherwise(
    settings: Any, public_url: str, port: int
) -> None:
    settings.PUBLIC_URL = public_url
    assert run._usual_port() == port


SPEAKING_JOB = """
import django; django.setup()
from tests.base.jobs import sample
sample.always_fails.enqueue("/dev/null")
"""


def test_the_log_of_a_run_names_nobody(new_place: NewPlace) -> None:
    place = new_place(
        "real",
        NETRAL_PUBLIC_URL="https://netral.contoh.go.id",
        NETRAL_SECRET_KEY="s" * 48,
        NETRAL_CODE_KEY="c" * 48,
        DJANGO_SETTINGS_MODULE="netral.project.settings",
    )
    place.fill()
    with serving(place) as (_process, port, said):
        for path in (
            f"/pegawai/?cari={quote(NAME)}",
            f"/pegawai/{NUMBER}",
            f"/tidak-ada/{NUMBER}/{quote(NAME)}",
            "/akun/masuk/",
        ):
            get(port, path, "netral.contoh.go.id")
        assert place.python("-c", SPEAKING_JOB).returncode == 0
        wait_until(lambda: "job failed" in said.read_text(), "the failing job")
        text = said.read_text()
    assert text.count('"event": "request"') >= 4, "there is a log at all"
    assert "always_fails" in text
    for word in (NUMBER, NAME, quote(NAME), "Ratu", "Siti", "Rahmawati", "19850314"):
        assert word not in text


def test_health_says_when_the_database_is_gone(new_place: NewPlace) -> None:
    place = new_place("demo", NETRAL_DEMO="true")
    with serving(place, "--size", "0") as (_process, port, _said):
        assert get(port, "/sehat") == 200
        drop = (
            "import django; django.setup(); from django.db import connection; "
            "connection.cursor().execute('ALTER TABLE django_migrations RENAME TO gone')"
        )
        place.settings["DJANGO_SETTINGS_MODULE"] = "netral.project.settings"
        assert place.python("-c", drop).returncode == 0
        assert get(port, "/sehat") == 503
