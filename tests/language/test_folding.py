from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.language.folding import exact_form, fold, to_latin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Београд", "beograd"),
        ("Ђорђе", "Đorđe"),
        ("Đorđe", "Djordje"),
        ("Љубљана", "Ljubljana"),
        ("ЊЕГОШ", "Njegoš"),
        ("џезва", "džezva"),
        ("коњункција", "konjunkcija"),
        ("ёлка", "елка"),
        ("Србия", "Србија"),
        ("моjа", "моја"),
        ("шишање", "sisanje"),
        ("ćuprija", "cuprija"),
        ("café", "cafe\u0301"),
        ("café", "CAFE"),
        ("Łódź", "lodz"),
        ("за\u0301мок", "замок"),
    ],
)
def test_two_ways_to_write_a_word_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_russian_letters_that_serbian_lacks_stay_apart() -> None:
    assert len({fold(word) for word in ("мыл", "мил", "съел", "сел", "мель", "мел")}) == 6


def test_a_word_with_letters_of_the_other_script_is_read_in_its_own() -> None:
    assert fold("Беoгpaд") == "beograd"  # Latin o, p, a
    assert fold("Bеogrаd") == "beograd"  # Cyrillic е, а


def test_the_exact_form_keeps_script_accents_and_yo() -> None:
    assert len({exact_form(w) for w in ("Београд", "Beograd")}) == 2
    assert exact_form("Ёлка") == "ёлка" != exact_form("Елка")
    assert exact_form("Šišanje") == "šišanje"


@given(st.text(max_size=12))
def test_composed_and_decomposed_letters_have_one_form(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(kind, text) for kind in ("NFC", "NFD"))
    assert exact_form(composed) == exact_form(decomposed)
    assert fold(composed) == fold(decomposed)


_SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"


@given(st.text(alphabet=_SERBIAN, min_size=1, max_size=12))
def test_serbian_cyrillic_and_its_transliteration_meet(word: str) -> None:
    assert fold(to_latin(word)) == fold(word) == fold(word.upper())
