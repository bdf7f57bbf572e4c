"""The cover: whose voices these are, where and when, and who keeps them.

It is one page on every paper, whatever the title's length: what is long is set
smaller, and what a catalogue can say better makes way.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive_app.domain.records import Role
from archive_app.dossier.blocks import Block, Fragment, Image, NewPage, Style
from archive_app.dossier.contents import DossierContents, Picture, interviews_of, repository_of
from archive_app.dossier.front_parts import resized, unique
from archive_app.dossier.shaping import Ink, one_line
from archive_app.dossier.sheets import Sheet, sheet_for
from archive_app.dossier.styles import Styles
from archive_app.dossier.wording import people, pick, say_date, say_day
from archive_app.translation import tr, trn

_TITLE_SIZES = ((36, 2.7), (70, 2.2), (130, 1.8), (220, 1.45), (10_000, 1.2))
"""Up to how many characters a title is set how many times as large as the testimony."""
_LONGEST = 600
_LONGEST_NAME = 90
_LETTER = 0.56
"""How wide a letter is in ems, taken generously: Cyrillic is wider than Latin."""


@dataclass(frozen=True, slots=True)
class _Thrift:
    """How sparing the cover is with its room."""

    narrators: int
    picture: float
    """Share of the page's depth."""
    space: float
    collections: int
    places: int


_THRIFTS = (
    _Thrift(8, 0.36, 1.0, 3, 4),
    _Thrift(8, 0.30, 0.7, 2, 3),
    _Thrift(6, 0.24, 0.5, 1, 2),
    _Thrift(4, 0.18, 0.3, 1, 1),
    _Thrift(2, 0.12, 0.15, 0, 1),
    _Thrift(1, 0.08, 0.05, 0, 0),
)


def cover_items(contents: DossierContents, styles: Styles) -> Iterator[NewPage | Block]:
    """Yield the cover: a page without a number."""
    yield NewPage(has_number=False, is_centred=True)
    sheet = sheet_for(contents.design.paper)
    blocks: list[Block] = []
    for thrift in _THRIFTS:
        blocks = list(_Cover(contents, styles, sheet, thrift).blocks())
        if sum(_height(block, sheet.measure) for block in blocks) <= sheet.depth:
            break
    yield from blocks


