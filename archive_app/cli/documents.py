"""The shapes of the command line's JSON documents, made from released records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive_app.domain.records import InterviewRow, Operation, Role
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedRecording,
    ReleasedTranscript,
)
from archive_app.domain.timecode import format_timecode
from archive_app.translation import tr
from archive_app.work.importing import PlannedFile
from archive_app.work.searching import SearchResult
from archive_app.work.vocabulary import CountedTag

Document = dict[str, Any]

_ROLES = (
    ("interviewees", Role.INTERVIEWEE),
    ("interviewers", Role.INTERVIEWER),
    ("transcribers", Role.TRANSCRIBER),
    ("translators", Role.TRANSLATOR),
    ("videographers", Role.VIDEOGRAPHER),
)


def listed(row: InterviewRow) -> Document:
    """One interview of ``list``."""
    return {
        "accession": row.accession,
        "title": row.title,
        "date": row.date,
        "languages": list(row.languages),
        "duration_ms": row.duration_ms,
        "turns": row.turns,
    }


def people(copy: ReleasedInterview, role: Role) -> list[str]:
    """Names of those who had a role; staff read the protected name behind the public one."""
    return [
        f"{person.name} ({person.protected_name})" if person.protected_name else person.name
        for person in copy.people
        if person.role is role
    ]


def shown(copy: ReleasedInterview, *, with_transcripts: bool) -> Document:
    """One record of ``show``."""
    document: Document = {
        "accession": copy.accession,
        "title": copy.title,
        "titles": dict(copy.titles),
        "date": copy.date,
        "place": copy.place,
        "languages": list(copy.languages),
        "abstract": copy.abstract,
        "status": copy.status,
        "collections": list(copy.collections),
        **{name: people(copy, role) for name, role in _ROLES},
        "circumstances": copy.circumstances,
        "subjects": list(copy.subjects),
        "keywords": list(copy.keywords),
        "rights_holder": copy.rights_holder,
        "licence": copy.licence,
        "usage_note": copy.usage_note,
        "funder": copy.funder,
        "identifiers": list(copy.identifiers),
        "extra": dict(copy.extra),
        "duration_ms": copy.duration_ms,
        "recordings": [_recording(one) for one in copy.recordings],
        "index_points": [_index_point(one) for one in copy.index_points],
    }
    if with_transcripts:
        document["transcripts"] = [_transcript(one) for one in copy.transcripts]
    return document


def _recording(one: ReleasedRecording) -> Document:
    return {
        "file_name": one.file_name,
        "offset_ms": one.offset_ms,
        "duration_ms": one.duration_ms,
        "sha256": one.sha256,
        "size_bytes": one.size_bytes,
        "container": one.container,
        "codec": one.codec,
        "sample_rate_hz": one.sample_rate_hz,
        "channels": one.channels,
        "bit_depth": one.bit_depth,
        "has_video": one.has_video,
        "recorded_at": one.recorded_at,
        "device": one.device,
    }


def _index_point(one: ReleasedIndexPoint) -> Document:
    return {
        "start_ms": one.start_ms,
        "end_ms": one.end_ms,
        "title": one.title,
        "synopsis": one.synopsis,
        "partial_transcript": one.partial_transcript,
        "keywords": list(one.keywords),
        "subjects": list(one.subjects),
        "place": one.place,
        "gps": [{"gps": gps.gps, "zoom": gps.zoom, "text": gps.text} for gps in one.gps],
        "links": [{"url": link.url, "text": link.text} for link in one.links],
    }


def _transcript(one: ReleasedTranscript) -> Document:
    laid: dict[int, list[Document]] = {}
    lengths = {turn.n: len(turn.text) for turn in one.turns}
    for tagging in one.taggings:
        for n in range(tagging.start_turn, tagging.end_turn + 1):
            start = tagging.start if n == tagging.start_turn else 0
            end = tagging.end if n == tagging.end_turn else lengths.get(n, 0)
            laid.setdefault(n, []).append(
                {"tag": "/".join(tagging.path), "start": start, "end": end}
            )
    return {
        "language": one.language,
        "language_is_guess": one.is_language_guessed,
        "kind": one.kind.value,
        "turns": [
            {
                "n": turn.n,
                "speaker": turn.speaker,
                "start_ms": turn.start_ms,
                "end_ms": turn.end_ms,
                "text": turn.text,
                "tags": laid.get(turn.n, []),
                "footnotes": [
                    {"offset": note.offset, "text": note.text, "link": note.link}
                    for note in turn.footnotes
                ],
                "words": [
                    {"start": t.start, "end": t.end, "start_ms": t.start_ms, "end_ms": t.end_ms,
                     "confidence": t.confidence, "is_cue": t.is_cue}
                    for t in turn.timed
                ],
            }
            for turn in one.turns
        ],
    }  # fmt: skip


def record_lines(copy: ReleasedInterview) -> Sequence[tuple[str, str]]:
    """A record as labels and values, for people to read."""
    names = {name: "; ".join(people(copy, role)) for name, role in _ROLES}
    length = format_timecode(copy.duration_ms) if copy.duration_ms else ""
    return (
        (tr("Accession number"), copy.accession),
        (tr("Title"), " · ".join(dict.fromkeys(copy.titles.values()))),
        (tr("Interviewee"), names["interviewees"]),
        (tr("Interviewer"), names["interviewers"]),
        (tr("Transcriber"), names["transcribers"]),
        (tr("Translator"), names["translators"]),
        (tr("Date"), copy.date),
        (tr("Place"), copy.place),
        (tr("Languages"), ", ".join(copy.languages)),
        (tr("Length"), length),
        (tr("Collection"), " / ".join(copy.collections)),
        (tr("Status"), tr(copy.status)),
        (tr("Abstract"), copy.abstract),
        (tr("History of the interview"), copy.circumstances),
        (tr("Subjects"), "; ".join(copy.subjects)),
        (tr("Keywords"), "; ".join(copy.keywords)),
        (tr("Copyright holder"), copy.rights_holder),
        (tr("Licence"), copy.licence),
        (tr("Terms of use"), copy.usage_note),
    )


def counted_tag(one: CountedTag) -> Document:
    """One tag of ``tags``."""
    return {
        "tag": "/".join(one.path),
        "names": dict(one.tag.names),
        "count": one.count,
        "colour": one.tag.colour,
        "definition": one.tag.definition,
    }


def found(result: SearchResult) -> Document:
    """What ``search`` found."""
    return {
        "query": result.query,
        "total": result.total,
        "cut_short": result.cut_short,
        "interviews": [
            {
                "accession": interview.accession,
                "title": interview.title,
                "score": interview.score,
                "passages": [
                    {
                        "turn": passage.turn,
                        "speaker": passage.speaker,
                        "start_ms": passage.start_ms,
                        "end_ms": passage.end_ms,
                        "text": passage.text,
                        "language": passage.language,
                        "matches": [list(match) for match in passage.matches],
                    }
                    for passage in interview.passages
                ],
            }
            for interview in result.interviews
        ],
    }


def operation(one: Operation) -> Document:
    """One line of ``history``."""
    return {
        "id": one.id,
        "label": one.label,
        "who": one.who,
        "at": one.at.isoformat(),
        "undoes": one.undoes,
        "redoes": one.redoes,
        "is_undone": one.is_undone,
    }


def imported(file: PlannedFile) -> Document:
    """One file of ``import``; a dry run says "imported" for what would be."""
    return {
        "path": str(file.path),
        "format": file.format,
        "status": "imported" if file.status == "ready" else file.status,
        "accession": file.accession,
        "language": file.language,
        "language_is_guess": file.is_language_guessed,
        "losses": [
            f"{loss.what} ({loss.where})" if loss.where else loss.what for loss in file.losses
        ],
        "error": file.error,
    }
