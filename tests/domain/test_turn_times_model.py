"""Whatever is done to a transcript, its times stay in order and words keep theirs."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.times_model import KINDS, Desk, Step, some_steps

small = st.integers(0, 199)
steps = st.lists(st.tuples(st.sampled_from(KINDS), small, small, small), min_size=1, max_size=25)


@settings(max_examples=300)
@given(st.integers(0, 10_000), steps)
def test_times_stay_in_order_through_any_work(seed: int, work: list[Step]) -> None:
    desk = Desk.of(random.Random(seed))
    desk.check_order()
    for step in work:
        desk.do(step)


def work_through(seed: int) -> int:
    chance = random.Random(seed)
    desk = Desk.of(chance)
    work = some_steps(chance, 30)
    for step in work:
        desk.do(step)
    return len(work)


def test_times_stay_in_order_through_random_days() -> None:
    assert sum(work_through(seed) for seed in range(300)) == 9000


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_times_stay_in_order_through_ten_thousand_random_days() -> None:
    assert sum(work_through(seed) for seed in range(1000, 11_000)) == 300_000
