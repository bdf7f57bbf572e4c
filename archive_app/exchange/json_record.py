"""This program's own interchange form: everything an audience may see of an interview, in JSON.

``{"format": "oral-history-archive/interview", "version": 1, …}``. Times in ms,
offsets in code points, turns numbered from 1. Protected names never stand in it.
"""

from __future__ import annotations

import json

from archive_app.domain.parsed import Loss
from archive_app.domain.records import TimedText
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedTranscript,
    ReleasedTurn,
)
from archive_app.exchange.json_read import FORMAT, NAME, VERSION, read_json
from archive_app.exchange.written import Written
from archive_app.translation import trn

__all__ = ["FORMAT", "NAME", "VERSION", "read_json", "write_json"]

Json = dict[str, object]


def write_json(released: ReleasedInterview) -> Written:
    """Return the whole interview as JSON, UTF-8."""
    text = json.dumps(_document(released), ensure_ascii=False, indent=1, allow_nan=False)
    protected = sum(1 for person in released.people if person.protected_name)
    losses: list[Loss] = []
    if protected:
        what = trn(
            "{count} protected name is not in the file: it never leaves the archive.",
            "{count} protected names are not in the file: they never leave the archive.",
            protected,
        )
        losses.append(Loss(what))
    return Written((text + "\n").encode("utf-8", "replace"), tuple(losses))


def _document(released: ReleasedInterview) -> Json:
    return {
        "format": NAME,
        "version": VERSION,
        "audience": str(released.audience),
        "on": released.on.isoformat(),
        "uuid": released.uuid,
        "accession": released.accession,
        "titles": dict(released.titles),
        "collections": list(released.collections),
        "languages": list(released.languages),
        "date": released.date,
        "people": [
            {
                "name": person.name,
                "sort_name": person.sort_name,
                "role": str(person.role),
                "biography": person.biography,
            }
            for person in released.people
        ],
        "abstract": released.abstract,
        "place": released.place,
        "place_names": dict(released.place_names),
        "circumstances": released.circumstances,
        "subjects": list(released.subjects),
        "keywords": list(released.keywords),
        "rights_holder": released.rights_holder,
        "licence": released.licence,
        "usage_note": released.usage_note,
        "funder": released.funder,
        "identifiers": list(released.identifiers),
        "extra": dict(released.extra),
        "status": released.status,
        "duration_ms": released.duration_ms,
        "recordings": [
            {name: getattr(one, name) for name in _RECORDING if getattr(one, name) is not None}
            for one in released.recordings
        ],
        "transcripts": [_transcript(one) for one in released.transcripts],
        "index_points": [_point(one) for one in released.index_points],
        "withheld": [
            {
                "layer": str(one.layer),
                "passages": one.passages,
                "until": one.until.isoformat() if one.until else None,
                "reason": one.reason,
            }
            for one in released.withheld
        ],
    }


_RECORDING = (
    *("position", "offset_ms", "file_name", "sha256", "size_bytes", "duration_ms", "container"),
    *("codec", "sample_rate_hz", "channels", "bit_depth", "has_video", "recorded_at", "device"),
)


def _transcript(transcript: ReleasedTranscript) -> Json:
    return {
        "uuid": transcript.uuid,
        "language": transcript.language,
        "kind": str(transcript.kind),
        "is_language_guessed": transcript.is_language_guessed,
        "style": transcript.style,
        "narrator_reviewed": transcript.narrator_reviewed,
        "turns": [_turn(turn) for turn in transcript.turns],
        "taggings": [
            {
                "tag_uuid": tagging.tag_uuid,
                "path": list(tagging.path),
                "names": dict(tagging.names),
                "colour": tagging.colour,
                "start_turn": tagging.start_turn,
                "start": tagging.start,
                "end_turn": tagging.end_turn,
                "end": tagging.end,
                "quote": tagging.quote,
                "who": tagging.who,
                "memo": tagging.memo,
            }
            for tagging in transcript.taggings
        ],
    }


def _turn(turn: ReleasedTurn) -> Json:
    written: Json = {
        "n": turn.n,
        "speaker": turn.speaker,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "text": turn.text,
    }
    if turn.is_time_estimated:
        written["is_time_estimated"] = True
    if turn.recording is not None:
        written["recording"] = turn.recording
    if turn.withheld:
        written["withheld"] = [list(span) for span in turn.withheld]
    if turn.timed:
        written["timed"] = [_timed(timed) for timed in turn.timed]
    if turn.footnotes:
        written["footnotes"] = [
            {"offset": note.offset, "text": note.text, "link": note.link} for note in turn.footnotes
        ]
    return written


def _timed(timed: TimedText) -> Json:
    written: Json = {
        "start": timed.start,
        "end": timed.end,
        "start_ms": timed.start_ms,
        "end_ms": timed.end_ms,
    }
    if timed.is_cue:
        written["is_cue"] = True
    if timed.confidence is not None:
        written["confidence"] = timed.confidence
    return written


def _point(point: ReleasedIndexPoint) -> Json:
    return {
        "start_ms": point.start_ms,
        "end_ms": point.end_ms,
        "title": point.title,
        "synopsis": point.synopsis,
        "partial_transcript": point.partial_transcript,
        "keywords": list(point.keywords),
        "subjects": list(point.subjects),
        "place": point.place,
        "gps": [
            {"gps": g.gps, "zoom": g.zoom, "text": g.text, "text_alt": g.text_alt}
            for g in point.gps
        ],
        "links": [{"url": x.url, "text": x.text, "text_alt": x.text_alt} for x in point.links],
        "alt": dict(point.alt),
    }
