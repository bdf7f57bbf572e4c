from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive_app.gui.utf16 import points_before, units_before, units_length

TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aЖđ\u0301👩🏽\u200d👩\u200d👧𐌰"),
        st.just("😀"),
    ),
    max_size=40,
)


@given(TEXT)
def test_units_are_what_utf16_says(text: str) -> None:
    for offset in range(len(text) + 1):
        assert units_before(text, offset) == len(text[:offset].encode("utf-16-le")) // 2
    assert units_length(text) == len(text.encode("utf-16-le")) // 2


@given(TEXT)
def test_there_and_back_is_where_it_was(text: str) -> None:
    for offset in range(len(text) + 1):
        assert points_before(text, units_before(text, offset)) == offset


def test_a_place_inside_a_surrogate_pair_is_the_place_before_its_character() -> None:
    assert [points_before("a😀b", units) for units in range(5)] == [0, 1, 1, 2, 3]
