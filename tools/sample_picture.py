"""Draws the picture in the sample's dossiers: ``python tools/sample_picture.py``.

A line of the year 2022 with the days that the interviews tell of. Everything in it is
in their texts; it was drawn for the sample and shows no real person's year.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "sample" / "year.png"
FONT = ROOT / "resources" / "fonts" / "NotoSans-Regular.ttf"

WIDTH, HEIGHT, MARGIN, LINE = 1800, 800, 90, 300
INK, QUIET, ACCENT = (40, 40, 44), (130, 130, 136), (154, 74, 42)
FIRST, LAST = date(2022, 1, 1), date(2023, 1, 1)

DAYS = (
    (date(2022, 2, 24), "24 February", "the news", 110),
    (date(2022, 3, 31), "end of March", "five weeks later", 230),
    (date(2022, 9, 21), "21 September", "mobilization", 170),
    (date(2022, 11, 5), "5 November", "Vadim is recorded", -90),
    (date(2022, 11, 19), "19 November", "Alexandra", -185),
    (date(2022, 12, 12), "12 December", "Viktor", -280),
    (date(2022, 12, 15), "15 December", "Ljiljana", -375),
)
"""Day, its two lines, and how high the flag stands; the interviews hang below."""
MONTHS = "JFMAMJJASOND"


def place(day: date) -> int:
    """Return where a day lies on the line."""
    return MARGIN + round((day - FIRST) / (LAST - FIRST) * (WIDTH - 2 * MARGIN))


def main() -> None:
    """Draw the picture."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(picture)
    large, small = (ImageFont.truetype(str(FONT), size) for size in (34, 30))
    draw.line((MARGIN, LINE, WIDTH - MARGIN, LINE), fill=INK, width=4)
    for month in range(1, 13):
        at = place(date(2022, month, 1))
        draw.line((at, LINE - 9, at, LINE + 9), fill=INK, width=3)
    for day, title, below, height in DAYS:
        at, top = place(day), LINE - height
        draw.line((at, min(top, LINE), at, max(top + 84, LINE)), fill=ACCENT, width=3)
        draw.ellipse((at - 9, LINE - 9, at + 9, LINE + 9), fill=ACCENT)
        is_right = height > 0 and day.month > 2
        anchor, shift = ("la", 14) if is_right else ("ra", -14)
        draw.text((at + shift, top), title, font=large, fill=INK, anchor=anchor)
        draw.text((at + shift, top + 42), below, font=small, fill=QUIET, anchor=anchor)
    for month in range(1, 13):
        middle = place(date(2022, month, 1)) + (WIDTH - 2 * MARGIN) // 24
        draw.text((middle, LINE + 20), MONTHS[month - 1], font=small, fill=QUIET, anchor="mt",
                  stroke_width=7, stroke_fill="white")  # fmt: skip
    draw.text((MARGIN, HEIGHT - 140), "2022", font=large, fill=INK)
    draw.text((MARGIN, HEIGHT - 92), "Drawn for the sample archive", font=small, fill=QUIET)
    picture.quantize(32).save(TARGET, "PNG", optimize=True)


if __name__ == "__main__":
    main()
