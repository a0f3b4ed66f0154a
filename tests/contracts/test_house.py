"""Rules of the house that no tool knows: names, lengths, what is never written."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src/netral"
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
USUAL_FUNCTION = 12


@cache
def sources() -> list[Path]:
    skipped = {"migrations", "__pycache__"}
    return [path for path in sorted(SOURCE.rglob("*.py")) if not skipped & set(path.parts)]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def named(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def committed() -> list[Path]:
    """The files of the repository, or, in an unpacked archive, the sources alone."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    paths = [CHECKOUT / name for name in done.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_module_is_a_junk_drawer() -> None:
    parts = {named(path): set(path.with_suffix("").parts) for path in sources()}
    base = set(SOURCE.parts)
    assert [name for name, words in parts.items() if JUNK_DRAWERS & (words - base)] == []


def test_files_are_short() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    sizes = {
        f"{named(path)}:{node.lineno} {node.name}": length(node)
        for path in sources()
        for node in functions(path)
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}
    middle = sorted(sizes.values())[len(sizes) // 2]
    assert middle <= USUAL_FUNCTION


def test_no_model_overrides_save_or_delete() -> None:
    found = [
        f"{named(path)}:{node.lineno} {kind.name}.{node.name}"
        for path in sources()
        if "models" in path.with_suffix("").parts
        for kind in ast.walk(tree(path))
        if isinstance(kind, ast.ClassDef)
        for node in kind.body
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "bulk_create"}
    ]
    assert found == []


def test_no_model_signals() -> None:
    words = re.compile(r"\b(pre|post)_(save|delete|init)\b|\bm2m_changed\b")
    found = [named(path) for path in sources() if words.search(path.read_text("utf-8"))]
    assert found == []


def test_rules_never_read_the_clock() -> None:
    words = re.compile(r"\b(timezone\.now|datetime\.now|date\.today|time\.time)\(")
    rules = [path for path in sources() if "rules" in path.with_suffix("").parts]
    assert [named(path) for path in rules if words.search(path.read_text("utf-8"))] == []


def test_nothing_dumps_an_object_into_the_log() -> None:
    words = re.compile(r"log\.\w+\([^)]*(__dict__|request\.POST|request\.body|locals\(\))")
    assert [named(path) for path in sources() if words.search(path.read_text("utf-8"))] == []


def test_the_pure_packages_import_no_django() -> None:
    """Held by import-linter too; here it is said for every package, whether or not it is there."""
    found = []
    for package in ("law", "tlog", "vault"):
        for path in sources():
            if path.is_relative_to(SOURCE / package) and _imports_django(tree(path)):
                found.append(named(path))
    assert found == []


def _imports_django(module: ast.Module) -> bool:
    for node in ast.walk(module):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        if any(name.split(".")[0] == "django" for name in names):
            return True
    return False


LOCKS = re.compile(r"requirements/.*\.txt|package-lock\.json|\.npmrc|pyproject\.toml")


def test_no_lock_or_setting_of_an_installer_names_a_host() -> None:
    files = [path for path in committed() if LOCKS.fullmatch(named(path))]
    assert len(files) > 4
    found = [named(path) for path in files if "://" in path.read_text("utf-8")]
    assert found == []
    options = re.compile(r"--(extra-)?index-url|--find-links|^registry\s*=", re.M)
    assert [named(path) for path in files if options.search(path.read_text("utf-8"))] == []


def test_what_the_set_up_makes_is_not_committed() -> None:
    endings = {".mo", ".sqlite3", ".pyc", ".env"}
    assert [named(path) for path in committed() if path.suffix in endings] == []
    assert [named(path) for path in committed() if path.name == ".env"] == []


def test_templates_hold_no_script_and_no_style() -> None:
    """The content security policy would block them; better to see it here."""
    inline = re.compile(
        r"<script(?![^>]*(\bsrc=|type=\"application/json\"))|<style\b|\sstyle=[\"']"
        r"|\son(click|load|submit)="
    )
    found = [
        named(path)
        for path in sorted(SOURCE.rglob("templates/**/*.html"))
        if inline.search(path.read_text("utf-8"))
    ]
    assert found == []
