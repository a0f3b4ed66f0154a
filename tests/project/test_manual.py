"""The manual and the code say the same: settings, commands, check ids, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netral.project.commands import COMMANDS

CHECKOUT = Path(__file__).resolve().parents[2]
LANGUAGES = ("id", "en")
SETTING = re.compile(r"NETRAL_[A-Z_]+")
READERS = re.compile(
    r"(?:read_(?:text|flag|number|list|choice)|environ(?:\.get|\.setdefault)?)[(\[]\s*"
    r"\"(NETRAL_[A-Z_]+)\""
)
CHECK_ID = re.compile(r"netral\.([EW]\d{3})")


def sources() -> str:
    paths = sorted((CHECKOUT / "src/netral").rglob("*.py"))
    return "\n".join(path.read_text("utf-8") for path in paths)


def manual(language: str, chapter: str) -> str:
    return (CHECKOUT / f"docs/manual/{language}/{chapter}.md").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_in_the_manual_and_no_other(language: str) -> None:
    read = set(READERS.findall(sources()))
    assert len(read) > 20
    told = {name.removesuffix("_FILE") for name in SETTING.findall(manual(language, "settings"))}
    told |= {"NETRAL_ENV_FILE"}
    told -= {"NETRAL_ENV", "NETRAL_TEST_DATABASE", "NETRAL_CHROMIUM"}
    assert told == read | {"NETRAL_ENV_FILE"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_its_anchor(language: str) -> None:
    used = set(CHECK_ID.findall(sources()))
    anchors = re.findall(
        r'<a id="netral-([ew]\d{3})"></a>\*\*netral\.', manual(language, "operations")
    )
    assert sorted(name.upper() for name in anchors) == sorted(used)
    assert len(used) > 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["run", "demo", "init", "check", "government", "admin", "upgrade",
                                     "import", "backup", "restore", "move", "jobs"])  # fmt: skip
def test_every_command_an_operator_types_is_in_the_manual(language: str, command: str) -> None:
    text = "".join(manual(language, name) for name in ("install", "operations", "import"))
    assert f"netral {command}" in text
    assert command in COMMANDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_within_the_manual_lead_somewhere(language: str) -> None:
    folder = CHECKOUT / "docs/manual" / language
    for page in folder.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+\.md)", page.read_text("utf-8")):
            assert (page.parent / target).is_file(), f"{page.name} → {target}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_units_of_systemd_are_in_the_manual_and_start_commands_that_exist(
    language: str,
) -> None:
    text = manual(language, "install") + manual(language, "operations")
    units = sorted((CHECKOUT / "deploy/systemd").iterdir())
    assert [unit.name for unit in units if unit.suffix == ".service"]
    started = set()
    for unit in units:
        assert unit.stem in text, unit.name
        started |= set(re.findall(r"\.venv/bin/netral (\w+)", unit.read_text("utf-8")))
    assert "run" in started
    assert started <= COMMANDS.keys()
