"""Published vectors first: what others computed, we compute.

Roots: the reference tree of the Certificate Transparency project (eight leaves from empty to
sixteen bytes). Note: the example of Go's ``sumdb/note`` package, which C2SP signed-note
describes. Tile paths: the examples in C2SP tlog-tiles.
"""

from __future__ import annotations

import pytest

from netral.tlog.hashing import EMPTY_ROOT, Frontier, MemoryTree, leaf_hash
from netral.tlog.notes import Note, NoteError, SignerKey, VerifierKey
from netral.tlog.proofs import consistency_proof, inclusion_proof
from netral.tlog.tiles import Tile, entries_path, new_tiles

LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
NOTE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE_SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"


@pytest.fixture
def tree() -> MemoryTree:
    return MemoryTree(map(leaf_hash, LEAVES))


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_of_the_reference_tree(tree: MemoryTree, size: int) -> None:
    assert tree.root(size).hex() == ROOTS[size - 1]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_frontier_reaches_the_same_roots(size: int) -> None:
    frontier = Frontier()
    frontier.extend(map(leaf_hash, LEAVES[:size]))
    assert frontier.root().hex() == ROOTS[size - 1]


def test_the_empty_tree_hashes_nothing() -> None:
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert EMPTY_ROOT.hex() == MemoryTree().root().hex() == Frontier().root().hex() == nothing


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            3,
            ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
        ),
    ],
)
def test_inclusion_proofs_of_the_reference_tree(
    tree: MemoryTree, index: int, size: int, proof: list[str]
) -> None:
    assert [each.hex() for each in inclusion_proof(tree, index, size)] == proof


@pytest.mark.parametrize(
    ("old", "new", "proof"),
    [
        (1, 1, []),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_consistency_proofs_of_the_reference_tree(
    tree: MemoryTree, old: int, new: int, proof: list[str]
) -> None:
    assert [each.hex() for each in consistency_proof(tree, old, new)] == proof


def test_a_note_signed_by_another_implementation() -> None:
    key = VerifierKey.parse(NOTE_KEY)
    note = Note.parse(NOTE)
    assert note.check([key]) == [key]
    assert str(note) == NOTE
    assert str(key) == NOTE_KEY


def test_we_sign_that_note_to_the_same_letter() -> None:
    signer = SignerKey.parse(NOTE_SIGNER)
    assert str(Note(Note.parse(NOTE).text).signed_by(signer)) == NOTE
    assert str(signer) == NOTE_SIGNER
    assert NOTE_SIGNER.rpartition("+")[2] not in repr(signer)


def test_a_changed_letter_in_the_note_is_noticed() -> None:
    with pytest.raises(NoteError, match="does not hold"):
        Note.parse(NOTE.replace("answer", "anSwer")).check([VerifierKey.parse(NOTE_KEY)])


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (1234067, 256, "tile/0/x001/x234/067"),
        (0, 256, "tile/0/000"),
        (273, 112, "tile/0/273.p/112"),
        (1000, 256, "tile/0/x001/000"),
    ],
)
def test_tile_paths(number: int, width: int, path: str) -> None:
    assert Tile(0, number, width).path == path
    assert entries_path(number, width) == path.replace("tile/0/", "tile/entries/")


def test_the_tiles_of_a_tree_of_seventy_thousand() -> None:
    tiles = list(new_tiles(0, 70_000))
    assert sum(tile.level == 0 and tile.width == 256 for tile in tiles) == 273
    assert Tile(0, 273, 112) in tiles
    assert [tile for tile in tiles if tile.level] == [Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)]


def test_a_tree_of_256_has_a_full_tile_and_a_partial_one_above() -> None:
    assert list(new_tiles(0, 256)) == [Tile(0, 0), Tile(1, 0, 1)]
