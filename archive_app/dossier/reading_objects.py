"""Every string and stream of a PDF beside its pages' text, each with the kind of its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_app.domain.proof import Where
from archive_app.dossier.reading_strings import readings, text_string, words_in

if TYPE_CHECKING:
    import pikepdf

_RUNS = frozenset(
    {
        "GoTo3DView", "GoToE", "GoToR", "Hide", "ImportData", "JavaScript", "Launch", "Movie",
        "Rendition", "ResetForm", "RichMediaExecute", "SetOCGState", "Sound", "SubmitForm",
        "Thread", "Trans",
    }
)  # fmt: skip
"""Actions that run something, open another file or change what is seen: ISO 32000-1, 12.6.4."""
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDToGIDMap", "/CIDSet")
_PLACES = {
    "/URI": Where.LINK, "/BaseFont": Where.FONT, "/FontName": Where.FONT,
    "/FontFamily": Where.FONT, "/JS": Where.SCRIPT, "/Dest": Where.DESTINATION,
    "/D": Where.DESTINATION, "/IDTree": Where.ALT_TEXT, "/ActualText": Where.ALT_TEXT,
    "/Alt": Where.ALT_TEXT,
}  # fmt: skip
_MARKERS = range(0xC0, 0x100)
_UNSAID = frozenset({"/ID", "/CheckSum", "/Lang", "/CIDSet", "/Panose", "/DA", "/OE", "/UE"})
"""Keys whose strings are numbers or codes."""


@dataclass(frozen=True, slots=True)
class Held:
    """A string of the file and where it stands."""

    where: Where
    item: str
    """The key it stands under: "/Title"."""
    text: str
    page: int = 0
    """From 1; 0: it belongs to no page."""
    is_guess: bool = False
    """Whether it is another reading of bytes that have a likelier one."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within the file."""

    name: str
    description: str
    data: bytes


@dataclass(slots=True)
class Objects:
    """What was found in the objects of a file."""

    strings: list[Held]
    attachments: list[Attachment]
    active: list[Held]
    """Actions and scripts, without their words."""
    unseen: list[Held]
    """Layers that can be switched off, forms that no page draws; without their words."""
    names: list[str]
    """Every name object and key, each once."""


def read_objects(pdf: pikepdf.Pdf, drawn_forms: set[int]) -> Objects:
    """Return every string and stream of a file; ``drawn_forms`` are the forms its pages draw."""
    walk = _Walk(pdf, drawn_forms)
    walk.all()
    return walk.found()


