"""What the pages before and behind the body are put together from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archive_app.domain.citation_text import CitedRun
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.blocks import Block, Fragment, Style
from archive_app.dossier.shaping import Ink, one_line
from archive_app.dossier.styles import Styles

_LABEL_CHARACTERS = 20
"""A longer label does not fit its column and stands before the words it belongs to."""


def page_title(
    styles: Styles, text: str, anchor: str, *, level: int = 1, before: float = 0.0
) -> Block:
    """Return the title of a part of the apparatus, with its bookmark."""
    return Block(
        (Fragment(text, styles.title(1.75), anchors=(anchor,)),),
        styles.heading(1.75, before=before, after=1.0),
        outline=(0, text),
        tag="H",
        level=level,
    )


def section_title(styles: Styles, text: str, *, before: float = 1.4) -> Block:
    """Return the small bold heading of a section of the apparatus."""
    return Block(
        (Fragment(text, styles.label),),
        styles.heading(0.86, before=before, after=0.3),
        tag="H",
        level=2,
    )


def paragraph(styles: Styles, text: str, lang: str = "", *, is_first: bool = False) -> Block:
    """Return a paragraph of the archive's own words; ``is_first``: right below a small heading."""
    style = replace(styles.prose, before=0.0) if is_first else styles.prose
    return Block((Fragment(text, styles.testimony),), style, lang=lang)


def citation_style(styles: Styles) -> Style:
    """Return the style of a citation that stands by itself, in the size of notes."""
    return replace(styles.prose, leading=styles.foot.leading, align="left", before=0.0)


def field_row(
    styles: Styles, label: str, value: str, *, lang: str = "", url: str = ""
) -> Iterator[Block]:
    """Yield a row of a table, its label in the left column; nothing without a value."""
    if not value.strip():
        return
    if len(label) > _LABEL_CHARACTERS:
        label, value = "", f"{label}: {value}"
    yield Block(
        (Fragment(value, styles.apparatus, url=url),),
        styles.record if label else replace(styles.record, first=0.0, left=styles.text * 1.2),
        lead=Fragment(label, styles.quiet) if label else None,
        tag="TR",
        lang=lang,
    )


def cited(runs: Iterable[CitedRun], styles: Styles, style: Style, lang: str) -> Block:
    """Return a citation as a block of its own language, its titles in italics."""
    size = styles.note.size
    upright, italic = replace(styles.testimony, size=size), replace(styles.italic, size=size)
    return Block(
        tuple(Fragment(run.text, italic if run.is_italic else upright) for run in runs),
        style,
        lang=lang,
    )


def resized(ink: Ink, size: float) -> Ink:
    """Return an ink in another size, in points."""
    return replace(ink, size=round(size, 2))


def accessions(interviews: Iterable[ReleasedInterview]) -> str:
    """Return accession numbers with commas between."""
    return ", ".join(one_line(each.accession) for each in interviews)


def unique(values: Iterable[str]) -> list[str]:
    """Return texts in one line, each once, in their order, without empty ones."""
    return list(dict.fromkeys(text for value in values if (text := one_line(value).strip())))
