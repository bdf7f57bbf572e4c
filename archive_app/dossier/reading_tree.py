"""The structure tree of a PDF, with the text of its pages hung into it in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_app.dossier.reading_marks import PageMarks, Stretch
from archive_app.dossier.reading_strings import text_string

if TYPE_CHECKING:
    import pikepdf

_DEEPEST = 200
_TEXTS = ("Alt", "ActualText", "E", "T", "Lang")


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the structure tree; ``tag`` is a standard type, whatever the file calls it."""

    tag: str
    kids: tuple[Element | Stretch, ...]
    alt: str = ""
    actual: str = ""
    expansion: str = ""
    title: str = ""
    lang: str = ""
    """BCP 47, where it says so itself."""

    def stretches(self) -> Iterator[Stretch]:
        """Yield all text below, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.stretches()
            else:
                yield kid

    def elements(self) -> Iterator[Element]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()

    @property
    def text(self) -> str:
        """The text to be read, nothing put between its stretches."""
        if self.actual:
            return self.actual
        return "".join(kid.text for kid in self.kids)

    @property
    def drawn(self) -> str:
        """The letters drawn, whatever is said to stand for them."""
        return "".join(kid.drawn for kid in self.kids)

    @property
    def page(self) -> int:
        """The page (from 1) where it begins; 0 where nothing of it is drawn."""
        return next((stretch.page for stretch in self.stretches()), 0)

    @property
    def unseen(self) -> str:
        """Why a reader would not see some of it; "": he sees it all."""
        return next((s.unseen for s in self.stretches() if s.unseen), "")


@dataclass(frozen=True, slots=True)
class Tree:
    """The structure of a file: its elements, and marked text that no element claims."""

    root: Element | None
    """None: the file has no structure."""
    unclaimed: tuple[Stretch, ...]


def read_tree(pdf: pikepdf.Pdf, pages: Sequence[PageMarks]) -> Tree:
    """Return a file's structure with the text of its pages in it."""
    reader = _TreeReader(pdf, pages)
    held = pdf.Root.get("/StructTreeRoot")
    root = reader.root(held) if _is_dictionary(held) else None
    return Tree(root, tuple(reader.unclaimed()))


def _is_dictionary(held: Any) -> bool:
    import pikepdf

    return isinstance(held, pikepdf.Dictionary)


class _TreeReader:
    def __init__(self, pdf: pikepdf.Pdf, pages: Sequence[PageMarks]) -> None:
        self._pages = [dict(page.marked) for page in pages]
        self._numbers: Mapping[tuple[int, int], int] = {
            page.obj.objgen: number for number, page in enumerate(pdf.pages)
        }
        self._roles: dict[str, str] = {}
        self._seen: set[tuple[int, int]] = set()
        self._claimed: set[tuple[int, int]] = set()

    def root(self, held: Any) -> Element:
        roles = held.get("/RoleMap")
        if _is_dictionary(roles):
            self._roles = {str(key)[1:]: str(value)[1:] for key, value in roles.items()}
        return Element("Root", tuple(self._kids(held.get("/K"), -1, 0)))

    def unclaimed(self) -> Iterator[Stretch]:
        for number, marked in enumerate(self._pages):
            for mcid, stretch in marked.items():
                if (number, mcid) not in self._claimed and (stretch.drawn or stretch.text):
                    yield stretch

    def _kids(self, held: Any, page: int, depth: int) -> Iterator[Element | Stretch]:
        import pikepdf

        if held is None or depth > _DEEPEST:
            return
        if isinstance(held, int):
            yield from self._content(page, held)
        elif isinstance(held, pikepdf.Array):
            for kid in held:
                yield from self._kids(kid, page, depth)
        elif isinstance(held, pikepdf.Dictionary):
            if held.is_indirect:
                if held.objgen in self._seen:
                    return
                self._seen.add(held.objgen)
            if "/S" in held:
                yield self._element(held, page, depth)
            elif "/MCID" in held and "/Stm" not in held:
                yield from self._content(self._page_of(held, page), int(held["/MCID"]))

    def _element(self, held: Any, page: int, depth: int) -> Element:
        tag = str(held["/S"])[1:]
        for _ in range(len(self._roles)):
            if tag not in self._roles or self._roles[tag] == tag:
                break
            tag = self._roles[tag]
        alt, actual, expansion, title, lang = (_text(held.get(f"/{key}")) for key in _TEXTS)
        kids = tuple(self._kids(held.get("/K"), self._page_of(held, page), depth + 1))
        return Element(tag, kids, alt, actual, expansion, title, lang)

    def _page_of(self, held: Any, page: int) -> int:
        named = held.get("/Pg")
        return page if named is None else self._numbers.get(named.objgen, -1)

    def _content(self, page: int, mcid: int) -> Iterator[Stretch]:
        if 0 <= page < len(self._pages):
            stretch = self._pages[page].get(mcid)
            if stretch is not None and (page, mcid) not in self._claimed:
                self._claimed.add((page, mcid))
                yield stretch


def _text(held: Any) -> str:
    import pikepdf

    return text_string(bytes(held)) if isinstance(held, pikepdf.String) else ""
