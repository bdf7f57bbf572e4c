"""The JSON of speech recognisers brought to one shape, that of the Whisper family.

A segment: ``text``, ``start``, ``end``, ``speaker``, ``words`` with ``word``,
``start``, ``end`` and ``confidence``. Documents that only have words (Deepgram,
AWS Transcribe, Google, Hugging Face by word) get a segment for each voice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from archive_app.errors import BadInput
from archive_app.exchange.json_values import JsonValue
from archive_app.translation import tr

_T = TypeVar("_T")
_ROW = ("id", "seek", "start", "end", "text")
_ROW_WORD = ("start", "end", "word", "probability")
_FEWEST_CHARACTERS_A_SECOND = 0.05
"""Speech has ten to twenty: times that say so few are milliseconds."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """What a document holds; ``path`` is where its segments stand in it, for messages."""

    segments: tuple[JsonValue, ...]
    path: str = ""
    language: str = ""
    """As the file names it."""


def shaped(value: JsonValue) -> Shaped:
    """Return the segments of any recogniser's document.

    Raises:
        BadInput: it is of none that is known here.
    """
    if isinstance(value, list):
        return Shaped(tuple(_from_row(one) for one in value))
    document = _object(value)
    for reader in (_whisper, _assembly_ai, _deepgram, _google, _aws, _words_alone):
        if (found := reader(document)) is not None:
            return found
    raise BadInput(
        tr(
            "The JSON file is not of a speech recogniser this program knows: it has no "
            "segments. Nothing was imported."
        )
    )


def are_milliseconds(times: Sequence[tuple[float, float]], characters: int) -> bool:
    """Tell whether (start, end) pairs in whole numbers can only be milliseconds.

    ``characters`` is how much was said in them.
    """
    if not times or any(start != int(start) or end != int(end) for start, end in times):
        return False
    spoken = sum(max(0.0, end - start) for start, end in times)
    return characters > 0 and characters < spoken * _FEWEST_CHARACTERS_A_SECOND


def _object(value: JsonValue) -> Mapping[str, JsonValue]:
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else {}


def _objects(value: JsonValue) -> list[Mapping[str, JsonValue]]:
    items = value if isinstance(value, list) else []
    return [_object(one) for one in items if isinstance(one, dict)]


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _at(value: JsonValue, *path: str | int) -> JsonValue:
    for step in path:
        if isinstance(step, str):
            value = _object(value).get(step)
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def _from_row(value: JsonValue) -> JsonValue:
    """Return a segment that faster-whisper's named tuples became in JSON: a bare list."""
    if not isinstance(value, list) or len(value) < 5 or not isinstance(value[4], str):
        return _first_alternative(value)
    segment: dict[str, JsonValue] = dict(zip(_ROW, value, strict=False))
    # The words stand last or last but one; the tokens, whole numbers, are the other list.
    for part in value[6:]:
        if isinstance(part, list) and all(isinstance(w, list | dict) for w in part):
            segment["words"] = [
                dict(zip(_ROW_WORD, w, strict=False)) if isinstance(w, list) else w for w in part
            ]
    return segment


def _first_alternative(value: JsonValue) -> JsonValue:
    """Return Vosk's likeliest reading where it gives several."""
    alternatives = _at(value, "alternatives")
    return alternatives[0] if isinstance(alternatives, list) and alternatives else value


def _whisper(document: Mapping[str, JsonValue]) -> Shaped | None:
    language = _text(document.get("language"))
    language = language or _text(_at(document.get("result"), "language"))
    language = language or _text(_at(document.get("info"), "language"))
    language = language or _text(document.get("language_code"))
    by_speaker = _objects(document.get("speakers"))  # insanely-fast-whisper, with voices
    if by_speaker and all("text" in one for one in by_speaker):
        return Shaped(tuple(by_speaker), "speakers", language)
    for name in ("segments", "transcription", "chunks"):
        value = document.get(name)
        if value is None:
            continue
        if not isinstance(value, list):
            return Shaped((document,), "", language)
        if name == "chunks" and _are_single_words(value):
            return Shaped(({"text": document.get("text"), "words": value},), name, language)
        return Shaped(tuple(_from_row(one) for one in value), name, language)
    return None


def _are_single_words(chunks: Sequence[JsonValue]) -> bool:
    texts = [_text(_at(chunk, "text")) for chunk in chunks]
    return len(texts) > 3 and sum(len(t.split()) <= 1 for t in texts) >= len(texts) * 0.9


