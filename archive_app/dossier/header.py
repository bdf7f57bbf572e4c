"""The page an interview opens with: title, record, abstract, what is withheld, its segments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archive_app.domain.records import Role, Texts
from archive_app.domain.released import ReleasedIndexPoint, ReleasedInterview
from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Close, Fragment, Image, Item, Open, Style
from archive_app.dossier.shaping import one_line
from archive_app.dossier.styles import Styles
from archive_app.dossier.wording import (
    names,
    people,
    pick,
    say_date,
    say_language,
    say_length,
    say_role,
    say_withheld,
)
from archive_app.translation import tr


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text of the catalogue."""
    return [part.strip() for part in re.split(r"[\r\n]+", text) if part.strip()]


def table(rows: Iterable[Block]) -> Iterator[Item]:
    """Yield rows as one table; nothing if there are none."""
    is_open = False
    for each in rows:
        if not is_open:
            yield Open("Table")
            is_open = True
        yield each
    if is_open:
        yield Close()


def row(styles: Styles, label: str, value: str, *, url: str = "") -> Iterator[Block]:
    """Yield a field with its label in the left column, a row of a table; nothing if empty."""
    if value.strip():
        yield Block(
            (Fragment(value, styles.apparatus, url=url),),
            styles.record,
            lead=Fragment(label, styles.quiet),
            tag="TR",
        )


def whole(rows: Iterable[Block]) -> Iterator[Block]:
    """Yield rows that stay on one page, with the title above them."""
    held = list(rows)
    for number, each in enumerate(held, start=1):
        is_last = number == len(held)
        yield each if is_last else replace(each, style=replace(each.style, keeps_next=True))


def section(styles: Styles, title: str, text: str, *, level: int = 0) -> Iterator[Block]:
    """Yield a titled text of the catalogue; nothing if it is empty."""
    parts = paragraphs(text)
    if parts:
        yield label(styles, title, level=level)
        for number, part in enumerate(parts):
            style = styles.prose if number else replace(styles.prose, before=0.0)
            yield Block((Fragment(part, styles.testimony),), style)


def label(styles: Styles, title: str, before: float = 1.4, *, level: int = 0) -> Block:
    """Return the small bold heading of a section; ``level`` is its place among the headings."""
    return Block(
        (Fragment(title, styles.label),),
        styles.heading(0.86, before=before, after=0.2),
        tag="H" if level else "P",
        level=level,
    )


def chosen(texts: Texts, language: str) -> tuple[str, str]:
    """Return a text in a language, else in the next best one, and the language it is in."""
    text = pick(texts, language)
    return text, next((tag for tag, each in texts.items() if each == text), "") if text else ""


def title_of(interview: ReleasedInterview, language: str) -> tuple[str, str]:
    """Return an interview's title in one line and its language; without one its number."""
    text, lang = chosen(interview.titles, language)
    return one_line(text) or one_line(interview.accession), lang


def other_titles(interview: ReleasedInterview, language: str) -> list[tuple[str, str]]:
    """Return the titles that stand below the first one, each with its language."""
    first = pick(interview.titles, language) or interview.accession
    return [(text, tag) for tag, text in interview.titles.items() if text and text != first]


def opening(
    interview: ReleasedInterview,
    styles: Styles,
    *,
    language: str,
    anchor: str,
    level: int,
    above: str,
    size: float = 1.75,
    before: float = 0.0,
    image: Image | None = None,
) -> Iterator[Block]:
    """Yield the titles of an interview, with its bookmark of a level from 0.

    ``size`` is that of the title against the testimony, ``before`` the space above it in
    the same measure; ``image`` stands beside it.
    """
    if above.strip():
        yield Block((Fragment(above, styles.overline),), styles.heading(0.95, before=0, after=0.6))
    title, lang = title_of(interview, language)
    yield Block(
        (Fragment(title, styles.title(size), anchors=(anchor,)),),
        styles.heading(size, before=before, after=0.5),
        outline=(level, title),
        tag="H",
        level=level + 1,
        lang=lang,
        image=image,
    )
    for other, tag in other_titles(interview, language):
        yield Block(
            (Fragment(other, styles.italic),),
            styles.heading(1.05, before=0, after=0.2),
            lang=tag,
        )
    yield Block((), Style(leading=styles.text, keeps_next=True))


def record(
    interview: ReleasedInterview, styles: Styles, *, language: str, link: str = ""
) -> Iterator[Block]:
    """Yield the fields of the catalogue record that a reader needs, as rows of a table."""
    yield from row(styles, tr("Accession number"), interview.accession)
    for role in Role:
        yield from row(styles, say_role(role), names(people(interview, role)))
    yield from row(styles, tr("Date"), say_date(interview.date))
    place = pick(interview.place_names, language) or interview.place
    yield from row(styles, tr("Place"), place)
    spoken = ", ".join(say_language(tag) for tag in interview.languages)
    yield from row(styles, tr("Language"), spoken)
    if interview.duration_ms:
        yield from row(styles, tr("Length"), say_length(interview.duration_ms))
    yield from row(styles, tr("Collection"), " · ".join(interview.collections))
    yield from row(styles, tr("Rights"), interview.rights_holder)
    yield from row(styles, tr("Funded by"), interview.funder)
    yield from row(styles, tr("Link"), link, url=link)


