from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.language.folding import exact_form, fold, to_latin
from archive_app.language.stems import initial, keys, stem


def meet(one: str, other: str) -> bool:
    return bool(keys(exact_form(one)) & keys(exact_form(other)))


@pytest.mark.parametrize(
    "forms",
    [
        "мобилизация мобилизации мобилизацией мобилизацию",
        "Beograd Београд Београду Beogradu Београдом",
        "emigrant emigrants",
        "leave leaves leaving",
        "Đorđe Ђорђе Djordje",
        "ёлка елка",
        "шёл шел",
        "žena жена zena žene",
        "sisanje šišanje шишање",
        "кућа kuća kuća kuće куће",
        "Виктор Виктора Viktor Viktora",
        "café cafe",
        "мобилизација mobilizacija мобилизация",
    ],
)
def test_forms_of_a_word_meet(forms: str) -> None:
    assert all(meet(a, b) for a, b in combinations(forms.split(), 2))


@pytest.mark.parametrize(
    "words",
    ["not note", "here her", "site sit", "market mark", "наш нас", "шел сел", "кожа коза",
     "мир море", "Београд Белград", "она оно", "об обед"],
)  # fmt: skip
def test_different_words_do_not_meet(words: str) -> None:
    assert not any(meet(a, b) for a, b in combinations(words.split(), 2))


@given(st.one_of(st.text(min_size=1, max_size=15), st.text("abdeijlnruyždćč", min_size=1)))
def test_the_keys_of_a_word_begin_like_the_word(word: str) -> None:
    form = exact_form(word)
    assert {initial(key) for key in keys(form)} <= {fold(form)[:1]}


@given(st.text(min_size=1, max_size=15))
def test_every_word_has_keys_and_finds_itself(word: str) -> None:
    assert keys(exact_form(word))
    assert meet(word, word)


_SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"


@given(st.text(alphabet=_SERBIAN, min_size=4, max_size=14))
def test_both_scripts_of_a_serbian_word_have_the_same_keys(word: str) -> None:
    from archive_app.language.english_words import FREQUENT_ENGLISH

    latin = to_latin(word)
    if latin not in FREQUENT_ENGLISH:
        assert keys(word) == keys(latin)


def test_a_stem_of_each_language_is_folded() -> None:
    assert stem("мобилизацией", "ru") == "mobilizac"
    assert stem("Београду", "sr-Cyrl") == stem("Beogradu", "sr-Latn") == "beograd"
    assert stem("interviews", "en") == "interview"
    assert stem("Слово", "kk") == "slovo"


def test_several_threads_take_words_apart_at_once() -> None:
    """The index, the spelling and the page's names do so; a stemmer keeps its word in itself."""
    words = [f"{start}{end}" for start in ("kuć", "otiš", "ulic", "prodavnic", "devojčic", "govor")
             for end in ("a", "e", "i", "om", "ama", "ima", "ovima", "anje", "ajući")]  # fmt: skip
    alone = {word: stem(word, "sr") for word in words}
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda word: (word, stem(word, "sr")), words * 20))
    finally:
        sys.setswitchinterval(usual)
    assert all(alone[word] == got for word, got in found)
