"""Reading a PDF back, knowing nothing of how it was made: text in reading order, and all else.

What a screen reader would read comes from the structure tree; what is drawn around
it, what is drawn and belongs to nothing, what stands in the file beside its pages,
and what older states of it left, are told apart.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import BadInput
from archive_app.translation import tr

if TYPE_CHECKING:
    import pikepdf

    from archive_app.dossier.reading_marks import PageMarks, Stretch
    from archive_app.dossier.reading_objects import Attachment, Held
    from archive_app.dossier.reading_tree import Element

_REPORTED = 20
"""Pages between two reports of progress."""
_OLDER = 3
"""Older states of a file that are read; it should have none."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline; ``page`` from 1, 0 where it leads to none."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class ReadBack:
    """All that a PDF says."""

    pages: int
    labels: tuple[str, ...]
    """Each page's number as a reader program shows it."""
    tree: Element | None
    """The structure with its text; None: the file has none."""
    artifacts: tuple[Stretch, ...]
    """Running heads, page numbers and the like, page by page."""
    loose: tuple[Stretch, ...]
    """Text that is drawn but belongs neither to the structure nor to an artifact."""
    strings: tuple[Held, ...]
    """Every string beside the pages' text, with the kind of its place."""
    names: tuple[str, ...]
    """Every name object and key."""
    attachments: tuple[Attachment, ...]
    active: tuple[Held, ...]
    """What runs or opens by itself, without its words."""
    unseen: tuple[Held, ...]
    """Annotations that are no links, layers, forms that no page draws; without their words."""
    unread: tuple[int, ...]
    """Pages (from 1) whose content could not be read to its end."""
    bookmarks: tuple[Bookmark, ...]
    preferences: Mapping[str, str]
    language: str
    claims: tuple[str, ...]
    """Standards that the metadata claim: "PDF/A-2a", "PDF/UA-1"."""
    remains: tuple[str, ...]
    """What may be words in bytes that belong to no living object."""
    dead_objects: int
    odd_bytes: int
    older: tuple[ReadBack, ...] = ()
    """Older states of the file that its bytes still hold."""


def read_back(source: bytes | Path, *, progress: Progress = NO_PROGRESS) -> ReadBack:
    """Return all that a PDF says; about a hundred pages a second.

    Raises:
        BadInput: it is no PDF, it is damaged, or it asks for a password.
        Cancelled: whoever watches the progress stopped it.
    """
    import pikepdf

    data = source if isinstance(source, bytes) else source.read_bytes()
    try:
        # No repairing: what a strict reader does not see, another one might.
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _read(pdf, data, progress, 0)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise BadInput(
            tr("This PDF cannot be read back: it is damaged or locked."),
            details=type(error).__name__,
        ) from error


def _read(pdf: pikepdf.Pdf, data: bytes, progress: Progress, depth: int) -> ReadBack:
    import pikepdf

    from archive_app.dossier.reading_objects import read_objects
    from archive_app.dossier.reading_remains import read_remains
    from archive_app.dossier.reading_tree import read_tree

    pages, drawn_forms = _marks(data, progress)
    tree = read_tree(pdf, pages)
    objects = read_objects(pdf, drawn_forms)
    living = frozenset(
        held.objgen for held in pdf.objects if isinstance(held, pikepdf.Object) and held.is_indirect
    )
    remains = read_remains(data, living)
    loose = [*(stretch for page in pages for stretch in page.loose), *tree.unclaimed]
    older = [
        state
        for end in remains.older_ends[-_OLDER:]
        if depth == 0 and (state := _older(data[:end])) is not None
    ]
    bare: Any = pdf.pages
    return ReadBack(
        pages=len(pdf.pages),
        labels=tuple(str(page.label) for page in bare),
        tree=tree.root,
        artifacts=tuple(stretch for page in pages for stretch in page.artifacts),
        loose=tuple(loose),
        strings=tuple(objects.strings),
        names=tuple(objects.names),
        attachments=tuple(objects.attachments),
        active=tuple(objects.active),
        unseen=tuple(objects.unseen),
        unread=tuple(number for number, page in enumerate(pages, start=1) if not page.is_whole),
        bookmarks=tuple(_bookmarks(pdf)),
        preferences=_preferences(pdf),
        language=str(pdf.Root.get("/Lang", "")),
        claims=_claims(pdf),
        remains=remains.texts,
        dead_objects=remains.objects,
        odd_bytes=remains.odd_bytes,
        older=tuple(older),
    )


