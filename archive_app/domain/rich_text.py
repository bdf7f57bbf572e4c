"""A scholar's own text in a dossier: paragraphs, headings, lists, quotations, emphasis, notes.

It is kept as JSON: a list of blocks, each ``{"kind": …, "runs": [{"text": …,
"bold": true, "italic": true, "note": …}]}``; what is false or empty is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from archive_app.errors import BadValue
from archive_app.translation import tr


class BlockKind(StrEnum):
    """What a block of rich text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    """An entry of a list; neighbours make one list."""
    NUMBER = "number"
    """An entry of a numbered list; neighbours make one list, counted from 1."""
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class RichRun:
    """A stretch of text in one look; ``note`` is a footnote called for at its end."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RichBlock:
    """A paragraph, heading or entry of a list."""

    runs: tuple[RichRun, ...]
    kind: BlockKind = BlockKind.PARAGRAPH

    @property
    def text(self) -> str:
        """The block's words without its notes."""
        return "".join(run.text for run in self.runs)


RichText = tuple[RichBlock, ...]


def to_json(text: RichText) -> str:
    """Return rich text as it is kept; "" for none."""
    if not text:
        return ""
    blocks = [
        {"kind": block.kind.value, "runs": [_run_to_json(run) for run in block.runs]}
        for block in text
    ]
    return json.dumps(blocks, ensure_ascii=False)


def from_json(kept: str) -> RichText:
    """Return rich text from what is kept; "" is none.

    Raises:
        BadValue: it is not such JSON.
    """
    if not kept.strip():
        return ()
    try:
        return tuple(
            RichBlock(tuple(_run_from_json(run) for run in block["runs"]), BlockKind(block["kind"]))
            for block in json.loads(kept)
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadValue(tr("This text of a dossier cannot be read: it is damaged.")) from error


def from_plain(text: str) -> RichText:
    """Return plain text as rich text, a paragraph for each line that is not empty."""
    lines = [line.strip() for line in text.splitlines()]
    return tuple(RichBlock((RichRun(line),)) for line in lines if line)


def plain(text: RichText) -> str:
    """Return the words alone, a line for each block, notes in brackets behind their call."""
    return "\n".join(
        "".join(run.text + (f" [{run.note}]" if run.note else "") for run in block.runs)
        for block in text
    )


def mapped(text: RichText, change: Callable[[str], str]) -> RichText:
    """Return rich text with every run and note changed by a function of text."""
    return tuple(
        replace(
            block,
            runs=tuple(
                replace(run, text=change(run.text), note=change(run.note)) for run in block.runs
            ),
        )
        for block in text
    )


def _run_to_json(run: RichRun) -> dict[str, Any]:
    kept: dict[str, Any] = {"text": run.text}
    if run.is_bold:
        kept["bold"] = True
    if run.is_italic:
        kept["italic"] = True
    if run.note:
        kept["note"] = run.note
    return kept


def _run_from_json(kept: Any) -> RichRun:
    text, note = kept["text"], kept.get("note", "")
    if not isinstance(text, str) or not isinstance(note, str):
        raise TypeError("text of a run")
    return RichRun(text, bool(kept.get("bold")), bool(kept.get("italic")), note)
