from __future__ import annotations

import pytest

from archive_app.language.speaker_shortcuts import TypedSpeaker, speaker_shortcuts, typed_speaker

NAMES = ("Viktor", "Vida Marić", "Ана", "Жарко", "Šćepan", "Виктор")


def test_each_speaker_has_the_shortest_form_that_is_free() -> None:
    assert speaker_shortcuts(NAMES) == {
        "v": "Viktor", "vi": "Vida Marić", "a": "Ана", "z": "Жарко", "s": "Šćepan",
        "vik": "Виктор",
    }  # fmt: skip
    assert speaker_shortcuts(["Ana", "Ana", "A", "…", ""]) == {"a": "Ana", "a2": "A"}


@pytest.mark.parametrize(
    ("typed", "name", "length"),
    [
        ("v: ", "Viktor", 3),
        ("В: ", "Viktor", 3),
        ("vi: yes", "Vida Marić", 4),
        ("ви: ", "Vida Marić", 4),
        ("  A : ", "Ана", 6),
        ("š: ", "Šćepan", 3),
        ("scep: ", "Šćepan", 6),
        ("жар: ", "Жарко", 5),
    ],
)
def test_a_speaker_is_typed_in_short_in_any_script(typed: str, name: str, length: int) -> None:
    assert typed_speaker(typed, NAMES) == TypedSpeaker(name, length)


@pytest.mark.parametrize("typed", ["v:", "x: ", "12: 30", "well, v: ", "", ": ", "v "])
def test_what_names_nobody_is_left_as_it_is(typed: str) -> None:
    assert typed_speaker(typed, NAMES) is None
