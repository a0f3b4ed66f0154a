"""What is shipped has a recorded source and a free licence: the register against wheel and sdist."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
REGISTER = CHECKOUT / "src/netral/licences.yaml"
FREE = {"Apache-2.0", "OFL-1.1", "ISC"}
"""Free for every use. Never one that forbids commerce or changes, and never an unclear one."""
PROGRAMS = (".py", ".mo")
"""Covered by the licence of the project; .mo files are made from .po files."""
MAY_BE_MANY = (".html", ".txt", ".xml", ".po", ".svg")
BUILD = """
from setuptools import build_meta
build_meta.build_wheel("out")
build_meta.build_sdist("out")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive of this checkout."""
    place = tmp_path_factory.mktemp("built")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, place)
    shutil.copytree(CHECKOUT / "LICENSES", place / "LICENSES")
    kept = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(CHECKOUT / "src", place / "src", ignore=kept)
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=place, env=alone, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    return place / "out"


@pytest.fixture(scope="module")
def in_wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


@pytest.fixture(scope="module")
def in_sdist(built: Path) -> set[str]:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return {item.name.partition("/")[2] for item in archive.getmembers() if item.isfile()}


def register() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(REGISTER.read_text("utf-8"))
    return told


def patterns() -> list[tuple[str, str]]:
    """Folder and name of all entries, as they are written."""
    return [
        (folder, name)
        for entry in register()["entries"]
        for folder, names in entry["files"].items()
        for name in names.split()
    ]


def fits(path: str, folder: str, name: str) -> bool:
    at = PurePosixPath(path)
    within = [str(parent) for parent in at.parents] if "*" in folder else [str(at.parent)]
    return fnmatch(at.name, name) and any(fnmatch(each, folder) for each in within)


def data_in(names: set[str], root: str) -> set[str]:
    """What is no program, as paths below the package."""
    found = {name.removeprefix(root) for name in names if name.startswith(root)}
    return {name for name in found if not name.endswith(PROGRAMS)}


def test_every_file_that_is_shipped_has_one_entry(in_wheel: set[str], in_sdist: set[str]) -> None:
    for shipped in (data_in(in_wheel, "netral/"), data_in(in_sdist, "src/netral/")):
        assert len(shipped) > 300
        counts = Counter(
            path for path in shipped for folder, name in patterns() if fits(path, folder, name)
        )
        assert sorted(shipped - set(counts)) == [], "without source and licence: licences.yaml"
        assert [path for path, times in counts.items() if times > 1] == []


def test_every_entry_is_of_files_that_are_shipped(in_wheel: set[str]) -> None:
    shipped = data_in(in_wheel, "netral/")
    gone = [one for one in patterns() if not any(fits(path, *one) for path in shipped)]
    assert gone == []


def test_the_wheel_leaves_nothing_behind_that_the_pages_need(in_wheel: set[str]) -> None:
    """A page template, a font or a manifest of a new kind needs its suffix in pyproject.toml."""
    root = CHECKOUT / "src"
    ours = {
        path.relative_to(root).as_posix()
        for path in (root / "netral").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != "fingerprint"
    }
    assert ours - in_wheel == set()


def test_each_entry_says_what_whence_and_a_free_licence_whose_text_is_shipped(
    in_wheel: set[str],
) -> None:
    told = register()
    assert set(told["licences"]) == FREE
    for text in told["licences"].values():
        assert any(name.endswith(f".dist-info/licenses/{text}") for name in in_wheel), text
    for entry in told["entries"]:
        assert set(entry) - {"package"} == {"what", "source", "licence", "files"}, entry
        assert entry["what"].strip() and len(entry["source"].split()) >= 3
        assert entry["licence"] in FREE, entry["what"]


def test_only_templates_translations_and_icons_are_named_by_a_pattern() -> None:
    for folder, name in patterns():
        if "*" in folder + name:
            assert Path(name).suffix in MAY_BE_MANY, (folder, name)
            assert folder.startswith(("*/templates", "*/locale", "base/static/vendor/icons"))


def test_what_comes_from_others_is_what_the_lock_says() -> None:
    lock = json.loads((CHECKOUT / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = json.loads((CHECKOUT / "package.json").read_text("utf-8"))["dependencies"]
    named = {entry["package"]: entry for entry in register()["entries"] if "package" in entry}
    assert set(named) == set(wanted)
    for package, entry in named.items():
        assert lock[f"node_modules/{package}"]["license"] == entry["licence"]
        folders = set(entry["files"])
        assert all(folder.startswith("base/static/vendor/") for folder in folders)
        text = CHECKOUT / register()["licences"][entry["licence"]]
        theirs = CHECKOUT / "node_modules" / package / "LICENSE"
        assert text.read_text("utf-8") == theirs.read_text("utf-8")
    others = [one for one in patterns() if one[0].startswith("base/static/vendor/")]
    assert len(others) == len(named), "whatever is in vendor comes from a package of the lock"
