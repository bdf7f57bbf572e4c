"""From what a reader found in one file to the rows of one interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive_app.domain.parsed import (
    ParsedIndexPoint,
    ParsedInterview,
    ParsedRecord,
    ParsedTranscript,
)
from archive_app.domain.records import Role, Span, TranscriptKind, Turn
from archive_app.domain.transcript import POSITION_STEP
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.work.interviews import add_contribution, collection_at, place_named
from archive_app.work.spans import NEARBY, laid_columns, laid_on
from archive_app.work.vocabulary import tag_at

ROLES_TOLD = (
    ("interviewees", Role.INTERVIEWEE),
    ("interviewers", Role.INTERVIEWER),
    ("transcribers", Role.TRANSCRIBER),
    ("translators", Role.TRANSLATOR),
)
"""The fields of a record that name people, and what those did."""

_PLAIN = (
    "abstract", "date", "circumstances", "rights_holder", "licence", "usage_note", "funder",
)  # fmt: skip
_LISTS = ("subjects", "keywords", "identifiers", "languages")


def take_in_parsed(
    writer: Writer, interview_id: int, parsed: ParsedInterview, *, is_new: bool
) -> None:
    """Write everything a reader found about one interview.

    In an interview that was there before, fields that are already filled stay
    as they are; what the file says is added where there was nothing.
    """
    _fill_record(writer, interview_id, parsed.record, is_new=is_new)
    for field, role in ROLES_TOLD:
        for name in getattr(parsed.record, field):
            add_contribution(writer, interview_id, role, name)
    for transcript in parsed.transcripts:
        take_in_transcript(writer, interview_id, transcript, source=parsed.format)
    for point in parsed.index_points:
        _take_in_index_point(writer, interview_id, point)


def _fill_record(writer: Writer, interview_id: int, record: ParsedRecord, *, is_new: bool) -> None:
    interview = writer.interview(interview_id)
    values: dict[str, object] = {}
    titles = {**record.titles, **interview.titles} if not is_new else dict(record.titles)
    if titles and titles != dict(interview.titles):
        values["titles"] = titles
    for name in _PLAIN:
        if getattr(record, name) and not getattr(interview, name):
            values[name] = getattr(record, name)
    for name in _LISTS:
        joined = tuple(dict.fromkeys((*getattr(interview, name), *getattr(record, name))))
        if joined != getattr(interview, name):
            values[name] = joined
    extra = {**record.extra, **interview.extra}
    if record.media_names:
        extra.setdefault("media", "; ".join(record.media_names))
    if extra != dict(interview.extra):
        values["extra"] = extra
    if record.place and interview.place_id is None:
        values["place_id"] = place_named(writer, record.place)
    if record.collections and interview.collection_id is None:
        values["collection_id"] = collection_at(writer, record.collections)
    if values:
        writer.update("interview", interview_id, **values)


def speakers_by_label(reader: Reader, interview_id: int) -> dict[str, int]:
    """Return who is meant by a label: people of the interview by name, family or given name."""
    found: dict[str, int] = {}
    ambiguous: set[str] = set()
    for contribution in reader.contributions(interview_id):
        person = contribution.person
        words = person.public_name.replace(",", " ").split()
        for label in {person.public_name, *(words if len(words) > 1 else ())}:
            key = label.casefold()
            if found.setdefault(key, person.id) != person.id:
                ambiguous.add(key)
    return {key: person for key, person in found.items() if key not in ambiguous}


def take_in_transcript(
    writer: Writer, interview_id: int, parsed: ParsedTranscript, *, source: str
) -> int:
    """Return the id of a new transcript with its turns, footnotes and taggings."""
    transcript_id = writer.insert(
        "transcript",
        interview_id=interview_id,
        language=parsed.language or "und",
        kind=parsed.kind,
        is_language_guessed=parsed.is_language_guessed,
        source=source,
    )
    speakers = speakers_by_label(writer, interview_id)
    ids = writer.insert_many(
        "turn",
        [
            {
                "transcript_id": transcript_id,
                "position": (number + 1) * POSITION_STEP,
                "speaker_id": speakers.get(turn.speaker.strip(" :").casefold()),
                "speaker_label": turn.speaker,
                "start_ms": turn.start_ms,
                "end_ms": turn.end_ms,
                "text": turn.text,
                "timed": turn.timed,
                "is_time_estimated": turn.is_time_estimated,
            }
            for number, turn in enumerate(parsed.turns)
        ],
    )
    notes = [
        {"turn_id": turn_id, "offset": note.offset, "text": note.text, "link": note.link}
        for turn_id, turn in zip(ids, parsed.turns, strict=True)
        for note in turn.footnotes
    ]
    if notes:
        writer.insert_many("footnote", notes)
    if parsed.taggings:
        _take_in_taggings(writer, transcript_id, parsed)
    languages = writer.interview(interview_id).languages
    is_spoken = parsed.kind is not TranscriptKind.TRANSLATION and (
        not languages or not parsed.is_language_guessed
    )
    if is_spoken and parsed.language not in ("", "und", *languages):
        writer.update("interview", interview_id, languages=(*languages, parsed.language))
    return transcript_id


def _take_in_taggings(writer: Writer, transcript_id: int, parsed: ParsedTranscript) -> None:
    turns: Sequence[Turn] = writer.turns(transcript_id)
    tag_ids: dict[tuple[str, ...], int] = {}
    rows: list[Mapping[str, object]] = []
    for tagging in parsed.taggings:
        first, last = tagging.start_turn, tagging.end_turn
        span = Span(turns[first].id, tagging.start, turns[last].id, tagging.end)
        laid = laid_on(turns[max(0, first - NEARBY) : last + NEARBY + 1], transcript_id, span)
        if tagging.path not in tag_ids:
            tag_ids[tagging.path] = tag_at(
                writer, tagging.path, names=tagging.names, colour=tagging.colour
            )
        rows.append(
            {
                "tag_id": tag_ids[tagging.path],
                "transcript_id": transcript_id,
                **laid_columns(laid),
                "who": tagging.who,
                "memo": tagging.memo,
            }
        )
    writer.insert_many("tagging", rows)


def _take_in_index_point(writer: Writer, interview_id: int, point: ParsedIndexPoint) -> None:
    writer.insert(
        "index_point",
        interview_id=interview_id,
        start_ms=point.start_ms,
        end_ms=point.end_ms,
        title=point.title,
        synopsis=point.synopsis,
        partial_transcript=point.partial_transcript,
        keywords=point.keywords,
        subjects=point.subjects,
        place_id=place_named(writer, point.place) if point.place else None,
        gps=point.gps,
        links=point.links,
        alt=point.alt,
    )
