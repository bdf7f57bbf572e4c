"""The compact head of a passage: who speaks, in which interview, and where it is heard."""

from __future__ import annotations

from collections.abc import Iterator

from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.blocks import Fragment
from archive_app.dossier.shaping import one_line
from archive_app.dossier.teller import Teller
from archive_app.dossier.wording import names, people, say_date


def tellers_of(interview: ReleasedInterview) -> str:
    """Return who is interviewed, in one line."""
    return one_line(names(people(interview, Role.INTERVIEWEE)))


def source_of_words(teller: Teller, interview: ReleasedInterview, times: str) -> str:
    """Return where words are from: title, date, accession number, times."""
    title = teller.title(interview)
    number = one_line(interview.accession)
    parts = [title, say_date(interview.date), number if number != title else "", times]
    return " · ".join(part for part in parts if part)


def source_fragments(
    teller: Teller, interview: ReleasedInterview, times: str
) -> Iterator[Fragment]:
    """Yield the interviewee in small capitals and where the words are from."""
    who = tellers_of(interview)
    source = source_of_words(teller, interview, times)
    if who:
        yield from teller.styles.speaker_fragments(who)
        source = " · " + source
    yield Fragment(source, teller.styles.quiet)
