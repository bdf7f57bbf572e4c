"""Following a short link, as it is printed in a dossier, to its place in the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive_app.domain.links import read_link
from archive_app.domain.records import Audience, TranscriptKind
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work.access import released


@dataclass(frozen=True, slots=True)
class LinkedPlace:
    """Where a link leads; without a transcript it is the interview itself."""

    interview_id: int
    transcript_id: int | None = None
    turn_id: int | None = None
    ms: int | None = None


def follow_link(archive: Archive, text: str, *, audience: Audience, on: date) -> LinkedPlace:
    """Return the place a link leads to, as far as an audience may go.

    Raises:
        BadValue: it is no such link.
        NotFound: no interview of that number is there, or none that the audience may know of.
    """
    link = read_link(text)
    with archive.read() as reader:
        found = reader.interview_by_accession(link.accession)
        copy = None
        if found is not None:
            copy = released(reader, found.id, audience=audience, on=on)
    if copy is None:
        raise NotFound(
            tr("The link leads to the interview {accession}, which is not in this archive or not "
               "open to you. Open the archive that the dossier was made from and try again.",
               accession=link.accession)
        )  # fmt: skip
    if link.start_ms is None:
        return LinkedPlace(copy.interview_id)
    for transcript in _originals_first(copy):
        turn = _turn_at(transcript, link.start_ms)
        if turn is not None:
            return LinkedPlace(copy.interview_id, transcript.transcript_id, turn, link.start_ms)
    return LinkedPlace(copy.interview_id, ms=link.start_ms)


def _originals_first(copy: ReleasedInterview) -> list[ReleasedTranscript]:
    return sorted(copy.transcripts, key=lambda one: one.kind is TranscriptKind.TRANSLATION)


def _turn_at(transcript: ReleasedTranscript, ms: int) -> int | None:
    """Return the last turn that has begun by a time; a link's seconds are rounded down."""
    begun = [
        turn.turn_id
        for turn in transcript.turns
        if turn.start_ms is not None and turn.start_ms // 1000 <= ms // 1000
    ]
    return begun[-1] if begun else None
