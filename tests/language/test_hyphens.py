"""Where words may be parted at the end of a line."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.language.hyphens import hyphenate
from archive_app.language.transliteration import serbian_cyrillic, serbian_latin

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"
ENGLISH = "abcdefghijklmnopqrstuvwxyz"
words = {
    "ru": st.text(RUSSIAN, max_size=24),
    "sr-Cyrl": st.text(SERBIAN, max_size=24),
    "sr-Latn": st.text("abcčćdđefghijklmnoprsštuvzž", max_size=24),
    "en": st.text(ENGLISH, max_size=24),
}
any_word = st.one_of(
    [st.tuples(word, st.just(language)) for language, word in words.items()]
    + [st.tuples(st.text(max_size=24), st.sampled_from(sorted(words)))]
)


def parted(word: str, language: str) -> str:
    """A word with its breaks shown."""
    cuts = [0, *hyphenate(word, language), len(word)]
    return "-".join(word[a:b] for a, b in pairwise(cuts))


@pytest.mark.parametrize(
    ("word", "language", "wanted"),
    [
        ("мобилизация", "ru", "мо-би-ли-за-ция"),
        ("достопримечательность", "ru", "до-сто-при-ме-ча-тель-ность"),
        ("подъезд", "ru", "подъ-езд"),
        ("чёрный", "ru", "чёр-ный"),
        ("съёмочный", "ru", "съё-моч-ный"),
        ("револуција", "sr-Cyrl", "ре-во-лу-ција"),
        ("revolucija", "sr-Latn", "re-vo-lu-cija"),
        ("prijateljstvo", "sr_Latn", "pri-ja-telj-stvo"),
        ("mišljenje", "sr-Latn", "mi-šljenje"),
        ("Србија", "sr-Cyrl", "Ср-бија"),
        ("nadživeti", "sr-Latn", "nad-ži-veti"),
        ("injekcija", "sr-Latn", "in-jek-cija"),
        ("history", "en", "his-tory"),
        ("mobilisation", "en-GB", "mo-bil-isa-tion"),
        ("«достопримечательность»,", "ru", "«до-сто-при-ме-ча-тель-ность»,"),
    ],
)
def test_a_word_is_parted_by_its_language(word: str, language: str, wanted: str) -> None:
    assert parted(word, language) == wanted


@pytest.mark.parametrize(
    "word",
    [
        "СССР", "МОБИЛИЗАЦИЯ", "ЮНЕСКО", "1990-е", "мобилизация2022", "[неразборчиво]",
        "[неразборчиво", "https://мобилизация.рф", "www.мобилизация", "почта@мобилизация.рф",
        "т.е.мобилизация", "mobilization", "љубављу", "",
    ],
)  # fmt: skip
def test_what_is_no_word_of_the_language_is_not_parted(word: str) -> None:
    assert hyphenate(word, "ru") == ()


def test_an_unknown_language_has_no_breaks() -> None:
    assert hyphenate("Geschichte", "de") == ()
    assert hyphenate("мобилизация", "") == ()


def test_each_part_of_a_compound_is_looked_at_by_itself() -> None:
    assert parted("научно-популярный", "ru") == "на-учно-по-пу-ляр-ный"


@pytest.mark.parametrize("accent", ["\u0301", "\u0300", "\u200d", "\u00ad"])
def test_an_accent_changes_no_break_and_stays_with_its_letter(accent: str) -> None:
    accented = f"достопримеча{accent}тельность"
    assert parted(accented, "ru").replace(accent, "") == parted("достопримечательность", "ru")
    assert f"а{accent}-тель" in parted(accented, "ru")


def test_decomposed_letters_break_as_composed_ones() -> None:
    for word, language in (("mišljenje", "sr-Latn"), ("майский", "ru"), ("čovečanstvo", "sr")):
        loose = unicodedata.normalize("NFD", word)
        assert unicodedata.normalize("NFC", parted(loose, language)) == parted(word, language)


@given(any_word)
def test_enough_letters_stay_on_both_sides(pair: tuple[str, str]) -> None:
    word, language = pair
    offsets = hyphenate(word, language)
    assert list(offsets) == sorted(set(offsets))
    for offset in offsets:
        before = word[:offset].replace("-", " ").split()[-1]
        behind = word[offset:].replace("-", " ").split()[0]
        assert sum(c.isalpha() for c in before) >= 2
        assert sum(c.isalpha() for c in behind) >= 3
        assert unicodedata.category(word[offset]) not in ("Mn", "Me", "Cf")


@given(words["sr-Cyrl"])
def test_both_scripts_of_serbian_break_alike(word: str) -> None:
    latin = serbian_latin(word)
    breaks = {len(serbian_latin(word[:offset])) for offset in hyphenate(word, "sr-Cyrl")}
    assert breaks == set(hyphenate(latin, "sr-Latn"))


@given(words["sr-Latn"])
def test_double_letters_are_never_parted_but_at_a_seam(word: str) -> None:
    cyrillic = serbian_cyrillic(word)
    for offset in hyphenate(word, "sr-Latn"):
        if word[offset - 1 : offset + 1] in ("lj", "nj", "dž"):
            assert not {"љ", "њ", "џ"}.issuperset(cyrillic)
            assert serbian_cyrillic(word[:offset]) + serbian_cyrillic(word[offset:]) == cyrillic


@given(st.text(max_size=40), st.sampled_from(["ru", "sr-Cyrl", "sr-Latn", "en", "xx", ""]))
def test_no_text_is_too_strange(word: str, language: str) -> None:
    assert all(0 < offset < len(word) for offset in hyphenate(word, language))
