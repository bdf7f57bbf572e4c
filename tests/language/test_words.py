from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive_app.language.words import word_places, word_texts, words


@given(st.text())
def test_a_word_stands_where_it_says(text: str) -> None:
    found = list(words(text))
    assert all(text[w.start : w.end] == w.text and w.text for w in found)
    assert [w.text for w in found] == word_texts(text)
    assert [(w.text, w.start, w.end) for w in found] == word_places(text)


@given(st.text())
def test_every_letter_and_digit_belongs_to_a_word(text: str) -> None:
    inside = {i for w in words(text) for i in range(w.start, w.end)}
    assert all(i in inside for i, c in enumerate(text) if c.isalnum())


def test_a_hyphen_and_an_apostrophe_divide_words() -> None:
    assert word_texts("кто-то d'accord с'обзиром") == ["кто", "то", "d", "accord", "с", "обзиром"]


def test_stress_marks_and_soft_hyphens_do_not_divide_words() -> None:
    assert word_texts("за\u0301мок о\u00adбъезд") == ["за\u0301мок", "о\u00adбъезд"]
