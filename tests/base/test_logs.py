"""Logs carry what happened, never to whom."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from netral.base.logs import describe_exception, set_up_logs

NUMBER = "198503142010012003"


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers, root.level, structlog.get_config())
    yield
    root.handlers, level = before[0], before[1]
    root.setLevel(level)
    structlog.configure(**before[2])


def refuse() -> None:
    try:
        raise KeyError(f"Key (number)=({NUMBER}) already exists.")
    except KeyError as error:
        raise ValueError(f"Siti Rahmawati {NUMBER}") from error


def caught() -> ValueError:
    try:
        refuse()
    except ValueError as error:
        return error
    raise AssertionError


def test_an_exception_is_its_type_and_its_places() -> None:
    facts = describe_exception(caught())
    assert facts["error"] == "builtins.ValueError"
    assert facts["caused_by"] == "builtins.KeyError"
    assert facts["frames"][-1].endswith(" refuse")
    assert NUMBER not in json.dumps(facts)


def test_other_packages_are_reduced_to_their_template(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(style="json")
    logger = logging.getLogger("django.request")
    logger.error("Internal Server Error: %s", f"/pegawai/{NUMBER}", exc_info=caught())
    line = capsys.readouterr().err
    event = json.loads(line)
    assert event["event"] == "Internal Server Error: %s"
    assert event["logger"] == "django.request"
    assert event["error"] == "builtins.ValueError"
    assert NUMBER not in line
    assert "Siti" not in line


def test_a_traceback_inside_a_message_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(style="json")
    logging.getLogger("_granian").error(f"Application callable raised\nValueError: {NUMBER}")
    text = capsys.readouterr().err
    assert json.loads(text)["event"] == "Application callable raised"
    assert NUMBER not in text


@pytest.mark.parametrize("style", ["json", "plain"])
def test_our_own_exceptions_are_logged_without_their_message(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(style=style)
    log = structlog.get_logger("netral.test")
    try:
        refuse()
    except ValueError:
        log.exception("it failed", rows=3)
    text = capsys.readouterr().err
    assert "it failed" in text
    assert "builtins.ValueError" in text
    assert NUMBER not in text
    assert "Siti" not in text


def test_the_level_is_a_setting(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(style="json", level="warning")
    log = structlog.get_logger("netral.test")
    log.info("quiet")
    log.warning("loud")
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["loud"]
