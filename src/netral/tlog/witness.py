"""A witness: another office that remembers what a log said, and signs that it only ever grew.

The state is a folder: the witness's own key, and for each log the last checkpoint it vouched
for. What was vouched for is on the disk before the cosignature leaves, so that a witness that
was killed never vouches for two stories.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from netral.tlog.checkpoints import Checkpoint, cosign, open_checkpoint
from netral.tlog.notes import COSIGNATURE, Note, NoteError, SignerKey, VerifierKey
from netral.tlog.proofs import ProofError
from netral.tlog.sources import Source, SourceTrouble
from netral.tlog.succession import Statement, check_growth, predecessors, trouble_with

RULE = "-" * 72
"""Between two pieces of evidence."""


class Forked(Exception):
    """The log contradicts what it said before. ``evidence`` holds both signed statements."""

    def __init__(self, reason: str, evidence: Path) -> None:
        super().__init__(reason)
        self.evidence = evidence


class Lost(Forked):
    """A log that began anew without all that was vouched for: ``before`` is what was, ``origin``
    the name it goes by now."""

    def __init__(self, reason: str, evidence: Path, before: Checkpoint, origin: str) -> None:
        super().__init__(reason, evidence)
        self.before = before
        self.origin = origin


@dataclass(frozen=True)
class Witnessed:
    """``note`` is the log's checkpoint with the cosignature of this witness under it."""

    before: Checkpoint | None
    now: Checkpoint
    note: str


def open_with_any(note: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint, signed by at least one of ``keys``. Raises NoteError."""
    signed = Note.parse(note).check(keys)
    return open_checkpoint(note, signed[0])


class Witness:
    """``state`` is a folder of this witness's own; it is made when it is not there."""

    def __init__(self, state: Path) -> None:
        self.state = state
        state.mkdir(parents=True, exist_ok=True, mode=0o700)

    def key(self, name: str = "") -> SignerKey:
        """The witness's key; with ``name`` it is made when there is none. Raises NoteError."""
        path = self.state / "witness.key"
        if path.exists():
            return SignerKey.parse(path.read_text("ascii"))
        if not name:
            raise NoteError("this witness has no key yet: give it a name with --name")
        made = SignerKey.generate(name, COSIGNATURE)
        _write_durably(path, f"{made}\n", 0o600)
        return made

    def log_keys(self, given: Sequence[VerifierKey]) -> list[VerifierKey]:
        """The keys to hold the log to: ``given``, remembered for next time. Raises NoteError.

        Those they take the place of only say from then on how a log that was closed has ended.
        """
        path = self.state / "log-keys.txt"
        if given:
            former = dict.fromkeys([*self._lines("former-keys.txt"), *self._lines(path.name)])
            _write_durably(
                self.state / "former-keys.txt", "".join(f"{key}\n" for key in former), 0o644
            )
            _write_durably(path, "".join(f"{key}\n" for key in given), 0o644)
        elif not path.exists():
            raise NoteError("give the log's public key once, with --key; its /log/ page shows it")
        return [VerifierKey.parse(line) for line in self._lines(path.name)]

    def _lines(self, name: str) -> list[str]:
        path = self.state / name
        return path.read_text("ascii").splitlines() if path.exists() else []

    def observe(self, source: Source, keys: Sequence[VerifierKey], at: int) -> Witnessed:
        """Reads the log, compares it with what it said last time, and vouches for it.

        ``at`` in seconds since 1970. Raises Forked, NoteError for a signature that does not hold,
        SourceTrouble when the log cannot be read whole.
        """
        note = _read_note(source)
        now = open_with_any(note, keys)
        last = self._last_note(now.origin)
        before = Checkpoint.parse(Note.parse(last).text) if last else None
        if before:
            self._compare(source, before, now, f"{last}\n{RULE}\n{note}")
        else:
            self._compare_with_those_before(source, now, note, keys)
        cosigned = note + str(cosign(note, self.key(), at))
        _write_durably(self._path(now.origin), note, 0o644)
        return Witnessed(before, now, cosigned)

    def _compare(self, source: Source, before: Checkpoint, now: Checkpoint, evidence: str) -> None:
        try:
            check_growth(source, before, now)
        except (ProofError, ValueError) as problem:
            raise Forked(str(problem), self.keep_evidence(evidence)) from problem

    def _compare_with_those_before(
        self, source: Source, now: Checkpoint, note: str, keys: Sequence[VerifierKey]
    ) -> None:
        """At the first look: a new name must not make anybody forget what the old one stood for."""
        former = [VerifierKey.parse(line) for line in self._lines("former-keys.txt")]
        for seen in predecessors(now.origin, self._all_seen()):
            trouble, served = trouble_with(source, seen)
            if trouble:
                evidence = f"\n{RULE}\n".join([seen.note, served or f"{trouble}\n", note])
                raise Lost(trouble, self.keep_evidence(evidence), seen.checkpoint, now.origin)
            open_with_any(served, [*keys, *former])

    def _all_seen(self) -> list[Statement]:
        paths = sorted(self.state.glob("seen-*.checkpoint"))
        return [Statement.parse(path.read_text("utf-8")) for path in paths]

    def keep_evidence(self, evidence: str) -> Path:
        """Writes it where it stays; returns where."""
        path = self.state / f"evidence-{sha256(evidence.encode()).hexdigest()[:16]}.txt"
        _write_durably(path, evidence, 0o644)
        return path

    def _last_note(self, origin: str) -> str:
        path = self._path(origin)
        return path.read_text("utf-8") if path.exists() else ""

    def _path(self, origin: str) -> Path:
        return self.state / f"seen-{sha256(origin.encode()).hexdigest()[:16]}.checkpoint"


def _read_note(source: Source) -> str:
    found = source.read("checkpoint")
    if found is None:
        raise SourceTrouble(
            "there is no checkpoint at that place; the address of a log ends with /log/"
        )
    try:
        return found.decode()
    except UnicodeDecodeError as problem:
        raise NoteError("the checkpoint is not a text") from problem


def _write_durably(path: Path, text: str, mode: int) -> None:
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
