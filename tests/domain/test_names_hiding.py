"""Finding protected names in texts and putting the public ones there."""

from __future__ import annotations

import time
import unicodedata

import pytest
from gate_world import VIKTOR_FORMS, plainly_holds
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.names import NAME_WITHHELD, NO_NAMES, HiddenNames, NameForm

NAMES = HiddenNames.of(VIKTOR_FORMS)


def hidden(text: str) -> str:
    return NAMES.hidden(text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Сергей пришёл", "Виктор пришёл"),
        ("видел Сергея.", "видел Виктора."),
        ("СЕРГЕЮ", "ВИКТОРУ"),
        ("сергей", "виктор"),
        ("Серге́й", "Виктор"),
        ("Се́ргей", "Виктор"),
        (unicodedata.normalize("NFD", "Сергей"), "Виктор"),
        ("Сер\u00adгей", "Виктор"),
        ("Сер\u200bг\u2060ей", "Виктор"),
        ("Cергей", "Виктор"),  # Latin C
        ("Сеpгeй", "Виктор"),  # Latin p and e
        ("Ѕergei", "Viktor"),  # Cyrillic Ѕ
        ("ｓｅｒｇｅｉ", "viktor"),
        ("Sergei's", "Viktor's"),
        ("Sergei’s", "Viktor’s"),
        ("Sergei_Volkov.wav", "Viktor.wav"),
        ("SergeiVolkov.wav", "Viktor.wav"),
        ("sergei2022", "viktor2022"),
        ("Сергей-то", "Виктор-то"),
        ("приехалСергей", "приехалВиктор"),
        ("Сергей Волков", "Виктор"),
        ("Сергей\u00a0\u2009 Волков", "Виктор"),
        ("Волков, Сергей", "Виктор"),
        ("Сергею Волкову и Сергею", "Виктору Волкову и Виктору"),
        ("Сергей, Сергей, где ты", "Виктор, Виктор, где ты"),
        ("С. П. Волков", "Виктор"),
        ("Волков С.П., тогда", "Виктор, тогда"),
        ("мы с Волковым", "мы с Волковым"),
        ("и С Волкова", "и С Виктора"),
        ("Это Сергей. Волков пришёл", "Это Виктор. Виктор пришёл"),
        ("Сергеевна", "Сергеевна"),
        ("пересергей", "пересергей"),
        ("С е р г е й и С-е-р-г-е-й", "Виктор и Виктор"),
        ("Сер-гей, Вол-\nков и Ser‑gei", "Виктор, Виктор и Viktor"),
        ("Волко-\nва, Volkov's", "Виктора, Viktor's"),
        ("пиши на svolkov@mail.ru", "пиши на sviktor@mail.ru"),
        (
            "https://vk.com/svolkov77 и vk.com/sergeijv",
            "https://vk.com/sviktor77 и vk.com/viktorjv",
        ),
        ("по-сергейски, кто-то и т. д.", "по-сергейски, кто-то и т. д."),
        ("", ""),
    ],
)
def test_a_name_is_found_however_it_is_written(written: str, shown: str) -> None:
    assert hidden(written) == shown


def test_names_are_found_inside_the_words_of_an_identifier() -> None:
    assert NAMES.hide("interviewsergei01.mp3", is_identifier=True)[0] == "interviewviktor01.mp3"


def test_spelling_decides_between_forms_that_look_alike() -> None:
    names = HiddenNames.of((NameForm("Сергеи", "Викторы"), NameForm("Сергей", "Виктор")))
    assert names.hidden("Сергей и Сергеи") == "Виктор и Викторы"


def test_two_letters_are_a_name_only_with_a_capital() -> None:
    names = HiddenNames.of((NameForm("Ли", "Ким"), NameForm("Ли Бо", "Ким")))
    assert names.hidden("пришёл ли Ли?") == "пришёл ли Ким?"
    assert names.hidden("ли бо") == "ким"


