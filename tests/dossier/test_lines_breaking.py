"""Lines of a paragraph: the text they keep, how they are filled and where they end."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from set_lines import Setting, whole

from archive_app.dossier.blocks import Block, Fragment, Line, Style
from archive_app.dossier.breaking import FLEX, LOOSEST, SHRINK
from archive_app.dossier.fonts import ITALIC, SERIF
from archive_app.dossier.shaping import Ink
from archive_app.language.hyphens import hyphenate

RUSSIAN = (
    "Мы приехали в Белград осенью, и первое время жили у знакомых на Врачаре. Никто не"
    " понимал, надолго ли это — на месяц, на год или навсегда. Я помню за́мок на холме и"
    " замо́к на двери, который нам дали вместе с ключами от чужой квартиры. Сначала искали"
    " работу — что угодно. Муж устроился на склад, а я учила сербский по вечерам: «добар дан»,"
    " «хвала», «колико кошта». Сын пошёл в школу уже через неделю, и учительница, Милица"
    " Јовановић, посадила его рядом с девочкой, которая немного говорила по-русски."
)
SERBIAN = (
    "U našoj zgradi na Čukarici živelo je pet porodica. Šćerka mi se družila sa njihovom decom;"
    " učili su jedni druge, i to je bilo najlepše. Đorđe je bio prvi koji je otvorio vrata."
    " Мислим да смо тада научили више него за цео живот. Није било лако, али било је часно."
)
ENGLISH = (
    "Nobody knew whether it was for a month, for a year, or for good. People queued from the"
    " night before and wrote their names in a notebook; somebody brought tea, somebody"
    " folding chairs. That was where all of us became acquainted with the neighbourhood."
)
TEXTS = {"ru": RUSSIAN, "sr-Latn": SERBIAN, "en": ENGLISH}
WORDS = st.sampled_from((RUSSIAN + " " + SERBIAN + " " + ENGLISH).split())
EXTRA = re.compile(r"(-?[\d.]+) Tw")
SCALE = re.compile(r"([\d.]+) Tz")


def extra(line: Line) -> float:
    found = EXTRA.search(line.codes)
    return float(found[1]) if found else 0.0


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("measure", [380, 250, 180, 110, 60])
@pytest.mark.parametrize("align", ["justify", "left", "centre"])
def test_lines_joined_are_the_text(language: str, measure: int, align: str) -> None:
    setting = Setting(language)
    lines = setting.lines(TEXTS[language], measure, align=align)
    assert whole(setting.texts(lines)) == TEXTS[language]


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(WORDS | st.text("абв-–—/.,»«1é\u0301", min_size=1, max_size=30), min_size=1),
    measure=st.integers(40, 400),
    hyphens=st.integers(0, 3),
    language=st.sampled_from(["ru", "sr-Cyrl", "en", "fr"]),
)
def test_lines_of_any_words_joined_are_the_text(
    words: list[str], measure: int, hyphens: int, language: str
) -> None:
    setting = Setting(language)
    text = " ".join(words)
    lines = setting.lines(text, measure, hyphens=hyphens)
    assert whole(setting.texts(lines)) == text


@pytest.mark.parametrize("language", TEXTS)
def test_words_are_parted_only_where_the_language_allows(language: str) -> None:
    setting = Setting(language)
    for measure in range(120, 400, 20):
        texts = setting.texts(setting.lines(TEXTS[language], measure))
        for text, following in pairwise(texts):
            if not text.endswith("\u00ad") or text.endswith("-\u00ad"):
                continue
            head = text.rsplit(" ", 1)[-1].rstrip("\u00ad")
            tail = following.split(" ", 1)[0].split("\u00ad")[0]
            assert len(head) in hyphenate(head + tail, language)


def test_a_drawn_hyphen_comes_out_as_a_soft_one_and_no_space_follows() -> None:
    setting = Setting("ru")
    for line in setting.lines(RUSSIAN, 180):
        text = setting.text(line)
        assert line.is_hyphenated == text.endswith("\u00ad")
        assert "\u00ad" not in text[:-1]


def test_words_do_not_run_together_at_line_ends() -> None:
    setting = Setting("en")
    lines = setting.lines(ENGLISH, 200)
    for line in lines[:-1]:
        assert line.is_hyphenated or setting.text(line).endswith(" ")
    assert not setting.text(lines[-1]).endswith(" ")


@pytest.mark.parametrize("measure", [380, 250, 180])
def test_justified_lines_are_as_wide_as_the_column_within_the_limits_of_spaces(
    measure: int,
) -> None:
    setting = Setting("ru")
    space = setting.shaper.bank(Ink(SERIF, 10.8)).space.width
    for line in setting.lines(RUSSIAN, measure)[:-1]:
        if line.width == pytest.approx(measure, abs=0.05):
            assert -SHRINK - 0.01 <= extra(line) / space <= LOOSEST + 0.01
        else:
            # Too loose to be spread: it stays ragged.
            assert line.width < measure
            assert extra(line) == 0
        scale = SCALE.search(line.codes)
        if scale:
            assert abs(float(scale[1]) / 100 - 1) <= FLEX + 1e-9


def test_most_lines_of_a_full_measure_are_spread_little() -> None:
    setting = Setting("ru")
    lines = setting.lines(" ".join([RUSSIAN] * 12), 382)
    space = setting.shaper.bank(Ink(SERIF, 10.8)).space.width
    widened = sorted(abs(extra(line)) / space for line in lines[:-1])
    assert widened[len(widened) // 2] < 0.25
    assert widened[int(len(widened) * 0.95)] < 0.6
    assert sum(line.is_hyphenated for line in lines) < len(lines) / 4


def test_ragged_lines_never_stick_out_and_are_not_spread() -> None:
    setting = Setting("ru")
    for line in setting.lines(RUSSIAN, 180, align="left", hyphens=3):
        assert line.width <= 180
        assert extra(line) == 0


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_no_more_lines_in_a_row_end_in_a_hyphen_than_the_style_allows(most: int) -> None:
    setting = Setting("ru")
    for measure in range(120, 300, 20):
        row = 0
        for line in setting.lines(RUSSIAN, measure, hyphens=most, align="left"):
            row = row + 1 if line.is_hyphenated else 0
            assert row <= most


def test_the_last_word_of_a_paragraph_leaves_no_scrap() -> None:
    setting = Setting("ru")
    for measure in range(100, 400, 7):
        lines = setting.lines(RUSSIAN, measure)
        assert len(setting.text(lines[-1]).strip(".")) >= 5


def test_no_line_begins_with_a_dash() -> None:
    setting = Setting("ru")
    text = "— Да, — сказал он — и вышел — навсегда — во двор — Так и было — вот — как оно — бывает."
    for measure in range(70, 300, 5):
        for line in setting.lines(text, measure)[1:]:
            assert not setting.text(line).startswith("—")


def test_initials_stay_with_the_surname_and_numbers_with_their_units() -> None:
    setting = Setting("ru")
    text = "Это рассказал нам А. П. Соколов в 1992 г. на улице, где было 40 км до моря, у № 5."
    for measure in range(240, 400, 7):
        ends = [setting.text(line).rstrip() for line in setting.lines(text, measure)[:-1]]
        for end in ends:
            assert not end.endswith((" А.", " П.", "1992", " 40", "№"))


def test_short_words_of_one_letter_are_seldom_left_behind() -> None:
    setting = Setting("ru")
    text = " ".join([RUSSIAN] * 3)
    ends = [
        setting.text(line).split()[-1]
        for measure in range(250, 400, 10)
        for line in setting.lines(text, measure)[:-1]
    ]
    assert sum(end in {"в", "у", "и", "а", "я", "с"} for end in ends) < len(ends) / 30


def test_a_word_parted_behind_its_own_hyphen_gets_no_second_one() -> None:
    setting = Setting("ru")
    text = "Это была научно-популярная и общественно-политическая северо-восточная передача."
    ends = {
        setting.text(line).rsplit(" ", 1)[-1]
        for measure in range(60, 200, 3)
        for line in setting.lines(text, measure)
    }
    assert "научно-\u00ad" in ends
    assert not any("--" in end for end in ends)


def test_words_stay_whole_in_styles_that_part_none() -> None:
    setting = Setting("ru")
    for line in setting.lines(RUSSIAN, 180, align="left", hyphens=0):
        assert not line.is_hyphenated


def test_a_fragments_language_parts_its_words() -> None:
    setting = Setting("en")
    ink = Ink(SERIF, 10.8)
    russian = " ".join(["переоборудованный"] * 9)
    plain = Block((Fragment(russian, ink),), Style(15, hyphens=3))
    named = Block((Fragment(russian, ink, lang="ru"),), Style(15, hyphens=3))
    assert not any(line.is_hyphenated for line in setting.compositor.lines(plain, 170))
    assert any(line.is_hyphenated for line in setting.compositor.lines(named, 170))


def test_links_margins_and_marks_stand_where_the_spread_words_stand() -> None:
    setting = Setting("ru")
    ink = Ink(SERIF, 10.8)
    before, linked, after = RUSSIAN[:120], RUSSIAN[120:180], RUSSIAN[180:]
    block = Block(
        (Fragment(before, ink), Fragment(linked, ink, link="there"), Fragment(after, ink)),
        Style(15, align="justify", hyphens=2),
    )
    lines = setting.compositor.lines(block, 300)
    held = [line for line in lines if line.links]
    assert held
    for line in held:
        for start, end, mark in line.links:
            assert mark.link == "there"
            assert 0 <= start < end <= line.width + 0.01
    whole_lines = [line for line in held if line.links[0][1] > 299]
    assert whole_lines
    assert "".join(setting.texts(lines)).replace("\u00ad", "").startswith(before[:50])


def test_a_footnote_is_called_in_the_line_that_has_its_number() -> None:
    setting = Setting("ru")
    ink, small = Ink(SERIF, 10.8), Ink(SERIF, 6, rise=4)
    note = Block((Fragment("note", ink),), Style(12))
    for measure in range(90, 200, 3):
        block = Block(
            (
                Fragment("Мы жили у знакомых переселенцев", ink),
                Fragment("\u00a07", small, link="n", notes=(note,)),
                Fragment(" и ждали.", ink),
            ),
            Style(15, hyphens=3),
        )
        for line in setting.compositor.lines(block, measure):
            assert bool(line.notes) == ("7" in setting.text(line))


def test_a_word_in_two_inks_is_parted_as_one() -> None:
    setting = Setting("ru")
    block = Block(
        (Fragment("Это железнодо", Ink(SERIF, 10.8)), Fragment("рожный узел", Ink(ITALIC, 10.8))),
        Style(15, hyphens=3),
    )
    for measure in range(60, 130, 3):
        lines = setting.compositor.lines(block, measure)
        assert whole(setting.texts(lines)) == "Это железнодорожный узел"


HOSTILE = {
    "one word": "ж" * 100_000,
    "accents": "а" + "\u0301" * 100_000,
    "heaps": ("a" + "\u0301\u0323" * 40) * 500,
    "bidi": "\u202eabc\u2066 " * 10_000,
    "zero width": "a\u200b\u200d" * 30_000,
    "address": "https://" + "a/b" * 20_000,
    "hyphens": "а-" * 30_000,
    "dashes": "— " * 20_000,
    "beyond": "aб漢😀" * 3_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_broken_into_lines_that_fit(text: str) -> None:
    setting = Setting("ru")
    lines = setting.lines(text, 300)
    assert all(line.width <= 300.05 for line in lines)


def test_a_word_forced_apart_can_be_put_together_again() -> None:
    setting = Setting("ru")
    text = "щ" * 500 + "а\u0301б"
    lines = setting.lines(f"Он сказал {text} и вышел", 200)
    assert whole(setting.texts(lines)) == f"Он сказал {text} и вышел"
