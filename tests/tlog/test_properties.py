"""What must hold for every tree, and what must fail for every lie."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netral.tlog.hashing import HASH_SIZE, Frontier, MemoryTree, leaf_hash
from netral.tlog.proofs import (
    ProofError,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
)
from netral.tlog.tiles import Tile, TileReader, new_tiles, pack_entries, unpack_entries

sizes = st.integers(1, 700)
FOREST = MemoryTree(leaf_hash(str(number).encode()) for number in range(1500))


def tiles_of(tree: MemoryTree, size: int) -> dict[Tile, bytes]:
    return {
        tile: b"".join(
            tree.subtree(8 * tile.level, tile.number * 256 + place) for place in range(tile.width)
        )
        for tile in new_tiles(0, size)
    }


@given(size=sizes, data=st.data())
def test_every_leaf_is_provable(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(FOREST, index, size)
    check_inclusion(FOREST.subtree(0, index), index, size, proof, FOREST.root(size))


@given(size=st.integers(2, 700), data=st.data())
def test_a_proof_is_good_for_nothing_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda each: each != index))
    proof, leaf = inclusion_proof(FOREST, index, size), FOREST.subtree(0, index)
    root = FOREST.root(size)
    lies = [
        (FOREST.subtree(0, other), index, size, proof, root),
        (leaf, other, size, proof, root),
        (leaf, index, size, proof[:-1], root),
        (leaf, index, size, [*proof, root], root),
        (leaf, index, size, [bytes(HASH_SIZE), *proof[1:]], root),
        (leaf, index, size, proof, FOREST.root(size - 1)),
    ]
    for lie in lies:
        with pytest.raises(ProofError):
            check_inclusion(*lie)


@given(old=st.integers(0, 700), new=st.integers(0, 700))
def test_every_growth_is_provable(old: int, new: int) -> None:
    old, new = sorted((old, new))
    proof = consistency_proof(FOREST, old, new)
    check_consistency(old, FOREST.root(old), new, FOREST.root(new), proof)


@settings(max_examples=60)
@given(old=st.integers(1, 300), more=st.integers(1, 300), data=st.data())
def test_a_rewritten_past_is_noticed(old: int, more: int, data: st.DataObject) -> None:
    new = old + more
    changed = data.draw(st.integers(0, old - 1))
    leaves = [FOREST.subtree(0, index) for index in range(new)]
    leaves[changed] = leaf_hash(b"rewritten")
    forged = MemoryTree(leaves)
    proof = consistency_proof(forged, old, new)
    with pytest.raises(ProofError):
        check_consistency(old, FOREST.root(old), new, forged.root(), proof)


def test_a_shrunken_log_and_a_fork_are_told_apart() -> None:
    with pytest.raises(ProofError, match="shrank"):
        check_consistency(10, FOREST.root(10), 9, FOREST.root(9), [])
    with pytest.raises(ProofError, match="forked"):
        check_consistency(10, FOREST.root(10), 10, FOREST.root(9), [])


@given(size=st.integers(0, 700))
def test_the_frontier_agrees_with_the_whole_tree(size: int) -> None:
    frontier = Frontier()
    frontier.extend(FOREST.subtree(0, index) for index in range(size))
    assert frontier.root() == FOREST.root(size)
    assert len(frontier.roots) == bin(size).count("1")


@settings(max_examples=30)
@given(size=st.integers(1, 1500), data=st.data())
def test_proofs_from_tiles_equal_proofs_from_memory(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    tiles = tiles_of(FOREST, size)
    reader = TileReader(size, tiles.__getitem__)
    assert inclusion_proof(reader, index, size) == inclusion_proof(FOREST, index, size)
    assert consistency_proof(reader, old, size) == consistency_proof(FOREST, old, size)


@settings(max_examples=40)
@given(old=st.integers(0, 1500), new=st.integers(0, 1500))
def test_growing_writes_exactly_the_tiles_that_changed(old: int, new: int) -> None:
    old, new = sorted((old, new))
    before, after = tiles_of(FOREST, old), tiles_of(FOREST, new)
    assert set(new_tiles(old, new)) == {tile for tile in after if tile not in before}


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_entry_bundles_come_back_whole(entries: list[bytes]) -> None:
    assert unpack_entries(pack_entries(entries)) == entries


def test_a_bundle_cut_off_is_refused_and_so_is_an_entry_too_long() -> None:
    bundle = pack_entries([b"entry"])
    for cut in range(1, len(bundle)):
        with pytest.raises(ValueError, match="cut off"):
            unpack_entries(bundle[:cut])
    with pytest.raises(ValueError, match="longer"):
        pack_entries([bytes(65536)])


def test_a_tile_of_the_wrong_length_is_refused() -> None:
    reader = TileReader(10, lambda tile: b"short")
    with pytest.raises(ValueError, match="not 10 hashes"):
        inclusion_proof(reader, 0, 10)
