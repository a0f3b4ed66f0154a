"""A log is not ended by a slip of the hand: beginning anew wants a reason, or to be told twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from netral.base.audit import files, keys
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogClosed
from netral.base.audit.needing import why_begin_anew
from netral.project.commands import log
from netral.project.refusal import Refusal
from netral.speaking.sentences import told
from tests.base.audit.conftest import Deeds
from tests.base.audit.test_appending import append
from tests.base.audit.test_closed_logs import kill_while_closing
from tests.base.audit.test_rolled_back import grown as grown
from tests.base.audit.test_rolled_back import put_back
from tests.base.audit.test_tampering import sql

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "netral.contoh.example/log"


def edit() -> None:
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = 11')


def damage() -> None:
    (files.root() / "checkpoint").write_bytes(b"nonsense")


def lose_files() -> None:
    shutil.rmtree(files.root())


@pytest.mark.parametrize("change", [lambda: None, lose_files])
def test_a_log_that_can_go_on_is_not_closed(grown: Deeds, change: Callable[[], None]) -> None:
    change()
    append(grown)
    held = keys.signers()
    with pytest.raises(Refusal, match="--close-healthy-log") as refused:
        log.main(["keys", "--begin-anew"])
    assert "dapat berlanjut" in told(str(refused.value))
    assert keys.signers() == held and keys.origin() == NAME
    assert not LogClosed.objects.exists()
    assert log.main(["keys", "--begin-anew", "--close-healthy-log"]) == 0
    assert keys.origin() == f"{NAME}/2"


@pytest.mark.parametrize("change", [put_back, edit, damage])
def test_a_log_that_contradicts_itself_is_closed_at_once(
    grown: Deeds,
    change: Callable[[], None],
) -> None:
    change()
    assert log.main(["keys", "--begin-anew"]) == 0
    assert keys.origin() == f"{NAME}/2" and LogClosed.objects.exists()


def test_whoever_was_interrupted_may_finish(
    grown: Deeds,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kill_while_closing(monkeypatch)
    assert why_begin_anew() == "the log was being closed"
    assert log.main(["keys", "--begin-anew"]) == 0
    assert LogClosed.objects.count() == 1 and why_begin_anew() == ""
    work_once()
    with pytest.raises(Refusal):
        log.main(["keys", "--begin-anew"])
