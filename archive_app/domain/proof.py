"""What a dossier's proof found: whether the file says what was released, and nothing else.

A proof holds no testimony and no protected name: its findings say where something
is (page, kind of place, which item) and never what it is. So it can be kept with
the dossier, shown to anybody and written to a log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from archive_app.domain.records import Audience
from archive_app.errors import BadValue
from archive_app.translation import tr

MOST_FINDINGS = 100
"""Findings of one check that are kept; beyond them only their number is."""


class Check(StrEnum):
    """One of the things that a proof looks at."""

    SOURCES = "sources"
    """Each passage against the archive's text and the gate, before the file is written."""
    TURNS = "turns"
    """Each released turn stands in the file as often as it should, in order, exactly."""
    NOTHING_ELSE = "nothing-else"
    """Nothing else stands there."""
    NAMES = "names"
    """No protected name in any form, anywhere in the file."""
    CLOSED = "closed"
    """No words of closed passages."""
    FORM = "form"
    """The file can be read, nothing in it runs, and nothing in it is hidden from the eye."""
    BESIDE = "beside"
    """The file's name, and the files that lie beside it."""


class Problem(StrEnum):
    """What is wrong."""

    ALTERED = "altered"
    """A turn is not what the archive releases today."""
    NOT_RELEASED = "not-released"
    """The gate does not let it out, or it is gone from the archive."""
    MISSING = "missing"
    REPEATED = "repeated"
    CHANGED = "changed"
    MISPLACED = "misplaced"
    UNEXPECTED = "unexpected"
    """Text that was not released for this dossier."""
    NAME = "name"
    """A protected name."""
    CLOSED_WORDS = "closed-words"
    UNSEEN = "unseen"
    """Text that a reader does not see: invisible, white, off the page, an older state."""
    ACTIVE = "active"
    """Something that runs or opens by itself."""
    UNREADABLE = "unreadable"


LEAKS = frozenset({Problem.NAME, Problem.CLOSED_WORDS, Problem.NOT_RELEASED})


class Where(StrEnum):
    """The kind of place where something was found."""

    TURN = "turn"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    CITATION = "citation"
    HEADING = "heading"
    CONTENTS = "contents"
    INDEX = "index"
    TEXT = "text"
    MARGIN = "margin"
    HEAD = "head"
    """A running head, a page's number or another thing drawn around the text."""
    BOOKMARK = "bookmark"
    LINK = "link"
    DESTINATION = "destination"
    METADATA = "metadata"
    ATTACHMENT = "attachment"
    ATTACHMENT_NAME = "attachment-name"
    ALT_TEXT = "alt-text"
    ANNOTATION = "annotation"
    FORM_FIELD = "form-field"
    SCRIPT = "script"
    FONT = "font"
    IMAGE = "image"
    PAGE_LABEL = "page-label"
    ELSEWHERE = "elsewhere"
    """In an object of the file that no page shows."""
    REMAINS = "remains"
    """In what an older state of the file left, or in bytes that belong to nothing."""
    FILE_NAME = "file-name"
    CLIP_NAME = "clip-name"
    CLIP_TAG = "clip-tag"
    BESIDE = "beside"
    """In a file beside the PDF that is no clip."""
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where."""

    problem: Problem
    where: Where
    page: int = 0
    """Counted from 1 in the file; 0: on no page."""
    label: str = ""
    """The page as it is numbered in print: "iv", "12"."""
    item: str = ""
    """Which: "OH-1, ru, turn 5", "/Title", "clip 3"; neither a name nor testimony."""

    @property
    def is_leak(self) -> bool:
        """Whether it must not go out to anybody below staff."""
        return self.problem in LEAKS


@dataclass(frozen=True, slots=True)
class Looked:
    """One check that was made: at how much it looked, and what it found."""

    check: Check
    looked_at: int
    findings: tuple[Finding, ...] = ()
    more: int = 0
    """Findings beyond those kept."""
    holds: int = 0
    """For staff: places that hold a protected name, as they may."""

    @staticmethod
    def of(check: Check, looked_at: int, findings: list[Finding], *, holds: int = 0) -> Looked:
        """Return a check with its findings: each once, leaks first, the rest in their order."""
        each = sorted(dict.fromkeys(findings), key=lambda finding: not finding.is_leak)
        more = max(len(each) - MOST_FINDINGS, 0)
        return Looked(check, looked_at, tuple(each[:MOST_FINDINGS]), more, holds)


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that was checked of one dossier's file, and what was found."""

    audience: Audience
    on: date
    """The date whose restrictions hold."""
    made_at: datetime
    """UTC."""
    file_name: str
    """"" where the name itself would give a protected name away."""
    sha256: str
    size_bytes: int
    pages: int
    turns: int
    """Turns that were looked for."""
    checks: tuple[Looked, ...]
    missing_glyphs: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    """Standards that the file says it keeps: "PDF/A-2a", "PDF/UA-1"."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, check by check."""
        return tuple(finding for looked in self.checks for finding in looked.findings)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def is_leaking(self) -> bool:
        """Whether something was found that nobody below staff may read."""
        return any(finding.is_leak for finding in self.findings)


def to_json(proof: Proof) -> str:
    """Return a proof as it is kept with its dossier."""
    kept: dict[str, Any] = {
        "audience": proof.audience.value,
        "on": proof.on.isoformat(),
        "made_at": proof.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "file_name": proof.file_name,
        "sha256": proof.sha256,
        "size_bytes": proof.size_bytes,
        "pages": proof.pages,
        "turns": proof.turns,
        "missing_glyphs": list(proof.missing_glyphs),
        "claims": list(proof.claims),
        "checks": [
            {
                "check": looked.check.value,
                "looked_at": looked.looked_at,
                "more": looked.more,
                "holds": looked.holds,
                "findings": [_finding_to_json(finding) for finding in looked.findings],
            }
            for looked in proof.checks
        ],
    }
    return json.dumps(kept, ensure_ascii=False)


def from_json(kept: str) -> Proof:
    """Return a proof from what is kept.

    Raises:
        BadValue: it is not a proof.
    """
    try:
        held = json.loads(kept)
        return Proof(
            audience=Audience(held["audience"]),
            on=date.fromisoformat(held["on"]),
            made_at=datetime.fromisoformat(held["made_at"]),
            file_name=str(held["file_name"]),
            sha256=str(held["sha256"]),
            size_bytes=int(held["size_bytes"]),
            pages=int(held["pages"]),
            turns=int(held["turns"]),
            missing_glyphs=tuple(map(str, held["missing_glyphs"])),
            claims=tuple(map(str, held["claims"])),
            checks=tuple(_looked_from_json(each) for each in held["checks"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadValue(
            tr("The proof kept with this dossier cannot be read: it is damaged. Make it again.")
        ) from error


def _finding_to_json(finding: Finding) -> dict[str, Any]:
    return {
        "problem": finding.problem.value,
        "where": finding.where.value,
        "page": finding.page,
        "label": finding.label,
        "item": finding.item,
    }


def _looked_from_json(held: Any) -> Looked:
    return Looked(
        check=Check(held["check"]),
        looked_at=int(held["looked_at"]),
        findings=tuple(
            Finding(
                Problem(each["problem"]),
                Where(each["where"]),
                int(each["page"]),
                str(each["label"]),
                str(each["item"]),
            )
            for each in held["findings"]
        ),
        more=int(held["more"]),
        holds=int(held["holds"]),
    )
