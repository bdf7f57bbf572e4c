"""Text from outside made fit for a turn: one line, no control characters, no word changed."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_REMOVED = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SPACES = re.compile(r" {2,}")
_LINE_END = re.compile(r"\r\n|\n|\r")


def one_line(text: str) -> str:
    """Return the text with line breaks as single spaces and control characters left out.

    Spaces stay as they are, so a text that is one line already comes back unchanged.
    """
    return _REMOVED.sub("", _BREAKS.sub(" ", text))


def plain(text: str) -> str:
    """Return the text as one line, its runs of spaces collapsed, none at the ends.

    No-break spaces are words' own matter and stay.
    """
    return _SPACES.sub(" ", one_line(text)).strip(" ")


def lines_of(text: str) -> list[str]:
    """Return the lines as editors count them: ended by LF, CR LF or CR, by nothing else."""
    return _LINE_END.split(text)


def paragraphs(text: str) -> str:
    """Return a longer field's text with its line breaks as LF, tidied at the ends."""
    lines = [plain(line) for line in lines_of(text)]
    return "\n".join(lines).strip()
