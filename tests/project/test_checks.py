from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import checks as framework
from django.core.checks import async_checks
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from netral.base import checks as base_checks
from netral.base.audit import standing
from netral.base.audit.models import LogCheckpoint, LogHead, LogRecount
from netral.base.models import Installation
from netral.people.models import Government
from netral.project import checking, indonesian
from netral.project.commands.run import _must_be_safe
from netral.project.refusal import Refusal
from tests.base.jobs import sample

pytestmark = pytest.mark.django_db
SAFE = {
    "SECRET_KEY": "k" * 48,
    "CODE_KEY": "c" * 48,
    "DEBUG": False,
    "DEMO": False,
    "IS_TLS": True,
    "PUBLIC_URL": "https://netral.contoh.go.id",
    "EMAIL_HOST": "surat.contoh.go.id",
}


@pytest.fixture
def safe(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Settings about which production has nothing to say."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.UPLOAD_DIR = tmp_path / "uploads"
    settings.MAIL_DIR = tmp_path / "mail"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    # What the fixture of the browser sets, if a browser ran before in this process.
    monkeypatch.setattr(async_checks, "os", SimpleNamespace(environ={}))
    monkeypatch.setenv("NETRAL_ENV_FILE", str(tmp_path / ".env"))
    (tmp_path / ".env").touch(mode=0o600)
    return settings


def found(*, production: bool = True) -> list[str]:
    return [str(message.id) for message in checking.findings(production=production)]


def test_a_safe_installation_has_nothing_to_complain_about(safe: Any) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SECRET_KEY", "demonstration-only-not-a-secret", "netral.E001"),
        ("SECRET_KEY", "short", "netral.E001"),
        ("DEBUG", True, "netral.E002"),
        ("DEMO", True, "netral.E003"),
        ("CODE_KEY", "k" * 48, "netral.W001"),
        ("EMAIL_HOST", "", "netral.W002"),
        ("STATIC_ROOT", Path("/nonexistent"), "netral.E009"),
        ("MEDIA_ROOT", Path("/proc/nonexistent"), "netral.E005"),
    ],
)
def test_each_unsafe_setting_is_found(safe: Any, name: str, value: Any, expected: str) -> None:
    setattr(safe, name, value)
    assert found() == [expected]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:8000", "netral.W004"),
        ("http://localhost:8000", "netral.W004"),
        ("http://[::1]:8000", "netral.W004"),
        ("http://localhost.contoh.go.id", "netral.E004"),
        ("http://10.0.0.5:8000", "netral.E004"),
    ],
)
def test_without_tls_it_is_for_this_machine_alone(safe: Any, address: str, expected: str) -> None:
    safe.IS_TLS = False
    safe.PUBLIC_URL = address
    assert found() == [expected]


def test_a_settings_file_others_can_read(safe: Any, tmp_path: Path) -> None:
    (tmp_path / ".env").chmod(0o644)
    assert found() == ["netral.E008"]


def test_a_development_machine_is_not_held_to_production(safe: Any) -> None:
    safe.DEBUG = True
    safe.IS_TLS = False
    assert found(production=False) == []


def test_invented_people_under_real_settings(safe: Any) -> None:
    Installation.objects.create(is_demonstration=True, version="1")
    assert found() == ["netral.E007"]


def test_real_people_under_a_demonstration(safe: Any) -> None:
    Government.objects.create(level="province", name="X", region_code="99")
    safe.DEMO = True
    assert found(production=False) == ["netral.E007"]
    Installation.objects.create(is_demonstration=True, version="1")
    assert found(production=False) == []


def test_failed_jobs_are_mentioned(safe: Any, run_jobs: Callable[[], int]) -> None:
    sample.cannot_succeed.enqueue("/dev/null")
    run_jobs()
    assert DBTaskResult.objects.get().status == "FAILED"
    assert found() == ["netral.W003"]


def test_a_log_that_stands_still_is_mentioned_and_one_that_goes_on_is_not(
    safe: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "PATIENCE", 0.3)
    LogHead.objects.create(size=7)
    [message] = checking.findings(production=True)
    assert message.id == "netral.W005"
    assert "7 entries wait" in message.msg

    def sign_instead_of_sleeping(seconds: float) -> None:
        LogCheckpoint.objects.create(size=4, root=b"r" * 32, note="", at=timezone.now())

    with monkeypatch.context() as patch:
        patch.setattr(standing.time, "sleep", sign_instead_of_sleeping)
        assert found() == []
    LogHead.objects.update(size=4)
    assert found() == []


def test_kept_figures_are_compared_and_counted_anew(
    safe: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [3]
    monkeypatch.setattr(base_checks, "_figures", {})
    base_checks.register_figures("heads", lambda: wrong[0], lambda: wrong.__setitem__(0, 0))
    messages = checking.findings(production=True)
    assert [m.id for m in messages] == ["netral.E010"]
    assert "3 kept figure(s) of heads" in messages[0].msg
    assert base_checks.recount_everything() == ["heads"]
    assert found() == []


def test_a_log_that_differs_comes_first_and_no_recount_is_advised(
    safe: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row slipped in behind the log's back changes the figures too: they are not to follow it."""
    monkeypatch.setattr(base_checks, "_figures", {"heads": (lambda: 3, lambda: None)})
    [figures] = checking.findings(production=True)
    assert "netral log fsck finds no difference" in str(figures.hint)
    LogRecount.objects.create(
        at=timezone.now(), seconds=1, entries=7, differences=1, found="tile/0/000 is missing"
    )
    first, second = checking.findings(production=True)
    assert (first.id, first.level) == ("netral.E013", framework.ERROR)
    assert second.id == "netral.E010" and "--recount" not in str(second.hint)
    assert {str(figures.hint), str(second.hint)} <= set(indonesian.CHECKS)
    with pytest.raises(Refusal, match="first see what differs in the log"):
        _must_be_safe()
    monkeypatch.setattr(base_checks, "_figures", {})
    assert found() == ["netral.E013"]
    _must_be_safe()  # signatures go on being stored


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_log_that_differs_is_told_in_one_language_local_time_and_one_instruction(
    process_environment: dict[str, str], tmp_path: Path, language: str
) -> None:
    """As a process of its own: there only what the command itself has learnt is known."""
    LogRecount.objects.create(
        at=datetime(2026, 11, 23, 21, 45, 10, tzinfo=UTC),
        seconds=1,
        entries=7,
        differences=4,
        found="entry 3 (test): the row is not what was logged",
    )
    command = [sys.executable, "-m", "netral.project.commandline", "check", "--lang", language]
    environment = {**process_environment, "NETRAL_VAR": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    said = done.stdout
    assert done.returncode == 1 and "UTC" not in said, said + done.stderr
    if language == "id":
        assert "24 November 2026, pukul 05.45.10 WITA" in said
        assert "entri 3 (test): barisnya bukan yang dicatat" in said
        assert "betulkan sebelum" not in said and "jangan ubah apa pun" in said.splitlines()[-1]
    else:
        assert "24 November 2026, 05:45:10 WITA" in said
        assert "before you serve" not in said and "change nothing" in said.splitlines()[-1]


def test_every_message_says_what_to_do(safe: Any) -> None:
    safe.SECRET_KEY = safe.CODE_KEY = "x"
    safe.EMAIL_HOST = ""
    safe.DEBUG = safe.DEMO = True
    safe.IS_TLS = False
    messages = checking.findings(production=True)
    assert len(messages) >= 5
    assert all(message.hint for message in messages)
    assert messages == sorted(messages, key=lambda m: (-m.level, str(m.id)))
    assert messages[0].level == framework.ERROR
