"""A speech recogniser's JSON: the Whisper family — reader.

openai-whisper and faster-whisper (``segments`` with ``words``: ``word``,
``probability``), whisper-timestamped (``text``, ``confidence``), WhisperX
(``word``, ``score``, ``speaker``), whisper.cpp (``transcription`` with
``offsets`` in ms and ``tokens``), Hugging Face pipelines (``chunks``), and the
others of ``recogniser_shapes``. One
segment is one turn: what was recognised stays countable, and people join turns
by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive_app.domain.parsed import Loss, ParsedInterview, ParsedTranscript, ParsedTurn
from archive_app.domain.records import TimedText
from archive_app.exchange.cleaning import plain
from archive_app.exchange.clock import MAX_MS, read_clock
from archive_app.exchange.joining import MOST_WORDS, shift_timed, split_sentences
from archive_app.exchange.json_values import Fields, load_json_sequence
from archive_app.exchange.language_names import language_tag
from archive_app.exchange.recogniser_shapes import are_milliseconds, shaped
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
    torn: int = 0
    ms_per_unit: int = 1000
    """How many ms a number of the file stands for, where it is bare."""


def read_recogniser(text: str) -> ParsedInterview:
    """Return what a recogniser heard: a turn for each segment, its words with their times.

    Raises:
        BadInput: not JSON, or not of a recogniser known here.
    """
    found = shaped(load_json_sequence(text))
    segments = [Fields(one, f"{found.path}[{i}]") for i, one in enumerate(found.segments)]
    report = _Report(ms_per_unit=1 if _is_in_ms(segments) else 1000)
    turns = [turn for one in segments for turn in _turns(one, report)]
    losses = [*_disorder(turns), *_losses(report)]
    language = language_tag(found.language)
    if not turns:
        losses.append(Loss(tr("The recogniser heard nothing: the file has no words.")))
    return ParsedInterview(
        FORMAT,
        transcripts=(ParsedTranscript(tuple(turns), language),) if turns else (),
        losses=tuple(losses),
    )


def _is_in_ms(segments: Sequence[Fields]) -> bool:
    """Tell whether the times are milliseconds, as AssemblyAI's."""
    times: list[tuple[float, float]] = []
    characters = 0
    for segment in segments:
        start, end = _number(segment, "start"), _number(segment, "end")
        if isinstance(segment.value("start"), float) or isinstance(segment.value("end"), float):
            return False
        if start is not None and end is not None:
            times.append((start, end))
            characters += len(segment.torn_text("text"))
    return are_milliseconds(times, characters)


def _turns(segment: Fields, report: _Report) -> list[ParsedTurn]:
    """Return a segment's turn; several where it is too long to read as one."""
    words = _words(segment, report)
    raw = segment.torn_text("text")
    report.torn += any("\udc80" <= c <= "\udcff" for c in raw)
    text = plain(segment.text("text")) or plain(" ".join(word.text for word in words))
    if not text:
        report.empty += 1
        return []
    timed = _placed(text, words, report)
    start, end = _times(segment, report)
    if start is None and timed:
        start = timed[0].start_ms
    if end is None and timed:
        end = timed[-1].end_ms
    if start is not None and end is not None and end < start:
        report.reversed += 1
        end = None
    whole = ParsedTurn(_speaker(segment, report), start, end, text, timed)
    return _cut(whole) if timed and len(text.split()) > MOST_WORDS else [whole]


def _cut(turn: ParsedTurn) -> list[ParsedTurn]:
    """Return a long turn at its sentence ends; each part has the times of its words."""
    parts: list[ParsedTurn] = []
    begin = 0
    for text in split_sentences(turn.text):
        end = begin + len(text)
        inside = [t for t in turn.timed if begin <= t.start and t.end <= end]
        timed = tuple(shift_timed(inside, -begin))
        start_ms = timed[0].start_ms if timed and begin else (turn.start_ms if not begin else None)
        end_ms = timed[-1].end_ms if timed else None
        parts.append(ParsedTurn(turn.speaker, start_ms, end_ms, text, timed))
        begin = end + 1
    last = parts[-1]
    return [*parts[:-1], replace(last, end_ms=turn.end_ms)]