def description(
    interview: ReleasedInterview, styles: Styles, comment: str, *, level: int = 0
) -> Iterator[Item]:
    """Yield abstract, biographies, circumstances, keywords and what is withheld."""
    yield from section(styles, tr("Note on this selection"), comment, level=level)
    yield from section(styles, tr("Abstract"), interview.abstract, level=level)
    yield from biographies(interview, styles, level=level)
    yield from section(
        styles, tr("How the interview was made"), interview.circumstances, level=level
    )
    if interview.keywords or interview.subjects or interview.withheld:
        yield Block((), Style(leading=styles.text * 0.5))
    yield from table(headings(interview, styles))


def biographies(interview: ReleasedInterview, styles: Styles, *, level: int = 0) -> Iterator[Block]:
    """Yield who the people of an interview are, a paragraph each that begins with the name."""
    told = {
        person.biography: person.name for person in reversed(interview.people) if person.biography
    }
    is_first = True
    for text, name in reversed(told.items()):
        if not (parts := paragraphs(text)):
            continue
        if is_first:
            yield label(styles, tr("People"), level=level)
        begun = one_line(name)
        named = f"{begun} " if begun.endswith(".") else f"{begun}. "
        for number, part in enumerate(parts):
            style = replace(styles.prose, before=0.0) if is_first else styles.prose
            words = Fragment(part, styles.testimony)
            yield Block((words,) if number else (Fragment(named, styles.bold), words), style)
            is_first = False


def headings(interview: ReleasedInterview, styles: Styles) -> Iterator[Block]:
    """Yield keywords, subjects and what is withheld, as rows of a table."""
    yield from row(styles, tr("Keywords"), ", ".join(interview.keywords))
    yield from row(styles, tr("Subjects"), ", ".join(interview.subjects))
    held = "; ".join(say_withheld(each) for each in interview.withheld)
    yield from row(styles, tr("Withheld"), held)


def segments(
    interview: ReleasedInterview, styles: Styles, anchors: Sequence[str], *, level: int = 0
) -> Iterator[Item]:
    """Yield the interview's own table of contents, each line leading to its anchor."""
    if not interview.index_points:
        return
    yield label(styles, tr("Contents of the recording"), level=level)
    yield Open("L")
    last = len(interview.index_points) - 1
    for number, (point, anchor) in enumerate(zip(interview.index_points, anchors, strict=True)):
        block = segment(point, styles)
        # Neither the first entry nor the last stands alone on a page.
        is_kept = number < last and number in {0, last - 1}
        block = replace(block, style=replace(block.style, keeps_next=is_kept))
        fragments = tuple(
            replace(each, link=anchor) if each.ink == styles.apparatus else each
            for each in block.fragments
        )
        lead = replace(block.lead, link=anchor) if block.lead else None
        yield replace(block, fragments=fragments, lead=lead)
    yield Close()


def segment(point: ReleasedIndexPoint, styles: Styles, *, anchor: str = "", url: str = "") -> Block:
    """Return a line of the table of contents: timecode, title, synopsis."""
    block = _timed(point, styles, anchor, url)
    if not point.synopsis:
        return block
    synopsis = Fragment(f"  {point.synopsis}", styles.quiet)
    return replace(block, fragments=(*block.fragments, synopsis))


def full_segment(
    point: ReleasedIndexPoint, styles: Styles, *, anchor: str = "", url: str = ""
) -> Iterator[Block]:
    """Yield all that is told of a segment: title, synopsis, keywords and place, a line each."""
    block = _timed(point, styles, anchor, url)
    words = dict.fromkeys((*point.keywords, *point.subjects, point.place))
    keywords = " · ".join(one_line(word) for word in words if word.strip())
    texts = [
        (Fragment(one_line(point.synopsis), styles.note), bool(point.synopsis.strip())),
        (Fragment(keywords, styles.quiet), bool(keywords)),
    ]
    told = [fragment for fragment, is_there in texts if is_there]
    after = block.style.after
    yield replace(
        block, style=replace(block.style, keeps_next=bool(told), after=0.0 if told else after)
    )
    for place, fragment in enumerate(told, start=1):
        is_last = place == len(told)
        style = replace(block.style, after=after * 2 if is_last else 0.0, keeps_next=not is_last)
        yield Block((fragment,), style)


def _timed(point: ReleasedIndexPoint, styles: Styles, anchor: str, url: str) -> Block:
    """Return timecode and title of a segment as an entry of a list."""
    anchors = (anchor,) if anchor else ()
    fragments = [Fragment(point.title, styles.apparatus, anchors=anchors)]
    alternative = point.alt.get("title", "")
    if alternative and alternative != point.title:
        fragments.append(Fragment(f" / {alternative}", styles.apparatus))
    style = Style(
        leading=styles.text * 1.2,
        first=styles.text * 4.6,
        left=styles.text * 4.6,
        after=styles.text * 0.3,
    )
    lead = Fragment(format_timecode(point.start_ms), styles.quiet, url=url)
    return Block(tuple(fragments), style, lead=lead, tag="LI")
