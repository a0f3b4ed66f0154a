"""Entries byte for byte, as ``docs/log.md`` describes them, made here without our functions."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.tlog.entries import Content, Entry, Opened, canonical, commit, mask, mask_salt
from netral.tlog.hashing import leaf_hash
from netral.tlog.proofs import ProofError
from netral.tlog.tiles import LONGEST_ENTRY

SALT = bytes(range(32))
CONTENT = Content({"b": "ä", "a": 1, "c": None}, {"person": "P"})


def made_by_hand() -> tuple[bytes, bytes]:
    """(entry, payload) from the words of the document alone."""
    opening = sha256(b"netral-log-salt/v1\nopening\n" + SALT).digest()
    hiding = sha256(b"netral-log-salt/v1\nhidden person\n" + SALT).digest()
    masked = sha256(b"netral-log-hidden/v1\n" + hiding + b"P").hexdigest()
    payload = f'{{"a":1,"b":"ä","c":null,"person":"{masked}"}}'.encode()
    sealed = sha256(b"netral-log-commitment/v1\npledge\n" + opening + payload).digest()
    text = b"netral-log-entry/v1\npledge\n2026-11-22T11Z\n" + b64encode(sealed) + b"\n"
    return text, payload


def entry() -> Entry:
    return Entry("pledge", "2026-11-22T11Z", commit("pledge", SALT, CONTENT))


def test_the_bytes_are_those_of_the_document() -> None:
    text, payload = made_by_hand()
    assert entry().encode() == text and len(text) < LONGEST_ENTRY
    assert entry().leaf == sha256(b"\x00" + text).digest() == leaf_hash(text)
    assert Opened.of(entry(), SALT, CONTENT, show_hidden=False).payload == payload


@pytest.mark.parametrize("show_hidden", [True, False])
def test_an_opened_entry_survives_writing_and_reading(show_hidden: bool) -> None:
    opened = Opened.of(entry(), SALT, CONTENT, show_hidden=show_hidden)
    assert Opened.parse(opened.encode()) == opened
    assert Opened.parse(entry().encode()) == Opened(entry())


def test_what_is_public_tells_nothing_of_what_is_hidden() -> None:
    public = Opened.of(entry(), SALT, CONTENT, show_hidden=False)
    assert SALT not in public.encode() and mask_salt(SALT, "person") != public.salt
    assert mask(public.salt or b"", "P") != json.loads(public.payload or b"{}")["person"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"v1", b"v2"), (b"pledge", b"Pledge"), (b"T11Z", b"T11"), (b'"a":1', b'"a":2'),
        (b"\nsalt ", b"\nsalt A"), (b" P\n", b" Q\n"), (b"\nhidden person", b"\nhidden c"),
        (b"\npayload", b"\npayloads"),
    ],
)  # fmt: skip
def test_every_change_is_refused(old: bytes, new: bytes) -> None:
    good = Opened.of(entry(), SALT, CONTENT, show_hidden=True).encode()
    assert good.count(old) >= 1
    with pytest.raises(ProofError):
        Opened.parse(good.replace(old, new, 1))


NO_SURROGATES = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.none() | st.booleans() | st.integers() | NO_SURROGATES


@given(st.dictionaries(NO_SURROGATES, VALUES))
def test_a_payload_is_written_as_the_standard_library_would(payload: dict[str, str]) -> None:
    theirs = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(payload) == theirs.encode()


@pytest.mark.parametrize("value", [1.5, ["a"], {"a": 1}, b"a"])
def test_a_payload_holds_nothing_that_could_be_written_in_two_ways(value: object) -> None:
    with pytest.raises(TypeError, match="texts, whole numbers and nothing"):
        canonical({"a": value})  # type: ignore[dict-item]
