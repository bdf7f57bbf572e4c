"""The MLA Handbook, 9th edition.

From the handbook: the core elements in their order (author, title of source,
contributor, container, date, location); the first name inverted, "et al." from three
people on; a missing title replaced by a description in plain words, "Interview"; months
shortened but May, June and July; in the text, the name and the range of times in hours,
minutes and seconds. The Style Center's example of an archived interview::

    Menchú, Rigoberta. Interview. Conducted by Elisabeth Burgos-Debray. Elisabeth
    Burgos-Debray papers, Hoover Institution archives, Stanford, CA, 7 Jan. 1982,
    2001C89.197, cassette 1.1

Chosen here: the place of the interview follows the interviewer; the medium stands at the
end as the handbook's optional element; the range of times is written out on both sides.
"""

from __future__ import annotations

from archive_app.domain.citation_chicago import medium, names_of
from archive_app.domain.citation_dates import MLA, say_date, say_times, two_digit_hours
from archive_app.domain.citation_source import CitedSource
from archive_app.domain.citation_text import (
    bracketed,
    capital,
    commas,
    ended_inside,
    quoted,
    sentences,
)


def reference(source: CitedSource) -> str:
    """Return the entry among the works cited, without times."""
    title = ended_inside(quoted(source.title("en")))
    by, place = names_of(source.interviewers), source.place("en")
    if by:
        conducted = f"Interview conducted by {by}" if title else f"Conducted by {by}"
        described = [title or "Interview", commas([conducted, place])]
    else:
        described = [title, commas(["Interview", place])]
    return sentences(
        [
            _authors(source),
            *described,
            commas(
                [
                    *reversed(source.series),
                    source.repository,
                    say_date(source.date, MLA),
                    source.accession,
                ]
            ),
            capital(medium(source)),
        ]
    )


def note(source: CitedSource) -> str:
    """Return what stands in the text: "(Petrova 00:12:03–00:13:40)"."""
    names = [one.short for one in source.narrators]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    who = who or quoted(source.title("en")) or source.accession or "Interview"
    times = say_times(source.start_ms, source.end_ms, form=two_digit_hours)
    return bracketed(f"{who} {times}".strip())


def _authors(source: CitedSource) -> str:
    people = list(source.narrators)
    first = people[0].inverted if people else ""
    if len(people) < 2:
        return first
    if len(people) > 2:
        return f"{first}, et al."
    comma = "," if people[0].family else ""
    return f"{first}{comma} and {people[1].name}"
