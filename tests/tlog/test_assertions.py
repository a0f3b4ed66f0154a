"""Assertions of passkeys: what proves a statement, and everything that does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from bench.ceremony.passkeys import PRESENT, VERIFIED, SoftwareKey
from hypothesis import given
from hypothesis import strategies as st

from netral.tlog.assertions import (
    ALGORITHMS,
    DOMAIN,
    Assertion,
    NotAsserted,
    check,
    statement,
    write_octets,
)

FACTS = {"ceremony": "c-1", "person": "p-1", "wording": "ab" * 32, "evidence": "passkey"}
PAGE = {**FACTS, "nonce": "0f" * 16, "site": "ikrar.example.go.id"}
ORIGIN = "https://ikrar.example.go.id"
PRESSED = 1_795_000_000_000


def made(key: SoftwareKey | None = None, **changes: Any) -> Assertion:
    key = key or SoftwareKey()
    parts = key.answer(PAGE, **{"pressed": PRESSED, "origin": ORIGIN, **changes})
    own = (key.algorithm, key.spki, key.credential, PAGE["site"], PAGE["nonce"], PRESSED)
    return Assertion(*own, **parts)


def changed_at_the_end(octets: bytes) -> bytes:
    return octets[:-1] + bytes([octets[-1] ^ 1])


def test_the_statement_is_these_octets() -> None:
    said = statement(FACTS, nonce="n", pressed=5, site="ä.id")
    assert said == (
        b'{"ceremony":"c-1","domain":"netral.pledge/1","nonce":"n","person":"p-1","pressed":5,'
        b'"site":"\\u00e4.id","wording":"' + b"ab" * 32 + b'"}'
    )


@pytest.mark.parametrize("algorithm", sorted(ALGORITHMS))
def test_each_kind_of_key_proves_what_it_signed_and_nothing_else(algorithm: int) -> None:
    assertion = made(SoftwareKey(algorithm))
    assert check(assertion, FACTS) == ORIGIN
    with pytest.raises(NotAsserted, match=r"the key (did not sign this|cannot be read)"):
        check(assertion._replace(key=SoftwareKey(algorithm).spki), FACTS)
    with pytest.raises(NotAsserted, match="the key did not sign this"):
        check(assertion._replace(signature=changed_at_the_end(assertion.signature)), FACTS)


@pytest.mark.parametrize("name", ["ceremony", "person", "wording"])
def test_another_ceremony_person_or_wording_was_not_signed(name: str) -> None:
    with pytest.raises(NotAsserted, match="something else"):
        check(made(), {**FACTS, name: "other"})
    with pytest.raises(NotAsserted, match="something else"):
        check(made(), {each: FACTS[each] for each in FACTS if each != name})


@pytest.mark.parametrize("change", [{"pressed": PRESSED + 1}, {"nonce": "00"}, {"site": "go.id"}])
def test_another_time_page_or_site_was_not_signed(change: dict[str, Any]) -> None:
    with pytest.raises(NotAsserted):
        check(made()._replace(**change), FACTS)


Change = Callable[[], Assertion]
WRONG: dict[str, tuple[str, Change]] = {
    "not verified": ("did not ask who", lambda: made(flags=PRESENT)),
    "not touched": ("nobody touched", lambda: made(flags=VERIFIED)),
    "elsewhere": ("another site", lambda: made(origin="https://ikrar.example.go.id.evil.example")),
    "no host": ("another site", lambda: made(origin="null")),
    "framed": ("another site", lambda: made(crossOrigin=True)),
    "made at registration": ("another purpose", lambda: made(type="webauthn.create")),
    "short": ("another site", lambda: made()._replace(authenticator_data=b"x" * 36)),
    "no kind": ("cannot be checked", lambda: made()._replace(algorithm=-65535)),
    "other curve": ("cannot be read", lambda: made()._replace(key=SoftwareKey(-35).spki)),
    "no key": ("cannot be read", lambda: made()._replace(key=b"x")),
    "not JSON": ("cannot be read", lambda: made()._replace(client_data=b"\xff")),
    "a list": ("cannot be read", lambda: made()._replace(client_data=b"[]")),
    "too deep": ("cannot be read", lambda: made()._replace(client_data=b"[" * 100_000)),
    "odd origin": ("cannot be read", lambda: made(origin="http://[")),
    "number as origin": ("cannot be read", lambda: made(origin=7)),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_prove_says_why(name: str) -> None:
    reason, make = WRONG[name]
    with pytest.raises(NotAsserted, match=reason):
        check(make(), FACTS)


def test_a_page_below_the_site_may_ask() -> None:
    assert check(made(origin="https://a.ikrar.example.go.id"), FACTS)


def test_it_travels_as_one_line_and_comes_back_the_same() -> None:
    assertion = made()
    text = assertion.encode()
    assert "\n" not in text and text.isascii() and Assertion.parse(text) == assertion


@pytest.mark.parametrize(
    "change",
    [
        {"pressed": "5"}, {"pressed": True}, {"pressed": -1}, {"pressed": 10**15}, {"algorithm": [1]}, {"site": 7}, {"extra": 1},
        {"key": "a"}, {"key": None}, {"key": "+/"}, {"signature": write_octets(b"x") + "="},
    ],
)  # fmt: skip
def test_what_is_not_written_so_is_not_read(change: dict[str, Any]) -> None:
    values = json.loads(made().encode()) | change
    with pytest.raises(NotAsserted, match="malformed"):
        Assertion.parse(json.dumps(values, sort_keys=True, separators=(",", ":")))
    for text in ("", "[]", "{}", "[" * 100_000):
        with pytest.raises(NotAsserted, match="malformed"):
            Assertion.parse(text)


@given(site=st.text(), nonce=st.text(), octets=st.binary(), fact=st.none() | st.text())
def test_what_is_written_out_is_what_an_encoder_of_json_would_write(
    site: str, nonce: str, octets: bytes, fact: str | None
) -> None:
    def encoded(values: dict[str, Any]) -> str:
        return json.dumps(values, sort_keys=True, separators=(",", ":"))

    one = Assertion(-7, octets, octets, site, nonce, 5, octets, octets, octets)
    plain = {name: write_octets(it) if it is octets else it for name, it in one._asdict().items()}
    assert one.encode() == encoded(plain)
    facts = dict.fromkeys(("ceremony", "person", "wording"), fact)
    said = facts | {"domain": DOMAIN, "nonce": nonce, "pressed": 5, "site": site}
    assert statement(facts, nonce=nonce, pressed=5, site=site) == encoded(said).encode()
