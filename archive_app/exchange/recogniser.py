"""A speech recogniser's JSON: the Whisper family — reader.

openai-whisper and faster-whisper (``segments`` with ``words``: ``word``,
``probability``), whisper-timestamped (``text``, ``confidence``), WhisperX
(``word``, ``score``, ``speaker``), whisper.cpp (``transcription`` with
``offsets`` in ms and ``tokens``), Hugging Face pipelines (``chunks``). One
segment is one turn: what was recognised stays countable, and people join turns
by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.domain.parsed import Loss, ParsedInterview, ParsedTranscript, ParsedTurn
from archive_app.domain.records import TimedText
from archive_app.errors import BadInput
from archive_app.exchange.cleaning import plain
from archive_app.exchange.clock import MAX_MS, read_clock
from archive_app.exchange.json_values import Fields, JsonValue, load_json
from archive_app.exchange.language_names import language_tag
from archive_app.translation import tr, trn

FORMAT = "recogniser"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start_ms: int | None
    end_ms: int | None
    confidence: float | None


@dataclass(slots=True)
class _Report:
    """What could not be taken, counted."""

    unplaced: int = 0
    untimed: int = 0
    empty: int = 0
    reversed: int = 0
    voices: int = 0


def read_recogniser(text: str) -> ParsedInterview:
    """Return what a recogniser heard: a turn for each segment, its words with their times.

    Raises:
        BadInput: not JSON, or not of a recogniser known here.
    """
    value = load_json(text)
    report = _Report()
    language, segments = _segments(value)
    turns = [turn for one in segments if (turn := _turn(one, report)) is not None]
    losses = _losses(report)
    if not turns:
        losses.append(Loss(tr("The recogniser heard nothing: the file has no words.")))
    return ParsedInterview(
        FORMAT,
        transcripts=(ParsedTranscript(tuple(turns), language),) if turns else (),
        losses=tuple(losses),
    )


def _segments(value: JsonValue) -> tuple[str, list[Fields]]:
    if isinstance(value, list):
        return "", [Fields(one, f"[{i}]") for i, one in enumerate(value)]
    document = Fields(value, "")
    for name in ("segments", "transcription", "chunks"):
        if name in document:
            return _language(document), list(document.objects(name))
    if "text" in document and any(n in document for n in ("language", "words", "result")):
        return _language(document), [document]
    raise BadInput(
        tr(
            "The JSON file is not of a speech recogniser this program knows: it has no "
            "segments. Nothing was imported."
        )
    )


def _language(document: Fields) -> str:
    if "language" in document:
        return language_tag(document.text("language"))
    if "result" in document and "transcription" in document:
        values = document.mapping_of("result")
        return language_tag(values.text("language")) if values else ""
    return ""


def _turn(segment: Fields, report: _Report) -> ParsedTurn | None:
    words = _words(segment)
    text = plain(segment.text("text")) or plain(" ".join(word.text for word in words))
    if not text:
        report.empty += 1
        return None
    timed = _placed(text, words, report)
    start, end = _times(segment)
    if start is None and timed:
        start = timed[0].start_ms
    if end is None and timed:
        end = timed[-1].end_ms
    if start is not None and end is not None and end < start:
        report.reversed += 1
        end = None
    return ParsedTurn(_speaker(segment, report), start, end, text, timed)


def _speaker(segment: Fields, report: _Report) -> str:
    if "speaker" in segment:
        return plain(segment.text("speaker"))
    if "words" not in segment:
        return ""
    voices = [plain(word.text("speaker")) for word in segment.objects("words") if "speaker" in word]
    if len(set(voices)) > 1:
        report.voices += 1
    return max(dict.fromkeys(voices), key=voices.count, default="")


def _times(fields: Fields) -> tuple[int | None, int | None]:
    """Return start and end in ms, in whichever way this recogniser writes them."""
    if "offsets" in fields:
        offsets = fields.mapping_of("offsets")
        if offsets is not None:
            return _ms(offsets.number("from"), 1), _ms(offsets.number("to"), 1)
    if "timestamps" in fields:
        stamps = fields.mapping_of("timestamps")
        if stamps is not None:
            return read_clock(stamps.text("from")), read_clock(stamps.text("to"))
    if "timestamp" in fields:
        pair = fields.items("timestamp")
        numbers = [x if isinstance(x, int | float) and not isinstance(x, bool) else None
                   for x in (*pair, None, None)[:2]]  # fmt: skip
        return _ms(numbers[0], 1000), _ms(numbers[1], 1000)
    return _ms(fields.number("start"), 1000), _ms(fields.number("end"), 1000)


def _ms(value: float | None, unit: int) -> int | None:
    if value is None or not -1 < value * unit < MAX_MS:
        return None
    return max(0, round(value * unit))


def _words(segment: Fields) -> list[_Word]:
    if "tokens" in segment and "offsets" in segment:
        return _joined_tokens(segment)
    words: list[_Word] = []
    for name in ("words", "result"):
        if name not in segment:
            continue
        for word in segment.objects(name):
            start, end = _times(word)
            text = next((plain(word.text(n)) for n in ("word", "text") if n in word), "")
            confidence = next(
                (
                    word.number(n)
                    for n in ("confidence", "probability", "score", "conf")
                    if n in word
                ),
                None,
            )
            words.append(_Word(text, start, end, confidence))
    return words


def _joined_tokens(segment: Fields) -> list[_Word]:
    """Return whisper.cpp's tokens as words: a token that begins with a space begins one."""
    groups: list[list[_Word]] = []
    for token in segment.objects("tokens"):
        text = token.text("text")
        if not text or (text.startswith("[_") and text.endswith("]")):
            continue
        start, end = _times(token)
        if text.startswith(" ") or not groups:
            groups.append([])
        groups[-1].append(_Word(text, start, end, token.number("p")))
    words: list[_Word] = []
    for group in groups:
        known = [word.confidence for word in group if word.confidence is not None]
        words.append(
            _Word(
                plain("".join(word.text for word in group)),
                group[0].start_ms,
                group[-1].end_ms,
                min(known, default=None),
            )
        )
    return words


