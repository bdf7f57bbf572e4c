"""The page an interview opens with: title, record, abstract, what is withheld, its segments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview
from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Fragment, Style
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


def row(styles: Styles, label: str, value: str) -> Iterator[Block]:
    """Yield a field with its label in the left column; nothing if it is empty."""
    if value.strip():
        yield Block(
            (Fragment(value, styles.apparatus),),
            styles.record,
            lead=Fragment(label, styles.quiet),
        )


def section(styles: Styles, title: str, text: str) -> Iterator[Block]:
    """Yield a titled text of the catalogue; nothing if it is empty."""
    parts = paragraphs(text)
    if parts:
        yield label(styles, title)
        for part in parts:
            yield Block((Fragment(part, styles.testimony),), styles.prose)


def label(styles: Styles, title: str, before: float = 1.4) -> Block:
    """Return the small bold heading of a section."""
    return Block((Fragment(title, styles.label),), styles.heading(0.86, before=before, after=0.2))


def other_titles(interview: ReleasedInterview, language: str) -> list[str]:
    """Return the titles that stand below the first one."""
    first = pick(interview.titles, language) or interview.accession
    return [title for title in interview.titles.values() if title and title != first]


def opening(
    interview: ReleasedInterview,
    styles: Styles,
    *,
    language: str,
    anchor: str,
    level: int,
    above: str,
) -> Iterator[Block]:
    """Yield the title and the record of an interview, with its bookmark."""
    if above.strip():
        yield Block((Fragment(above, styles.overline),), styles.heading(0.95, before=0, after=0.6))
    title = pick(interview.titles, language) or interview.accession
    yield Block(
        (Fragment(title, styles.title(1.75), anchors=(anchor,)),),
        styles.heading(1.75, before=0, after=0.5),
        outline=(level, title),
    )
    for other in other_titles(interview, language):
        yield Block((Fragment(other, styles.italic),), styles.heading(1.05, before=0, after=0.2))
    yield Block((), Style(leading=styles.text * 0.6))
    yield from record(interview, styles, language=language)


def record(interview: ReleasedInterview, styles: Styles, *, language: str) -> Iterator[Block]:
    """Yield the fields of the catalogue record that a reader needs."""
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


def description(interview: ReleasedInterview, styles: Styles, comment: str) -> Iterator[Block]:
    """Yield abstract, biographies, circumstances, keywords and what is withheld."""
    yield from section(styles, tr("Note on this selection"), comment)
    yield from section(styles, tr("Abstract"), interview.abstract)
    seen: set[str] = set()
    for person in interview.people:
        if person.biography and person.biography not in seen:
            seen.add(person.biography)
            yield from section(styles, person.name, person.biography)
    yield from section(styles, tr("How the interview was made"), interview.circumstances)
    if interview.keywords or interview.subjects or interview.withheld:
        yield Block((), Style(leading=styles.text * 0.5))
    yield from row(styles, tr("Keywords"), ", ".join(interview.keywords))
    yield from row(styles, tr("Subjects"), ", ".join(interview.subjects))
    held = "; ".join(say_withheld(each) for each in interview.withheld)
    yield from row(styles, tr("Withheld"), held)


def segments(interview: ReleasedInterview, styles: Styles, anchors: list[str]) -> Iterator[Block]:
    """Yield the interview's own table of contents: timecode, title, synopsis."""
    if not interview.index_points:
        return
    yield label(styles, tr("Contents of the recording"))
    for point, anchor in zip(interview.index_points, anchors, strict=True):
        fragments = [Fragment(point.title, styles.apparatus, link=anchor)]
        alternative = point.alt.get("title", "")
        if alternative and alternative != point.title:
            fragments.append(Fragment(f" / {alternative}", styles.apparatus, link=anchor))
        if point.synopsis:
            fragments.append(Fragment(f"  {point.synopsis}", styles.quiet))
        style = Style(
            leading=styles.text * 1.2,
            first=styles.text * 4.6,
            left=styles.text * 4.6,
            after=styles.text * 0.3,
        )
        lead = Fragment(format_timecode(point.start_ms), styles.quiet, link=anchor)
        yield Block(tuple(fragments), style, lead=lead)
