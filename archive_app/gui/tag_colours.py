"""Colours for tags that stay apart for colour-blind eyes, in light and in dark.

The twelve pairs were found by farthest-point search in CIELAB over what normal,
protanopic, deuteranopic and tritanopic eyes see (Machado, Oliveira and Fernandes
2009, severity 1.0): any two lie at least 19 apart in every one of these views,
and each stands out from its page by 2.6 : 1 or more. The tests compute it again.
A tag also has its name on hover: no colour is ever the only sign.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

from PySide6.QtGui import QColor

LIGHT = (
    "#4035b7",
    "#b42008",
    "#55ad97",
    "#5c3853",
    "#cb7afe",
    "#ea7714",
    "#791515",
    "#8f93bb",
    "#865bb2",
    "#4a6c4e",
    "#b38e5a",
    "#6c0b70",
)
DARK = (
    "#5461da",
    "#cb631a",
    "#35986c",
    "#a78bb0",
    "#9b54ac",
    "#fca717",
    "#fac86f",
    "#33e0ff",
    "#859df8",
    "#98dac6",
    "#c6c993",
    "#e90e4f",
)
"""The colour at the same place in LIGHT, for a dark page."""

LIGHT_PAGE = "#ffffff"
DARK_PAGE = "#1e1e1e"
LEAST_CONTRAST = 2.6


def _linear(channel: float) -> float:
    # sRGB transfer function: IEC 61966-2-1
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(colour: QColor) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = map(_linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_on(colour: QColor) -> QColor:
    """Return black or white, whichever reads better on the colour (always at least 4.5 : 1)."""
    black, white = QColor("#000000"), QColor("#ffffff")
    return black if contrast(colour, black) >= contrast(colour, white) else white


def colour_key(uuid: str) -> int:
    """Return the key that picks a tag's colour where none was chosen: one for every audience."""
    return zlib.crc32(uuid.encode())


@lru_cache(maxsize=4096)
def tag_colour(key: int, chosen: str = "", *, is_dark: bool = False) -> QColor:
    """Return a tag's colour on a light or dark page.

    ``key`` (of ``colour_key``) picks from the palette
    where nothing was ``chosen``. A chosen "#rrggbb" that would vanish into the page
    is made lighter or darker until it stands out.
    """
    if not chosen or not QColor.isValidColorName(chosen):
        return QColor((DARK if is_dark else LIGHT)[key % len(LIGHT)])
    if chosen.lower() in LIGHT:
        return tag_colour(LIGHT.index(chosen.lower()), is_dark=is_dark)
    colour = QColor(chosen)
    page = QColor(DARK_PAGE if is_dark else LIGHT_PAGE)
    for _ in range(20):
        if contrast(colour, page) >= LEAST_CONTRAST:
            break
        hue, saturation = colour.hslHueF(), colour.hslSaturationF()
        lightness = colour.lightnessF()
        lightness += 0.04 if is_dark else -0.04
        colour = QColor.fromHslF(max(hue, 0.0), saturation, min(max(lightness, 0.0), 1.0))
    return colour
