from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.people.folding import (
    LOCAL_ID_ALPHABET,
    clean_local_id,
    is_local_id,
    matching_key,
    new_local_id,
    new_local_ids,
    tidy,
    without_degrees,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DINAS  Pendidikan dan Kebudayaan", "Dinas Pendidikan & Kebudayaan"),
        ("Ma'ruf Amin", "MARUF AMIN"),
        ("Ma’ruf", "Ma`ruf"),
        ("A. A. Gede", "AA Gede"),
        ("A.A. Gede", "a a gede"),
        ("Moh.Yusuf", "moh. yusuf"),
        ("Sub-Bagian Umum", "SUB BAGIAN UMUM"),
        ("Désirée", "desiree"),
        ("Siti\u00a0Rahma", "Siti Rahma"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert matching_key(one) == matching_key(other) != ""


def test_different_names_stay_apart() -> None:
    assert matching_key("SDN 1 Tanjung") != matching_key("SDN 11 Tanjung")
    assert matching_key("Budi") != matching_key("Budy")


@given(st.text(max_size=60))
def test_a_key_is_never_longer_than_its_name(name: str) -> None:
    assert len(matching_key(name)) <= len(name)


# Without "&": it takes spaces around it, and a key that outgrows its name is cut.
@given(st.text(alphabet="ABCdefgh 'éü.-12", max_size=60))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert matching_key(matching_key(name)) == matching_key(name)


def test_tidy() -> None:
    assert tidy("  Dinas \n Kesehatan\t") == "Dinas Kesehatan"


def test_local_ids_are_valid_and_carry_the_region() -> None:
    for _ in range(200):
        assert is_local_id(new_local_id("64"))
    assert new_local_id("64.02").startswith("N6402-")
    assert len(new_local_id("64.02")) <= 16


@given(st.integers(0, 6), st.sampled_from(LOCAL_ID_ALPHABET))
def test_one_wrong_character_shows(place: int, character: str) -> None:
    good = new_local_id("64")
    at = len("N64-") + place
    bad = good[:at] + character + good[at + 1 :]
    assert is_local_id(bad) == (bad == good)


@given(st.integers(0, 5))
def test_two_swapped_characters_show(place: int) -> None:
    good = new_local_id("64")
    at = len("N64-") + place
    bad = good[:at] + good[at + 1] + good[at] + good[at + 2 :]
    assert is_local_id(bad) == (bad == good)


def test_what_is_typed_is_understood() -> None:
    good = new_local_id("64")
    assert clean_local_id(f" {good.lower()} ") == good
    misread = "N64-" + good[4:].replace("8", "B").replace("5", "S")
    assert clean_local_id(misread) == good
    assert clean_local_id("199001012020121001") == ""
    assert clean_local_id("") == ""


def test_new_local_ids_skip_those_taken() -> None:
    seen: list[str] = []

    def is_taken(candidate: str) -> bool:
        seen.append(candidate)
        return len(seen) == 1

    ids = new_local_ids("64", is_taken=is_taken)
    first = next(ids)
    assert first != seen[0]
    assert next(ids) != first


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Drs. H. Abdul Karim, S.E., M.Si.", "Abdul Karim"),
        ("Ir.H. JOKO WALUYO", "JOKO WALUYO"),
        ("Abdul Karim", "Abdul Karim"),
        ("A. Gede", "Gede"),
        ("Drs.", "Drs."),
        ("Muhammad. Ali", "Muhammad. Ali"),
        ("", ""),
    ],
)
def test_degrees_around_a_name(written: str, bare: str) -> None:
    assert without_degrees(written) == bare
