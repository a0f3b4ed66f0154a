"""What travels in the form of an answer, and which small groups are hidden."""

from __future__ import annotations

from datetime import date

from netral.guidance.rules.exchange import read_exchange
from netral.guidance.rules.small_numbers import without_small


def test_what_is_pressed_beats_what_was_said_before() -> None:
    read = read_exchange(
        {
            "pertanyaan": ["boleh  like\n?"],
            "fakta": ["status:PNS", "duty:no"],
            "ubah": ["status:PPPK"],
        }
    )
    assert read.text == "boleh like ?"
    assert dict(read.told) == {"status": "PPPK", "duty": "no"}


def test_what_no_button_of_ours_sends_is_left_aside() -> None:
    read = read_exchange(
        {
            "pertanyaan": ["x"],
            "fakta": ["status:RAJA", "conduct:vote", "nothing", "nama:Budi"],
            "perbuatan": ["like", "menggunting"],
            "ditanya": ["status", "rahasia"],
            "terhitung": ["like", "<script>"],
        }
    )
    assert (dict(read.told), read.acts, read.asked, read.counted) == (
        {}, ("like",), ("status",), ("like",)
    )  # fmt: skip


def test_one_act_chosen_replaces_all_others() -> None:
    read = read_exchange({"pertanyaan": ["x"], "perbuatan": ["like", "share"], "hanya": ["vote"]})
    assert read.acts == ("vote",)


def test_a_new_day_beats_the_old_one_and_can_be_forgotten() -> None:
    sent = {"pertanyaan": ["x"], "hari": ["2024-10-07"], "hari_baru": [""]}
    assert read_exchange(sent).on == date(2024, 10, 7)
    assert read_exchange({**sent, "hari_baru": ["2023-12-01"]}).on == date(2023, 12, 1)
    assert read_exchange({**sent, "tanpa_hari": ["1"]}).on is None


def test_a_day_that_cannot_be_used_is_said() -> None:
    for typed in ("kemarin", "2001-01-01", "2024-02-31"):
        read = read_exchange({"pertanyaan": ["x"], "hari_baru": [typed]})
        assert (read.on, read.wrong_day) == (None, typed)


def test_groups_below_five_are_hidden_and_the_rest_sorted() -> None:
    told = without_small({"a": 5, "b": 4, "c": 12})
    assert told.groups == (("c", 10), ("a", 5))
    assert told.is_some_hidden
    assert not without_small({"a": 5}).is_some_hidden