def test_one_letter_is_never_a_name() -> None:
    names = HiddenNames.of((NameForm("Я", "Он"),))
    assert not names
    assert names.hidden("Я") == "Я"


def test_a_public_name_that_is_protected_elsewhere_is_withheld() -> None:
    names = HiddenNames.of((NameForm("Иван", "Сергей"), NameForm("Сергей", "Иван")))
    assert names.hidden("Иван и Сергей") == f"{NAME_WITHHELD} и {NAME_WITHHELD}"


def test_names_that_replacements_would_form_together_are_withheld() -> None:
    names = HiddenNames.of((NameForm("Иван", "Ли"), NameForm("Ли Бо", "Олег")))
    assert not names.leaks(names.hidden("Иван Бо"))


def test_offsets_move_and_a_span_in_a_name_grows_to_all_of_it() -> None:
    text, moved = NAMES.hide("Это Сергей Волков, сосед")
    assert text == "Это Виктор, сосед"
    assert (moved.start(6), moved.end(8)) == (4, 10)
    assert text[moved.start(19) : moved.end(24)] == "сосед"


def test_nothing_to_hide_changes_nothing() -> None:
    assert NO_NAMES.hide("Сергей")[0] == "Сергей"
    assert not NO_NAMES.leaks("Сергей")


def test_the_same_forms_are_compiled_once() -> None:
    assert HiddenNames.of_people({1: VIKTOR_FORMS}) is HiddenNames.of_people({7: VIKTOR_FORMS})


def test_a_whole_interview_is_looked_through_quickly() -> None:
    text = " ".join(["Мы тогда жили у Сергея на окраине города и ждали"] * 2700)
    NAMES.hidden(text)
    best = min(_timed(text) for _ in range(5))
    assert best < 0.6  # under 0.1 s on an idle machine


def _timed(text: str) -> float:
    begun = time.perf_counter()
    NAMES.hidden(text)
    return time.perf_counter() - begun


_pieces = st.sampled_from(
    [form.form for form in VIKTOR_FORMS]
    + [
        "Сер",
        "гей",
        " ",
        "\u00a0",
        "_",
        "-",
        ".",
        ", ",
        "'",
        "2",
        "и",
        "С",
        "П.",
        "\u0301",
        "\u00ad",
    ]
    + ["\u200b", "Cергей", "СЕРГЕЙ", "sergei", unicodedata.normalize("NFD", "сергей"), "Ё", "ß"]
)


@given(st.lists(_pieces, max_size=12).map("".join))
def test_nothing_is_left_in_any_text(text: str) -> None:
    shown, _ = NAMES.hide(text)
    assert not NAMES.leaks(shown)
    for form in VIKTOR_FORMS:
        for spelling in ("NFC", "NFD"):
            assert not plainly_holds(unicodedata.normalize(spelling, shown), form.form)


@given(st.lists(_pieces, max_size=12).map("".join))
def test_text_outside_the_names_stays_and_the_map_finds_it(text: str) -> None:
    shown, moved = NAMES.hide(text)
    gaps = [0, *(edge for p in moved.pieces for edge in (p.start, p.end)), len(text)]
    for start, end in zip(gaps[::2], gaps[1::2], strict=True):
        assert shown[moved.end(start) : moved.start(end)] == text[start:end] or start == end
    assert NAMES.hidden(shown) == shown


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_looked_through(text: str) -> None:
    shown, _ = NAMES.hide(text)
    assert not NAMES.leaks(shown)
    if not NAMES.find(text):
        assert shown == text


@given(
    st.lists(
        st.tuples(st.text("абвга ", min_size=1, max_size=4), st.text("абв Г", max_size=4)),
        max_size=5,
    ),
    st.text("абвга .-", max_size=20),
)
def test_whatever_the_forms_and_replacements_nothing_is_left(
    pairs: list[tuple[str, str]], text: str
) -> None:
    names = HiddenNames(NameForm(form, replacement, "x") for form, replacement in pairs)
    assert not names.leaks(names.hidden(text))
