"""The pure part: wording, moves, codes, scans, standing."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.pledges.rules import codes, moves, scans, wording
from netral.pledges.rules.standing import Group, standing
from netral.pledges.rules.wording import Wording
from netral.pledges.services.texts import standard_wording

TEXT = Wording("Ikrar", "Kami {pemerintah}", ("Satu {pemilihan}", "Dua"), "Di {tempat}, {tanggal}")


def test_the_digest_is_that_of_the_published_canonical_form() -> None:
    # Computed outside of Netral: printf '<canonical JSON>' | sha256sum
    text = Wording("Ikrar", "", ("Netral.",), "")
    assert wording.digest(text) == (
        "6c82a6ef00f8b0d0e6d2c9fa0144a2afd93aac26323db4d724a731ff6ecb8e51"
    )


@pytest.mark.parametrize(
    "other",
    [
        Wording(
            "Ikrar", "Kami {pemerintah}", ("Satu {pemilihan}", "Dua"), "Di {tempat}, {tanggal} "
        ),
        Wording(
            "Ikrar", "Kami {pemerintah}", ("Dua", "Satu {pemilihan}"), "Di {tempat}, {tanggal}"
        ),
        Wording(
            "Ikrar", "Kami {pemerintah}", ("Satu {pemilihan}", "Dua", ""), "Di {tempat}, {tanggal}"
        ),
        Wording(
            "Kami {pemerintah}", "Ikrar", ("Satu {pemilihan}", "Dua"), "Di {tempat}, {tanggal}"
        ),
    ],
)
def test_every_other_wording_has_another_digest(other: Wording) -> None:
    assert wording.digest(other) != wording.digest(TEXT)


def test_filling_puts_values_and_reads_nothing_in_them() -> None:
    filled = wording.fill(TEXT, {"pemerintah": "{tempat}", "pemilihan": "P", "tempat": "Q"})
    assert filled.opening == "Kami {tempat}"
    assert filled.points == ("Satu P", "Dua")
    assert filled.closing == "Di Q, {tanggal}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tanpa peubah", ()),
        ("{pemilihan} {tempat}", ()),
        ("{pemilu}", ("{pemilu}",)),
        ("{pemilihan", ("{",)),
        ("a } b", ("}",)),
        ("{ pemilihan }", ("{ pemilihan }",)),
    ],
)
def test_unknown_variables_are_named(text: str, found: tuple[str, ...]) -> None:
    assert wording.problems(text) == found


@pytest.mark.parametrize(
    ("pasted", "point"),
    [
        ("1. Netral", "Netral"),
        (" 12) Netral", "Netral"),
        ("(3) Netral", "Netral"),
        ("b. Netral", "Netral"),
        ("iv. Netral", "Netral"),
        ("• Netral", "Netral"),
        ("- Netral", "Netral"),
        ("5 hari kerja", "5 hari kerja"),
        ("a.n. Gubernur", "a.n. Gubernur"),
        ("2024. Netral", "2024. Netral"),
    ],
)
def test_numbering_pasted_with_a_point_is_dropped(pasted: str, point: str) -> None:
    assert wording.without_numbering(pasted) == point


def test_the_stops_are_opening_points_closing() -> None:
    assert [(stop.index, stop.kind, stop.number) for stop in wording.stops(TEXT)] == [
        (0, "opening", 0),
        (1, "point", 1),
        (2, "point", 2),
        (3, "closing", 0),
    ]
    bare = Wording("Ikrar", "", ("Satu",), "")
    assert [(stop.index, stop.kind) for stop in wording.stops(bare)] == [(0, "point")]


def test_the_date_is_the_local_day_of_the_office() -> None:
    late = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)
    assert wording.spelled_date(late, "Asia/Jakarta") == "22 November 2026"
    assert wording.spelled_date(late, "Asia/Jayapura") == "22 November 2026"
    early = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
    assert wording.spelled_date(early, "Asia/Jakarta") == "21 November 2026"
    assert wording.spelled_date(early, "Asia/Jayapura") == "22 November 2026"


def test_the_standard_text_has_four_points_and_known_variables() -> None:
    text = standard_wording()
    assert len(text.points) == 4
    for part in (text.title, text.opening, *text.points, text.closing):
        assert part
        assert wording.problems(part) == ()
    assert wording.size_on_wall(text) == "m"


@pytest.mark.parametrize(
    ("points", "length", "size"),
    [(3, 40, "l"), (5, 90, "s"), (6, 115, "xs"), (8, 115, "xxs"), (12, 115, "xxxs")],
)
def test_longer_texts_are_set_smaller(points: int, length: int, size: str) -> None:
    text = Wording("Ikrar", "x" * 75, ("x" * length,) * points, "x" * 85)
    assert wording.size_on_wall(text) == size


MOVE_TABLE = {
    ("planned", "start_reading"): "reading",
    ("reading", "stop_reading"): "planned",
    ("reading", "open_signing"): "signing",
    ("signing", "close"): "closed",
    ("closed", "reopen"): "signing",
}


def test_the_table_of_moves_is_the_one_agreed() -> None:
    found = {(move.source, move.name): move.target for move in moves.MOVES.values()}
    assert found == MOVE_TABLE
    assert [name for name, move in moves.MOVES.items() if move.needs_reason] == ["reopen"]


@pytest.mark.parametrize(
    ("state", "edits", "signs", "paper"),
    [
        ("planned", True, False, False),
        ("reading", False, False, False),
        ("signing", False, True, True),
        ("closed", False, False, True),
    ],
)
def test_what_each_state_takes(state: str, edits: bool, signs: bool, paper: bool) -> None:
    assert moves.may_edit(state) is edits
    assert moves.takes_signatures(state) is signs
    assert moves.takes_paper(state) is paper


def test_wall_codes_have_no_look_alikes() -> None:
    assert not set(codes.WALL_ALPHABET) & set("0OQ1IL2Z5S8BUV")
    assert len(codes.new_wall_code()) == 4
    assert codes.read_wall_code(" 7f3-k ") == "7F3K"


def test_receipt_codes_carry_fifty_bits_and_read_back() -> None:
    assert len(set(codes.RECEIPT_ALPHABET)) == 32
    made = {codes.new_receipt_code() for _ in range(2000)}
    assert len(made) == 2000
    for code in made:
        assert codes.read_receipt_code(code.lower().replace("-", " ")) == code


def test_codes_that_are_written_together_begin_alike_and_differ_in_all_else() -> None:
    made = codes.new_receipt_codes(2000)
    assert len({code[:2] for code in made}) == 1
    assert all(codes.read_receipt_code(code) == code for code in made)
    for place in (2, 3, 4, 6, 7, 8, 9, 10):
        assert {code[place] for code in made} == set(codes.RECEIPT_ALPHABET)
    assert len({codes.new_receipt_code()[:2] for _ in range(200)}) > 100


@pytest.mark.parametrize("typed", ["", "7K3M9", "7K3M9-Q2XY0", "7K3M9-Q2XYZA", "7K3M9-Q2XY٣"])
def test_what_cannot_be_a_receipt_code_is_refused(typed: str) -> None:
    assert codes.read_receipt_code(typed) == ""


@given(st.text(max_size=40))
def test_reading_a_receipt_code_never_fails(typed: str) -> None:
    read = codes.read_receipt_code(typed)
    assert read == "" or (len(read) == 11 and read[5] == "-")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n%....", "pdf"),
        (b"\xff\xd8\xff\xe0..JFIF", "jpg"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"<html>%PDF-", ""),
        (b"GIF89a", ""),
        (b"PK\x03\x04", ""),
        (b"<svg xmlns=", ""),
        (b"", ""),
    ],
)
def test_the_kind_of_a_scan_is_told_by_its_first_bytes(head: bytes, kind: str) -> None:
    assert scans.kind_of(head) == kind


def test_the_slowest_units_come_first_and_empty_ones_not_at_all() -> None:
    a, b, c, below = (uuid.uuid4() for _ in range(4))
    groups = [Group(a, "A"), Group(b, "B"), Group(c, "C")]
    group_of = {a: a, b: b, c: c, below: a}
    found = standing(groups, group_of, {a: 2, below: 8, b: 10}, {below: 3, b: 9})
    assert (found.signed, found.staff) == (12, 20)
    assert [(row.name, row.signed, row.staff) for row in found.slowest] == [
        ("A", 3, 10),
        ("B", 9, 10),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "https://netral.example/periksa/7K3M9-Q2XYZ/",
        " http://127.0.0.1:8000/periksa/7k3m9-q2xyz ",
        "netral.example/tanda/7K3M9-Q2XYZ/pdf",
        "https://netral.example/tanda/7K3M9-Q2XYZ/?lagi=1",
    ],
)
def test_a_pasted_address_is_read_as_the_code_in_it(typed: str) -> None:
    assert codes.read_receipt_code(typed) == codes.read_receipt_code("7K3M9-Q2XYZ") != ""
    assert codes.read_receipt_code("https://netral.example/") == ""


def test_the_units_most_people_are_missing_from_come_first() -> None:
    small, large = uuid.uuid4(), uuid.uuid4()
    groups = [Group(small, "Kecil"), Group(large, "Besar")]
    found = standing(groups, {small: small, large: large}, {small: 2, large: 900}, {large: 800})
    assert [row.name for row in found.slowest] == ["Besar", "Kecil"]


def test_the_count_never_shows_more_signers_than_staff() -> None:
    """People who signed and then left, or whose unit left the tree, still count."""
    a, gone = uuid.uuid4(), uuid.uuid4()
    found = standing([Group(a, "A")], {a: a}, {a: 1}, {a: 3, gone: 2})
    assert (found.signed, found.staff) == (5, 5)
    assert found.slowest[0].staff == 3