def _older(data: bytes) -> ReadBack | None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _read(pdf, data, NO_PROGRESS, 1)
    except pikepdf.PdfError:
        return None


def _marks(data: bytes, progress: Progress) -> tuple[list[PageMarks], set[int]]:
    """Return the marked text of each page, and the forms that pages draw."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.psexceptions import PSException

    from archive_app.dossier.reading_marks import Interpreter, MarkReader

    pages: list[PageMarks] = []
    resources = PDFResourceManager()
    device = MarkReader(resources)
    # What pdfminer raises on damaged content beside its own errors.
    damaged = (PSException, ValueError, TypeError, LookupError, AttributeError, AssertionError,
               struct.error, zlib.error, RecursionError)  # fmt: skip
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
    except damaged as error:
        raise BadInput(
            tr("This PDF cannot be read back: it is damaged or locked."),
            details=type(error).__name__,
        ) from error
    interpreter = Interpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number % _REPORTED == 0:
            progress.report(number, 0, tr("Reading the pages back"))
        is_whole = True
        try:
            interpreter.process_page(page)
        except damaged:
            is_whole = False
        marks = device.finish()
        marks.is_whole = is_whole
        pages.append(marks)
    return pages, device.drawn_forms


def _bookmarks(pdf: pikepdf.Pdf) -> list[Bookmark]:
    """Return the outline, level by level as it is read from top to bottom."""
    import pikepdf

    from archive_app.dossier.reading_strings import text_string

    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    named = pdf.Root.get("/Dests")
    seen: set[tuple[int, int]] = set()
    found: list[Bookmark] = []
    outlines = pdf.Root.get("/Outlines")
    first = outlines.get("/First") if isinstance(outlines, pikepdf.Dictionary) else None
    waiting: list[tuple[Any, int]] = [(first, 0)]
    while waiting:
        held, level = waiting.pop()
        if not isinstance(held, pikepdf.Dictionary) or held.objgen in seen:
            continue
        seen.add(held.objgen)
        title = held.get("/Title")
        leads = held.get("/Dest")
        action = held.get("/A")
        if leads is None and isinstance(action, pikepdf.Dictionary):
            leads = action.get("/D")
        text = text_string(bytes(title)) if isinstance(title, pikepdf.String) else ""
        found.append(Bookmark(level, text, _page_of(leads, named, numbers)))
        waiting += [(held.get("/Next"), level), (held.get("/First"), level + 1)]
    return found


def _page_of(leads: Any, named: Any, numbers: Mapping[tuple[int, int], int]) -> int:
    import pikepdf

    if isinstance(leads, pikepdf.Name) and isinstance(named, pikepdf.Dictionary):
        leads = named.get(str(leads))
    if isinstance(leads, pikepdf.Dictionary):
        leads = leads.get("/D")
    if isinstance(leads, pikepdf.Array) and len(leads):
        page = leads[0]
        if isinstance(page, pikepdf.Dictionary):
            return numbers.get(page.objgen, 0)
    return 0


def _preferences(pdf: pikepdf.Pdf) -> dict[str, str]:
    import pikepdf

    held = pdf.Root.get("/ViewerPreferences")
    if not isinstance(held, pikepdf.Dictionary):
        return {}
    return {key[1:]: str(value) for key, value in held.items()}


def _claims(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Return the standards claimed: # ISO 19005-2, 6.6.4; ISO 14289-1, 5."""
    import pikepdf

    held = pdf.Root.get("/Metadata")
    if not isinstance(held, pikepdf.Stream):
        return ()
    xmp = held.read_bytes().decode("utf-8", "replace")

    def said(key: str) -> str:
        found = re.search(rf"{key}(?:>|\s*=\s*[\"'])\s*([^<\"'\s]+)", xmp)
        return found[1] if found else ""

    part, level, universal = said("pdfaid:part"), said("pdfaid:conformance"), said("pdfuaid:part")
    claims = [f"PDF/A-{part}{level.lower()}"] if part else []
    return (*claims, f"PDF/UA-{universal}") if universal else tuple(claims)
