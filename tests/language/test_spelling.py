"""Words that dictionaries do not know, with small dictionaries of the tests' own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.errors import Environment
from archive_app.language import spelling_check
from archive_app.language.spelling import (
    PLACES_VARIABLE,
    Dictionary,
    dictionaries_for,
    find_dictionaries,
    lookup_of,
    usual_folders,
    words_to_check,
)
from archive_app.language.spelling_process import Speller

FOLDER = Path(__file__).resolve().parent.parent / "data" / "dictionaries"


@pytest.fixture(scope="module")
def speller() -> Iterator[Speller]:
    made = Speller()
    yield made
    made.close()


@pytest.fixture(scope="module")
def known() -> dict[str, Dictionary]:
    return find_dictionaries([FOLDER])


def wrong(text: str, language: str, known: dict[str, Dictionary], speller: Speller) -> list[str]:
    places = spelling_check.misspelt([text], language, known, speller=speller)[0]
    return [text[start:end] for start, end in places]


def test_dictionaries_are_found_by_language_and_script(
    known: dict[str, Dictionary], tmp_path: Path
) -> None:
    assert set(known) == {"en", "ru", "sr-Cyrl"}
    for name, text in (("sr_Latn_RS", "ljudi"), ("sr", "ljudi"), ("hyph_ru", "x"), ("de_DE", "x")):
        (tmp_path / f"{name}.dic").write_text(f"1\n{text}\n", encoding="utf-8")
        (tmp_path / f"{name}.aff").write_text("SET UTF-8\n")
    (tmp_path / "fr_FR.dic").write_text("1\nx\n")
    found = find_dictionaries([tmp_path])
    assert set(found) == {"sr-Latn", "de"}
    assert found["sr-Latn"].name == "sr_Latn_RS"


def test_an_earlier_folders_dictionary_comes_first(tmp_path: Path) -> None:
    for kind in ("aff", "dic"):
        shutil.copy(FOLDER / f"ru_XX.{kind}", tmp_path / f"ru_YY.{kind}")
    assert find_dictionaries([tmp_path, FOLDER])["ru"].name == "ru_YY"


def test_folders_can_be_named_in_the_place_of_the_usual_ones(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(PLACES_VARIABLE, str(tmp_path))
    assert usual_folders() == [tmp_path]
    monkeypatch.delenv(PLACES_VARIABLE)
    assert all(folder.is_dir() for folder in usual_folders())


def test_a_word_nobody_knows_is_found_where_it_stands(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    text = "We left teh houses 🎙 in sprung."
    places = spelling_check.misspelt([text, ""], "en", known, speller=speller)
    assert places == [[(8, 11), (24, 30)], []]


def test_capitals_and_stress_marks_do_not_make_a_mistake(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    assert wrong("МЫ УЕХАЛИ, Мы уе́хали веснои\u0306", "ru", known, speller) == []


def test_marks_addresses_numbers_and_broken_off_words_are_not_checked() -> None:
    text = "мы [смех] уех- 1990х СССР a.b@example.org https://xyz.example/wrd я потом— долго"
    assert [word.text for word in words_to_check(text)] == ["мы", "долго"]


def test_words_with_hyphens_count_if_their_parts_do(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    assert wrong("well-known по-нашему", "en", known, speller) == []
    assert wrong("по-нашему по-нашенму", "ru", known, speller) == ["по-нашенму"]
    assert wrong("don’t don't", "en", known, speller) == []


def test_letters_of_another_language_are_not_that_languages_mistakes(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    assert wrong("мы left houzes там", "ru", known, speller) == []
    assert wrong("we уехалли there", "en", known, speller) == []


def test_a_letter_of_another_script_inside_a_word_is_a_mistake(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    assert wrong("мы уеxали", "ru", known, speller) == ["уеxали"]


def test_serbian_is_checked_in_both_scripts_by_the_dictionary_of_one(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    for language in ("sr-Latn", "sr-Cyrl", "sr"):
        assert wrong("Mi smo otišli, ljudi dolaze; Људи долазе", language, known, speller) == []
    assert wrong("otisli injekcija Отишлли", "sr-Latn", known, speller) == ["otisli", "Отишлли"]


def test_suggestions_come_in_the_script_of_the_word(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    assert "ljudi" in spelling_check.suggestions("ljudii", "sr-Latn", known, speller=speller)
    assert "људи" in spelling_check.suggestions("људии", "sr-Latn", known, speller=speller)
    assert spelling_check.suggestions("карова", "ru", known, speller=speller)[0] == "корова"
    assert spelling_check.suggestions("houze", "ru", known, speller=speller) == []


def test_names_count_as_known_by_themselves_and_in_a_hyphened_word(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    places = spelling_check.misspelt(
        ["мы Вадим и Вадим-корова и вадим"], "ru", known, speller=speller,
        is_name=lambda word: word == "Вадим",
    )  # fmt: skip
    assert places == [[(26, 31)]]


def test_a_language_without_a_dictionary_has_no_mistakes(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    assert dictionaries_for("uk", known) == []
    assert wrong("щось", "uk", known, speller) == []
    assert [one.language for one in dictionaries_for("sr-Latn", known)] == ["sr-Cyrl"]
    assert dictionaries_for("sr-Latn", {}) == []


def test_a_dictionary_that_cannot_be_read_is_an_error_and_the_others_go_on(
    known: dict[str, Dictionary], speller: Speller, tmp_path: Path
) -> None:
    gone = Dictionary("ru", tmp_path / "ru_RU")
    for _ in range(2):
        with pytest.raises(Environment, match="ru_RU"):
            speller.unknown(gone, ["мы"])
    assert speller.unknown(known["ru"], ["мыы"]) == {"мыы"}


def test_a_process_that_is_gone_is_started_again(
    known: dict[str, Dictionary], speller: Speller
) -> None:
    assert speller.unknown(known["en"], ["house"]) == set()
    speller._process.kill()
    speller._process.join()
    assert speller.unknown(known["en"], ["hause"]) == {"hause"}


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_every_word_to_check_stands_where_it_says(text: str) -> None:
    last = 0
    for word in words_to_check(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= last
        last = word.end
        lookup_of(word.text, "sr-Latn", {})
