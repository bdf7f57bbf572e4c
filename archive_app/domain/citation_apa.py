"""The Publication Manual of the American Psychological Association, 7th edition.

From the manual: the person interviewed is the author; surname and initials, "&" before
the last, from twenty-one people on the first nineteen and the last; year, month and day
in brackets, "n.d." without; a description in square brackets; collection and archive
with a semicolon between (10.13 and the manual's example of an archived interview)::

    Sabbatini, G. (1993, September 10). Musical performance of Giuseppe Sabbatini
    [Interview]. Studs Terkel Radio Archive; The Chicago History Museum.

The title of a work that stands by itself is set in italics (9.19), what is said of it in
brackets is not. The accession number stands in brackets behind the collection, as the
manual does for archival material. In the text, one time, that of the quotation's beginning (8.28).
Chosen here: the interviewer is named in brackets behind the title as other contributors
are; a source without author begins with its title; the place of the interview is left
out, for the manual has no room for it.
"""

from __future__ import annotations

from archive_app.domain.citation_dates import APA, say_date, say_times, say_years
from archive_app.domain.citation_source import Cited, CitedName, CitedSource
from archive_app.domain.citation_text import (
    Italics,
    bracketed,
    commas,
    place_of,
    quoted,
    sentences,
)

_MOST_NAMES = 20


def reference(source: CitedSource) -> str:
    """Return the entry in the list of references, without times."""
    titled = _titled(source)
    before = _before_title(source)
    head = [before, titled] if before else [f"{_stopped(titled)} {_date(source)}"]
    return sentences([*head, _kept(source)])


def italics(source: CitedSource) -> Italics:
    """Return what of the reference is set in italics: the title."""
    return place_of(source.title("en"), reference(source), len(_before_title(source)))


def note(source: CitedSource) -> str:
    """Return what stands in the text: "(Petrova, 2022, 0:12:03)"."""
    names = [one.short for one in source.narrators]
    who = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
    who = who or quoted(source.title("en")) or source.accession or "Interview"
    year = say_years(source.date, APA) or "n.d."
    return bracketed(commas([who, year, say_times(source.start_ms)], inside=True))


def _before_title(source: CitedSource) -> str:
    authors = _listed([_name(one) for one in source.narrators])
    return f"{_stopped(authors)} {_date(source)}" if authors else ""


def _date(source: CitedSource) -> str:
    return bracketed(say_date(source.date, APA) or "n.d.")


def _titled(source: CitedSource) -> str:
    by = _listed([_spoken(one) for one in source.interviewers])
    title = source.title("en")
    what = _what(source)
    if not title:
        joined = "of an interview by" if what != "Interview" else "by"
        return bracketed(f"{what} {joined} {by}" if by else what, "[]")
    role = "Interviewer" if len(source.interviewers) == 1 else "Interviewers"
    return " ".join(
        part
        for part in (title, bracketed(f"{by}, {role}" if by else ""), bracketed(what, "[]"))
        if part
    )


def _what(source: CitedSource) -> str:
    if source.kind is Cited.RECORDING:
        kind = "Video recording" if source.has_video else "Audio recording"
        return f"{kind} {source.recording}" if source.recording else kind
    is_written = source.has_transcript and not (source.has_sound or source.has_video)
    return "Interview transcript" if is_written and source.title("en") else "Interview"


def _kept(source: CitedSource) -> str:
    number = bracketed(source.accession)
    series = commas(reversed(source.series))
    if series:
        return "; ".join(part for part in (f"{series} {number}".strip(), source.repository) if part)
    return f"{source.repository} {number}".strip() if source.repository else source.accession


def _name(one: CitedName) -> str:
    return f"{one.family}, {one.initials}" if one.family else one.name


def _spoken(one: CitedName) -> str:
    return f"{one.initials} {one.family}" if one.family else one.name


def _listed(names: list[str]) -> str:
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:19])}, … {names[-1]}"
    if len(names) < 2:
        return "".join(names)
    has_commas = len(names) > 2 or any("," in one for one in names)
    return f"{', '.join(names[:-1])}{',' if has_commas else ''} & {names[-1]}"


def _stopped(text: str) -> str:
    return sentences([text])
