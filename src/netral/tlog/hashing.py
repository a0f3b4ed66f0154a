"""Merkle tree hashes of RFC 6962, section 2.1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

HASH_SIZE = 32
LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry. Its prefix differs from a node's, so neither passes for the other."""
    return sha256(LEAF_PREFIX + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(NODE_PREFIX + left + right).digest()


@dataclass
class Frontier:
    """The right edge of a growing tree: the roots of its complete subtrees, largest first.

    All that is needed to append: ``log2(size)`` hashes, however many leaves there are. Persisted
    with the entries it stands for, it lets the writer go on after a crash without reading back.
    """

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Adds a leaf hash. Merges as many complete pairs as the size has trailing one bits."""
        carry, size = leaf, self.size
        while size & 1:
            carry = node_hash(self.roots.pop(), carry)
            size >>= 1
        self.roots.append(carry)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The tree's root hash; of an empty tree the hash of nothing."""
        return fold_right(self.roots)


def fold_right(roots: Sequence[bytes]) -> bytes:
    """Joins the roots of complete subtrees, largest first, to the root over all of them."""
    if not roots:
        return EMPTY_ROOT
    joined = roots[-1]
    for root in reversed(roots[:-1]):
        joined = node_hash(root, joined)
    return joined


class HashSource(Protocol):
    """Where hashes come from: memory, tiles on disk, tiles fetched from a log."""

    def subtree(self, level: int, index: int) -> bytes:
        """The hash over leaves ``index * 2**level`` up to ``(index + 1) * 2**level``, excluded."""
        ...


def range_hash(source: HashSource, start: int, end: int) -> bytes:
    """MTH(D[start:end]) where ``start`` is a multiple of the smallest power of two >= the width.

    Such ranges are what RFC 6962 proofs are made of; each is a handful of complete subtrees.
    """
    roots: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        roots.append(source.subtree(level, start >> level))
        start += 1 << level
    return fold_right(roots)


class MemoryTree:
    """All levels of a tree in memory: for tests, for ``fsck`` and for small logs."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        return len(self.levels[0])

    def append(self, leaf: bytes) -> None:
        self.levels[0].append(leaf)
        level = 0
        while len(self.levels[level]) % 2 == 0:
            if level + 1 == len(self.levels):
                self.levels.append([])
            left, right = self.levels[level][-2:]
            self.levels[level + 1].append(node_hash(left, right))
            level += 1

    def subtree(self, level: int, index: int) -> bytes:
        return self.levels[level][index]

    def root(self, size: int | None = None) -> bytes:
        return range_hash(self, 0, self.size if size is None else size)
