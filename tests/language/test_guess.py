from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.language.guess import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Мы уехали из Москвы, потому что началась война, и я не хотел там оставаться.", "ru"),
        ("Отишли смо из Београда јер је било тешко и нисмо знали шта да радимо.", "sr-Cyrl"),
        ("Otišli smo iz Beograda jer je bilo teško i nismo znali šta da radimo.", "sr-Latn"),
        ("Ми поїхали з Києва, тому що почалася війна і я не хотів там лишатися.", "uk"),
        ("We left because of the war and I did not know what to do.", "en"),
        ("Wir sind gegangen, weil es der Krieg war und ich nicht wusste, was ich tun soll.", "de"),
        ("Nous sommes partis à cause de la guerre et je ne savais pas quoi faire.", "fr"),
        ("", "und"),
        ("Вадим", "und"),
        ("12:30", "und"),
    ],
)
def test_a_language_is_guessed_from_a_sentence(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("text/russian-emigrants.txt", "ru"),
        ("srt/russian-lecture.srt", "ru"),
        ("srt/serbian-cyrillic-lecture.srt", "sr-Cyrl"),
        ("vtt/bruce-perens.vtt", "en"),
    ],
)
def test_the_language_of_real_files_is_guessed(samples: Path, name: str, language: str) -> None:
    assert guess_language((samples / name).read_text(encoding="utf-8-sig")) == language


@given(st.text())
def test_any_text_gets_a_guess(text: str) -> None:
    assert guess_language(text) in {"ru", "uk", "sr-Cyrl", "sr-Latn", "en", "de", "fr", "und"}
