"""What the seal writes is what readers by others accept, and nothing else."""

from __future__ import annotations

import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from netral.base.documents import der, seals

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_the_key_is_ours_alone_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "documents.pem"
    first = seals.create(file, name="Provinsi Contoh", now=NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = seals.create(file, name="Lain", now=NOW)
    assert again.certificate == first.certificate == seals.load(file).certificate
    assert list(file.parent.iterdir()) == [file]  # nothing left beside it


def test_a_certificate_of_another_key_is_refused(tmp_path: Path) -> None:
    mine = seals.create(tmp_path / "a.pem", name="A", now=NOW)
    with pytest.raises(ValueError, match="another key"):
        seals.Seal(ec.generate_private_key(ec.SECP256R1()), mine.certificate)


def test_openssl_verifies_a_container_and_refuses_it_for_other_content(tmp_path: Path) -> None:
    import hashlib

    seal = seals.create(tmp_path / "seal.pem", name="Provinsi Contoh", now=NOW)
    content = b"isi berkas"
    container = seal.container(hashlib.sha256(content).digest())
    assert len(container) <= seal.room
    (tmp_path / "signature").write_bytes(container)
    for text, accepted in ((content, True), (b"isi lain", False)):
        (tmp_path / "content").write_bytes(text)
        verified = subprocess.run(
            "openssl cms -verify -inform DER -binary -purpose any -in signature"
            " -content content -CAfile seal.pem -out out".split(),
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert (verified.returncode == 0) is accepted, verified.stderr


@given(st.integers(min_value=0, max_value=2**160))
def test_integers_are_encoded_as_cryptography_reads_them(number: int) -> None:
    from asn1crypto.core import Integer

    assert der.integer(number) == Integer(number).dump()


@pytest.mark.parametrize("dotted", ["1.2.840.113549.1.7.2", "2.16.840.1.101.3.4.2.1", "2.5.4.3"])
def test_object_identifiers_are_encoded_as_others_do(dotted: str) -> None:
    from asn1crypto.core import ObjectIdentifier

    assert der.oid(dotted) == ObjectIdentifier(dotted).dump()
