"""What ``netral log verify`` says of an entry: in the reader's words and zone, nothing left out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from netral.speaking import sentences
from netral.speaking.times import hour_from, moment
from netral.tlog import assertions
from netral.tlog.checkpoints import Checkpoint
from netral.tlog.command import describe
from netral.tlog.entries import Content, Entry, Opened, canonical, commitment, masked, opening_salt
from netral.tlog.hashing import leaf_hash
from netral.tlog.notes import SignerKey
from netral.tlog.proofs import ProofError
from netral.tlog.receipts import Receipt
from netral.tlog.showing import EVIDENCE, KINDS, LABELS

AT = datetime(2026, 11, 22, 11, 30, 5, tzinfo=UTC)
SALT = bytes(range(32))
Zone = Callable[[str], None]
PLEDGE = {
    "ceremony": "01a203e7-5766-7dce-a815-a36ba14d43f3",
    "evidence": "account",
    "receipt": "7K3MABCD",
    "recorded_at": "2026-11-22T11:30:06.000000+00:00",
    "signed_at": "2026-11-22T11:30:05.250000+00:00",
    "wording": "60" * 32,
}


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Zone]:
    def be_in(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield be_in
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    sentences.choose_language(["--lang", "id"])
    yield
    sentences.choose_language([])


def said(kind: str, content: Content | None, *, show_hidden: bool = True) -> list[str]:
    """As it is printed, for a log of this one entry."""
    signer = SignerKey.generate("log.contoh.example")
    payload = canonical(masked(content, SALT)) if content else b"{}"
    entry = Entry(kind, "2026-11-22T11Z", commitment(kind, opening_salt(SALT), payload))
    opened = Opened.of(entry, SALT, content, show_hidden=show_hidden) if content else Opened(entry)
    note = str(Checkpoint("log.contoh.example", 1, leaf_hash(entry.encode())).signed_by(signer))
    receipt = Receipt(0, (), note, opened.encode())
    return [sentences.told(one) for one in describe(receipt, [signer.verifier], [])]


def test_a_signature_reads_in_labels_and_in_the_zone_of_the_reader(zone: Zone) -> None:
    zone("Asia/Makassar")
    assert said("pledge", Content(PLEDGE, {"person": "01a2-orang"})) == [
        "TERBUKTI: entri 0 adalah satu dari 1 entri log.contoh.example.",
        "  isinya: tanda tangan ikrar",
        "  dicatat pada jam: 22 November 2026, pukul 19.00–20.00 WITA",
        "  ditandatangani: 22 November 2026, pukul 19.30.05 WITA",
        "  dicatat: 22 November 2026, pukul 19.30.06 WITA",
        "  orangnya (nomor di register kantor penerbit, bukan NIP): 01a2-orang",
        "  kode tanda terima: 7K3MABCD",
        "  jenis bukti: akun yang sudah diaktifkan",
        f"  ikrar (nomornya di Netral, tanpa judul): {PLEDGE['ceremony']}",
        f"  SHA-256 naskah yang ditandatangani: {PLEDGE['wording']}",
        "  kunci saksi tidak diberikan (--witness): hanya log ini yang mengatakannya",
    ]


def test_in_english_too(zone: Zone) -> None:
    zone("Asia/Jakarta")
    sentences.choose_language(["--lang", "en"])
    lines = said("pledge", Content(PLEDGE, {"person": "01a2"}))
    assert "  what it is: signature under a pledge" in lines
    assert "  recorded in the hour: 22 November 2026, 18:00–19:00 WIB" in lines
    assert "  signed: 22 November 2026, 18:30:05 WIB" in lines


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Asia/Jakarta", "22 November 2026, pukul 18.30.05 WIB"),
        ("Asia/Jayapura", "22 November 2026, pukul 20.30.05 WIT"),
        ("UTC", "22 November 2026, pukul 11.30.05 UTC"),
        ("Asia/Kathmandu", "22 November 2026, pukul 17.15.05 UTC+05:45"),
        ("America/New_York", "22 November 2026, pukul 06.30.05 UTC-05:00"),
    ],
)
def test_the_zone_is_always_named(zone: Zone, name: str, words: str) -> None:
    zone(name)
    assert moment(AT) == words


def test_an_hour_may_end_on_the_next_day(zone: Zone) -> None:
    zone("Asia/Jayapura")
    assert hour_from(AT.replace(minute=0) + timedelta(hours=3)).endswith("pukul 23.00–00.00 WIT")


def test_what_a_file_hides_is_named_as_hidden_and_whole() -> None:
    lines = said("pledge", Content(PLEDGE, {"person": "01a2"}), show_hidden=False)
    [line] = [one for one in lines if "orangnya" in one]
    assert "tersembunyi dalam berkas ini" in line and len(line.rsplit(": ")[1]) == 64


def test_a_signature_on_paper_may_have_been_withdrawn() -> None:
    lines = said("pledge", Content({**PLEDGE, "evidence": "paper"}))
    assert "  jenis bukti: tanda tangan di kertas" in lines
    assert (
        "  tanda tangan di kertas dapat dicabut sesudahnya; daftar ikrarnya yang menyebutnya"
        in (lines)
    )


def test_a_signature_by_passkey_in_a_file_for_others() -> None:
    content = Content({**PLEDGE, "evidence": "passkey"}, {"person": "1", assertions.NAME: "{}"})
    lines = said("pledge", content, show_hidden=False)
    assert "  jenis bukti: kunci sandi (sidik jari, wajah, atau PIN ponsel)" in lines
    assert any(line.startswith("  ditandatangani dengan kunci sandi; hanya") for line in lines)
    assert not any("assertion" in line for line in lines)


def test_a_withdrawal_and_a_closing(zone: Zone) -> None:
    zone("Asia/Jakarta")
    at = int(AT.timestamp())
    content = Content({"at": at, "ceremony": "x", "entry": 17}, {"actor": "a", "reason": "Keliru"})
    lines = said("withdrawal", content)
    for line in (
        "  isinya: pencabutan tanda tangan kertas",
        "  waktunya: 22 November 2026, pukul 18.30.05 WIB",
        "  nomor entri yang dicabut: 17",
        "  alasan: Keliru",
    ):
        assert line in lines
    lines = said("closing", Content({"at": at, "ceremony": "x", "count": 3, "root": "ab"}))
    assert "  tanda tangan yang berlaku: 3" in lines and "  akar semuanya: ab" in lines


def test_an_entry_that_nothing_opens_says_so() -> None:
    lines = said("pledge", None)
    assert any("kaitannya dengan orang itu sudah dihapus" in line for line in lines)


def test_what_is_no_time_is_shown_as_it_stands_and_unknown_names_too() -> None:
    lines = said("other", Content({"at": "kapan-kapan", "signed_at": "x", "zzz": "y"}))
    for line in ("  isinya: other", "  waktunya: kapan-kapan", "  ditandatangani: x", "  zzz: y"):
        assert line in lines


def test_each_word_has_its_indonesian() -> None:
    for word in [*KINDS.values(), *EVIDENCE.values(), *LABELS.values()]:
        assert sentences.told(word) != word


def test_a_wrong_proof_shows_nothing() -> None:
    signer = SignerKey.generate("log.contoh.example")
    entry = Entry("pledge", "2026-11-22T11Z", bytes(32))
    note = str(Checkpoint("log.contoh.example", 1, bytes(32)).signed_by(signer))
    with pytest.raises(ProofError):
        describe(Receipt(0, (), note, entry.encode()), [signer.verifier], [])
