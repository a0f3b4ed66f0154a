"""``netral log verify`` on what people give it by mistake: it says what the file is and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from netral.tlog.checkpoints import Checkpoint
from netral.tlog.entries import Entry, Opened, commitment
from netral.tlog.hashing import leaf_hash
from netral.tlog.notes import SignerKey
from netral.tlog.receipts import Receipt
from tests.command_alone import Alone

LOG = SignerKey.generate("log.contoh.example")
ENTRY = Entry("test", "2026-11-22T11Z", commitment("test", bytes(32), b"{}"))
NOTE = str(Checkpoint("log.contoh.example", 1, leaf_hash(ENTRY.encode())).signed_by(LOG))
PROOF = str(Receipt(0, (), NOTE, Opened(ENTRY).encode())).encode()


def verify(alone: Alone, folder: Path, content: bytes, language: str = "id") -> str:
    """What it says of a file with this content; it never says that it proves something."""
    (folder / "keys.txt").write_text(str(LOG.verifier))
    (folder / "berkas").write_bytes(content)
    done = alone("verify", "berkas", "--key", "keys.txt", "--lang", language)
    assert done.returncode == 1 and not done.stdout, done.stdout
    return done.stderr


def test_the_whole_one_is_proved(alone: Alone, tmp_path: Path) -> None:
    (tmp_path / "bukti").write_bytes(PROOF)
    (tmp_path / "keys.txt").write_text(str(LOG.verifier))
    assert alone("verify", "bukti", "--key", "keys.txt").returncode == 0


@pytest.mark.parametrize("kept", [9, 30, 60, PROOF.index(b"\n\n") + 1, len(PROOF) - 60, -5, -1])
def test_a_proof_file_that_is_cut_anywhere_is_said_to_be_cut(
    alone: Alone, tmp_path: Path, kept: int
) -> None:
    said = verify(alone, tmp_path, PROOF[:kept])
    assert "TIDAK TERBUKTI: berkas bukti ini terpotong" in said and "unduh lagi" in said


def test_a_proof_file_that_an_editor_saved_anew_is_told_so(alone: Alone, tmp_path: Path) -> None:
    said = verify(alone, tmp_path, PROOF.replace(b"\n", b"\r\n"))
    assert "akhir barisnya" in said and "unduh lagi" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)), "gambar"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "gambar"),
        (b"\x00\x00\x00\x18ftypheic\xff", "gambar"),
        (b"PK\x03\x04\xff\xfe", "ZIP atau Office"),
        (b"<!DOCTYPE html>\n<html>Masuk", "halaman web"),
        (b"", "kosong"),
        (b" \n", "kosong"),
        (f"{LOG.verifier}\n".encode(), "daftar kunci"),
        (b"netral-signature-list/v1\nceremony x\n", "netral log recount"),
        (b"\xff\xfe\x00\x01", "bukan PDF dan bukan berkas bukti"),
    ],
    ids=["jpeg", "png", "heic", "zip", "page", "empty", "blank", "keys", "list", "octets"],
)
def test_another_kind_of_file_is_named_and_no_alarm_is_raised(
    alone: Alone, tmp_path: Path, content: bytes, words: str
) -> None:
    said = verify(alone, tmp_path, content)
    assert words in said and "TERBUKTI" not in said and "UTF-8" not in said
    english = verify(alone, tmp_path, content, "en")
    assert "NOT PROVED" not in english


def test_a_text_that_is_no_proof_is_told_what_to_give(alone: Alone, tmp_path: Path) -> None:
    said = verify(alone, tmp_path, b"halo\n")
    assert "TIDAK TERBUKTI: ini bukan berkas bukti" in said and ".tlog-proof" in said


def test_a_pdf_that_is_cut_is_said_to_be_cut(alone: Alone, tmp_path: Path) -> None:
    said = verify(alone, tmp_path, b"%PDF-1.7\n" + bytes(5000))
    assert "PDF ini terpotong" in said and "unduh lagi" in said
