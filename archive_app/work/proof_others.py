"""Whether anything stands in a file that was not released for it, and whether all can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from archive_app.domain.proof import Finding, Problem, Where
from archive_app.translation import tr
from archive_app.work.proof_blocks import Block
from archive_app.work.proof_expected import Expected

if TYPE_CHECKING:
    from archive_app.dossier.reading import ReadBack
    from archive_app.dossier.reading_objects import Held

_CODES = frozenset({
    "/CharSet", "/CreationDate", "/Info", "/ModDate", "/M", "/Ordering", "/OutputCondition",
    "/OutputConditionIdentifier", "/Registry", "/RegistryName", "/Trapped", "/ID",
})  # fmt: skip
"""Keys whose strings are codes and dates."""
_CODE = re.compile(
    r"D:[\d+'Z-]+|\d{4}-\d\d-\d\d[\dT:+Z.-]*|uuid:[\da-f-]+|[\w.+-]+/[\w.+-]+|True|False|[\w-]{1,12}"
    r"|https?://(?:purl\.org|ns\.adobe\.com|www\.aiim\.org|www\.w3\.org)/\S*|adobe:ns:meta/|W5M0\w+|\ufeff"
)
"""Dates, identities, media types, languages, namespaces: what metadata are made of."""
_COMMENT = re.compile(r"(?:%\s*)?(?:ReportLab Generated PDF document[\w ()/.:]*|opensource)\s*\Z")
"""What the library that writes the file says of itself between its objects."""
_EXTENSION = re.compile(r"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", re.DOTALL)
_VALUES = re.compile(r">([^<>]+)<|=\s*\"([^\"]*)\"|=\s*'([^']*)'|<!--(.*?)-->", re.DOTALL)
_KEYED = frozenset({Where.ANNOTATION, Where.FORM_FIELD, Where.SCRIPT, Where.IMAGE})
"""Places that a dossier has no words in."""
_LONGEST_NAME = 40


def other_blocks(
    blocks: Sequence[Block], expected: Expected, turns: set[int]
) -> tuple[list[bool], list[Finding]]:
    """Return for each paragraph whether it was released, and findings for those that were not.

    ``turns`` are the places of paragraphs that stand for a turn; what is wrong with them
    was found already.
    """
    known: list[bool] = []
    findings: list[Finding] = []
    for place, block in enumerate(blocks):
        is_known = expected.explains(block)
        known.append(is_known)
        if block.time and not expected.holds(block.time):
            findings.append(Finding(Problem.UNEXPECTED, Where.MARGIN, block.page))
        if is_known or place in turns:
            continue
        nearest = expected.nearest(block.words_key)
        problem = Problem.CHANGED if nearest else Problem.UNEXPECTED
        findings.append(Finding(problem, expected.place(block, nearest), block.page))
    return known, findings


def other_strings(
    read: ReadBack, expected: Expected, *, attachments: Mapping[str, bytes]
) -> list[Finding]:
    """Return findings for what stands around the text and beside the pages unreleased.

    ``attachments`` are the files that may be attached, by name.
    """
    findings = [
        Finding(Problem.UNEXPECTED, Where.HEAD, artifact.page)
        for artifact in read.artifacts
        if not expected.explains_artifact(artifact.text, read.labels[artifact.page - 1])
    ]
    findings += [
        Finding(Problem.UNEXPECTED, held.where, held.page, "", held.item)
        for held in read.strings
        if not _is_expected(held, expected, attachments)
    ]
    for number, attached in enumerate(read.attachments, start=1):
        if attachments.get(attached.name) != attached.data:
            findings.append(Finding(Problem.UNEXPECTED, Where.ATTACHMENT, 0, "", str(number)))
    return findings


def _is_expected(held: Held, expected: Expected, attachments: Mapping[str, bytes]) -> bool:
    text, where = held.text, held.where
    if held.is_guess or held.item in _CODES or expected.holds(text):
        return True
    if where in _KEYED:
        return False
    if where is Where.LINK:
        return expected.holds(unquote(text)) or bool(re.fullmatch(r"\w{1,40}", text))
    if where is Where.DESTINATION or where is Where.FONT:
        return len(text) <= _LONGEST_NAME and not re.search(r"\s", text)
    if where is Where.ATTACHMENT_NAME:
        return text in attachments or (bool(attachments) and text == tr("The dossier's data"))
    if held.item == "XMP":
        return all(_is_metadata(value, expected) for value in _values(text))
    if where is Where.METADATA:
        return _is_metadata(text, expected)
    if where is Where.ELSEWHERE:
        # Codes of fonts and colours are one word, or hold none.
        return held.item == "profile" or len(re.findall(r"[^\W\d_]{2,}", text)) < 2
    return not text.strip()


def _is_metadata(text: str, expected: Expected) -> bool:
    text = text.strip()
    if not text or expected.holds(text) or _CODE.fullmatch(text):
        return True
    # Keywords stand in one string, people too.
    return all(expected.holds(part) for part in re.split(r"[,;]\s", text))


def _values(xmp: str) -> Iterator[str]:
    """Yield the texts, attributes and comments of XMP, without the schema that describes it."""
    for found in _VALUES.finditer(_EXTENSION.sub("", xmp)):
        yield unescape(next((group for group in found.groups() if group is not None), ""))


def form_findings(read: ReadBack, blocks: Sequence[Block]) -> list[Finding]:
    """Return findings for what cannot be read, what runs, and what a reader does not see."""
    findings = [Finding(Problem.UNREADABLE, Where.TEXT, page) for page in read.unread]
    if read.tree is None:
        findings.append(Finding(Problem.UNREADABLE, Where.TEXT, 0, "", "structure"))
    findings += [
        Finding(Problem.ACTIVE, held.where, held.page, "", held.item) for held in read.active
    ]
    findings += [
        Finding(Problem.UNSEEN, held.where, held.page, "", held.item) for held in read.unseen
    ]
    findings += [
        Finding(Problem.UNSEEN, block.where, block.page, "", block.unseen)
        for block in blocks
        if block.unseen
    ]
    findings += [
        Finding(Problem.UNSEEN, Where.HEAD, artifact.page, "", artifact.unseen)
        for artifact in read.artifacts
        if artifact.unseen
    ]
    if read.older or read.dead_objects or any(not _COMMENT.match(text) for text in read.remains):
        findings.append(Finding(Problem.UNSEEN, Where.REMAINS))
    return findings
