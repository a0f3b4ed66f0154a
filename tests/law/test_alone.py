"""The package stands alone: no Django, nothing from the rest of the house, and a quick start."""

from __future__ import annotations

import ast
import os
import resource
import subprocess
import sys
from pathlib import Path

import netral.law

ROOT = Path(netral.law.__file__).parent
ALLOWED = {"netral.law", "netral.speaking", "yaml", "holidays", "__future__"}
SOURCES = sorted(ROOT.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Names of the modules a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(item.name for item in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


# A program that starts anew finds the package as this one did, installed or not.
PLAIN = {**os.environ, "PYTHONPATH": str(ROOT.parents[1])}


def test_only_the_standard_library_yaml_and_holidays() -> None:
    for path in SOURCES:
        for name in imported(path):
            known = any(name == item or name.startswith(item + ".") for item in ALLOWED)
            assert known or name.split(".")[0] in sys.stdlib_module_names, (
                f"{path.name} imports {name}"
            )


def test_nothing_reads_the_clock() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow"):
                raise AssertionError(f"{path.name}:{node.lineno} reads the clock")


def test_files_and_functions_stay_short() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 320, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path.name}: {node.name}"


def test_a_cold_start_stays_under_its_budget() -> None:
    """`netral law judge` from nothing in under 0.4 seconds of CPU, the interpreter included."""
    command = [
        sys.executable,
        "-m",
        "netral.law",
        "judge",
        "--act",
        "vote",
        "--on",
        "2024-11-27",
        "--json",
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    best = 9.9
    for _ in range(3):
        start = before.ru_utime + before.ru_stime
        subprocess.run(command, check=True, capture_output=True, env=PLAIN)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, before.ru_utime + before.ru_stime - start)
    assert best < 0.4


def test_django_and_holidays_are_not_loaded_for_a_judgment() -> None:
    code = (
        "import sys; from datetime import date; from netral.law import judge, Situation;"
        "judge(Situation('vote', {'status': 'PNS'}), date(2024, 11, 27));"
        "print(sorted({'django', 'holidays'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=PLAIN)
    assert done.stdout.strip() == "[]"
