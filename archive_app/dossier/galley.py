"""Blocks as lines that are ready for a page: priced, owned, with their pictures and footnotes.

What the compositor breaks into lines gets here all that a page asks of a line: where
it begins, what parting it from the next would cost, whose element it belongs to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive_app.dossier.blocks import CAPITALS, Block, Image, Line, Style
from archive_app.dossier.lines import Compositor
from archive_app.dossier.parting import Edge, Parting, price
from archive_app.dossier.structure import Parts, Structure

if TYPE_CHECKING:
    from archive_app.dossier.page_model import PageModel

_CLEAR = 0.8
"""Space beside a picture and within a frame, in steps of the grid."""


class Galley:
    """Sets blocks one after another; ``depth`` and ``grid`` are those of the pages to come."""

    def __init__(
        self,
        compositor: Compositor,
        structure: Structure,
        *,
        foot_measure: float,
        depth: float,
        grid: float,
        model: PageModel | None = None,
    ) -> None:
        self._compositor = compositor
        self._structure = structure
        self._foot_measure = foot_measure
        self._depth = depth
        self._grid = grid
        self._model = model
        self._frame = ""
        self._beside = 0.0
        """How far a picture at the right still reaches below the last line."""
        self._beside_width = 0.0
        self._is_kept_on = False
        self._is_at_edge = False
        """Whether what comes next is the first thing in a frame."""

    def set(self, block: Block, measure: float) -> list[Line]:
        """Return a block's lines for a column so wide; none for a block of nothing."""
        style, image = block.style, block.image
        parts = self._structure.parts_of(block)
        made = self._before(style)
        if image is not None and image.is_beside:
            image = self._hang(image, measure)
        setting = self._narrowed(style)
        lines: list[Line] = []
        if image is None or image.is_beside or any(f.text.strip() for f in block.fragments):
            narrowed = block if setting is style else replace(block, style=setting)
            lines = self._compositor.lines(narrowed, measure)
        for line in lines:
            line.owner = parts
            if line.align != "left":
                _settle(line, measure - setting.right)
            if line.notes:
                line.foot = [self._note(note, parts) for note in line.notes]
        if lines and lines[-1].trail is not None:
            trail = lines[-1].trail
            trail.indent = measure - (setting.right - style.right) - trail.width
        if image is not None:
            self._add_picture(image, lines, setting, parts, measure)
        elif self._beside > 0:
            self._beside -= style.before + sum(line.leading for line in lines)
        if made or lines:
            if self._is_at_edge:
                (made or lines)[0].before = 0.0
            self._is_at_edge = False
        if style.is_numbered:
            for line in lines:
                line.is_numbered = True
        self._price(block, lines)
        if self._model is not None:
            self._model.know(block, lines)
        return made + lines

    def _price(self, block: Block, lines: list[Line]) -> None:
        keeps_next = block.style.keeps_next
        is_space = not block.fragments and block.image is None
        is_kept_on, self._is_kept_on = self._is_kept_on, keeps_next
        if is_kept_on and not keeps_next and len(lines) == 1:
            # Below a heading stand two lines at least: a space or a short question is not enough.
            keeps_next, self._is_kept_on = True, is_space
        least = Parting.KEPT if self._frame else Parting.FREE
        picture = lines[:1] if lines and lines[0].image is not None else []
        keeps_last = block.style.keeps_last
        price(lines[len(picture) :], keeps_next=keeps_next, keeps_last=keeps_last, least=least)
        if picture:
            is_last = len(lines) == 1
            picture[0].parting = (
                max(least, Parting.HEADING * keeps_next) if is_last else Parting.STRANDED
            )
        if self._beside > 0 and not block.style.keeps_next:
            strut = self.clear()
            for line in lines[-1:] if strut else ():
                strut[0].parting, line.parting = line.parting, Parting.STRANDED
            lines += strut

    def _note(self, note: Block, parts: Parts) -> list[Line]:
        lines = self._compositor.lines(note, self._foot_measure)
        owner = self._structure.parts_of_note(parts, note)
        for line in lines:
            line.owner = owner
        if self._model is not None:
            self._model.know(note, lines)
        return lines

    # Pictures

    def _hang(self, image: Image, measure: float) -> Image:
        """Let a picture stand at the right of what follows; return it in the size it gets."""
        image = _scaled(image, measure / 2, self._depth)
        self._beside, self._beside_width = image.height, image.width + self._grid * _CLEAR
        return image

    def _before(self, style: Style) -> list[Line]:
        """Return the space that has to be left so that a picture is passed."""
        if self._beside > 0 and not style.keeps_next:
            return self.clear(style.before)
        return []

    def clear(self, before: float = 0.0) -> list[Line]:
        """Return an empty line as high as a picture at the right still reaches down, or none."""
        height, self._beside, self._beside_width = self._beside - before, 0.0, 0.0
        if height <= 0:
            return []
        return [Line([], 0.0, 0.0, height, parting=Parting.HEADING)]

    def _add_picture(
        self, image: Image, lines: list[Line], setting: Style, parts: Parts, measure: float
    ) -> None:
        right = measure - setting.right
        if image.is_beside:
            line = Line([], image.width, right + self._grid * _CLEAR, image.height, image=image)
            line.owner = parts
            lines[0].beside = line
            self._beside -= sum(each.leading for each in lines) - lines[0].leading * (1 - CAPITALS)
            return
        words = sum(line.leading for line in lines)
        image = _scaled(image, right - setting.left, max(self._depth - words, self._depth / 3))
        line = Line([], image.width, setting.left, image.height, setting.align, image=image)
        line.owner = parts
        line.before, line.is_forced_down = setting.before, setting.is_forced_down
        _settle(line, right)
        if lines:
            lines[0].before, lines[0].is_forced_down = 0.0, False
        else:
            line.after = setting.after
        lines.insert(0, line)

    def _narrowed(self, style: Style) -> Style:
        """Return a style that keeps clear of a frame's sides and of a picture at the right."""
        inset = self._grid * _CLEAR if self._frame == "box" else 0.0
        right = inset + (self._beside_width if self._beside > 0 else 0.0)
        if not right:
            return style
        return replace(
            style, first=style.first + inset, left=style.left + inset, lead=style.lead + inset,
            right=style.right + right,
        )  # fmt: skip

    # Frames

    def open_frame(self, frame: str) -> list[Line]:
        """Begin a frame and return its upper edge; nothing for one that is not drawn."""
        self._frame = frame
        self._is_at_edge = frame != "kept"
        return self._edge(is_top=True)

    def close_frame(self) -> list[Line]:
        """End the frame and return its lower edge, with the space a picture still needs."""
        edges = self.clear() + self._edge(is_top=False)
        self._frame = ""
        self._is_kept_on = self._is_at_edge = False
        return edges

    def _edge(self, *, is_top: bool) -> list[Line]:
        if self._frame == "kept":
            return []
        edge = Edge([], 0.0, 0.0, self._grid / 2, frame=self._frame, is_top=is_top)
        edge.parting = Parting.STRANDED if is_top else Parting.FREE
        edge.before, edge.after = (self._grid, 0.0) if is_top else (0.0, self._grid)
        return [edge]


def _settle(line: Line, right: float) -> None:
    """Give a line that is centred or flush right the indent that brings it there."""
    if line.align == "centre":
        line.indent += (right - line.indent - line.width) / 2
    elif line.align == "right":
        line.indent = right - line.width
    line.align = "left"


def _scaled(image: Image, width: float, height: float) -> Image:
    """Return an image no wider and no higher than this, its proportions kept."""
    scale = min(1.0, width / max(image.width, 1e-3), height / max(image.height, 1e-3))
    if scale >= 1.0:
        return image
    return replace(image, width=image.width * scale, height=image.height * scale)
