"""Which words of one text are which words of another."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.alignment import Alignment, Kinship, align_words
from archive_app.domain.word_gaps import likeness, longest_common


def aligned(old: str, new: str) -> Alignment:
    return align_words(old.split(), new.split())


def shown(old: str, new: str) -> list[str]:
    """For each old word what stands for it now."""
    alignment, words = aligned(old, new), new.split()
    return [
        " ".join(words[start:end])
        for start, end in zip(alignment.starts, alignment.ends, strict=True)
    ]


def test_words_that_are_the_same_find_each_other() -> None:
    assert shown("a b c d", "x a b d y") == ["a", "b", "", "d"]


def test_a_word_cut_in_two_is_both_parts() -> None:
    assert shown("nije nikad bio", "nije ni kad bio") == ["nije", "ni kad", "bio"]


def test_two_words_written_together_are_that_word() -> None:
    assert shown("on ni kad nije", "on nikad nije") == ["on", "nikad", "nikad", "nije"]


def test_another_ending_is_the_same_place() -> None:
    alignment = aligned("bili u moskvi tada", "bili smo u moskve tada")
    assert alignment.kinship[2] is Kinship.LIKE
    assert alignment.starts[2] == 3


def test_another_word_stands_in_its_place() -> None:
    alignment = aligned("jedan dva tri", "jedan okean tri")
    assert alignment.kinship[1] is Kinship.INSTEAD


def test_a_line_that_a_recogniser_repeats_costs_little() -> None:
    old = ["hvala", "vam", "puno"] * 3000
    new = ["hvala", "vam", "puno"] * 2500
    alignment = align_words(old, new)
    assert sum(kinship is Kinship.SAME for kinship in alignment.kinship) == len(new)


def test_texts_without_rare_words_are_aligned_too() -> None:
    old = [("da", "ne", "a")[n * n % 7 % 3] for n in range(400)]
    new = [word for n, word in enumerate(old) if n % 10]
    alignment = align_words(old, new)
    assert sum(kinship is Kinship.SAME for kinship in alignment.kinship) == len(new)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("moskva", "moskvi", 0.8, 0.9),
        ("da", "ne", 0, 0),
        ("a", "a", 0, 0),
        ("radi", "radio", 0.8, 1),
    ],
)
def test_likeness_is_what_begins_and_ends_alike(
    one: str, other: str, least: float, most: float
) -> None:
    assert least <= likeness(one, other) == likeness(other, one) <= most


_texts = st.lists(st.sampled_from(["a", "b", "ab", "abc", "c", "moskva", "moskve"]), max_size=60)


@given(_texts, _texts)
def test_order_is_kept_and_the_same_is_the_same(old: Sequence[str], new: Sequence[str]) -> None:
    alignment = align_words(old, new)
    done = 0
    for number, (start, end) in enumerate(zip(alignment.starts, alignment.ends, strict=True)):
        assert 0 <= start <= end <= len(new)
        is_joined = number > 0 and start < end == alignment.ends[number - 1]
        assert start >= done or is_joined
        done = max(done, end)
        assert (start == end) == (alignment.kinship[number] is Kinship.GONE)
        if alignment.kinship[number] is Kinship.SAME and not is_joined:
            assert old[number] in "".join(new[start:end])


@given(_texts)
def test_a_text_is_itself(text: Sequence[str]) -> None:
    alignment = align_words(text, text)
    assert alignment.starts == list(range(len(text)))


@given(_texts, _texts)
def test_the_common_subsequence_is_one(old: Sequence[str], new: Sequence[str]) -> None:
    pairs = longest_common(old, new)
    assert all(old[a] == new[b] for a, b in pairs)
    assert pairs == sorted(set(pairs))
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
