"""Writing the index: what changed, all at once, with the journal's position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeVar

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Audience
from archive_app.domain.released import ReleasedInterview
from archive_app.search.analysis import Analyser, WordPlaces
from archive_app.search.content import (
    Content,
    RecordContent,
    TranscriptContent,
    content_of,
)
from archive_app.search.schema import (
    lexicon_terms,
    record_document,
    transcript_document,
)
from archive_app.search.storage import open_reader
from archive_app.translation import tr

if TYPE_CHECKING:
    from whoosh.index import FileIndex
    from whoosh.reading import IndexReader

T = TypeVar("T")

_MEMORY_MB = 512
"""Whoosh's postings pool; more than halves the time against its default of 128."""

_POSITION = "position"
_LEXICON = "lexicon"


def position_of(reader: IndexReader) -> int:
    """Return the position that a segment's living documents tell, 0 if none does."""
    from whoosh.reading import TermNotFound

    try:
        matcher = reader.postings("kind", _POSITION)
    except TermNotFound:
        return 0
    return reader.stored_fields(matcher.id())["facts"] if matcher.is_active() else 0


def write_documents(
    index: FileIndex,
    documents: Iterable[tuple[int, Sequence[ReleasedInterview]]],
    *,
    position: int,
    progress: Progress = NO_PROGRESS,
    lock_seconds: float,
) -> None:
    """Replace the interviews' documents and the position, in one commit.

    Interviews that come twice need a second commit; until then the old position stands.

    Raises:
        LockError: another program is writing.
        OSError: the folder cannot be written; the index is as before.
    """
    writer = _open_writer(index, lock_seconds)
    batch = _Batch(writer)
    done = False
    try:
        for count, (interview_id, copies) in enumerate(documents):
            progress.report(count, 0, tr("Bringing the search index up to date"))
            batch.replace(interview_id, copies)
        batch.finish(_position_now(index) if batch.again else position)
        writer.commit()
        done = True
    finally:
        if not done and not writer.is_closed:
            writer.cancel()
    if batch.again:
        write_documents(
            index,
            batch.again.items(),
            position=position,
            progress=progress,
            lock_seconds=lock_seconds,
        )


def _position_now(index: FileIndex) -> int:
    with closing(open_reader(index)) as reader:
        return max((position_of(leaf) for leaf, _ in reader.leaf_readers()), default=0)


def _open_writer(index: FileIndex, lock_seconds: float) -> Any:
    return index.writer(limitmb=_MEMORY_MB, timeout=lock_seconds)


def rewrite(index: FileIndex, *, lock_seconds: float) -> None:
    """Merge all segments and make the lexicon anew from the words that are left.

    Between the two commits the index has no position, so that a crash there makes
    it be built anew.

    Raises:
        LockError: another program is writing.
        OSError: the folder cannot be written.
    """
    position = _position_now(index)
    writer = _open_writer(index, lock_seconds)
    writer.delete_by_term("kind", _LEXICON)
    writer.delete_by_term("kind", _POSITION)
    writer.commit(optimize=True)
    with closing(open_reader(index)) as reader:
        forms = [term.decode() for term in reader.lexicon("words")] if reader.doc_count() else []
    writer = _open_writer(index, lock_seconds)
    _add_lexicon(writer, forms)
    _add_position(writer, position)
    writer.commit(optimize=True)


class _Batch:
    """Documents on their way into one commit."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self._analyser = Analyser()
        self._forms: set[str] = set()
        self._had_documents = any(segment.doc_count_all() for segment in writer.segments)
        self._seen: set[int] = set()
        self.again: dict[int, Sequence[ReleasedInterview]] = {}

    def replace(self, interview_id: int, copies: Sequence[ReleasedInterview]) -> None:
        """Put an interview's copies in the place of what the index had of it.

        Whoosh cannot delete what the same writer added, so an interview that comes
        a second time waits in ``again`` for the next commit.
        """
        if interview_id in self._seen:
            self.again[interview_id] = copies
            return
        self._seen.add(interview_id)
        if self._had_documents:
            self._writer.delete_by_term("interview", str(interview_id))
        distinct: list[tuple[Content, list[Audience]]] = []
        for released in copies:
            _collect(distinct, content_of(released), released.audience)
        self._add(interview_id, distinct)

    def _add(
        self, interview_id: int, distinct: Sequence[tuple[Content, Sequence[Audience]]]
    ) -> None:
        records: list[tuple[RecordContent, list[Audience]]] = []
        transcripts: list[tuple[TranscriptContent, list[Audience]]] = []
        fingerprints: dict[Audience, str] = {}
        for content, audiences in distinct:
            fingerprints.update(dict.fromkeys(audiences, content.fingerprint()))
            _collect(records, content.record, *audiences)
            for transcript in content.transcripts:
                _collect(transcripts, transcript, *audiences)
        for record, audiences in records:
            document, places = record_document(
                record,
                audiences=audiences,
                fingerprints={audience: fingerprints[audience] for audience in audiences},
                analyser=self._analyser,
            )
            self._put(document, places)
        for transcript, audiences in transcripts:
            document, places = transcript_document(
                transcript,
                interview_id=interview_id,
                audiences=audiences,
                analyser=self._analyser,
            )
            self._put(document, places)

    def _put(self, document: Mapping[str, Any], places: WordPlaces) -> None:
        self._forms.update(places.positions)
        self._writer.add_document(**document)

    def finish(self, position: int) -> None:
        """Add the lexicon of the new forms, and the position."""
        if self._had_documents:
            with self._writer.searcher() as searcher:
                reader: Any = searcher.reader()
                self._forms = {form for form in self._forms if ("words", form) not in reader}
        _add_lexicon(self._writer, self._forms)
        if self._had_documents:
            self._writer.delete_by_term("kind", _POSITION)
        _add_position(self._writer, position)


def _add_lexicon(writer: Any, forms: Iterable[str]) -> None:
    terms = [term for form in sorted(forms) for term in lexicon_terms(form)]
    if terms:
        writer.add_document(kind=_LEXICON, lexicon=terms)


def _add_position(writer: Any, position: int) -> None:
    writer.add_document(kind=_POSITION, facts=position)


def _collect(found: list[tuple[T, list[Audience]]], content: T, *audiences: Audience) -> None:
    for other, others in found:
        if other == content:
            others.extend(audiences)
            return
    found.append((content, list(audiences)))
