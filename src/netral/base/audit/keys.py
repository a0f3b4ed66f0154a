"""The keys that sign checkpoints: in files of their own, never in the database nor in a backup.

``var/keys/log-ID.key``, readable by their owner only. Every key file that is there signs: to
rotate, a second key is added, verifiers learn of it, then the first file goes. The public halves
stand in the database for ever, so that what a retired key signed stays checkable.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from netral.base.audit.models import LogKey
from netral.tlog.notes import COSIGNATURE, NoteError, SignerKey, VerifierKey


class KeyTrouble(Exception):
    """A key cannot be used as it is. The message says what to do."""


def folder() -> Path:
    return Path(settings.KEY_DIR)


def signers() -> list[SignerKey]:
    """The keys that sign now, oldest first; empty before the first start."""
    found: list[tuple[datetime, SignerKey]] = []
    known = {row.verifier: row for row in LogKey.objects.filter(role=LogKey.Role.LOG)}
    for begun in folder().glob("log-*.new"):
        if str(_read(begun).verifier) in known:
            _put_in_place(begun)
    for path in sorted(folder().glob("log-*.key")):
        key = _read(path)
        row = known.get(str(key.verifier))
        if row is None or row.retired_at is not None:
            raise KeyTrouble(
                f"{path} is no key of this log (or it was retired); move it away, or restore "
                "the database it belongs to"
            )
        found.append((row.added_at, key))
    return [key for _at, key in sorted(found, key=lambda pair: pair[0])]


def _read(path: Path) -> SignerKey:
    if path.stat().st_mode & 0o077:
        raise KeyTrouble(f"others can read {path}: chmod 600 {path}")
    try:
        return SignerKey.parse(path.read_text("ascii"))
    except (NoteError, ValueError) as problem:
        raise KeyTrouble(f"{path} is not a key: {problem}") from problem


def add_key(*, now: datetime, name: str = "") -> VerifierKey:
    """Makes a new key that signs from now on, beside those that are there.

    The file gets its name last: killed before its row is there, the key never was; killed after,
    :func:`signers` puts it in its place. A file without a row would stop the log for good.
    """
    key = SignerKey.generate(name or origin())
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    begun = place / f"log-{key.verifier.id.hex()}.new"
    descriptor = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key}\n")
        file.flush()
        os.fsync(file.fileno())
    LogKey.objects.create(verifier=str(key.verifier), role=LogKey.Role.LOG, added_at=now)
    _put_in_place(begun)
    return key.verifier


def _put_in_place(begun: Path) -> None:
    with suppress(FileNotFoundError):  # another process did
        begun.replace(begun.with_suffix(".key"))


def retire_key(*, key_id: str, now: datetime) -> VerifierKey:
    """Destroys the private half of a key; its public half stays listed. Raises KeyTrouble."""
    held = {key.verifier.id.hex(): key.verifier for key in signers()}
    if key_id not in held:
        raise KeyTrouble(f"no key {key_id} signs here; netral log keys lists them")
    if len(held) == 1:
        raise KeyTrouble("this is the only key; make another first: netral log keys --new")
    LogKey.objects.filter(verifier=str(held[key_id])).update(retired_at=now)
    (folder() / f"log-{key_id}.key").unlink()
    return held[key_id]


def add_witness(*, verifier: str, now: datetime) -> VerifierKey:
    """Takes cosignatures of this key from now on. Raises KeyTrouble."""
    try:
        key = VerifierKey.parse(verifier)
    except NoteError as problem:
        raise KeyTrouble(f"this is not the public key of a witness: {problem}") from problem
    if key.kind != COSIGNATURE:
        raise KeyTrouble("this key signs notes, not cosignatures; netral log witness makes one")
    LogKey.objects.update_or_create(
        verifier=str(key),
        defaults={"retired_at": None},
        create_defaults={"role": LogKey.Role.WITNESS, "added_at": now},
    )
    return key


def remove_witness(*, verifier: str, now: datetime) -> None:
    """Takes no more cosignatures of this key; those given before stay shown."""
    LogKey.objects.filter(role=LogKey.Role.WITNESS, verifier=verifier).update(retired_at=now)


def origin() -> str:
    """The name of this log: chosen at its first key; only beginning anew changes it."""
    newest = LogKey.objects.filter(role=LogKey.Role.LOG).order_by("-added_at").first()
    if newest:
        return VerifierKey.parse(newest.verifier).name
    return f"{urlsplit(settings.PUBLIC_URL).netloc}/log"


def log_keys() -> list[VerifierKey]:
    """Every key this log ever signed with, oldest first."""
    rows = LogKey.objects.filter(role=LogKey.Role.LOG).order_by("added_at")
    return [VerifierKey.parse(row.verifier) for row in rows]


def witness_keys() -> list[VerifierKey]:
    """Every witness whose cosignatures are or were taken, oldest first."""
    rows = LogKey.objects.filter(role=LogKey.Role.WITNESS).order_by("added_at")
    return [VerifierKey.parse(row.verifier) for row in rows]
