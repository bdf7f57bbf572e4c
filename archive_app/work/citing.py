"""Citations and references of interviews and passages, from released copies alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive_app.domain.citation_source import CitedSource, source_of
from archive_app.domain.citation_styles import Citation, CitationStyle, cite
from archive_app.domain.names import HiddenNames
from archive_app.domain.records import Audience, Span
from archive_app.domain.release import check_for_leaks
from archive_app.domain.released import ReleasedInterview, ReleasedTurn
from archive_app.errors import Withheld
from archive_app.exchange.references import write_references
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import tr
from archive_app.work.access import Hidden, hidden_names, released
from archive_app.work.collected import interviews_in
from archive_app.work.exporting import write_beside


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """What is to be cited: an interview, one of its recordings, or a passage of a transcript."""

    interview_id: int
    transcript_id: int | None = None
    span: Span | None = None
    """Offsets in the text as the audience reads it."""
    recording: int | None = None
    """A recording's position in the interview, from 1."""


@dataclass(frozen=True, slots=True)
class Citations:
    """One source in every style."""

    source: CitedSource
    by_style: tuple[Citation, ...]
    """In the order of ``CitationStyle``."""

    def of(self, style: CitationStyle) -> Citation:
        """Return the citation in a style."""
        return next(one for one in self.by_style if one.style is style)


def citations(archive: Archive, place: CitedPlace, *, audience: Audience, on: date) -> Citations:
    """Return how an audience cites an interview, a recording or a passage on a date.

    A passage has the times of its first and last turn, or of its words where theirs
    are known; one that the audience may not read, or without times, is cited as its
    interview.

    Raises:
        NotFound: there is no such interview.
        Withheld: the audience may see nothing of it.
    """
    with archive.read() as reader:
        source = _Sources(reader, audience, on).of(place)
    if source is None:
        raise _nothing()
    return Citations(source, tuple(cite(source, style) for style in CitationStyle))


def save_references(
    archive: Archive,
    places: Sequence[CitedPlace],
    target: Path,
    *,
    format: str,  # noqa: A002 - the command line's word
    audience: Audience,
    on: date,
) -> int:
    """Write references for a reference manager and return how many; each source once.

    Places that the audience may not see are left out.

    Raises:
        BadValue: there is no such format (``exchange.references.EXTENSIONS``).
        Withheld: the audience may see none of them; nothing was written.
        LeakPrevented: a protected name would have gone out; nothing was written.
        Environment: the file cannot be written; an older one stands.
    """
    with archive.read() as reader:
        sources = _Sources(reader, audience, on)
        found = [source for one in places if (source := sources.of(one)) is not None]
    data = write_references(_once(found), format=format)
    if not found:
        raise _nothing()
    if audience is not Audience.STAFF:
        check_for_leaks([data.decode("utf-8")], sources.hidden)
    write_beside(target, data)
    return len(_once(found))


def save_dossier_references(
    archive: Archive,
    dossier_id: int,
    target: Path,
    *,
    format: str,  # noqa: A002
    audience: Audience,
    on: date,
) -> int:
    """Write references of a dossier's interviews, each once, in its order; return how many.

    Raises: as ``save_references``; NotFound: the dossier is gone.
    """
    with archive.read() as reader:
        places = [CitedPlace(one) for one in interviews_in(reader.dossier(dossier_id))]
    return save_references(archive, places, target, format=format, audience=audience, on=on)


class _Sources:
    """Cited sources as one audience may know them; copies are made once."""

    def __init__(self, reader: Reader, audience: Audience, on: date) -> None:
        self._reader, self._audience, self._on = reader, audience, on
        self.hidden: Hidden = hidden_names(reader)
        self._copies: dict[int, ReleasedInterview | None] = {}

    def of(self, place: CitedPlace) -> CitedSource | None:
        """Return a place's source; None: the audience may see nothing of the interview."""
        one = place.interview_id
        if one not in self._copies:
            self._copies[one] = released(
                self._reader, one, audience=self._audience, on=self._on, hidden=self.hidden
            )
        copy = self._copies[one]
        if copy is None:
            return None
        start_ms, end_ms = _times(copy, place)
        heard = next((r for r in copy.recordings if r.position == place.recording), None)
        repository = self._repository(one)
        return source_of(
            copy, repository=repository, recording=heard, start_ms=start_ms, end_ms=end_ms
        )

    def _repository(self, interview_id: int) -> str:
        """Return the archive's name, unless the interview's topmost collection is a repository."""
        tops = self._reader.interview_file(interview_id).collections[:1]
        if any(one.kind == "repository" for one in tops):
            return ""
        name = self._reader.setting("name") or ""
        if self._audience is Audience.STAFF:
            return name
        return HiddenNames.of_people(self.hidden).hidden(name)


def _times(copy: ReleasedInterview, place: CitedPlace) -> tuple[int | None, int | None]:
    span = place.span
    transcript = next((t for t in copy.transcripts if t.transcript_id == place.transcript_id), None)
    if transcript is None or span is None:
        return None, None
    numbers = {turn.turn_id: number for number, turn in enumerate(transcript.turns)}
    first, last = numbers.get(span.start_turn), numbers.get(span.end_turn)
    if first is None or last is None or last < first:
        return None, None
    return begins_at(transcript.turns[first], span.start), ends_at(transcript.turns[last], span.end)


def begins_at(turn: ReleasedTurn, offset: int) -> int | None:
    """Return when the word at an offset is said, or when the turn begins."""
    known = [one.start_ms for one in turn.timed if one.start <= offset]
    return max(known, default=turn.start_ms) if offset else turn.start_ms


def ends_at(turn: ReleasedTurn, offset: int) -> int | None:
    """Return when the word before an offset has been said, or when the turn ends."""
    known = [one.end_ms for one in turn.timed if one.end >= offset]
    return min(known, default=turn.end_ms) if offset < len(turn.text) else turn.end_ms


def _once(sources: Iterable[CitedSource]) -> list[CitedSource]:
    return list(
        {(one.uuid, one.recording, one.start_ms, one.end_ms): one for one in sources}.values()
    )


def _nothing() -> Withheld:
    return Withheld(
        tr("There is nothing here that this audience may cite on this date. Nothing was written.")
    )