def _words_alone(document: Mapping[str, JsonValue]) -> Shaped | None:
    """Return the one segment of Vosk and of OpenAI's words without segments."""
    document = _object(_first_alternative(dict(document)))
    others = ("language", "words", "result")
    if "text" in document and (len(document) == 1 or any(n in document for n in others)):
        return Shaped((document,), "", _text(document.get("language")))
    return None


def _assembly_ai(document: Mapping[str, JsonValue]) -> Shaped | None:
    spoken = _objects(document.get("utterances"))
    if not spoken or "text" not in spoken[0]:
        return None
    return Shaped(tuple(spoken), "utterances", _text(document.get("language_code")))


def _deepgram(document: Mapping[str, JsonValue]) -> Shaped | None:
    results = document.get("results")
    channels = _objects(_at(results, "channels"))
    if not channels:
        return None
    language = _text(channels[0].get("detected_language"))
    spoken = _objects(_at(results, "utterances"))
    if spoken:
        segments = [{**one, "text": one.get("transcript"), "words": _punctuated(one.get("words"))}
                    for one in spoken]  # fmt: skip
        return Shaped(tuple(segments), "results.utterances", language)
    found: list[JsonValue] = []
    for number, channel in enumerate(channels):
        words = _punctuated(_at(channel.get("alternatives"), 0, "words"))
        if len(channels) > 1:
            words = [{"speaker": number, **word} for word in words]
        if words:
            found += by_voice(words, lambda word: word.get("speaker"))
        elif text := _at(channel.get("alternatives"), 0, "transcript"):
            found.append({"text": text})
    return Shaped(tuple(found), "results.channels", language)


def _punctuated(words: JsonValue) -> list[Mapping[str, JsonValue]]:
    return [{**w, "word": w.get("punctuated_word") or w.get("word")} for w in _objects(words)]


def _google(document: Mapping[str, JsonValue]) -> Shaped | None:
    value = document.get("results")
    if not isinstance(value, list):
        return None
    results = [(_at(one, "alternatives", 0), one) for one in value]
    language = _text(_at(value, 0, "languageCode"))
    told = [_google_words(_at(best, "words")) for best, _ in results]
    if told and any("speaker" in word for word in told[-1]):
        # With voices, the last result repeats all the words of those before it.
        segments = by_voice(told[-1], lambda word: word.get("speaker"))
        return Shaped(tuple(segments), "results", language)
    found = [
        {"text": _at(best, "transcript"), "words": words}
        for (best, _), words in zip(results, told, strict=True)
        if best is not None
    ]
    return Shaped(tuple(found), "results", language)


def _google_words(value: JsonValue) -> list[Mapping[str, JsonValue]]:
    words: list[Mapping[str, JsonValue]] = []
    for one in _objects(value):
        word: dict[str, JsonValue] = {"word": one.get("word"), "confidence": one.get("confidence")}
        for name in ("start", "end"):
            moment = one.get(f"{name}Time", one.get(f"{name}Offset"))
            word[name] = moment.rstrip("s") if isinstance(moment, str) else None
        if voice := one.get("speakerTag") or one.get("speakerLabel"):
            word["speaker"] = voice
        words.append(word)
    return words


def _aws(document: Mapping[str, JsonValue]) -> Shaped | None:
    results = document.get("results")
    items = _objects(_at(results, "items"))
    if not items:
        return None
    voices = {
        _text(item.get("start_time")): item.get("speaker_label") or segment.get("speaker_label")
        for segment in _objects(_at(results, "speaker_labels", "segments"))
        for item in _objects(segment.get("items"))
    }
    words: list[dict[str, JsonValue]] = []
    for item in items:
        best = _object(_at(item.get("alternatives"), 0))
        if item.get("type") == "punctuation" and words:
            words[-1]["word"] = _text(words[-1]["word"]) + _text(best.get("content"))
            continue
        words.append(
            {
                "word": best.get("content"),
                "start": item.get("start_time"),
                "end": item.get("end_time"),
                "confidence": best.get("confidence"),
                "speaker": item.get("speaker_label") or voices.get(_text(item.get("start_time"))),
            }
        )
    segments = by_voice(words, lambda word: word.get("speaker"))
    return Shaped(tuple(segments), "results.items", _text(_at(results, "language_code")))


def by_voice(
    words: Iterable[Mapping[str, JsonValue]], voice: Callable[[Mapping[str, JsonValue]], _T]
) -> list[JsonValue]:
    """Return a segment for each stretch of words by the same voice."""
    segments: list[JsonValue] = []
    for speaker, spoken in groupby(words, voice):
        said = list(spoken)
        text = " ".join(_text(word.get("word")).strip() for word in said)
        segments.append({"text": text, "speaker": speaker, "words": said})
    return segments