def _disorder(turns: Sequence[ParsedTurn]) -> list[Loss]:
    latest = -1
    for number, turn in enumerate(turns, start=1):
        if turn.start_ms is not None and turn.start_ms < latest:
            where = tr("turn {number}", number=number)
            return [Loss(tr("Times go back in the file; its order was kept."), where)]
        latest = max(latest, turn.start_ms or 0)
    return []


def _speaker(segment: Fields, report: _Report) -> str:
    words = segment.objects("words") if "words" in segment else ()
    voices = [_voice(word) for word in words if "speaker" in word]
    if len(set(voices)) > 1:
        report.voices += 1
    if "speaker" in segment:
        return _voice(segment)
    return max(dict.fromkeys(voices), key=voices.count, default="")


def _voice(fields: Fields) -> str:
    """Return who speaks; recognisers that only count voices give a number."""
    value = fields.value("speaker")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return plain(fields.text("speaker"))


def _times(fields: Fields, report: _Report) -> tuple[int | None, int | None]:
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
    unit = report.ms_per_unit
    return _ms(_number(fields, "start"), unit), _ms(_number(fields, "end"), unit)


def _number(fields: Fields, name: str) -> float | None:
    """Return a number, also where it stands as a text ("1.25") or a clock reading."""
    value = fields.value(name)
    if not isinstance(value, str):
        return fields.number(name)
    if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,12})?", value.strip()):
        return float(value)
    ms = read_clock(value)
    return None if ms is None else ms / 1000


def _ms(value: float | None, unit: int) -> int | None:
    if value is None or not -1 < value * unit < MAX_MS:
        return None
    return max(0, round(value * unit))


def _words(segment: Fields, report: _Report) -> list[_Word]:
    if "tokens" in segment and "offsets" in segment:
        return _joined_tokens(segment, report)
    words: list[_Word] = []
    for name in ("words", "result"):
        if name not in segment:
            continue
        for word in segment.objects(name):
            start, end = _times(word, report)
            text = next((plain(word.text(n)) for n in ("word", "text") if n in word), "")
            confidence = next(
                (
                    _number(word, n)
                    for n in ("confidence", "probability", "score", "conf")
                    if n in word
                ),
                None,
            )
            words.append(_Word(text, start, end, confidence))
    known = [word.start_ms for word in words if word.start_ms is not None]
    if len(known) == len(words) and known != sorted(known):
        words.sort(key=lambda word: word.start_ms or 0)
    return words


def _joined_tokens(segment: Fields, report: _Report) -> list[_Word]:
    """Return whisper.cpp's tokens as words: a token that begins with a space begins one."""
    groups: list[list[_Word]] = []
    for token in segment.objects("tokens"):
        text = token.torn_text("text")
        if not text or (text.startswith("[_") and text.endswith("]")):
            continue
        start, end = _times(token, report)
        if text.startswith(" ") or not groups:
            groups.append([])
        groups[-1].append(_Word(text, start, end, token.number("p")))
    words: list[_Word] = []
    for group in groups:
        known = [word.confidence for word in group if word.confidence is not None]
        words.append(
            _Word(
                plain(_mended("".join(word.text for word in group))),
                group[0].start_ms,
                group[-1].end_ms,
                min(known, default=None),
            )
        )
    return words


def _mended(text: str) -> str:
    """Return a text whose letters were torn apart, whole again."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")


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
    torn = trn(
        "Letters of {count} segment are broken; a question mark stands for them.",
        "Letters of {count} segments are broken; question marks stand for them.",
        report.torn,
    )
    return [Loss(what) for count, what in (*said, (report.torn, torn)) if count]
