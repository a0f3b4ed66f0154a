"""A receipt verifies alone, and every way of tampering with it fails with a reason."""

from __future__ import annotations

import pytest

from netral.tlog.checkpoints import Checkpoint, cosign, open_checkpoint, witnesses_of
from netral.tlog.hashing import MemoryTree, leaf_hash
from netral.tlog.notes import COSIGNATURE, Note, NoteError, SignerKey, VerifierKey
from netral.tlog.proofs import ProofError, inclusion_proof
from netral.tlog.receipts import Receipt, verify

ORIGIN = "log.demo.example/netral"
ENTRIES = [f"entry {number}".encode() for number in range(20)]
TREE = MemoryTree(map(leaf_hash, ENTRIES))
LOG = SignerKey.generate(ORIGIN)
WITNESS = SignerKey.generate("inspektorat.demo.example/witness", COSIGNATURE)


@pytest.fixture
def checkpoint() -> str:
    return str(Checkpoint(ORIGIN, 20, TREE.root()).signed_by(LOG))


@pytest.fixture
def receipt(checkpoint: str) -> Receipt:
    return Receipt(7, tuple(inclusion_proof(TREE, 7, 20)), checkpoint, ENTRIES[7])


def test_a_receipt_survives_writing_and_reading(receipt: Receipt) -> None:
    again = Receipt.parse(str(receipt))
    assert again == receipt
    shown = verify(again, ENTRIES[7], LOG.verifier)
    assert (shown.index, shown.checkpoint.size) == (7, 20)


def test_another_entry_is_refused(receipt: Receipt) -> None:
    with pytest.raises(ProofError, match="entry 7 is not in the tree"):
        verify(receipt, ENTRIES[8], LOG.verifier)


def test_another_number_is_refused(receipt: Receipt) -> None:
    moved = Receipt(6, receipt.proof, receipt.checkpoint)
    with pytest.raises(ProofError):
        verify(moved, ENTRIES[7], LOG.verifier)


def test_a_checkpoint_of_another_key_is_refused(receipt: Receipt) -> None:
    with pytest.raises(NoteError, match="no known key"):
        verify(receipt, ENTRIES[7], SignerKey.generate(ORIGIN).verifier)


def test_a_checkpoint_with_another_size_is_refused(receipt: Receipt) -> None:
    forged = Receipt(7, receipt.proof, receipt.checkpoint.replace("\n20\n", "\n21\n"))
    with pytest.raises(NoteError, match="does not hold"):
        verify(forged, ENTRIES[7], LOG.verifier)


def test_a_checkpoint_of_another_log_under_our_key_is_refused() -> None:
    stray = str(Checkpoint("other.example", 20, TREE.root()).signed_by(LOG))
    with pytest.raises(NoteError, match="not of"):
        open_checkpoint(stray, LOG.verifier)


def test_a_witness_shows_with_its_time(checkpoint: str, receipt: Receipt) -> None:
    cosigned = checkpoint + str(cosign(checkpoint, WITNESS, 1_728_266_400))
    shown = verify(
        Receipt(7, receipt.proof, cosigned), ENTRIES[7], LOG.verifier, [WITNESS.verifier]
    )
    assert [(each.key.name, each.at) for each in shown.witnesses] == [
        ("inspektorat.demo.example/witness", 1_728_266_400)
    ]


def test_an_unknown_witness_counts_for_nothing(checkpoint: str) -> None:
    cosigned = checkpoint + str(cosign(checkpoint, WITNESS, 1))
    assert witnesses_of(cosigned, [SignerKey.generate("lain", COSIGNATURE).verifier]) == []


def test_a_backdated_cosignature_is_refused(checkpoint: str) -> None:
    line = cosign(checkpoint, WITNESS, 1000)
    backdated = type(line)(line.name, line.key_id, (999).to_bytes(8, "big") + line.signature[8:])
    with pytest.raises(NoteError, match="does not hold"):
        witnesses_of(checkpoint + str(backdated), [WITNESS.verifier])


def test_a_cosignature_does_not_pass_for_the_logs_own_signature(checkpoint: str) -> None:
    only_witness = Note.parse(checkpoint).text + "\n" + str(cosign(checkpoint, WITNESS, 1))
    with pytest.raises(NoteError, match="no known key"):
        open_checkpoint(only_witness, VerifierKey(WITNESS.name, WITNESS.verifier.public))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v2\nindex 0\n\nx",
        "c2sp.org/tlog-proof@v1\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 07\n\nx",
        "c2sp.org/tlog-proof@v1\nindex ٣\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 1\n!!!\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx",
    ],
)
def test_malformed_proof_files_are_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ProofError):
        Receipt.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\nno dash\n",
        "text\n\n\u2014 name !!!\n",
        "text\n\n\u2014 name AAAAAAA=",
        "te\txt\n\n\u2014 name AAAAAAA=\n",
        "text\n\n" + "\u2014 name AAAAAAA=\n" * 65,
    ],
)
def test_malformed_notes_are_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Note.parse(text)


@pytest.mark.parametrize(
    "body", ["o\n1\n", "o\n01\nAAAA\n", "o\nx\nAAAA\n", "o\n1\nAAAA\n", "o\n1\n!\n", "\n1\nAAAA\n"]
)
def test_malformed_checkpoints_are_refused(body: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(body)


@pytest.mark.parametrize("name", ["", "a b", "a+b"])
def test_a_key_name_has_no_spaces_and_no_plus(name: str) -> None:
    with pytest.raises(NoteError):
        SignerKey.generate(name)


def test_a_key_with_a_wrong_id_is_refused() -> None:
    name, _, material = str(LOG.verifier).split("+", 2)
    with pytest.raises(NoteError, match="does not match its id"):
        VerifierKey.parse(f"{name}+00000000+{material}")
