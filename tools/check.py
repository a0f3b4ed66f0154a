"""Runs every static check and says which ones fail.

    python tools/check.py            all of them
    python tools/check.py types      the named ones

House rules that need no tool (file lengths, module names, no save() override …) are tests:
``tests/contracts/test_house.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
CODE = ["src", "tests", "tools", "bench"]

CHECKS: dict[str, list[str]] = {
    "format": ["ruff", "format", "--check", "--quiet", *CODE],
    "lint": ["ruff", "check", "--quiet", *CODE],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-cache"],
    "templates": ["djlint", "src", "--lint", "--quiet"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": ["python", "tools/translations.py", "check"],
}


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs ``command`` with the programs of this environment and settings of nobody."""
    here = Path(sys.executable).parent
    path = os.pathsep.join([str(CHECKOUT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "NETRAL_ENV_FILE": os.devnull, "PYTHONPATH": path}
    program = sys.executable if command[0] == "python" else str(here / command[0])
    return subprocess.run(
        [program, *command[1:]],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def main() -> int:
    chosen = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in chosen if name not in CHECKS]
    if unknown:
        sys.exit(f"There is no check {unknown[0]!r}; there are: {', '.join(CHECKS)}")
    failed = []
    for name in chosen:
        started = time.monotonic()
        done = run(CHECKS[name])
        seconds = time.monotonic() - started
        print(
            f"{name:<13} {'ok' if done.returncode == 0 else 'FAILED'}  {seconds:.1f} s", flush=True
        )
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr)
    print(f"Checks: {', '.join(failed)} failed." if failed else "Checks: all passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
