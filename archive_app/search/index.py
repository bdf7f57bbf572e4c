"""The search index: kept in step, asked, thrown away when in doubt.

It is a cache beside the archive. What it answers are interviews; the passages
come from released copies (``search.locate``), so that an index out of step can
miss but never disclose.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.query import Node
from archive_app.domain.records import Audience
from archive_app.domain.released import ReleasedInterview
from archive_app.errors import Environment
from archive_app.search.analysis import name_words
from archive_app.search.content import FACETS
from archive_app.search.evaluate import evaluate
from archive_app.search.results import Facets, FacetValue, Hit, IndexHits, Suggestion
from archive_app.search.storage import IndexFolder, ReadingIndex, cannot_write, open_reader
from archive_app.translation import tr

if TYPE_CHECKING:
    from whoosh.index import FileIndex
    from whoosh.reading import IndexReader

    from archive_app.search.view import AudienceView, Clock

log = logging.getLogger(__name__)

_LOCK_SECONDS = 10.0


class Index:
    """An archive's index. Searching and updating may happen in different threads."""

    def __init__(self, folder: IndexFolder, index: FileIndex) -> None:
        self._folder = folder
        self._index = index
        self._lock = threading.RLock()
        """Whoosh's readers share file positions: one search at a time."""
        self._reader: IndexReader | None = None
        self._generation = -1
        self._views: dict[Audience, AudienceView] = {}

    @classmethod
    def open(cls, folder: Path, *, archive_uuid: str) -> Index:
        """Return the archive's index; an empty one, at position 0, where there is none to trust.

        Missing, foreign, damaged or made by another version of the analysis: all
        that is replaced by an empty index.

        Raises:
            Environment: the folder cannot be written.
        """
        place = IndexFolder(folder, archive_uuid=archive_uuid)
        opened = place.open()
        index = cls(place, opened if opened is not None else place.make())
        with ReadingIndex():
            index._read_position()
            return index
        index.clear()
        return index

    def close(self) -> None:
        """Let go of the index's files; it can still be used, which opens them again."""
        with self._lock:
            self._views.clear()
            if self._reader is not None:
                self._reader.close()
                self._reader = None
            self._generation = -1

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # In step with the archive

    @property
    def position(self) -> int:
        """The journal position up to which the index is in step; 0: build it anew."""
        with self._lock:
            with ReadingIndex():
                return self._read_position()
            self._start_anew()
            return 0

    def _read_position(self) -> int:
        from archive_app.search.update import position_of

        return max((position_of(reader) for reader in self._readers()), default=0)

    def update(
        self,
        documents: Iterable[tuple[int, Sequence[ReleasedInterview]]],
        *,
        position: int,
        progress: Progress = NO_PROGRESS,
    ) -> None:
        """Put interviews' released copies in the place of what the index had of them.

        Each item is an interview's id with its copies, one an audience that may
        see it; none takes it out of the index. If an interview comes more than once
        the last one counts. Everything is there, with the new position, or nothing.

        Raises:
            Environment: the index cannot be written (archive untouched), another
                program is writing it, or it was damaged and is empty now (position 0).
            Cancelled: nothing was changed.
        """
        from whoosh.index import LockError

        from archive_app.search.update import write_documents

        with ReadingIndex(own=()):
            try:
                write_documents(
                    self._index,
                    documents,
                    position=position,
                    progress=progress,
                    lock_seconds=_LOCK_SECONDS,
                )
            except LockError as error:
                raise _locked() from error
            except OSError as error:
                raise cannot_write(error) from error
            return
        self._start_anew()
        raise _was_damaged()

    def optimise(self) -> None:
        """Rewrite the index so that no word of what was taken out remains in its files.

        To be called after a purge.

        Raises:
            Environment: the index cannot be written, another program is writing it,
                or it was damaged and is empty now (position 0).
        """
        from whoosh.index import LockError

        from archive_app.search.update import rewrite

        with self._lock:
            self.close()
            with ReadingIndex():
                try:
                    rewrite(self._index, lock_seconds=_LOCK_SECONDS)
                except LockError as error:
                    raise _locked() from error
                except OSError as error:
                    raise cannot_write(error) from error
                return
            self._start_anew()
            raise _was_damaged()

    def clear(self) -> None:
        """Throw everything away; the position is 0 again.

        Raises:
            Environment: the folder cannot be written.
        """
        with self._lock:
            self.close()
            self._index = self._folder.make()

    # Asked

    def search(
        self,
        node: Node,
        *,
        audience: Audience,
        limit: int | None = None,
        deadline_s: float = 2.0,
    ) -> IndexHits:
        """Return the interviews that the audience finds with a query; never raises for a query.

        Best first; equal scores in the order of accession numbers. A function of
        the audience's released copies alone. ``cut_short`` says that the time was up
        or that a word's beginning stood for too many words.
        """
        from archive_app.search.view import Clock, IndexSource

        with self._lock:
            with ReadingIndex():
                view = self._view(audience)
                source = IndexSource(view, Clock(deadline_s))
                scores = evaluate(node, source)
                hits = _best(scores, view, limit)
                return IndexHits(len(scores), hits, frozenset(scores), source.is_cut_short)
            self._start_anew()
            return IndexHits(0, cut_short=True, is_damaged=True)

    def everything(self, *, audience: Audience) -> frozenset[int]:
        """Return the ids of all interviews that the audience may find."""
        with self._lock:
            with ReadingIndex():
                return self._view(audience).interviews
            self._start_anew()
            return frozenset()

    def facets(
        self, interviews: Iterable[int], *, audience: Audience, deadline_s: float = 2.0
    ) -> Facets:
        """Return by what the interviews found can be narrowed, with the number for each value.

        ``interviews`` are ``IndexHits.found``; such as the audience may not see count
        for nothing. The most frequent value first, then by the alphabet of code points.
        """
        from archive_app.search.view import Clock

        with self._lock:
            with ReadingIndex():
                clock = Clock(deadline_s)
                counts = _counted(self._view(audience), interviews, clock)
                return Facets(
                    {name: _most_frequent_first(values) for name, values in counts.items()},
                    cut_short=clock.is_up,
                )
            self._start_anew()
            return Facets(cut_short=True)

    def suggest(
        self, prefix: str, *, audience: Audience, limit: int = 10, deadline_s: float = 0.3
    ) -> tuple[Suggestion, ...]:
        """Return words that continue what was typed, in either script, the most frequent first.

        Only words that stand in what the audience may see. The last word of
        ``prefix`` counts; nothing comes back for an empty one.
        """
        from archive_app.search.view import Clock, IndexSource

        typed = name_words(prefix)
        if not typed:
            return ()
        with self._lock:
            with ReadingIndex():
                source = IndexSource(self._view(audience), Clock(deadline_s))
                found = source.suggestions(typed[-1])
                ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
                return tuple(Suggestion(word, count) for word, count in ranked[:limit])
            self._start_anew()
            return ()

    # Whoosh's readers

    def _readers(self) -> list[IndexReader]:
        """Return a reader of each segment, as they stand now."""
        generation = self._index.latest_generation()
        reader = self._reader
        if reader is None or generation != self._generation:
            self.close()
            reader = self._reader = open_reader(self._index)
            self._generation = generation
        return [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]

    def _view(self, audience: Audience) -> AudienceView:
        from archive_app.search.view import AudienceView

        readers = self._readers()
        if audience not in self._views:
            self._views[audience] = AudienceView(readers, audience)
        return self._views[audience]

    def _start_anew(self) -> None:
        """Empty the index; where not even that can be done, leave it: searches find nothing."""
        try:
            self.clear()
        except Environment:
            log.warning("The damaged search index cannot be emptied")


