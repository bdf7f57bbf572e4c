from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.language.alphabets import sort_key


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("ru", "Ева Ёлка Жук Иван Йод Щука Юг Яна"),
        ("sr-Cyrl", "Дане Ђорђе Ева Јован Лука Љубица Њ Ћира Чеда Џон Шаба"),
        (
            "sr-Latn",
            "Cane Čeda Ćira Dragan Džon Đorđe Eva Lazar Luka Ljubica Nena Njegoš Zora Žika",
        ),
        ("en", "apple Éclair Zoo Ёж"),
    ],
)
def test_names_follow_the_alphabet(language: str, ordered: str) -> None:
    names = ordered.split()
    muddled = sorted(names, key=hash)
    assert sorted(muddled, key=lambda name: sort_key(name, language)) == names


@given(st.text(), st.sampled_from(["ru", "sr", "sr-Latn", "sr_Latn", "en", "kk"]))
def test_every_text_has_a_key(text: str, language: str) -> None:
    assert sort_key(text, language) == sort_key(text, language)
