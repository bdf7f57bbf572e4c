"""Which turns of a translation stand beside which turns of its original."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.parallel import ParallelRow, align_turns
from archive_app.domain.records import Turn


def turn(
    number: int,
    text: str = "",
    *,
    speaker: str = "",
    start_ms: int | None = None,
    end_ms: int | None = None,
) -> Turn:
    return Turn(number, "", 1, number, None, speaker, None, start_ms, end_ms, text)


def rows(
    original: Sequence[Turn], translation: Sequence[Turn]
) -> list[tuple[list[int], list[int]]]:
    return [(list(r.original), list(r.translation)) for r in align_turns(original, translation)]


def test_an_empty_translation_stands_turn_by_turn() -> None:
    original = [turn(n, "words " * n, speaker="AB"[n % 2]) for n in range(1, 6)]
    translation = [replace(one, id=one.id + 100, text="") for one in original]
    assert rows(original, translation) == [([n], [n + 100]) for n in range(1, 6)]


def test_a_turn_split_in_a_translation_stands_beside_the_whole_one() -> None:
    original = [turn(n, start_ms=n * 1000, end_ms=n * 1000 + 1000) for n in range(3)]
    translation = [
        turn(10, start_ms=0, end_ms=1000),
        turn(11, start_ms=1000, end_ms=1500),
        turn(12, start_ms=1500, end_ms=2000),
        turn(13, start_ms=2100, end_ms=2900),
    ]
    assert rows(original, translation) == [([0], [10]), ([1], [11, 12]), ([2], [13])]


def test_what_sounds_at_another_time_stands_alone_in_its_place() -> None:
    original = [turn(1, start_ms=0, end_ms=1000), turn(2, start_ms=5000, end_ms=6000)]
    translation = [turn(11, start_ms=2000, end_ms=3000), turn(12, start_ms=5000, end_ms=6000)]
    assert rows(original, translation) == [([1], []), ([], [11]), ([2], [12])]


def test_a_turn_without_times_stands_between_its_neighbours() -> None:
    original = [turn(n, "abc " * 9, start_ms=n * 1000, end_ms=n * 1000 + 900) for n in range(3)]
    translation = [replace(one, id=one.id + 10) for one in original]
    translation[1] = replace(translation[1], start_ms=None, end_ms=None)
    assert rows(original, translation) == [([0], [10]), ([1], [11]), ([2], [12])]


def test_without_times_lengths_and_speakers_tell() -> None:
    chance = random.Random(7)
    original = [
        turn(n, "x" * chance.randint(5, 400), speaker=chance.choice("AB")) for n in range(300)
    ]
    translation: list[Turn] = []
    expected: list[tuple[list[int], list[int]]] = []
    for one in original:
        length = max(2, int(len(one.text) * chance.uniform(0.9, 1.3)))
        number = 1000 + len(translation)
        if length > 200 and chance.random() < 0.3:
            half = length // 2
            translation += [
                replace(one, id=number, text="y" * half),
                replace(one, id=number + 1, text="y" * (length - half)),
            ]
            expected.append(([one.id], [number, number + 1]))
        elif chance.random() < 0.02:
            expected.append(([one.id], []))
        else:
            translation.append(replace(one, id=number, text="y" * length))
            expected.append(([one.id], [number]))
    found = rows(original, translation)
    right = sum(row in found for row in expected)
    assert right > 0.9 * len(expected)


_turns = st.lists(
    st.builds(
        turn,
        st.just(0),
        st.text("ab ", max_size=30),
        speaker=st.sampled_from(["", "A", "B"]),
        start_ms=st.none() | st.integers(0, 40),
    ),
    max_size=30,
)


def _numbered(turns: Sequence[Turn], first: int, lengths: Sequence[int]) -> list[Turn]:
    return [
        replace(
            one,
            id=first + place,
            end_ms=None if one.start_ms is None else one.start_ms + lengths[place % len(lengths)],
        )
        for place, one in enumerate(turns)
    ]


@given(_turns, _turns, st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_every_turn_is_in_one_row_and_no_row_runs_backwards(
    ours: list[Turn], theirs: list[Turn], lengths: list[int]
) -> None:
    original, translation = _numbered(ours, 0, lengths), _numbered(theirs, 1000, lengths)
    found = align_turns(original, translation)
    assert [n for row in found for n in row.original] == [one.id for one in original]
    assert [n for row in found for n in row.translation] == [one.id for one in translation]
    assert ParallelRow((), ()) not in found
