"""Joining the parts of a citation without stray punctuation, whichever of them are missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ENDED = re.compile(r"[.?!…][”’»]*$")
_INSIDE = re.compile(r"[”’]$")


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