def _best(scores: dict[int, float], view: AudienceView, limit: int | None) -> tuple[Hit, ...]:
    def order(interview: int) -> tuple[float, str, int]:
        segment, number = view.records[interview]
        return (-scores[interview], segment.accession(number), interview)

    ranked = sorted(scores, key=order)
    return tuple(
        Hit(
            interview,
            segment.accession(number),
            scores[interview],
            segment.facts(number)["fingerprints"].get(str(view.audience), ""),
        )
        for interview in ranked[:limit]
        for segment, number in (view.records[interview],)
    )


def _counted(
    view: AudienceView, interviews: Iterable[int], clock: Clock
) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for interview in interviews:
        if interview not in view.records or clock.check():
            continue
        segment, number = view.records[interview]
        for name, values in segment.facts(number)["facets"].items():
            of_name = counts[name]
            for value in values:
                of_name[value] = of_name.get(value, 0) + 1
    return counts


def _most_frequent_first(counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, count) for value, count in ranked)


def _was_damaged() -> Environment:
    return Environment(
        tr(
            "The search index was damaged and has been emptied. "
            "The archive itself is safe and complete. Build the index again."
        )
    )


def _locked() -> Environment:
    return Environment(
        tr(
            "Another window or program is writing the search index just now. "
            "The archive itself is safe. Try again in a moment."
        )
    )
