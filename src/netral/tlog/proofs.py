"""Inclusion and consistency proofs: RFC 6962, sections 2.1.1 and 2.1.2; checks as in RFC 9162.

Making a proof asks a :class:`HashSource` for some ``log2(size)`` hashes; checking one needs
nothing but the proof.
"""

from __future__ import annotations

from collections.abc import Sequence

from netral.tlog.hashing import EMPTY_ROOT, HashSource, node_hash, range_hash


class ProofError(Exception):
    """A proof does not show what it claims. The message says which claim fails."""


def inclusion_proof(source: HashSource, index: int, size: int) -> list[bytes]:
    """The hashes beside the way from leaf ``index`` to the root of the first ``size`` leaves.

    Raises ValueError when the tree of that size has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_width(end - start)
        if index < middle:
            path.append(range_hash(source, middle, end))
            end = middle
        else:
            path.append(range_hash(source, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(source: HashSource, old_size: int, new_size: int) -> list[bytes]:
    """Shows that the tree of ``new_size`` begins with the whole tree of ``old_size``.

    Empty when the sizes are equal or the old tree was empty. Raises ValueError when the old
    tree is the larger one.
    """
    if not 0 <= old_size <= new_size:
        raise ValueError(f"a tree of {new_size} leaves cannot contain one of {old_size}")
    if old_size in {0, new_size}:
        return []
    path: list[bytes] = []
    start, end, whole = 0, new_size, True
    while old_size != end:
        middle = start + _left_width(end - start)
        if old_size <= middle:
            path.append(range_hash(source, middle, end))
            end = middle
        else:
            path.append(range_hash(source, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(range_hash(source, start, end))
    return path[::-1]


def _left_width(width: int) -> int:
    """The largest power of two smaller than ``width``: how many leaves stand on the left."""
    return 1 << ((width - 1).bit_length() - 1)


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that ``proof`` leads to from ``leaf`` (RFC 9162, section 2.1.3.2).

    Raises ProofError when the proof has not exactly the length such a leaf needs.
    """
    if not 0 <= index < size:
        raise ProofError(f"a tree of {size} leaves has no leaf {index}")
    node, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the inclusion proof is too long")
        if node & 1 or node == last:
            root = node_hash(sibling, root)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            root = node_hash(root, sibling)
        node >>= 1
        last >>= 1
    if last:
        raise ProofError("the inclusion proof is too short")
    return root


def check_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Raises ProofError unless ``leaf`` is number ``index`` of the tree with this root."""
    if root_from_inclusion(leaf, index, size, proof) != root:
        raise ProofError(f"entry {index} is not in the tree of {size} with this root")


def check_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Raises ProofError unless the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if old_size > new_size:
        raise ProofError(f"the log shrank from {old_size} to {new_size} entries")
    if old_size == new_size:
        if proof or old_root != new_root:
            raise ProofError(f"two different trees of {new_size} entries: the log has forked")
        return
    if old_size == 0:
        if proof or old_root != EMPTY_ROOT:
            raise ProofError("an empty tree needs no proof and has only one root")
        return
    found_old, found_new = _roots_from_consistency(old_size, old_root, new_size, proof)
    if found_old != old_root or found_new != new_root:
        raise ProofError(f"the tree of {new_size} does not begin with that of {old_size}")


def _roots_from_consistency(
    old_size: int, old_root: bytes, new_size: int, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        raise ProofError("the consistency proof is empty")
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node >>= 1
        last >>= 1
    found_old = found_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("the consistency proof is too long")
        if node & 1 or node == last:
            found_old = node_hash(sibling, found_old)
            found_new = node_hash(sibling, found_new)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            found_new = node_hash(found_new, sibling)
        node >>= 1
        last >>= 1
    if last:
        raise ProofError("the consistency proof is too short")
    return found_old, found_new
