from __future__ import annotations

import pytest

from archive_app.domain.records import Turn
from archive_app.domain.spans import edited_text
from archive_app.domain.typed_marks import (
    MARKS,
    FoundMark,
    MarkKind,
    mark_edit,
    mark_label,
    marks_in,
    written,
)


@pytest.mark.parametrize("language", ["en", "ru", "sr-Cyrl", "sr-Latn", "sr", "fr", "ru-RU"])
def test_every_mark_is_written_in_every_language_and_known_again(language: str) -> None:
    for kind in MARKS:
        for text in (written(kind, language), written(kind, language, at_ms=754_000)):
            assert marks_in(f"so {text}, yes") == (FoundMark(3, 3 + len(text), kind),)
        assert mark_label(kind)


def test_marks_are_in_the_transcript_s_language() -> None:
    assert written(MarkKind.PAUSE, "ru") == "[пауза]"
    assert written(MarkKind.LAUGHTER, "sr-Latn") == "[smeh]"
    assert written(MarkKind.UNCLEAR, "en", at_ms=754_999) == "[unclear 0:12:34]"


@pytest.mark.parametrize(
    ("text", "start", "end", "after"),
    [
        ("we left", 2, 2, "we [pause] left"),
        ("we left", 3, 3, "we [pause] left"),
        ("we left", 3, 7, "we [pause]"),
        ("", 0, 0, "[pause]"),
        ("we", 2, 2, "we [pause]"),
        ("we, then", 2, 2, "we [pause], then"),
        ("(then)", 1, 1, "([pause] then)"),
    ],
)
def test_a_mark_is_set_off_by_spaces(text: str, start: int, end: int, after: str) -> None:
    turn = Turn(1, "", 1, 1, None, "V", None, None, None, text)
    assert edited_text(text, mark_edit(turn, start, end, "[pause]")) == after


def test_remarks_of_other_wording_are_found_too() -> None:
    assert marks_in("[The dog barks] [нрзб.] [ ]") == (
        FoundMark(0, 15, None), FoundMark(16, 23, MarkKind.UNCLEAR), FoundMark(24, 27, None),
    )  # fmt: skip