def _placed(text: str, words: Sequence[_Word], report: _Report) -> tuple[TimedText, ...]:
    """Return the words' times at their places in the text, in order, never overlapping."""
    timed: list[TimedText] = []
    position = 0
    for word in words:
        # Nearby only: a wrong word must not carry the rest of the sentence off with it.
        near = position + len(word.text) + 40
        at = text.find(word.text, position, near) if word.text else -1
        if at < 0:
            report.unplaced += 1
            continue
        position = at + len(word.text)
        if word.start_ms is None or word.end_ms is None:
            report.untimed += 1
            continue
        confidence = None if word.confidence is None else min(1.0, max(0.0, word.confidence))
        end_ms = max(word.start_ms, word.end_ms)
        timed.append(TimedText(at, position, word.start_ms, end_ms, confidence=confidence))
    return tuple(timed)


def _losses(report: _Report) -> list[Loss]:
    said = (
        (
            report.unplaced,
            trn(
                "{count} word has a time but is not in its segment's text.",
                "{count} words have times but are not in their segments' texts.",
                report.unplaced,
            ),
        ),
        (
            report.untimed,
            trn(
                "{count} word has no time of its own.",
                "{count} words have no times of their own.",
                report.untimed,
            ),
        ),
        (
            report.empty,
            trn(
                "{count} segment without words was left out.",
                "{count} segments without words were left out.",
                report.empty,
            ),
        ),
        (
            report.reversed,
            trn(
                "{count} segment ends before it begins; its end is unknown.",
                "{count} segments end before they begin; their ends are unknown.",
                report.reversed,
            ),
        ),
        (
            report.voices,
            trn(
                "{count} segment has several speakers; the one with most words was taken.",
                "{count} segments have several speakers; the ones with most words were taken.",
                report.voices,
            ),
        ),
    )
    return [Loss(what) for count, what in said if count]
