"""The signatures of one ceremony as a list without names, with which anybody can count them again.

``netral-signature-list/v1``, lines of ASCII (``docs/log.md``)::

    netral-signature-list/v1
    ceremony KEY
    wording HEX
    count 412
    root BASE64
    leaf INDEX BASE64              every signature, by its number in the log
    withdrawn INDEX BY [OPENED]    the signature INDEX counts no more since entry BY
    closing INDEX [OPENED]         the signing was closed at entry INDEX

    the checkpoint, a signed note

``root`` is the RFC 6962 root over the leaf hashes of what stands, in the order of their numbers.
``OPENED`` is base64 of an entry with what opens it (``entries.Opened``).
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from netral.tlog.entries import Entry, Opened
from netral.tlog.hashing import HASH_SIZE, Frontier
from netral.tlog.proofs import ProofError
from netral.tlog.sources import Source, SourceTrouble
from netral.tlog.tiles import TILE_WIDTH, entries_path, unpack_entries

FIRST_LINE = "netral-signature-list/v1"
SIGNATURE, WITHDRAWAL, CLOSING = "pledge", "withdrawal", "closing"


@dataclass(frozen=True)
class Withdrawn:
    """Signature ``index`` was withdrawn by entry ``by``; ``opened`` is what that entry says."""

    index: int
    by: int
    opened: bytes = b""


@dataclass(frozen=True)
class Closing:
    """The signing was closed at entry ``index``, which says how many stood then."""

    index: int
    opened: bytes = b""


@dataclass(frozen=True)
class SignatureList:
    """See the format above; ``leaves`` are (number in the log, leaf hash), ascending."""

    ceremony: str
    wording: str
    leaves: tuple[tuple[int, bytes], ...]
    withdrawn: tuple[Withdrawn, ...] = ()
    closings: tuple[Closing, ...] = ()
    checkpoint: str = ""

    def standing(self, before: int | None = None) -> list[bytes]:
        """Leaf hashes of the signatures that stand now, or stood before entry ``before``."""
        gone = {one.index for one in self.withdrawn if before is None or one.by < before}
        return [
            leaf
            for index, leaf in self.leaves
            if index not in gone and (before is None or index < before)
        ]

    @property
    def count(self) -> int:
        return len(self.standing())

    @property
    def root(self) -> bytes:
        return root_over(self.standing())

    def __str__(self) -> str:
        lines = [
            FIRST_LINE,
            f"ceremony {self.ceremony}",
            f"wording {self.wording}",
            f"count {self.count}",
            f"root {_text(self.root)}",
            *(f"leaf {index} {_text(leaf)}" for index, leaf in self.leaves),
            *(f"withdrawn {it.index} {it.by} {_text(it.opened)}".rstrip() for it in self.withdrawn),
            *(f"closing {it.index} {_text(it.opened)}".rstrip() for it in self.closings),
        ]
        return "\n".join(lines) + "\n\n" + self.checkpoint

    @classmethod
    def parse(cls, text: str) -> SignatureList:
        """Reads a list and counts it again. Raises ProofError for the first thing that is wrong."""
        head, separator, checkpoint = text.partition("\n\n")
        first, *lines = head.split("\n")
        if not separator or first != FIRST_LINE:
            raise ProofError(f"this is no list of signatures: its first line is not {FIRST_LINE}")
        try:
            found = _Lines(lines)
            read = found.list(checkpoint)
        except (ValueError, binascii.Error) as problem:
            raise ProofError("a line of the list is malformed") from problem
        _count_again(read, found.one("count"), found.one("root"))
        return read


def root_over(leaves: Iterable[bytes]) -> bytes:
    tree = Frontier()
    tree.extend(leaves)
    return tree.root()


def _text(octets: bytes) -> str:
    return b64encode(octets).decode()


class _Lines:
    """The lines of a list by their first word."""

    def __init__(self, lines: list[str]) -> None:
        self._words: dict[str, list[list[str]]] = {}
        for line in lines:
            name, *rest = line.split(" ")
            self._words.setdefault(name, []).append(rest)
        known = {"ceremony", "wording", "count", "root", "leaf", "withdrawn", "closing"}
        if set(self._words) - known:
            raise ValueError

    def one(self, name: str) -> str:
        """Raises ProofError unless there is exactly one line of that name."""
        lines = self._words.get(name, [])
        if len(lines) != 1 or len(lines[0]) != 1:
            raise ProofError(f"the list needs one line that begins with {name}")
        return lines[0][0]

    def list(self, checkpoint: str) -> SignatureList:
        every = self._words.get
        return SignatureList(
            self.one("ceremony"),
            self.one("wording"),
            tuple((int(at), _hash(leaf)) for at, leaf in every("leaf", [])),
            tuple(
                Withdrawn(int(at), int(by), _opened(more))
                for at, by, *more in every("withdrawn", [])
            ),
            tuple(Closing(int(at), _opened(more)) for at, *more in every("closing", [])),
            checkpoint,
        )


def _hash(text: str) -> bytes:
    octets = b64decode(text, validate=True)
    if len(octets) != HASH_SIZE:
        raise ValueError
    return octets


def _opened(more: list[str]) -> bytes:
    return b64decode("".join(more), validate=True)


def _count_again(read: SignatureList, count: str, root: str) -> None:
    numbers = [index for index, _leaf in read.leaves]
    if numbers != sorted(set(numbers)) or (numbers and numbers[0] < 0):
        raise ProofError("the signatures of the list are not in the order of the log, each once")
    if count != str(read.count):
        raise ProofError(f"the list says {count} signatures; {read.count} stand in it")
    if root != _text(read.root):
        raise ProofError("the root of the list is not that of its signatures")
    _check_withdrawn(read, set(numbers))
    for closing in read.closings:
        _check_closing(read, closing)


def _check_withdrawn(read: SignatureList, numbers: set[int]) -> None:
    for one in read.withdrawn:
        if one.index not in numbers or one.by <= one.index:
            raise ProofError(f"entry {one.by} withdraws what is not in the list: {one.index}")
        said = _says(one.opened, WITHDRAWAL)
        if said is not None and (said.get("entry"), said.get("ceremony")) != (
            one.index,
            read.ceremony,
        ):
            raise ProofError(f"entry {one.by} does not withdraw signature {one.index}")


def _check_closing(read: SignatureList, closing: Closing) -> None:
    said = _says(closing.opened, CLOSING)
    if said is None:
        return
    then = read.standing(before=closing.index)
    if (said.get("ceremony"), said.get("count"), said.get("root")) != (
        read.ceremony,
        len(then),
        root_over(then).hex(),
    ):
        raise ProofError(
            f"at the closing (entry {closing.index}) {said.get('count')} signatures stood by what "
            f"was logged then; by this list it was {len(then)}, or others"
        )


def _says(opened: bytes, kind: str) -> dict[str, object] | None:
    """What an opened entry says; None when the list does not open it."""
    if not opened:
        return None
    found = Opened.parse(opened)
    if found.entry.kind != kind or found.payload is None:
        raise ProofError(f"an entry of the list is not an opened {kind}")
    values: dict[str, object] = json.loads(found.payload)
    return values


@dataclass(frozen=True)
class Found:
    """What the whole log says beside the list: how many signatures and withdrawals it has."""

    signatures: int
    withdrawals: int


def check_against(read: SignatureList, source: Source, size: int, root: bytes) -> Found:
    """Reads every entry of the log and finds those of the list at their places.

    Raises ProofError for what is not there or not of its kind, or when the entries do not make
    ``root``; SourceTrouble when the log cannot be read whole. Memory does not grow with the log.
    """
    wanted = dict(read.leaves)
    kinds = dict.fromkeys(wanted, SIGNATURE)
    kinds |= {one.by: WITHDRAWAL for one in read.withdrawn}
    kinds |= {one.index: CLOSING for one in read.closings}
    opened = {one.by: one.opened for one in read.withdrawn}
    opened |= {one.index: one.opened for one in read.closings}
    counted = {SIGNATURE: 0, WITHDRAWAL: 0}
    tree = Frontier()
    for index, text in enumerate(_entries(source, size)):
        entry = Entry.parse(text)
        counted[entry.kind] = counted.get(entry.kind, 0) + 1
        tree.append(entry.leaf)
        if index not in kinds:
            continue
        if entry.kind != kinds.pop(index):
            raise ProofError(f"entry {index} of the log is a {entry.kind}")
        if wanted.get(index, entry.leaf) != entry.leaf:
            raise ProofError(f"entry {index} of the log is another than in the list")
        if opened.get(index) and Opened.parse(opened[index]).entry != entry:
            raise ProofError(f"entry {index} of the log is another than in the list")
    if tree.root() != root:
        raise ProofError("the entries of the log do not make the root of its checkpoint")
    if kinds:
        raise ProofError(f"the log at {size} entries has no entry {min(kinds)}")
    return Found(counted[SIGNATURE], counted[WITHDRAWAL])


def _entries(source: Source, size: int) -> Iterable[bytes]:
    for number in range(-(-size // TILE_WIDTH)):
        width = min(TILE_WIDTH, size - number * TILE_WIDTH)
        bundle = source.read(entries_path(number, width)) or source.read(entries_path(number))
        if bundle is None:
            raise SourceTrouble(f"the log does not have {entries_path(number, width)}")
        yield from unpack_entries(bundle)[:width]
