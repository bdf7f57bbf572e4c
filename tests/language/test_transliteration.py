"""Names from one script to the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.language.transliteration import (
    SCHEMES,
    romanisations,
    romanise,
    russian_candidates,
    serbian_cyrillic,
    serbian_latin,
)


@pytest.mark.parametrize(
    ("scheme", "latin"),
    [
        ("icao", "Sergei Shchukin"),
        ("bgn", "Sergey Shchukin"),
        ("scientific", "Sergej Ščukin"),
        ("serbian", "Sergej Ščukin"),
        ("informal", "Sergey Shchukin"),
    ],
)
def test_russian_names_by_each_scheme(scheme: str, latin: str) -> None:
    assert romanise("Сергей Щукин", scheme) == latin  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("russian", "ways"),
    [
        ("сергей", {"sergei", "sergey", "sergej"}),
        ("юрий", {"yuri", "yury", "yuriy", "iurii", "jurij", "juri"}),
        ("евгений", {"yevgeny", "evgeny", "evgenii", "jevgenij", "evgeniy"}),
        ("хрущёв", {"khrushchev", "khrushchyov", "khrushcheff"}),
        ("юлия", {"yulia", "julia", "iuliia", "yuliya", "julija"}),
        ("александр", {"aleksandr", "alexandr"}),
    ],
)
def test_the_usual_ways_are_among_the_romanisations(russian: str, ways: set[str]) -> None:
    found = set(romanisations(russian, limit=160))
    assert ways <= found


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љубав", "Ljubav"),
        ("ЉУБАВ", "LJUBAV"),
        ("Његош", "Njegoš"),
        ("Џон", "Džon"),
        ("Ђорђе Живковић", "Đorđe Živković"),
        ("надживети", "nadživeti"),
        ("инјекција", "injekcija"),
        ("конјункција", "konjunkcija"),
        ("Коњевић", "Konjević"),
    ],
)
def test_serbian_goes_there_and_back(cyrillic: str, latin: str) -> None:
    assert serbian_latin(cyrillic) == latin
    assert serbian_cyrillic(latin) == cyrillic


@given(st.text("абвгдђежзијклмнопрстћуфхцчш ", max_size=12))
def test_serbian_without_digraphs_goes_there_and_back(text: str) -> None:
    latin = serbian_latin(text)
    if not any(pair in latin for pair in ("lj", "nj", "dž")):
        assert serbian_cyrillic(latin) == text


@pytest.mark.parametrize(
    ("latin", "russian"),
    [("Sergei", "сергей"), ("Dmitry", "дмитрий"), ("Olga", "ольга"), ("Tatiana", "татьяна")],
)
def test_the_russian_name_is_among_the_candidates(latin: str, russian: str) -> None:
    assert russian in set(russian_candidates(latin))


@given(st.text(max_size=20))
def test_any_word_can_be_turned(text: str) -> None:
    for scheme in SCHEMES:
        romanise(text, scheme)
    assert len(romanisations(text[:8], limit=20)) <= 30
    next(iter(russian_candidates(text)))
    serbian_cyrillic(serbian_latin(text))


def test_a_letter_of_two_signs_is_no_seam_behind_what_looks_like_a_prefix() -> None:
    assert serbian_cyrillic("odžak Odžaci nadžak") == "оџак Оџаци наџак"
    assert serbian_cyrillic("nadživeti odžaliti") == "надживети оджалити"
