"""Joining the parts of a citation without stray punctuation, whichever of them are missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_ENDED = re.compile(r"[.?!…][”’»]*$")
_INSIDE = re.compile(r"[”’]$")

Italics = tuple[tuple[int, int], ...]
"""Ranges of a text, half-open in code points, in order and apart from one another."""


@dataclass(frozen=True, slots=True)
class CitedRun:
    """A stretch of a citation in one kind of letters."""

    text: str
    is_italic: bool = False


def runs_of(text: str, italics: Italics) -> tuple[CitedRun, ...]:
    """Return a text as runs; put together they are the text."""
    runs: list[CitedRun] = []
    at = 0
    for start, end in italics:
        runs += [CitedRun(text[at:start]), CitedRun(text[start:end], is_italic=True)]
        at = end
    runs.append(CitedRun(text[at:]))
    return tuple(run for run in runs if run.text)


def as_html(runs: Iterable[CitedRun]) -> str:
    """Return runs as a fragment of HTML, for a clipboard: italics in ``<i>``, all else escaped."""
    return "".join(
        f"<i>{escape(run.text, quote=False)}</i>" if run.is_italic
        else escape(run.text, quote=False)
        for run in runs
    )  # fmt: skip


def place_of(part: str, text: str, after: int = 0) -> Italics:
    """Return where a part stands in a text from an offset on; nothing for nothing."""
    start = text.find(part, after) if part else -1
    return ((start, start + len(part)),) if start >= 0 else ()


def sentences(parts: Iterable[str]) -> str:
    """Return the parts one after another, each with its full stop but where it has one."""
    return " ".join(_ended(part) for part in parts if part)


def commas(parts: Iterable[str], *, inside: bool = False) -> str:
    """Return the parts with commas between; ``inside`` of closing quotation marks, if wished."""
    told = [part for part in parts if part]
    text = "".join(_with_comma(part, inside=inside) + " " for part in told[:-1])
    return text + (told[-1] if told else "")


def sentence(parts: Iterable[str], *, inside: bool = False) -> str:
    """Return the parts with commas between, and a full stop at the end."""
    text = commas(parts, inside=inside)
    return _ended(text) if text else ""


def listed(names: Sequence[str], *, last: str, comma: bool = False) -> str:
    """Return "A, B and C"; ``comma`` stands before the last word too, where there are three."""
    if len(names) < 2:
        return "".join(names)
    before = ", " if comma and len(names) > 2 else " "
    return f"{', '.join(names[:-1])}{before}{last} {names[-1]}"


def quoted(text: str, marks: str = "“”", inner: str = "‘’") -> str:
    """Return a text in quotation marks, those that stand in it one step further in."""
    if not text:
        return ""
    nested: list[str] = []
    is_open = False
    for character in re.sub("[“”„«»]", '"', text):
        if character == '"':
            character = inner[1] if is_open else inner[0]
            is_open = not is_open
        nested.append(character)
    if is_open:
        # The last one has no partner.
        del nested[len(nested) - 1 - nested[::-1].index(inner[0])]
    return marks[0] + "".join(nested) + marks[1]


def ended_inside(text: str) -> str:
    """Return a quoted text with its full stop before the closing mark: “A walk.”"""
    if not text or _ENDED.search(text):
        return text
    return f"{text[:-1]}.{text[-1]}" if _INSIDE.search(text) else f"{text}."


def bracketed(text: str, marks: str = "()") -> str:
    """Return a text in brackets, nothing for nothing."""
    return f"{marks[0]}{text}{marks[1]}" if text else ""


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _ended(part: str) -> str:
    return part if _ENDED.search(part) else f"{part}."


def _with_comma(part: str, *, inside: bool) -> str:
    if inside and _INSIDE.search(part):
        return f"{part[:-1].removesuffix('.')},{part[-1]}"
    return f"{part},"
