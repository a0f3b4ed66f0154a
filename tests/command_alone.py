"""``netral log …`` as on a machine of somebody else: no Django, no settings, no database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
ALONE = """
import sys

class Forbidden:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "allauth", "structlog"} or name.startswith("netral.base"):
            raise ImportError(f"{name} must not be needed")

sys.meta_path.insert(0, Forbidden())
from netral.project.commandline import main
sys.exit(main(sys.argv[1:]))
"""
Alone = Callable[..., subprocess.CompletedProcess[str]]


def alone_in(tmp_path: Path) -> Alone:
    """Runs ``netral log`` with these words in ``tmp_path``, which is also its home.

    In English unless they name a language: the sentences of the code are English.
    """

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        if "--lang" not in words:
            words = (*words, "--lang", "en")
        return subprocess.run(
            [sys.executable, "-c", ALONE, "log", *map(str, words)],
            cwd=tmp_path,
            env={"PYTHONPATH": str(CHECKOUT / "src"), "HOME": str(tmp_path), "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run
