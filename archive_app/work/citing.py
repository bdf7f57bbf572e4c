"""Citations and references of interviews and passages, from released copies alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive_app.domain.citation_source import Cited, CitedSource, source_of
from archive_app.domain.citation_styles import Citation, CitationStyle, cite
from archive_app.domain.names import HiddenNames
from archive_app.domain.records import Audience, DossierItem, Span
from archive_app.domain.release import check_for_leaks
from archive_app.domain.released import ReleasedInterview, ReleasedTurn
from archive_app.errors import Withheld
from archive_app.exchange.references import EXTENSIONS, write_references
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import tr
from archive_app.work.access import Hidden, hidden_names, released
from archive_app.work.collected import interviews_in
from archive_app.work.dossier_copies import Copies, Source
from archive_app.work.dossier_rows import POINT
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
        found = _once(source for one in places if (source := sources.of(one)) is not None)
    data = _checked(found, format, sources.hidden, audience)
    write_beside(target, data)
    return len(found)


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


def save_references_beside(
    archive: Archive,
    dossier_id: int,
    pdf_path: Path,
    formats: Sequence[str],
    *,
    audience: Audience,
    on: date,
    has_passages: bool = False,
) -> list[Path]:
    """Write a dossier's references beside its PDF, a file for each format; return the files.

    They are called as ``references_path`` tells. Each interview is one reference; with
    ``has_passages`` every passage and index point follows its interview as a reference of
    its own, with its times; what is closed, or gone, is not among them. All files are made
    before the first is written.

    Raises: as ``save_dossier_references``.
    """
    with archive.read() as reader:
        sources = _Sources(reader, audience, on)
        found = _once(_dossier_sources(reader, sources, dossier_id, has_passages=has_passages))
    made = {
        format: _checked(found, format, sources.hidden, audience)
        for format in dict.fromkeys(formats)  # noqa: A001 - the command line's word
    }
    written: list[Path] = []
    for format, data in made.items():  # noqa: A001
        target = references_path(pdf_path, format)
        write_beside(target, data)
        written.append(target)
    return written


def references_path(pdf_path: Path, format: str) -> Path:  # noqa: A002
    """Return where references in a format lie beside a PDF: "thesis-references.bib".

    A "thesis.bib" beside it may well be somebody's own.
    """
    return pdf_path.with_name(f"{pdf_path.stem}-references{EXTENSIONS[format]}")


def _dossier_sources(
    reader: Reader, sources: _Sources, dossier_id: int, *, has_passages: bool
) -> Iterator[CitedSource]:
    """Yield the interviews a dossier draws on, in its order, each before its passages."""
    dossier = reader.dossier(dossier_id)
    copies = Copies(reader, sources.audience, sources.on)
    copies.gather(dossier.items if has_passages else ())
    for interview_id in interviews_in(dossier):
        whole = sources.of(CitedPlace(interview_id))
        if whole is None:
            continue
        yield whole
        if not has_passages:
            continue
        for item in dossier.items:
            if item.interview_id == interview_id:
                source = sources.of_item(item, copies.of(item))
                if source is not None and source.kind is Cited.PASSAGE:
                    yield source


def _checked(
    sources: Sequence[CitedSource],
    format: str,  # noqa: A002
    hidden: Hidden,
    audience: Audience,
) -> bytes:
    """Return a file of references in which no protected name stands."""
    data = write_references(sources, format=format)
    if not sources:
        raise _nothing()
    if audience is not Audience.STAFF:
        check_for_leaks([data.decode("utf-8")], hidden)
    return data


class _Sources:
    """Cited sources as one audience may know them; copies are made once."""

    def __init__(self, reader: Reader, audience: Audience, on: date) -> None:
        self._reader, self.audience, self.on = reader, audience, on
        self.hidden: Hidden = hidden_names(reader)
        self._copies: dict[int, ReleasedInterview | None] = {}

    def of(self, place: CitedPlace) -> CitedSource | None:
        """Return a place's source; None: the audience may see nothing of the interview."""
        copy = self._copy(place.interview_id)
        if copy is None:
            return None
        start_ms, end_ms = _times(copy, place)
        heard = next((r for r in copy.recordings if r.position == place.recording), None)
        repository = self._repository(place.interview_id)
        return source_of(
            copy, repository=repository, recording=heard, start_ms=start_ms, end_ms=end_ms
        )

    def of_item(self, item: DossierItem, source: Source | None) -> CitedSource | None:
        """Return what a step of a dossier quotes, with its times; None: closed, gone, or neither.

        ``source`` is where it stands, as ``dossier_copies.Copies`` tells.
        """
        times = _times_of(item, source)
        if source is None or times is None or item.interview_id is None:
            return None
        return source_of(
            source.copy,
            repository=self._repository(item.interview_id),
            start_ms=times[0],
            end_ms=times[1],
        )

    def _copy(self, interview_id: int) -> ReleasedInterview | None:
        if interview_id not in self._copies:
            self._copies[interview_id] = released(
                self._reader, interview_id, audience=self.audience, on=self.on,
                hidden=self.hidden,
            )  # fmt: skip
        return self._copies[interview_id]

    def _repository(self, interview_id: int) -> str:
        """Return the archive's name, unless the interview's topmost collection is a repository."""
        tops = self._reader.interview_file(interview_id).collections[:1]
        if any(one.kind == "repository" for one in tops):
            return ""
        name = self._reader.setting("name") or ""
        if self.audience is Audience.STAFF:
            return name
        return HiddenNames.of_people(self.hidden).hidden(name)


def _times_of(item: DossierItem, source: Source | None) -> tuple[int | None, int | None] | None:
    """Return when a passage or an index point of a dossier begins and ends, as it is released."""
    if source is None:
        return None
    if item.kind == POINT:
        number = source.point_number(item)
        if number is None:
            return None
        point = source.copy.index_points[number]
        return point.start_ms, point.end_ms
    stretch = source.stretch(item)
    if stretch is None:
        return None
    last = stretch.turns[-1]
    end = len(last.text) if stretch.end is None else stretch.end
    return begins_at(stretch.turns[0], stretch.start), ends_at(last, end)


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