class _Cover:
    """One try at the cover's blocks."""

    def __init__(
        self, contents: DossierContents, styles: Styles, sheet: Sheet, thrift: _Thrift
    ) -> None:
        self._contents = contents
        self._styles = styles
        self._sheet = sheet
        self._thrift = thrift
        self._interviews = interviews_of(contents)

    def blocks(self) -> Iterator[Block]:
        """Yield the cover from its head to its foot."""
        contents, styles = self._contents, self._styles
        overline = _cut(repository_of(contents) or tr("Oral history"), _LONGEST // 4)
        yield self._line(overline, 1.0, 2, styles.overline, is_forced=True)
        yield from self._titles()
        if contents.author:
            yield self._line(_cut(contents.author, _LONGEST // 4), 1.2, 2.4)
        if contents.cover is not None:
            yield from self._picture(contents.cover)
        else:
            # An ornament: nothing to be read aloud.
            yield self._line("⁂", 1.4, 2.6)
        yield from self._people()
        yield from self._when_and_where()
        yield from self._foot()

    def _titles(self) -> Iterator[Block]:
        contents, styles = self._contents, self._styles
        title = _cut(contents.title, _LONGEST)
        times = next(times for most, times in _TITLE_SIZES if len(title) <= most)
        above = 11.0 if contents.cover is None else 4.0
        yield Block(
            (Fragment(title, styles.title(times), anchors=("cover",)),),
            styles.centred(times, before=above * self._thrift.space),
            outline=(0, one_line(contents.title)),
            tag="H",
            level=1,
        )
        if contents.subtitle:
            subtitle = _cut(contents.subtitle, _LONGEST)
            smaller = 1.4 if len(subtitle) <= 120 else 1.1
            ink = resized(styles.italic, styles.title(smaller).size)
            yield self._line(subtitle, smaller, 1.6, ink)

    def _picture(self, picture: Picture) -> Iterator[Block]:
        size = _size_of(picture.data)
        if size is None:
            return
        width, height = size
        most_wide, most_high = self._sheet.measure * 0.86, self._sheet.depth * self._thrift.picture
        scale = min(most_wide / width, most_high / height)
        image = Image(
            round(width * scale, 2), round(height * scale, 2), picture.data,
            alt=one_line(picture.alt or picture.caption) or tr("Picture on the cover"),
        )  # fmt: skip
        styles = self._styles
        style = replace(self._style(0.8, 2.6), leading=round(styles.text * 1.1, 2))
        caption = _cut(picture.caption, 160)
        yield Block(
            (Fragment(caption, styles.quiet),) if caption else (), style, tag="Caption", image=image
        )

    def _people(self) -> Iterator[Block]:
        styles, most = self._styles, self._thrift.narrators
        tellers = unique(p.name for i in self._interviews for p in people(i, Role.INTERVIEWEE))
        if tellers:
            yield self._line(tr("Interviews with"), 0.95, 2.4)
            for number, name in enumerate(tellers[:most]):
                fragments = tuple(styles.speaker_fragments(_cut(name, _LONGEST_NAME)))
                yield Block(fragments, self._style(1.1, 0.9 if number == 0 else 0.2))
            if len(tellers) > most:
                left = len(tellers) - most
                others = trn("and {count} other", "and {count} others", left)
                yield self._line(others, 0.95, 0.3)
        askers = unique(p.name for i in self._interviews for p in people(i, Role.INTERVIEWER))
        if askers:
            shown = ", ".join(_cut(name, _LONGEST_NAME) for name in askers[:most])
            if len(askers) > most:
                left = len(askers) - most
                shown = trn(
                    "{names} and {count} other", "{names} and {count} others", left, names=shown
                )
            yield self._line(tr("Interviewed by {names}", names=shown), 1, 1.6)

    def _when_and_where(self) -> Iterator[Block]:
        contents = self._contents
        dates = sorted(unique(i.date for i in self._interviews))
        span = ""
        if dates:
            years = sorted(re.findall(r"\d{4}", " ".join(dates)))
            span = say_date(dates[0])
            if len(dates) > 1 and years:
                span = "–".join(dict.fromkeys((years[0], years[-1])))
        # "Vračar, Belgrade" and "Dorćol, Belgrade" are three places, not four.
        places = unique(
            part
            for i in self._interviews
            for part in (pick(i.place_names, contents.language) or i.place).split(",")
        )
        shown = [_cut(place, _LONGEST_NAME) for place in places[: self._thrift.places]]
        if len(places) > len(shown) and shown:
            shown[-1] += " …"
        if told := ", ".join([*shown, *([span] if span else [])]):
            yield self._line(told, 1, 1.6)
        collections = unique(" · ".join(i.collections[1:]) for i in self._interviews)
        if len(collections) <= self._thrift.collections:
            for number, text in enumerate(collections):
                yield self._line(_cut(text, 200), 0.95, 2 if number == 0 else 0.3)

    def _foot(self) -> Iterator[Block]:
        contents, quiet = self._contents, self._styles.quiet
        if len(self._interviews) == 1:
            number = tr("Accession number {number}", number=self._interviews[0].accession)
            yield self._line(_cut(number, 200), 0.8, 2, quiet)
        for number, holder in enumerate(self._holders()):
            text = f"© {contents.on.year} {_cut(holder, 200)}"
            yield self._line(text, 0.8, 2 if number == 0 else 0.3, quiet)
        yield self._line(say_day(contents.on), 0.8, 0.5, quiet)

    def _holders(self) -> list[str]:
        return unique(i.rights_holder for i in self._interviews)[: max(self._thrift.places, 1)]

    def _line(
        self, text: str, times: float, before: float, ink: Ink | None = None, *,
        is_forced: bool = False,
    ) -> Block:  # fmt: skip
        style = self._style(times, before)
        fragment = Fragment(text, ink or self._styles.title(times))
        return Block((fragment,), replace(style, is_forced_down=is_forced))

    def _style(self, times: float, before: float) -> Style:
        return self._styles.centred(times, before=before * self._thrift.space)


def _cut(text: str, most: int) -> str:
    """Return a text in one line, cut at a word with an ellipsis where it is too long."""
    text = one_line(text)
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def _height(block: Block, measure: float) -> float:
    """Return how high a block will be at most, in points."""
    wide = sum(len(each.text) * (each.ink.size * _LETTER) for each in block.fragments)
    lines = max(math.ceil(wide / (measure * 0.92)), 1)
    picture = block.image.height + block.style.leading if block.image is not None else 0.0
    return block.style.before + lines * block.style.leading + picture + block.style.after


def _size_of(data: bytes) -> tuple[int, int] | None:
    """Return a picture's width and height in pixels; None if it cannot be read."""
    from PIL import Image as Pictures
    from PIL import UnidentifiedImageError

    try:
        with Pictures.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            return opened.size if min(opened.size) > 0 else None
    except (OSError, UnidentifiedImageError):
        return None
