"""What the choices of a dossier's design are called, and why some do not apply."""

from __future__ import annotations

from archive_app.dossier.design import (
    Design,
    Family,
    Grouping,
    Layout,
    Marks,
    Paper,
    Speakers,
    Times,
)
from archive_app.translation import mark, tr

LAYOUTS = {
    Layout.VOLUME: mark("Transcript volume"),
    Layout.READER: mark("Thematic reader"),
    Layout.FINDING_AID: mark("Finding aid"),
    Layout.CARDS: mark("Passage cards"),
}
ABOUT_LAYOUTS = {
    Layout.VOLUME: mark("Whole interviews, each with its record, abstract and contents; passages "
                        "under your headings."),
    Layout.READER: mark("Passages under headings: your own, or by tag, by person or by time."),
    Layout.FINDING_AID: mark("Records, abstracts and timed contents of the interviews, without "
                             "their text."),
    Layout.CARDS: mark("A card for each passage with its source, several to a page, to be cut "
                       "apart."),
}  # fmt: skip
PAPERS = {Paper.A4: mark("A4"), Paper.LETTER: mark("Letter"), Paper.A5: mark("A5")}
FAMILIES = {
    Family.CHARIS: mark("Charis (serif, as in this window)"),
    Family.GENTIUM: mark("Gentium (serif, light)"),
    Family.NOTO_SERIF: mark("Noto Serif (serif, sturdy)"),
    Family.NOTO_SANS: mark("Noto Sans (without serifs)"),
}
GROUPINGS = {
    Grouping.OUTLINE: mark("Under your own headings"),
    Grouping.TAG: mark("By tag"),
    Grouping.PERSON: mark("By person"),
    Grouping.TIME: mark("By time"),
}
TIMES = {
    Times.TURN: mark("At every turn"),
    Times.STEP: mark("At a step"),
    Times.NONE: mark("None"),
}
SPEAKERS = {
    Speakers.FULL: mark("In full at every turn"),
    Speakers.SHORT: mark("In full once, then short"),
}
MARKS = {
    Marks.SHOWN: mark("Shown"),
    Marks.SMOOTHED: mark("Smoothed"),
}


def reasons(design: Design) -> dict[str, str]:
    """Return, by the name of each field of a design that does not apply, why it does not."""
    said: dict[str, str] = {}
    if design.layout is Layout.FINDING_AID:
        no_text = tr("A finding aid holds no text of the interviews.")
        for name in ("is_facing", "speakers", "times", "time_step_s", "has_line_numbers", "marks"):
            said[name] = no_text
    if design.layout is Layout.CARDS:
        said["is_facing"] = tr("A card has one column.")
        said["has_line_numbers"] = tr("Cards are cited by their time, not by lines.")
    if design.layout is not Layout.READER:
        said["grouping"] = tr("Only a thematic reader is grouped.")
    if design.times is not Times.STEP:
        said.setdefault("time_step_s", tr("Choose “At a step” for the times first."))
    if not design.has_links:
        said["has_qr"] = tr("A QR code holds the link: switch the links on first.")
    return said
