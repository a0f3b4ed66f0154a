from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.project.conftest import Place

NewPlace = Callable[..., Place]


@pytest.fixture
def filled(new_place: NewPlace) -> Place:
    place = new_place("filled")
    place.fill()
    return place


def test_a_backup_restored_elsewhere_is_the_same_installation(
    filled: Place, new_place: NewPlace, tmp_path: Path
) -> None:
    backup = tmp_path / "all.zip"
    said = filled.must("backup", str(backup))
    assert "1 files" in said
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    other = new_place("other", empty=True)
    other.must("restore", str(backup))
    before = filled.describe()
    assert len(before) == 11
    assert other.describe() == before
    # The sequences went along: a new row finds a free key.
    other.must("jobs")
    assert other.must("check") == "Nothing to complain about.\n"
    assert other.python("-m", "tests.project.filling", "fill").returncode != 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".all")] == []


def test_restore_refuses_over_data_and_keeps_the_old_aside(filled: Place, tmp_path: Path) -> None:
    backup = tmp_path / "all.zip"
    filled.must("backup", str(backup))
    before = filled.describe()
    assert "there is data here already" in filled.refuses("restore", str(backup))
    assert filled.describe() == before
    filled.must("restore", "--replace", str(backup))
    assert filled.describe() == before
    aside = list((filled.folder / "var").glob("replaced-*/files/pledges/sheets/*"))
    assert len(aside) == 1


def test_restore_says_that_the_log_has_published_more_than_the_backup_holds(
    new_place: NewPlace, tmp_path: Path
) -> None:
    place = new_place("early")
    backup = tmp_path / "early.zip"
    place.must("backup", str(backup))
    place.fill()  # the log grows, and its seal is published
    said = place.must("restore", "--replace", str(backup))
    assert "THE LOG HAS PUBLISHED MORE THAN THIS BACKUP HOLDS: a checkpoint of 1 entries" in said
    assert "netral.E012" in place.netral("check").stdout


def test_restore_names_the_signatures_that_the_backup_lacks(filled: Place, tmp_path: Path) -> None:
    early, late = tmp_path / "early.zip", tmp_path / "late.zip"
    kept = filled.sign("Siti Rahma")
    filled.must("backup", str(early))
    lost = filled.sign("Tono Wijaya")
    filled.must("backup", str(late))
    said = filled.must("restore", "--replace", str(early))
    assert "SIGNATURES THAT WERE HERE AND ARE NOT IN THIS BACKUP: 1\n" in said
    [listed] = (filled.folder / "var").glob("replaced-*/signatures-not-in-the-backup.csv")
    assert str(listed) in said and stat.S_IMODE(listed.stat().st_mode) == 0o600
    assert lost in listed.read_text() and "Tono Wijaya" in listed.read_text()
    assert kept not in listed.read_text()
    assert "SIGNATURES" not in filled.must("restore", "--replace", str(late))


def test_a_backup_never_overwrites(filled: Place, tmp_path: Path) -> None:
    backup = tmp_path / "all.zip"
    backup.write_text("precious")
    assert "is there already" in filled.refuses("backup", str(backup))
    assert backup.read_text() == "precious"
    assert "no folder" in filled.refuses("backup", str(tmp_path / "nowhere/all.zip"))


def damage_member(backup: Path) -> None:
    """Another content under the same name, with a valid checksum of the archive's own."""
    with ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    victim = next(name for name in members if name.startswith("files/"))
    members[victim] = b"forged"
    write_members(backup, members)


def drop_member(backup: Path) -> None:
    with ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members = {n: data for n, data in members.items() if not n.startswith("files/")}
    write_members(backup, members)


def climb_out(backup: Path) -> None:
    with ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["members"]["files/../../evil"] = "0" * 64
    members["manifest.json"] = json.dumps(manifest).encode()
    members["files/../../evil"] = b"x"
    write_members(backup, members)


def make_newer(backup: Path) -> None:
    with ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["migrations"].append(["people", "9999_from_the_future"])
    members["manifest.json"] = json.dumps(manifest).encode()
    write_members(backup, members)


