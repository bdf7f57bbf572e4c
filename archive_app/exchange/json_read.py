"""The reader of this program's own interchange form; ``json_record`` writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive_app.domain.parsed import (
    Loss,
    ParsedIndexPoint,
    ParsedInterview,
    ParsedRecord,
    ParsedTagging,
    ParsedTranscript,
    ParsedTurn,
)
from archive_app.domain.records import (
    Footnote,
    GpsPoint,
    Hyperlink,
    Role,
    TimedText,
    TranscriptKind,
)
from archive_app.errors import BadInput
from archive_app.exchange.json_values import Fields, load_json, wrong
from archive_app.translation import tr, trn

FORMAT = "json"
NAME = "oral-history-archive/interview"
VERSION = 1

_NOT_IN_A_TURN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def read_json(text: str) -> ParsedInterview:
    """Return the interview of a file that ``write_json`` wrote, or that follows its form.

    Raises:
        BadInput: another document, a newer version, or a value of the wrong kind; the
            message says where.
    """
    document = Fields(load_json(text), "")
    if document.text("format") != NAME:
        raise BadInput(
            tr("The JSON file is not an interview of this program. Nothing was imported.")
        )
    if (document.whole("version") or 0) > VERSION:
        raise BadInput(
            tr("The file was written by a newer version of this program. Nothing was imported.")
        )
    losses: list[Loss] = []
    record = _record(document, losses)
    return ParsedInterview(
        FORMAT,
        record,
        tuple(_read_transcript(one) for one in document.objects("transcripts")),
        tuple(_read_point(one) for one in document.objects("index_points")),
        tuple(losses),
    )


def _record(document: Fields, losses: list[Loss]) -> ParsedRecord:
    people: dict[str, list[str]] = {}
    for person in document.objects("people"):
        people.setdefault(person.text("role"), []).append(person.text("name"))
    known = (Role.INTERVIEWEE, Role.INTERVIEWER, Role.TRANSCRIBER, Role.TRANSLATOR)
    others = sum(len(names) for role, names in people.items() if role not in known)
    if others:
        what = trn(
            "{count} other person who took part was left out.",
            "{count} other people who took part were left out.",
            others,
        )
        losses.append(Loss(what))
    return ParsedRecord(
        accession=document.text("accession"),
        titles=document.mapping("titles"),
        date=document.text("date"),
        abstract=document.text("abstract"),
        interviewees=tuple(people.get(Role.INTERVIEWEE, ())),
        interviewers=tuple(people.get(Role.INTERVIEWER, ())),
        transcribers=tuple(people.get(Role.TRANSCRIBER, ())),
        translators=tuple(people.get(Role.TRANSLATOR, ())),
        place=document.text("place"),
        languages=document.texts("languages"),
        collections=tuple(("collection", title) for title in document.texts("collections")),
        circumstances=document.text("circumstances"),
        subjects=document.texts("subjects"),
        keywords=document.texts("keywords"),
        rights_holder=document.text("rights_holder"),
        licence=document.text("licence"),
        usage_note=document.text("usage_note"),
        funder=document.text("funder"),
        identifiers=document.texts("identifiers"),
        media_names=tuple(
            name for one in document.objects("recordings") if (name := one.text("file_name"))
        ),
        extra=document.mapping("extra"),
    )


def _read_transcript(fields: Fields) -> ParsedTranscript:
    kind = fields.text("kind") or str(TranscriptKind.VERBATIM)
    if kind not in list(TranscriptKind):
        raise wrong(fields.at("kind"), ", ".join(TranscriptKind))
    numbers: dict[int, int] = {}
    turns: list[ParsedTurn] = []
    for i, one in enumerate(fields.objects("turns")):
        number = one.whole("n")
        numbers[i + 1 if number is None else number] = i
        turns.append(_read_turn(one))
    return ParsedTranscript(
        tuple(turns),
        fields.text("language"),
        TranscriptKind(kind),
        is_language_guessed=fields.truth("is_language_guessed"),
        taggings=tuple(_read_tagging(one, numbers, turns) for one in fields.objects("taggings")),
    )


def _read_turn(fields: Fields) -> ParsedTurn:
    # One character for another, so that offsets stay what they are.
    text = _NOT_IN_A_TURN.sub(" ", fields.text("text"))
    footnotes = [
        Footnote(_offset(note, "offset", len(text)), note.text("text"), note.text("link"))
        for note in fields.objects("footnotes")
    ]
    return ParsedTurn(
        _NOT_IN_A_TURN.sub(" ", fields.text("speaker")),
        fields.whole("start_ms"),
        fields.whole("end_ms"),
        text,
        tuple(_read_timed(one, len(text)) for one in fields.objects("timed")),
        tuple(footnotes),
        fields.truth("is_time_estimated"),
    )


def _offset(fields: Fields, name: str, length: int) -> int:
    offset = fields.whole(name)
    if offset is None or offset > length:
        raise wrong(fields.at(name), tr("a place within the text"))
    return offset


def _read_timed(fields: Fields, length: int) -> TimedText:
    start, end = _offset(fields, "start", length), _offset(fields, "end", length)
    if end < start:
        raise wrong(fields.at("end"), tr("a place behind the start"))
    confidence = fields.number("confidence")
    return TimedText(
        start,
        end,
        fields.whole("start_ms") or 0,
        fields.whole("end_ms") or 0,
        fields.truth("is_cue"),
        None if confidence is None else min(1.0, max(0.0, confidence)),
    )


def _read_tagging(
    fields: Fields, numbers: dict[int, int], turns: Sequence[ParsedTurn]
) -> ParsedTagging:
    ends: list[tuple[int, int]] = []
    for turn_name, offset_name in (("start_turn", "start"), ("end_turn", "end")):
        turn = numbers.get(fields.whole(turn_name) or 0)
        if turn is None:
            raise wrong(fields.at(turn_name), tr("the number of a turn"))
        ends.append((turn, _offset(fields, offset_name, len(turns[turn].text))))
    if ends[1] <= ends[0]:
        raise wrong(fields.at("end"), tr("a place behind the start"))
    path = fields.texts("path")
    if not path:
        raise wrong(fields.at("path"), tr("the tag's name"))
    return ParsedTagging(
        path,
        *ends[0],
        *ends[1],
        names=fields.mapping("names"),
        colour=fields.text("colour"),
        who=fields.text("who"),
        memo=fields.text("memo"),
    )


def _read_point(fields: Fields) -> ParsedIndexPoint:
    return ParsedIndexPoint(
        start_ms=fields.whole("start_ms") or 0,
        end_ms=fields.whole("end_ms"),
        title=fields.text("title"),
        synopsis=fields.text("synopsis"),
        partial_transcript=fields.text("partial_transcript"),
        keywords=fields.texts("keywords"),
        subjects=fields.texts("subjects"),
        place=fields.text("place"),
        gps=tuple(
            GpsPoint(g.text("gps"), g.text("zoom"), g.text("text"), g.text("text_alt"))
            for g in fields.objects("gps")
        ),
        links=tuple(
            Hyperlink(x.text("url"), x.text("text"), x.text("text_alt"))
            for x in fields.objects("links")
        ),
        alt=fields.mapping("alt"),
    )
