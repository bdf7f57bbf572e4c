"""What stands inside a caption: voices, tags, character references, inner times.

WebVTT cue text: https://www.w3.org/TR/webvtt1/#webvtt-cue-text. Tags that no
caption format knows ("<inaudible>", "a < b") are somebody's words and stay.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from archive_app.exchange.cleaning import one_line
from archive_app.exchange.clock import CLOCK, read_clock

# Everything is bounded: a file of "<v <v <v" must not take hours.
_TAG = re.compile(
    rf"<(?:(?P<time>{CLOCK})"
    r"|v(?:\.[^\s>]{0,200})?[ \t]{1,9}(?P<voice>[^>]{0,300})|(?P<vend>/v)"
    r"|c(?P<classes>(?:\.[^\s>.]{1,99}){0,99})(?:[ \t][^>]{0,300})?|(?P<cend>/c)"
    r"|(?P<break>/?(?:br|p|div)(?:\s[^>]{0,300})?/?)"
    r"|/?(?:i|b|u|s|em|strong|ruby|rt|lang|font|span|v|annotation)(?:\.[^\s>]{0,200})?"
    r"(?:\s[^>]{0,300})?/?)>",
    re.IGNORECASE,
)
_OVERRIDE = re.compile(r"\{\\[a-zA-Z0-9][^{}]{0,200}\}")  # SubStation Alpha's, as in "{\an8}"
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one voice says within a cue; offsets count in ``text``."""

    speaker: str | None
    """``None`` where the cue names nobody."""
    text: str
    times: tuple[tuple[int, int], ...] = ()
    """(offset, ms) of inner times."""
    classes: tuple[tuple[str, int], ...] = ()
    """(class, offset of its end) of ``<c.name>…</c>``, in the order they end."""
    opens: bool = False
    """A sign in the text (">>", a dash) says that somebody else begins."""


@dataclass(slots=True)
class _Builder:
    speaker: str | None = None
    parts: list[str] = field(default_factory=list[str])
    length: int = 0
    times: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    classes: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])

    def add(self, chunk: str) -> None:
        chunk = one_line(_REFERENCE.sub(lambda m: html.unescape(m[0]), chunk))
        chunk = re.sub(r" {2,}", " ", chunk)
        if not self.parts or self.parts[-1].endswith(" "):
            chunk = chunk.lstrip(" ")
        if chunk:
            self.parts.append(chunk)
            self.length += len(chunk)

    def finish(self) -> Voice:
        text = "".join(self.parts).rstrip(" ")
        end = len(text)
        return Voice(
            self.speaker,
            text,
            tuple((min(offset, end), ms) for offset, ms in self.times),
            tuple((name, min(offset, end)) for name, offset in self.classes),
        )


def voices(payload: str) -> list[Voice]:
    """Return what each voice of a cue says, in order, its markup resolved.

    A cue without words gives an empty list, unless it names a voice.
    """
    payload = _OVERRIDE.sub("", payload)
    done: list[Voice] = []
    builder = _Builder()
    open_classes: list[tuple[str, ...]] = []
    position = 0
    for match in _TAG.finditer(payload):
        builder.add(payload[position : match.start()])
        position = match.end()
        if match["voice"] is not None:
            builder = _next(builder, done, _speaker(match["voice"]))
        elif match["vend"]:
            builder = _next(builder, done, None)
        elif match["time"]:
            if (ms := read_clock(match["time"])) is not None:
                builder.times.append((builder.length, ms))
        elif match["classes"] is not None:
            open_classes.append(tuple(match["classes"].split(".")[1:]))
        elif match["cend"] and open_classes:
            builder.classes += [(name, builder.length) for name in open_classes.pop()]
        elif match["break"]:
            builder.add(" ")
    builder.add(payload[position:])
    done.append(builder.finish())
    if open_classes:
        last = done.pop()
        ended = tuple((name, len(last.text)) for names in open_classes for name in names)
        done.append(Voice(last.speaker, last.text, last.times, last.classes + ended))
    return [voice for voice in done if voice.text]


def _next(builder: _Builder, done: list[Voice], speaker: str | None) -> _Builder:
    done.append(builder.finish())
    return _Builder(speaker)


def _speaker(annotation: str) -> str:
    name = one_line(_REFERENCE.sub(lambda m: html.unescape(m[0]), annotation))
    return re.sub(r" {2,}", " ", name).strip(" ").removesuffix(":").rstrip(" ")


def escape(text: str) -> str:
    """Return text that a WebVTT parser gives back as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Undo ``escape``."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
