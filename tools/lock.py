"""Locks all dependencies: ``requirements/*.in`` into ``*.txt`` with hashes, and package-lock.json.

Versions that are locked stay unless ``--upgrade`` is given. What is written holds no address: the
registry is a matter of the machine, not of the project.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
OPTIONS = [
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--universal",
    "--python-version",
    "3.11",
    "--quiet",
]


def find_uv() -> list[str]:
    """uv of the machine, or of the environment, installed there when there is none."""
    found = shutil.which("uv")
    if found:
        return [found]
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "uv"], check=True)
    return [sys.executable, "-m", "uv"]


def main() -> None:
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    uv = find_uv()
    for source in sorted((CHECKOUT / "requirements").glob("*.in")):
        target = source.with_suffix(".txt")
        print(f"Locking {source.name} …", flush=True)
        names = [f"requirements/{source.name}", "-o", f"requirements/{target.name}"]
        subprocess.run(
            [*uv, "pip", "compile", *names, *OPTIONS, *upgrade], cwd=CHECKOUT, check=True
        )
        if "://" in target.read_text("utf-8"):
            sys.exit(f"{target} holds an address; lock it without index options")
    subprocess.run([sys.executable, "tools/frontend.py", "--lock"], cwd=CHECKOUT, check=True)


if __name__ == "__main__":
    main()
