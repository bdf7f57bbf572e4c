"""Marks that a transcriber types for what is no word: [unclear], [pause], [laughter] …

Written in square brackets, in the language of the transcript, as the style guides
of oral-history centres have it (Baylor University's Institute for Oral History,
"Style Guide"; for Russian and Serbian the wording that transcribers there use).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from archive_app.domain.records import Turn
from archive_app.domain.spans import TextEdit
from archive_app.domain.timecode import format_timecode
from archive_app.translation import mark, tr


class MarkKind(StrEnum):
    """What a mark stands for."""

    UNCLEAR = "unclear"
    PAUSE = "pause"
    LAUGHTER = "laughter"
    CRYING = "crying"
    SIGH = "sigh"
    COUGH = "cough"
    CROSSTALK = "crosstalk"
    NOISE = "noise"
    INTERRUPTION = "interruption"


MARKS = tuple(MarkKind)
"""In the order of a menu, the most usual first."""

_LABELS = {
    MarkKind.UNCLEAR: mark("Unclear"),
    MarkKind.PAUSE: mark("Pause"),
    MarkKind.LAUGHTER: mark("Laughter"),
    MarkKind.CRYING: mark("Crying"),
    MarkKind.SIGH: mark("Sigh"),
    MarkKind.COUGH: mark("Cough"),
    MarkKind.CROSSTALK: mark("Several speak at once"),
    MarkKind.NOISE: mark("Noise"),
    MarkKind.INTERRUPTION: mark("Recording interrupted"),
}

# The first form is the one that is written; the others are known when they are met.
_WRITTEN: dict[str, dict[MarkKind, tuple[str, ...]]] = {
    "en": {
        MarkKind.UNCLEAR: ("unclear", "inaudible", "unintelligible"),
        MarkKind.PAUSE: ("pause", "long pause", "silence"),
        MarkKind.LAUGHTER: ("laughter", "laughs", "laughing", "chuckles"),
        MarkKind.CRYING: ("crying", "cries", "weeps"),
        MarkKind.SIGH: ("sighs", "sigh"),
        MarkKind.COUGH: ("coughs", "cough"),
        MarkKind.CROSSTALK: ("crosstalk", "talking at once"),
        MarkKind.NOISE: ("noise", "background noise"),
        MarkKind.INTERRUPTION: ("recording interrupted", "interruption", "recording paused"),
    },
    "ru": {
        MarkKind.UNCLEAR: ("неразборчиво", "нрзб", "нрзб.", "неразб."),
        MarkKind.PAUSE: ("пауза", "долгая пауза", "молчание"),
        MarkKind.LAUGHTER: ("смех", "смеётся", "смеется", "смеются"),
        MarkKind.CRYING: ("плачет", "плач"),
        MarkKind.SIGH: ("вздыхает", "вздох"),
        MarkKind.COUGH: ("кашляет", "кашель"),
        MarkKind.CROSSTALK: ("говорят одновременно", "говорят вместе"),
        MarkKind.NOISE: ("шум",),
        MarkKind.INTERRUPTION: ("запись прервана", "перерыв в записи"),
    },
    "sr-Cyrl": {
        MarkKind.UNCLEAR: ("неразумљиво", "нејасно", "нечујно"),
        MarkKind.PAUSE: ("пауза", "дуга пауза", "тишина"),
        MarkKind.LAUGHTER: ("смех", "смеје се", "смеју се"),
        MarkKind.CRYING: ("плаче", "плач"),
        MarkKind.SIGH: ("уздах", "уздише"),
        MarkKind.COUGH: ("кашље", "кашаљ"),
        MarkKind.CROSSTALK: ("говоре углас", "говоре истовремено"),
        MarkKind.NOISE: ("бука", "шум"),
        MarkKind.INTERRUPTION: ("снимак прекинут", "прекид снимка"),
    },
    "sr-Latn": {
        MarkKind.UNCLEAR: ("nerazumljivo", "nejasno", "nečujno"),
        MarkKind.PAUSE: ("pauza", "duga pauza", "tišina"),
        MarkKind.LAUGHTER: ("smeh", "smeje se", "smeju se"),
        MarkKind.CRYING: ("plače", "plač"),
        MarkKind.SIGH: ("uzdah", "uzdiše"),
        MarkKind.COUGH: ("kašlje", "kašalj"),
        MarkKind.CROSSTALK: ("govore uglas", "govore istovremeno"),
        MarkKind.NOISE: ("buka", "šum"),
        MarkKind.INTERRUPTION: ("snimak prekinut", "prekid snimka"),
    },
}
_KNOWN = {
    form: kind for marks in _WRITTEN.values() for kind, forms in marks.items() for form in forms
}
_BRACKETED = re.compile(r"\[([^\[\]]{1,80})\]")
_ENCLOSED = re.compile(r"\[([^\[\]]{1,80})\]|\(([^()]{1,80})\)")
_TIME_BEHIND = re.compile(r"\s*(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d+)?$")
_NO_SPACE_BEFORE = ".,;:!?…)]}»”"
_NO_SPACE_BEHIND = "([{«„“"


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A remark in square brackets; the offsets take in the brackets."""

    start: int
    end: int
    kind: MarkKind | None
    """``None`` for a remark of somebody's own wording."""


def mark_label(kind: MarkKind) -> str:
    """Return what a mark is called in the window's language."""
    return tr(_LABELS[kind])


def written(kind: MarkKind, language: str, *, at_ms: int | None = None) -> str:
    """Return a mark as it is typed in a transcript of a language (BCP 47): "[пауза]".

    With ``at_ms`` it names the place in the recording, "[unclear 0:12:34]", so that
    another listener finds it. Languages without wording of their own get the English.
    """
    word = _WRITTEN[_wording_of(language)][kind][0]
    return f"[{word}]" if at_ms is None else f"[{word} {format_timecode(at_ms)}]"


def _wording_of(language: str) -> str:
    if language in _WRITTEN:
        return language
    base = language.replace("_", "-").split("-", maxsplit=1)[0]
    if base == "sr":
        return "sr-Latn" if "latn" in language.lower() else "sr-Cyrl"
    return base if base in _WRITTEN else "en"


def mark_edit(turn: Turn, start: int, end: int, text: str) -> TextEdit:
    """Return the edit that puts a mark in place of ``[start, end)``, with a space on either side.

    No space is added at the edges of the turn, before a comma or behind a bracket.
    """
    before, after = turn.text[:start], turn.text[end:]
    if before and not before[-1].isspace() and before[-1] not in _NO_SPACE_BEHIND:
        text = " " + text
    if after and not after[0].isspace() and after[0] not in _NO_SPACE_BEFORE:
        text += " "
    return TextEdit(turn.id, start, end, text)


def marks_in(text: str) -> tuple[FoundMark, ...]:
    """Return the remarks in square brackets within a text, in order."""
    return tuple(
        FoundMark(found.start(), found.end(), _kind_of(found[1]))
        for found in _BRACKETED.finditer(text)
    )


def known_marks_in(text: str) -> tuple[FoundMark, ...]:
    """Return the marks of a known kind within a text, in order, in square or round brackets."""
    if "[" not in text and "(" not in text:
        return ()
    found = (
        FoundMark(held.start(), held.end(), _kind_of(held[1] or held[2] or ""))
        for held in _ENCLOSED.finditer(text)
    )
    return tuple(one for one in found if one.kind is not None)


def _kind_of(remark: str) -> MarkKind | None:
    return _KNOWN.get(_TIME_BEHIND.sub("", remark.strip().casefold()))