def write_members(backup: Path, members: dict[str, bytes]) -> None:
    with ZipFile(backup, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def cut(backup: Path) -> None:
    data = backup.read_bytes()
    backup.write_bytes(data[: len(data) // 2])


SPOILED = [
    (damage_member, "is not what was saved"),
    (drop_member, "is missing"),
    (climb_out, "outside of its folder"),
    (make_newer, "from a newer Netral"),
    (cut, "cut short"),
    (lambda path: path.write_text("hello"), "not a backup"),
    (lambda path: path.unlink(), "there is no file"),
]


def test_bad_backups_are_refused_before_anything_is_touched(filled: Place, tmp_path: Path) -> None:
    good = tmp_path / "good.zip"
    filled.must("backup", str(good))
    before = filled.describe()
    for spoil, sentence in SPOILED:
        bad = Path(shutil.copy(good, tmp_path / "bad.zip"))
        spoil(bad)
        assert sentence in filled.refuses("restore", "--replace", str(bad))
    assert filled.describe() == before


def test_an_upgrade_makes_a_backup_first(filled: Place) -> None:
    said = filled.must("upgrade")
    assert "Backup" not in said, "nothing to do, nothing to back up"
    undo = (
        "import django, os; os.environ['DJANGO_SETTINGS_MODULE']='netral.project.settings'; "
        "django.setup(); from django.core.management import call_command; "
        "call_command('migrate', 'pledges', '0001', verbosity=0)"
    )
    done = filled.python("-c", undo)
    assert done.returncode == 0, done.stderr
    before = filled.describe()
    assert "netral.E006" in filled.netral("check").stdout
    said = filled.must("upgrade")
    assert "Backup written to" in said
    assert len(list((filled.folder / "var/backups").glob("*.zip"))) == 1
    assert filled.describe() == before


def test_a_backup_of_another_kind_of_database_says_so(
    filled: Place, new_database: Callable[[], str], lite: Place, tmp_path: Path
) -> None:
    backup = tmp_path / "all.zip"
    filled.must("backup", str(backup))
    assert "netral move" in lite.refuses("restore", str(backup))


class TestMove:
    def test_everything_arrives(self, lite: Place, new_database: Callable[[], str]) -> None:
        lite.fill(12_000)
        address = new_database()
        said = lite.must("move", "--to", address)
        assert "people_person: 12000" in said
        moved = Place(lite.folder, {"NETRAL_DATABASE": address})
        assert sorted(moved.describe()) == sorted(lite.describe())
        assert moved.must("check") == "Nothing to complain about.\n"

    def test_a_database_with_something_in_it_is_refused(
        self, lite: Place, new_database: Callable[[], str]
    ) -> None:
        address = new_database()
        lite.must("move", "--to", address)
        assert "is not empty" in lite.refuses("move", "--to", address)

    def test_a_value_that_does_not_fit_moves_nothing(
        self, lite: Place, new_database: Callable[[], str]
    ) -> None:
        lite.fill()
        spoil = (
            "import sqlite3; c = sqlite3.connect(r'%s'); "
            "c.execute(\"UPDATE people_person SET phone = 'secret' || hex(zeroblob(40)) "
            "WHERE name LIKE '%%2'\"); c.commit()" % (lite.folder / "netral.sqlite3")
        )
        assert lite.python("-c", spoil).returncode == 0
        address = new_database()
        sentence = lite.refuses("move", "--to", address)
        assert "people_person" in sentence
        assert "phone" in sentence
        assert "secret" not in sentence
        empty = Place(lite.folder, {"NETRAL_DATABASE": address})
        done = empty.python("-c", COUNT_TABLES)
        assert done.stdout.strip() == "0", done.stderr

    def test_from_postgresql_there_is_nothing_to_move(
        self, new_place: NewPlace, new_database: Callable[[], str]
    ) -> None:
        place = new_place("big")
        assert "not on SQLite" in place.refuses("move", "--to", new_database())


COUNT_TABLES = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "netral.project.settings"
django.setup()
from django.db import connection
print(len(connection.introspection.table_names()))
"""


def test_moving_needs_a_postgresql_address(lite: Place) -> None:
    assert "postgresql://" in lite.refuses("move", "--to", "sqlite:////tmp/x")
