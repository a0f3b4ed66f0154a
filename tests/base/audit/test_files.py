"""The log's files: whole or not there, and on the disk before they are seen."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR

import pytest

from netral.base.audit import files

NAMES = ("tile/0/x001/000", "tile/0/x001/001.p/7", "tile/entries/000")


def names() -> list[str]:
    found = files.root().rglob("*")
    return sorted(str(one.relative_to(files.root())) for one in found if one.is_file())


def test_all_files_of_a_block_are_flushed_before_the_first_is_seen_and_their_folders_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    happened: list[str | int] = []
    fsync, replace = os.fsync, os.replace

    def flushing(descriptor: int) -> None:
        asked = os.fstat(descriptor)
        happened.append(asked.st_ino if S_ISDIR(asked.st_mode) else "file")
        fsync(descriptor)

    def moving(source: str, target: Path) -> None:
        happened.append("seen")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", flushing)
    monkeypatch.setattr(os, "replace", moving)
    with files.many() as put:
        for name in NAMES:
            put(name, name.encode())
            assert files.read(name) is None

    assert happened[:6] == ["file"] * 3 + ["seen"] * 3
    folders = [files.root(), *(one for one in files.root().rglob("*") if one.is_dir())]
    assert sorted(happened[6:]) == sorted(one.stat().st_ino for one in folders)
    assert {name: files.read(name) for name in NAMES} == {name: name.encode() for name in NAMES}
    assert names() == sorted(NAMES)


def _fail_in_the_middle() -> None:
    with files.many() as put:
        put(NAMES[0], b"some")
        raise ZeroDivisionError


def test_a_block_that_fails_leaves_nothing_behind() -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_in_the_middle()
    assert names() == []


def test_what_is_there_already_is_not_written_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files.write(NAMES[0], b"same")
    monkeypatch.setattr(os, "replace", lambda *_: pytest.fail("written again"))
    files.write(NAMES[0], b"same")
    assert files.read(NAMES[0]) == b"same"
