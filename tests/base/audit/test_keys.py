"""A key comes into being whole or not at all, whenever its maker is killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from netral.base.audit import keys
from netral.base.audit.integrator import make_first_key, work_once
from netral.base.audit.models import LogKey
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """Nobody catches it, as nobody catches SIGKILL."""


def killed(*_words: object, **_named: object) -> None:
    raise Killed


def make_killed(monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(where, name, killed)
        with pytest.raises(Killed):
            keys.add_key(now=NOW)


def test_killed_before_its_row_a_key_never_was(
    deeds: Deeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_killed(monkeypatch, LogKey.objects, "create")
    assert keys.signers() == [] and keys.log_keys() == []
    append(deeds)
    assert work_once()
    assert [one.verifier for one in keys.signers()] == keys.log_keys()


def test_killed_after_its_row_a_key_is_put_in_its_place(
    deeds: Deeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_killed(monkeypatch, Path, "replace")
    [listed] = keys.log_keys()
    make_first_key()
    assert keys.log_keys() == [listed], "no second one is made"
    append(deeds)
    assert work_once()
    assert [one.verifier for one in keys.signers()] == [listed]
    assert [path.suffix for path in keys.folder().iterdir()] == [".key"]


def test_a_file_without_a_row_still_stops_the_log() -> None:
    """So it is where the database of another log was put back."""
    keys.add_key(now=NOW)
    LogKey.objects.all().delete()
    with pytest.raises(keys.KeyTrouble, match="no key of this log"):
        keys.signers()
