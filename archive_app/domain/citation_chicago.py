"""The Chicago Manual of Style, notes and bibliography.

From the manual (17th ed., 14.211; 18th ed., 14.108, unpublished interviews): who was
interviewed, "interview by", the interviewer, place and date, and where recording or
transcript may be found, as in the manual's own example::

    Benjamin Spock, interview by Milton J. E. Senn, November 20, 1974, interview 67A,
    transcript, Senn Oral History Collection, National Library of Medicine, Bethesda, MD.

The number of names is the 18th edition's: a note names two people and of more the first,
a bibliography six and of more the first three. Chosen here: the title of an interview is
given only where no one is named; a passage's times follow the medium after "at"; the
bibliography groups people, circumstances, document and repository into sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive_app.domain.citation_dates import CHICAGO, say_date, say_times
from archive_app.domain.citation_source import Cited, CitedName, CitedSource
from archive_app.domain.citation_text import (
    capital,
    commas,
    ended_inside,
    listed,
    quoted,
    sentence,
    sentences,
)
from archive_app.domain.timecode import format_timecode

_NAMES_IN_NOTE = 2
_NAMES_IN_LIST = 6
_NAMES_OF_MANY = 3


def note(source: CitedSource) -> str:
    """Return the footnote, a passage with its times."""
    names = [one.name for one in source.narrators]
    shown = names[:1] if len(names) > _NAMES_IN_NOTE else names
    by = _by(source)
    lead = _named(shown, is_cut=len(shown) < len(names)) or quoted(source.title("en"))
    return sentence(
        [
            lead,
            by if lead else capital(by),
            source.place("en"),
            say_date(source.date, CHICAGO),
            source.accession,
            *_document(source),
            *reversed(source.series),
            source.repository,
        ],
        inside=True,
    )


def reference(source: CitedSource) -> str:
    """Return the entry in the bibliography, without times."""
    names = [one.inverted if n == 0 else one.name for n, one in enumerate(source.narrators)]
    is_cut = len(names) > _NAMES_IN_LIST
    is_inverted = bool(source.narrators and source.narrators[0].family)
    lead = _named(names[:_NAMES_OF_MANY] if is_cut else names, is_cut=is_cut, comma=is_inverted)
    return sentences(
        [
            lead or ended_inside(quoted(source.title("en"))),
            capital(_by(source)),
            capital(commas([source.place("en"), say_date(source.date, CHICAGO)])),
            commas([source.accession, medium(source), _length(source)]),
            commas([*reversed(source.series), source.repository]),
        ]
    )


def medium(source: CitedSource) -> str:
    """Return what is cited: "audio recording 2", "transcript"; what is heard goes first."""
    if source.kind is Cited.PASSAGE and source.has_transcript:
        return "transcript"
    if source.has_sound or source.has_video:
        kind = "video recording" if source.has_video else "audio recording"
        return f"{kind} {source.recording}" if source.recording else kind
    return "transcript" if source.has_transcript else ""


def names_of(people: Sequence[CitedName]) -> str:
    """Return names as they are spoken: "Anna Petrova and Ivan Petrov"."""
    return listed([one.name for one in people], last="and", comma=True)


def _by(source: CitedSource) -> str:
    by = names_of(source.interviewers)
    return f"interview by {by}" if by else "interview"


def _document(source: CitedSource) -> list[str]:
    times = say_times(source.start_ms, source.end_ms)
    return [medium(source), _length(source), f"at {times}" if times else ""]


def _length(source: CitedSource) -> str:
    return format_timecode(source.duration_ms) if source.duration_ms else ""


def _named(names: list[str], *, is_cut: bool, comma: bool = False) -> str:
    if is_cut:
        return f"{', '.join(names)}{',' if len(names) > 1 else ''} et al."
    if comma and len(names) == 2:
        # An inverted name has a comma of its own: Petrova, Vera, and Ivan Petrov.
        return f"{names[0]}, and {names[1]}"
    return listed(names, last="and", comma=True)