class _Walk:
    def __init__(self, pdf: pikepdf.Pdf, drawn_forms: set[int]) -> None:
        self._pdf = pdf
        self._drawn = drawn_forms
        self._strings: dict[Held, None] = {}
        self._attachments: list[Attachment] = []
        self._active: dict[Held, None] = {}
        self._unseen: dict[Held, None] = {}
        self._names: set[str] = set()
        self._streams: list[Any] = []
        self._skipped: set[tuple[int, int]] = set()
        self._places: dict[tuple[int, int], Where] = {}
        self._pages: dict[tuple[int, int], int] = {}

    def found(self) -> Objects:
        return Objects(
            list(self._strings), self._attachments, list(self._active), list(self._unseen),
            sorted(self._names),
        )  # fmt: skip

    def all(self) -> None:
        import pikepdf

        self._know_pages()
        self._know_places()
        self._dictionary(self._pdf.trailer, Where.ELSEWHERE, 0)
        for held in self._pdf.objects:
            if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
                key = held.objgen
                where = self._places.get(key, Where.ELSEWHERE)
                self._dictionary(held, where, self._pages.get(key, 0))
            elif isinstance(held, pikepdf.Array | pikepdf.String):
                where = self._places.get(held.objgen, Where.ELSEWHERE)
                self._value("", held, where, self._pages.get(held.objgen, 0))
        for stream in self._streams:
            self._stream(stream)

    # What stands where

    def _know_pages(self) -> None:
        import pikepdf

        for number, page in enumerate(self._pdf.pages, start=1):
            self._pages[page.obj.objgen] = number
            contents = page.obj.get("/Contents")
            parts = contents if isinstance(contents, pikepdf.Array) else [contents]
            for part in parts:
                if isinstance(part, pikepdf.Stream):
                    self._skipped.add(part.objgen)
            annotations = page.obj.get("/Annots")
            if not isinstance(annotations, pikepdf.Array):
                continue
            for annotation in annotations:
                if isinstance(annotation, pikepdf.Dictionary):
                    self._note(annotation, self._annotated(annotation), number)
                    self._note(annotation.get("/A"), Where.LINK, number)

    def _note(self, held: Any, where: Where, page: int) -> None:
        import pikepdf

        if isinstance(held, pikepdf.Object) and held.is_indirect:
            self._places[held.objgen] = where
            self._pages[held.objgen] = page

    def _know_places(self) -> None:
        import pikepdf

        info = self._pdf.trailer.get("/Info")
        if isinstance(info, pikepdf.Dictionary):
            self._places[info.objgen] = Where.METADATA
        root = self._pdf.Root
        self._spread(root.get("/Outlines"), Where.BOOKMARK, ("/First", "/Next"))
        self._spread(root.get("/Dests"), Where.DESTINATION, ())
        self._spread(root.get("/PageLabels"), Where.PAGE_LABEL, ("/Kids", "/Nums"))
        self._spread(root.get("/AcroForm"), Where.FORM_FIELD, ("/Fields", "/Kids"))
        names = root.get("/Names")
        if isinstance(names, pikepdf.Dictionary):
            self._places[names.objgen] = Where.DESTINATION
            self._spread(names.get("/Dests"), Where.DESTINATION, ("/Kids",))
            self._spread(names.get("/EmbeddedFiles"), Where.ATTACHMENT_NAME, ("/Kids", "/Names"))
            self._spread(names.get("/JavaScript"), Where.SCRIPT, ("/Kids", "/Names"))

    def _spread(self, held: Any, where: Where, keys: tuple[str, ...]) -> None:
        """Let an object and those it leads to by some keys stand for a kind of place."""
        import pikepdf

        waiting = [held]
        while waiting:
            one = waiting.pop()
            if not isinstance(one, pikepdf.Array | pikepdf.Dictionary):
                continue
            if one.is_indirect:
                if one.objgen in self._places:
                    continue
                self._places[one.objgen] = where
            if isinstance(one, pikepdf.Array):
                waiting += list(one)
            else:
                waiting += [one[key] for key in keys if key in one]

    def _annotated(self, annotation: Any) -> Where:
        kind = str(annotation.get("/Subtype", ""))
        if kind == "/Link":
            return Where.LINK
        return Where.FORM_FIELD if kind == "/Widget" else Where.ANNOTATION

    # Walking

    def _dictionary(self, held: Any, where: Where, page: int) -> None:
        import pikepdf

        if isinstance(held, pikepdf.Stream):
            self._streams.append(held)
        where = self._kind(held, where, page)
        for key, value in held.items():
            self._names.add(key[1:])
            if key in _FONT_FILES and isinstance(value, pikepdf.Stream):
                self._skipped.add(value.objgen)
            elif key not in _UNSAID:
                self._value(key, value, where, page)

    def _kind(self, held: Any, where: Where, page: int) -> Where:
        """Return the kind of place that a dictionary is, noting what in it runs or is unseen."""
        action = str(held.get("/S", ""))[1:] if "/S" in held else ""
        if "/P" in held and "/S" in held and "/JS" not in held:
            return Where.ALT_TEXT
        if action in _RUNS or "/JS" in held or "/AA" in held or "/XFA" in held:
            self._active[Held(Where.SCRIPT, action, "", page)] = None
            return Where.SCRIPT
        if "/OCGs" in held or str(held.get("/Type", "")) == "/OCG":
            self._unseen[Held(Where.ELSEWHERE, "/OCG", "", page)] = None
        if "/EF" in held:
            self._attached(held)
            return Where.ATTACHMENT_NAME
        if "/FT" in held:
            return Where.FORM_FIELD
        if "/Subtype" in held and "/Rect" in held:
            place = self._annotated(held)
            if place is not Where.LINK:
                self._unseen[Held(place, str(held["/Subtype"]), "", page)] = None
            return place
        return where

    def _value(self, key: str, value: Any, where: Where, page: int) -> None:
        import pikepdf

        if isinstance(value, pikepdf.String):
            place = _PLACES.get(key, where)
            for number, text in enumerate(readings(bytes(value))):
                if text.strip():
                    self._strings[Held(place, key, text, page, number > 0)] = None
        elif isinstance(value, pikepdf.Name):
            self._names.add(str(value)[1:])
            if key in {"/BaseFont", "/FontName"}:
                self._strings[Held(Where.FONT, key, str(value)[1:], page)] = None
        elif isinstance(value, pikepdf.Array):
            if key == "" or not value.is_indirect:
                for each in value:
                    self._value(key or "[]", each, where, page)
        elif isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
            self._dictionary(value, where, page)

    def _attached(self, held: Any) -> None:
        import pikepdf

        files = held["/EF"]
        name = held.get("/UF") or held.get("/F")
        told = held.get("/Desc")
        for key in ("/UF", "/F"):
            data = files.get(key)
            if isinstance(data, pikepdf.Stream) and data.objgen not in self._skipped:
                self._skipped.add(data.objgen)
                self._attachments.append(
                    Attachment(_text(name), _text(told), _bytes_of(data))
                )  # fmt: skip

    # Streams

    def _stream(self, held: Any) -> None:
        if held.objgen in self._skipped:
            return
        kind, subtype = str(held.get("/Type", "")), str(held.get("/Subtype", ""))
        if kind in {"/XRef", "/ObjStm"}:
            return
        if subtype == "/Image":
            for text in _image_words(held):
                self._strings[Held(Where.IMAGE, "", text)] = None
            return
        if subtype == "/Form":
            if held.objgen[0] not in self._drawn:
                self._unseen[Held(Where.ELSEWHERE, "/Form", "")] = None
            return
        where, item = Where.ELSEWHERE, "stream"
        if kind == "/Metadata":
            where, item = Where.METADATA, "XMP"
        elif "/N" in held:
            # An ICC profile: ISO 32000-1, 8.6.5.5.
            item = "profile"
        for text in words_in(_bytes_of(held)):
            self._strings[Held(where, item, text)] = None


def _text(held: Any) -> str:
    import pikepdf

    return text_string(bytes(held)) if isinstance(held, pikepdf.String) else ""


def _bytes_of(stream: Any) -> bytes:
    import pikepdf

    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def _image_words(held: Any) -> Iterator[str]:
    """Yield what a picture's own metadata says: a JPEG's comments, Exif and XMP.

    # Segments before the scan: ISO/IEC 10918-1, B.1.1.4.
    """
    data = held.read_raw_bytes()
    if not data.startswith(b"\xff\xd8"):
        return
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] in _MARKERS:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            return
        if 0xE1 <= marker <= 0xEF or marker == 0xFE:
            yield from words_in(data[at + 4 : at + 2 + length])
        at += 2 + length
