"""A dossier with everything in it that a page can hold: pictures, lists, notes, codes, data."""

from __future__ import annotations

import io
from typing import Any

from dossier_samples import (
    contents,
    interview,
    sample_interview,
    serbian_interview,
    transcript,
    turn,
)

from archive_app.domain.records import Footnote
from archive_app.domain.rich_text import BlockKind, RichBlock, RichRun
from archive_app.dossier.contents import (
    DossierContents,
    Excerpts,
    Heading,
    Passage,
    Picture,
    Prose,
    Segment,
    WholeInterview,
)
from archive_app.dossier.design import Design, Layout


def picture(mode: str = "RGBA", kind: str = "PNG") -> bytes:
    """Return a small picture; in RGBA one can see through half of it."""
    from PIL import Image

    made = Image.new(mode, (60, 40), "white" if mode != "RGBA" else (200, 30, 30, 90))
    held = io.BytesIO()
    made.save(held, kind)
    return held.getvalue()


def rich_text() -> tuple[RichBlock, ...]:
    """Return every kind of paragraph, with emphasis and notes."""
    return (
        RichBlock((RichRun("On what follows"),), BlockKind.HEADING),
        RichBlock((
            RichRun("These conversations were held "),
            RichRun("in two winters", is_italic=True, note="2022 and 2023; see the list."),
            RichRun(" and "),
            RichRun("transcribed by hand", is_bold=True, note="By Jelena Đurić."),
            RichRun("."),
        )),
        RichBlock((RichRun("Who came first"),), BlockKind.BULLET),
        RichBlock((RichRun("Who came later", note="After the spring."),), BlockKind.BULLET),
        RichBlock((RichRun("Arrival"),), BlockKind.NUMBER),
        RichBlock((RichRun("Papers"),), BlockKind.NUMBER),
        RichBlock((RichRun("Људи, џаба се љутите."),), BlockKind.QUOTE),
        RichBlock((RichRun("So it went on."),)),
    )  # fmt: skip


def rich_contents(*, layout: Layout = Layout.VOLUME, **more: Any) -> DossierContents:
    """Return a dossier of all kinds of parts, with QR codes, clips and its data attached."""
    first, second = sample_interview(2), serbian_interview()
    design = Design(
        layout=layout, has_qr=True, has_data=True, has_line_numbers=True,
        is_facing=layout in (Layout.VOLUME, Layout.READER),
    )  # fmt: skip
    facts: dict[str, Any] = {
        "title": "The Second Winter",
        "subtitle": "Arrivals & departures <2022–2023>",
        "author": "Selected by M. Ivanović",
        "description": "A selection for the reading room's visitors.",
        "repository": "Memory Archive",
        "keywords": ("emigration", "Београд", "winter, second"),
        "method": "Recorded at kitchen tables.\nTranscribed by hand.",
        "cover": Picture(picture("RGB", "JPEG"), alt="A kitchen table"),
        "clips": {("t-1", 2): "clips/one.mp3"},
        "design": design,
    }
    return contents(
        Heading("Those who came", "Voices of families in their first year."),
        Prose(rich_text(), "en"),
        Picture(picture(), caption="The house in Vračar, 2022.", alt="A house with a tall gate"),
        Picture(picture("L"), alt="An empty street"),
        WholeInterview(first, comment="Shortened by nobody."),
        Segment(first, 1, "Worth hearing."),
        Heading("Those who were there", level=2),
        Excerpts(
            second,
            (Passage("t-3", 2, 4, "At the door"), Passage("t-3", 6, 7, comment="Later that day")),
        ),
        Excerpts(first, (Passage("t-1", 2, 3, start=10),), heading="Once more"),
        **(facts | more),
    )


HOSTILE = {
    "private": "a \ue000 b \uf8ff \U000f0000 \U0010fffd c",
    "unassigned": "a \u0378 \U000e0080 \U0001fffe \ufdd0 \U0001ffff \ufffe \uffff \ufffd",
    "controls": "a\x00b\x07c\x1bd\x7fe\x85f\u2028g\u2029h\x0ci",
    "unseen": "a \u202ehello\u202c \u2066x\u2069 \u200f \u200bzero\u200d\u2060\ufeff\u00ad",
    "markup": "<b>x</b> & ]]> ( \\( ) %PDF endstream endobj \n >> -- <?xpacket end='w'?>",
    "lone": "a \ud800 b \udfff",
    "emoji": "😀 👩‍👩‍👧 🇷🇸 ❤️ 1️⃣",
    "scripts": "العربية עברית हिन्दी ไทย 漢字 한국어 ꙮ",
    "accents": "е́ a̐éö̲ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ ӳ",
    "spaces": "a\u00a0b\u2007c\u202fd\u3000e\u2003f\u2011g\u2010h",
    "long": "x" * 3000,
}
"""Texts that break what does not expect them."""


def hostile_contents() -> DossierContents:
    """Return a dossier with hostile texts wherever a text may stand."""
    every = " ".join(text[:60] for text in HOSTILE.values())
    parts: list[Any] = []
    for name, text in HOSTILE.items():
        footnote = Footnote(1, text, f"https://example.org/{text[:60]}")
        first = turn(1, f"Who {text[:200]}", text, 0, footnotes=(footnote,))
        held = interview(
            transcript(first, turn(2, "B", text * 2), uuid=name), accession=name,
            abstract=text, titles={"en": text[:300]}, keywords=(text[:50],),
            rights_holder=text[:300], licence=text[:100], place=text[:40],
        )  # fmt: skip
        parts += [Heading(f"T {text}", text), held]
    return contents(
        *parts, title=f"T {every}", author=every, description=every, keywords=(every, "b"),
        repository=every, design=Design(has_data=True),
    )  # fmt: skip
