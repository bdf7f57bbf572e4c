"""Whether what a dossier draws on has changed: fingerprints of its kept words, never the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from archive_app.domain.records import DossierItem, IndexPoint, Interview, Span, Turn
from archive_app.domain.transcript import quote_of
from archive_app.errors import SpanOutsideText


def of_passage(turns: Sequence[Turn], places: Mapping[int, int], span: Span, *, cut: bool) -> str:
    """Return the fingerprint of a passage's words; "" if they are gone.

    Splitting and merging turns leaves it as it was: white space does not count.

    Args:
        turns: the transcript's, in order.
        places: each turn's place among them, by its id.
        span: the passage, in kept text.
        cut: whether the span's offsets count.
    """
    first, last = places.get(span.start_turn), places.get(span.end_turn)
    if first is None or last is None or last < first:
        return ""
    run = turns[first : last + 1]
    if not cut:
        return _of(["".join(" ".join(turn.text for turn in run).split())])
    try:
        return _of(["".join(quote_of(run, span).split())])
    except SpanOutsideText:
        return ""


def of_interview(interview: Interview, transcripts: Iterable[tuple[int, Sequence[Turn]]]) -> str:
    """Return the fingerprint of an interview's title, record and transcripts (id and turns)."""
    words = [interview.date, interview.abstract, interview.circumstances]
    words += [f"{language}={title}" for language, title in sorted(interview.titles.items())]
    for transcript_id, turns in sorted(transcripts, key=lambda one: one[0]):
        words.append(str(transcript_id))
        words += [turn.text for turn in turns]
    return _of(words)


def of_point(point: IndexPoint) -> str:
    """Return the fingerprint of a segment of an interview's table of contents."""
    return _of([str(point.start_ms), str(point.end_ms), point.title, point.synopsis])


def has_changed(item: DossierItem, now: str) -> bool:
    """Tell whether an item's source is another than the one that was seen last.

    Items from before fingerprints were kept count as unchanged.
    """
    return bool(item.seen) and bool(now) and item.seen != now


def _of(words: Iterable[str]) -> str:
    digest = sha256()
    for word in words:
        data = word.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
