from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from archive_app.gui import tag_colours
from archive_app.gui.icons import give_icon, icon, icon_names
from archive_app.gui.tag_colours import contrast, tag_colour, text_on
from archive_app.gui.theme import theme
from archive_app.paths import resource_path

NEEDED = (  # noqa: SIM905
    "library interview search dossier import export play pause step-back forward tag undo redo "
    "lock mask note add remove edit split merge filter columns light dark folder person place "
    "check warning speed close help settings save mark"
).split()

# Machado, Oliveira, Fernandes 2009: severity 1.0, linear RGB.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopic": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopic": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopic": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def lab(colour: str, eye: str) -> tuple[float, float, float]:
    shade = QColor(colour)
    channels = [tag_colours._linear(c) for c in (shade.redF(), shade.greenF(), shade.blueF())]
    red, green, blue = (
        min(max(sum(m * c for m, c in zip(row, channels)), 0.0), 1.0) for row in EYES[eye]
    )
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (
        v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("palette", [tag_colours.LIGHT, tag_colours.DARK], ids=["light", "dark"])
def test_tag_colours_stay_apart_for_every_eye(palette: tuple[str, ...], eye: str) -> None:
    assert len(palette) >= 12
    seen = [lab(colour, eye) for colour in palette]
    for index, one in enumerate(seen):
        for other in seen[:index]:
            assert sum((a - b) ** 2 for a, b in zip(one, other)) ** 0.5 >= 19


def test_tag_colours_stand_out_from_their_page_and_carry_text() -> None:
    for page, colours in (("#ffffff", tag_colours.LIGHT), ("#1e1e1e", tag_colours.DARK)):
        for colour in map(QColor, colours):
            assert contrast(colour, QColor(page)) >= tag_colours.LEAST_CONTRAST
            assert contrast(colour, text_on(colour)) >= 4.5


def test_a_chosen_colour_that_would_vanish_is_moved_until_it_stands_out() -> None:
    assert contrast(tag_colour(1, "#fffff0"), QColor("#ffffff")) >= 2.5
    assert contrast(tag_colour(1, "#101010", is_dark=True), QColor("#1e1e1e")) >= 2.5
    assert tag_colour(1, "#1f5fae").name() == "#1f5fae"


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_all_content_colours_can_be_read(qapp: QApplication, choice: str) -> None:
    theme().apply(choice)
    colours = theme().colours
    assert colours.is_dark == (choice == "dark")
    for ink in (colours.text, colours.muted, colours.accent, colours.warning, colours.error):
        assert contrast(ink, colours.page) >= 4.5
    for ground in (colours.playing, colours.closed, colours.match, colours.match_current):
        assert contrast(colours.text, ground) >= 4.5
    palette = qapp.palette()
    role = QPalette.ColorRole
    for ink, ground in (
        (role.WindowText, role.Window),
        (role.ButtonText, role.Button),
        (role.Text, role.AlternateBase),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
    ):
        assert contrast(palette.color(ink), palette.color(ground)) >= 4.5
    theme().apply("light")


def test_three_text_sizes_grow(qapp: QApplication) -> None:
    heights = []
    for size in ("small", "normal", "large"):
        theme().apply("light", size)
        heights.append(QFontMetricsF(theme().testimony_font()).height())
        assert theme().testimony_font().pointSizeF() > qapp.font().pointSizeF()
    theme().apply("light")
    assert heights == sorted(set(heights))


def test_every_icon_is_drawn_in_one_stroke_width() -> None:
    assert set(NEEDED) <= set(icon_names())
    for name in icon_names():
        drawing = resource_path("icons", f"{name}.svg").read_text()
        assert re.findall(r'stroke-width="([^"]+)"', drawing) == ["1.75"]
        assert 'viewBox="0 0 24 24"' in drawing


def test_icons_follow_the_theme(qapp: QApplication) -> None:
    theme().apply("light")
    action = QAction("Play")
    give_icon(action, "play")

    def darkest() -> int:
        image = action.icon().pixmap(24, 24).toImage()
        shades = [
            image.pixelColor(x, y).lightness()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 200
        ]
        return min(shades)

    assert darkest() < 80
    theme().apply("dark")
    assert darkest() > 150
    theme().apply("light")
    assert not icon("lock").isNull()
