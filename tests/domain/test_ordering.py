"""Things keep their places when another is moved, and the order is always the one asked for."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.ordering import STEP, positions_for

POSITIONS = st.lists(st.one_of(st.none(), st.integers(-50, 50)), max_size=30)


@given(POSITIONS)
def test_positions_ascend_in_the_order_that_was_asked_for(current: list[int | None]) -> None:
    found = positions_for(current)
    assert len(found) == len(current)
    assert all(a < b for a, b in itertools.pairwise(found))


@given(st.lists(st.integers(0, 10_000), min_size=1, unique=True).map(sorted))
def test_what_is_in_order_stays_as_it_is(current: list[int]) -> None:
    assert positions_for(current) == current


def test_one_thing_moved_among_five_thousand_changes_one_position() -> None:
    current = [STEP * (n + 1) for n in range(5_000)]
    for moved in ([current[-1], *current[:-1]], [*current[1:], current[0]],
                  [*current[:7], current[4_000], *current[7:4_000], *current[4_001:]]):  # fmt: skip
        found = positions_for(moved)
        assert sum(a != b for a, b in zip(found, moved, strict=True)) == 1


def test_a_gap_that_is_too_narrow_numbers_all_anew() -> None:
    assert positions_for([0, None, 1]) == [STEP, 2 * STEP, 3 * STEP]
    assert positions_for([0, None, 2]) == [0, 1, 2]
    assert positions_for([]) == []
    assert positions_for([None, None]) == [STEP, 2 * STEP]
