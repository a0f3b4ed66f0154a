"""``netral log fsck --repair``, and the integrator, never write over what the world was given."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from netral.base.audit import files
from netral.base.audit.checking import differences
from netral.base.audit.integrating import Contradiction, integrate
from netral.base.audit.integrator import work_once
from netral.base.audit.models import LogCheckpoint
from netral.base.audit.tree_files import NotRepaired
from netral.project import looking_over
from netral.project.commands import log
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append, append_many
from tests.base.audit.test_tampering import found, rewrite_and_sign, sql

pytestmark = pytest.mark.django_db(transaction=True)
TILE, BUNDLE = "tile/0/000", "tile/entries/000"


@pytest.fixture
def signed(deeds: Deeds) -> Deeds:
    append_many(deeds, 300)
    work_once()
    return deeds


def published() -> dict[str, bytes]:
    everything = (one for one in files.root().rglob("*") if one.is_file())
    return {str(one.relative_to(files.root())): one.read_bytes() for one in everything}


def replaced() -> list[bytes]:
    place = files.kept_root(files.root())
    return [one.read_bytes() for one in place.rglob("*") if one.is_file()]


def edit_an_entry() -> None:
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = 11')


def _lose_a_tile() -> None:
    (files.root() / TILE).unlink()


def _bend_a_tile() -> None:
    (files.root() / TILE).write_bytes(bytes(256 * 32))


def _lose_a_bundle() -> None:
    (files.root() / BUNDLE).unlink()


def _lose_all_but_the_checkpoint() -> None:
    shutil.rmtree(files.root() / "tile")


DAMAGES: list[Callable[[], None]] = [
    lambda: None,
    _lose_a_tile,
    _bend_a_tile,
    _lose_a_bundle,
    _lose_all_but_the_checkpoint,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_entry_that_was_edited_never_comes_into_the_files(
    signed: Deeds, damage: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    edit_an_entry()
    damage()
    before = published()
    assert log.main(["fsck", "--repair", "--lang", "en"]) == looking_over.FOUND
    said = capsys.readouterr().out
    assert published() == before and replaced() == []
    assert "DIFFERS: entry 11 (test): " in said or "the checkpoint of 300 entries is not" in said
    assert "NOT REPAIRED: no file was written" in said and "Change nothing" in said
    assert "made anew" not in said


def test_a_past_signed_anew_under_the_published_seal_is_not_written(signed: Deeds) -> None:
    """Entries, rows and key agree; what was published does not, and it is the evidence."""
    honest = published()
    rewrite_and_sign(edit_an_entry)
    shutil.rmtree(files.root())
    for name, content in honest.items():
        files.write(name, content)
    (files.root() / TILE).unlink()
    before = published()
    assert any(isinstance(one, NotRepaired) for one in differences(repair=True))
    assert published() == before


def test_a_gap_or_a_false_signature_stops_it_too(signed: Deeds) -> None:
    _lose_a_tile()
    before = published()
    note = LogCheckpoint.objects.get().note
    sql("UPDATE base_logcheckpoint SET note = %s", note.replace("\n300\n", "\n301\n"))
    assert any(isinstance(one, NotRepaired) for one in differences(repair=True))
    sql("UPDATE base_logcheckpoint SET note = %s", note)
    sql('DELETE FROM base_logopening WHERE "index" = 12')
    sql('DELETE FROM base_logentry WHERE "index" = 12')
    assert any(isinstance(one, NotRepaired) for one in differences(repair=True))
    assert published() == before


def test_what_is_only_damaged_is_made_anew_and_the_damaged_file_is_kept(signed: Deeds) -> None:
    whole = published()
    _bend_a_tile()
    (files.root() / BUNDLE).unlink()
    assert len(list(differences(repair=True))) == 2
    assert published() == whole and found() == ""
    assert replaced() == [bytes(256 * 32)]


def test_a_row_that_was_edited_does_not_keep_the_tree_from_being_mended(signed: Deeds) -> None:
    """The entries still make what was signed: it is the row that is accused, not the tree."""
    whole = published()
    del signed.rows[list(signed.rows)[50]]
    _lose_a_tile()
    said = "\n".join(differences(repair=True))
    assert f"{TILE} was missing and is made anew" in said
    assert "entry 50 (test): the row it is about is gone" in said
    assert published() == whole


@pytest.mark.parametrize("edge", ["tile/0/001.p/44", "tile/1/000.p/1"])
def test_the_integrator_makes_no_edge_from_entries_that_were_edited(
    signed: Deeds, edge: str
) -> None:
    edit_an_entry()
    (files.root() / edge).unlink()
    before = published()
    append(signed)
    with pytest.raises(Contradiction, match="the first 300 entries are not those"):
        integrate(NOW)
    assert published() == before


def test_the_integrator_mends_an_edge_from_entries_that_were_signed(signed: Deeds) -> None:
    (files.root() / "tile/0/001.p/44").write_bytes(b"cut off")
    append(signed)
    integrate(NOW)
    assert found() == "" and LogCheckpoint.objects.filter(size=301).exists()


def test_a_bundle_does_not_widen_over_an_entry_that_was_edited(signed: Deeds) -> None:
    """The narrow bundle goes when the next one is there: with it the only honest copy would go."""
    sql('UPDATE base_logentry SET hour = hour - 24 WHERE "index" = 280')
    before = published()
    append(signed)
    with pytest.raises(Contradiction, match="entry 280 is not the one that was signed"):
        integrate(NOW)
    assert published() == before
