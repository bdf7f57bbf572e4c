"""The faces of a dossier: every family, its letters, and what they are when taken out."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from dossier_samples import contents, interview, transcript, turn
from pdf_reading import characters, is_subsequence, text_of, words
from set_lines import Setting, whole

from archive_app.dossier.blocks import Block
from archive_app.dossier.build import build_dossier
from archive_app.dossier.design import Design, Family
from archive_app.dossier.families import (
    BOLD,
    ITALIC,
    SANS,
    SERIF,
    SMALL_CAPS,
    STRONG,
    STRONG_ITALIC,
)
from archive_app.dossier.fonts import Face, face
from archive_app.dossier.shaping import Ink
from archive_app.dossier.styles import Styles

ROLES = (SERIF, ITALIC, STRONG, STRONG_ITALIC, SMALL_CAPS, SANS, BOLD)
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SERBIAN = "ђјљњћџšđčćžabcdefghijklmnoprstuvz"
ACCENTS = "\u0300\u0301\u0302\u0304\u030f\u0311"
SIGNS = "«»„“”‘’—–…№§0123456789.,:;!?()[]%°"


def units(face: Face, point: int) -> int:
    metrics: Any = face.face
    return metrics.charToGlyph[point]


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize("role", ROLES)
def test_each_face_has_all_letters_of_the_archives_languages(family: Family, role: str) -> None:
    letters = RUSSIAN + RUSSIAN.upper() + SERBIAN + SERBIAN.upper() + ACCENTS + SIGNS
    assert set(map(ord, letters)) <= face(role, family).covered


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize("role", ROLES)
def test_digits_stand_below_each_other(family: Family, role: str) -> None:
    held = face(role, family)
    assert len({held.width(ord(digit)) for digit in "0123456789"}) == 1
    assert not any(held.kern(ord(a), ord(b)) for a, b in pairwise("01123456789900"))


@pytest.mark.parametrize("family", Family)
def test_four_faces_of_a_family_are_four(family: Family) -> None:
    names = {face(role, family).fontName for role in (SERIF, ITALIC, STRONG, STRONG_ITALIC)}
    assert len(names) == 4


@pytest.mark.parametrize("family", Family)
def test_small_letters_are_equally_high_in_every_family(family: Family) -> None:
    def height(of: Family) -> float:
        box = face(SERIF, of).extent(ord("x"))
        assert box is not None
        return box.top * Styles(10, of).testimony.size

    assert height(family) == pytest.approx(height(Family.CHARIS), rel=0.04)


@pytest.mark.parametrize("family", Family)
def test_small_capitals_are_lower_than_capitals_and_keep_their_text(family: Family) -> None:
    held, plain = face(SMALL_CAPS, family), face(SERIF, family)
    for letter in "нжџnžć":
        small, capital = held.extent(ord(letter)), plain.extent(ord(letter.upper()))
        low = plain.extent(ord("x"))
        assert small is not None
        assert capital is not None
        assert low is not None
        assert low.top * 0.95 < small.top < capital.top * 0.97
        assert held.text(ord(letter)) == letter


def test_real_small_capitals_are_used_where_the_family_has_them() -> None:
    for family, is_real in ((Family.CHARIS, True), (Family.NOTO_SERIF, False)):
        small, plain = face(SMALL_CAPS, family), face(SERIF, family)
        same = units(small, ord("н")) == units(plain, ord("Н"))
        assert same != is_real


@pytest.mark.parametrize("family", Family)
def test_serbian_italics_have_their_own_letters_and_russian_ones_do_not(family: Family) -> None:
    setting = Setting("ru", family)
    ink = Ink(ITALIC, 10)
    for letter in "гдпт":
        russian = setting.shaper.bank(ink, "ru").shape(letter)
        serbian = setting.shaper.bank(ink, "sr-Cyrl").shape(letter)
        assert russian.codes != serbian.codes
    lines = setting.lines("Глад, дупло, прат, обод", 300, role=ITALIC, lang="sr-Cyrl")
    assert whole(setting.texts(lines)) == "Глад, дупло, прат, обод"


def test_pairs_are_kerned_where_the_face_has_pairs() -> None:
    setting = Setting("en", Family.NOTO_SERIF)
    bank = setting.shaper.bank(Ink(SERIF, 10))
    assert bank.shape("AV").width < bank.shape("A").width + bank.shape("V").width
    assert bank.shape("nn").width == pytest.approx(2 * bank.shape("n").width)


def test_a_letter_that_no_face_has_stands_as_a_box_and_is_told() -> None:
    setting = Setting("en")
    lines = setting.lines("one 漢 two 字", 300)
    assert setting.shaper.missing == {"漢", "字"}
    assert whole(setting.texts(lines)) == "one 漢 two 字"


def test_a_letter_that_another_face_has_is_not_told() -> None:
    setting = Setting("en", Family.NOTO_SERIF)
    setting.lines("a → b ꙮ ა", 300)
    assert setting.shaper.missing == set()


def test_a_second_document_does_not_know_the_first_ones_letters() -> None:
    for _ in range(2):
        setting = Setting("ru")
        lines = setting.lines("Мы приехали", 300)
        assert setting.texts(lines) == ["Мы приехали"]
        assert len(setting.canvas._doc.delayedFonts) == 1


@pytest.mark.parametrize("family", Family)
def test_a_dossier_is_set_in_the_family_that_was_chosen(tmp_path: Path, family: Family) -> None:
    target = tmp_path / "d.pdf"
    text = "Мы приехали в Белград осенью, и первое время жили у знакомых на Врачаре. " * 6
    held = interview(transcript(turn(1, "Анна", text + "qqq", 0)))
    build_dossier(target, contents(held, design=Design(family=family)))
    (name,) = {c.fontname.split("+")[1] for c in characters(target) if c.get_text() == "ы"}
    assert name.replace("-Regular", "") in {
        "CharisSIL", "GentiumPlus", "NotoSerif", "NotoSans",
    }  # fmt: skip
    assert name.lower().startswith(family.value.split("-")[0])
    assert is_subsequence(text.split(), words(text_of(target)))
    with pikepdf.open(target) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        for font in fonts:
            if font.get("/Type") == "/Font":
                assert "/ToUnicode" in font
                assert "/FontFile2" in font["/FontDescriptor"]


def test_the_same_dossier_gives_the_same_bytes_after_another(tmp_path: Path) -> None:
    held = contents(interview(transcript(turn(1, "Анна", "переоборудованный " * 60, 0))))
    other = contents(interview(transcript(turn(1, "Jan", "zeka peka 漢 " * 60, 0))))
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    build_dossier(first, held)
    build_dossier(tmp_path / "o.pdf", other)
    build_dossier(second, held)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("family", Family)
def test_body_styles_stand_on_the_grid(family: Family) -> None:
    styles = Styles(10.8, family)
    half = styles.grid / 2
    body = (
        styles.turn, styles.prose, styles.quote, styles.bullet, styles.number, styles.facing,
        styles.card, styles.caption,
    )  # fmt: skip
    for style in body:
        assert style.leading == styles.grid
        for gap in (style.before, style.after):
            assert gap / half == pytest.approx(round(gap / half))
    for level in (1, 2, 3):
        style = styles.section(level)
        height = style.before + style.leading + style.after
        assert height / half == pytest.approx(round(height / half))
        assert style.keeps_next


def test_rich_text_has_its_inks() -> None:
    styles = Styles(10)
    inks = {styles.rich(bold=b, italic=i).face for b in (False, True) for i in (False, True)}
    assert inks == {SERIF, ITALIC, STRONG, STRONG_ITALIC}


def test_headings_and_centred_lines_are_never_hyphenated() -> None:
    styles = Styles(10.8)
    for style in (
        styles.heading(2, before=1, after=1), styles.centred(2, before=1), styles.section(1),
        styles.section(2), styles.section(3),
    ):  # fmt: skip
        assert style.hyphens == 0


def test_a_speakers_name_comes_out_as_it_was_typed() -> None:
    setting = Setting("sr-Cyrl")
    styles = Styles(10.8)
    for name in ("Ђорђе Његош Љубић", "Jelena Đurić-Žižek", "И. Ó’Нил"):
        block = Block(tuple(styles.speaker_fragments(name)), styles.turn)
        assert whole(setting.texts(setting.compositor.lines(block, 300))) == name
