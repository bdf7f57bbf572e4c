"""Building a dossier: its body first, then index and front matter, then the file.

Page numbers are known only once the body is set. So it is set first, with
pages from 1 on; contents and cover follow with roman numbers and are moved to
the front. Nothing is laid out twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.domain.audience_words import audience_words
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.dossier.blocks import Item, Step
from archive_app.dossier.contents import BuiltDossier, DossierContents, interviews_of
from archive_app.errors import LeakPrevented
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.dossier.pages import Pager

_OFTEN = 100
"""Items between two looks whether the work was cancelled."""


def build_dossier(
    target: Path,
    contents: DossierContents,
    *,
    progress: Progress = NO_PROGRESS,
    check: Callable[[bytes, BuiltDossier], None] | None = None,
) -> BuiltDossier:
    """Write a dossier as PDF and return its pages and hash.

    The same contents give the same bytes. The file is written beside its target
    and moved over it: a failure or a cancelling leaves what was there. ``check``
    is given the finished file's bytes before they take their place; what it
    raises goes on, and nothing is written.

    Raises:
        LeakPrevented: an interview was released for a more trusted audience.
        Environment: the disk is full, the folder read-only or gone.
        Cancelled: whoever watches the progress stopped it.
    """
    from archive_app.dossier.output import write_beside

    check_audience(contents)
    press = Press(contents, progress)
    data = press.print()
    built = BuiltDossier(
        path=target,
        pages=press.body.count + press.front.count,
        front_pages=press.front.count,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        missing_glyphs=tuple(sorted(press.shaper.missing)),
    )
    if check is not None:
        check(data, built)
    progress.report(press.total, press.total, tr("Writing the file"))
    write_beside(target, data)
    return built


def released_strings(contents: DossierContents) -> Iterator[str]:
    """Yield every string that a dossier shows or carries: text, heads, bookmarks, metadata, data.

    They come from the same stream of blocks the pages are set from, so that a
    proof over these strings is a proof over the file.
    """
    from archive_app.dossier.archival_metadata import metadata_of
    from archive_app.dossier.data import data_strings
    from archive_app.dossier.front import back_items, front_items
    from archive_app.dossier.pages import Place
    from archive_app.dossier.sheets import sheet_for
    from archive_app.dossier.story import Story
    from archive_app.dossier.styles import Styles

    styles = Styles(sheet_for(contents.design.paper).text, contents.design.family)
    story = Story(contents, styles)
    for item in story.items():
        yield from item.strings()
    somewhere = Place("", 1)
    places = dict.fromkeys(story.ledger.anchors(), somewhere)
    items: list[Item] = [
        *back_items(contents, styles, story.ledger, places),
        *front_items(contents, styles, story.ledger, {**places, "index": somewhere}),
    ]
    for item in items:
        yield from item.strings()
    yield from metadata_of(contents).strings()
    if contents.design.has_data:
        yield from data_strings(contents)


def check_audience(contents: DossierContents) -> None:
    """Make sure that every interview was released for the dossier's audience or a wider one.

    Raises:
        LeakPrevented: one was not.
    """
    for interview in interviews_of(contents):
        if interview.audience.rank > contents.audience.rank:
            raise LeakPrevented(
                tr(
                    "An interview of this dossier was released for {released}, but the dossier is"
                    " for {audience}. Nothing was written. Please report this.",
                    released=audience_words(interview.audience),
                    audience=audience_words(contents.audience),
                )
            )


def _roman(number: int) -> str:
    """Return a number in small roman numerals."""
    text = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        text += letters * (number // value)
        number %= value
    return text


class Press:
    """One run: a canvas, the pagers of body and front matter, and what they share.

    Without ``has_links`` nothing leads anywhere: for pages whose targets are not set.
    """

    def __init__(
        self, contents: DossierContents, progress: Progress, *, has_links: bool = True
    ) -> None:
        from archive_app.dossier.archival import canvas_for
        from archive_app.dossier.lines import Compositor
        from archive_app.dossier.pages import Pager
        from archive_app.dossier.shaping import Shaper
        from archive_app.dossier.sheets import sheet_for
        from archive_app.dossier.story import Story, parts_with_turns
        from archive_app.dossier.styles import Styles

        sheet = sheet_for(contents.design.paper)
        self._contents = contents
        self._progress = progress
        self.total = parts_with_turns(contents.interviews) + 1
        self._done = 0
        self._canvas = canvas_for(contents, (sheet.width, sheet.height))
        family = contents.design.family
        self.shaper = Shaper(self._canvas._doc, family)
        compositor = Compositor(self.shaper, contents.language)
        self.styles = Styles(sheet.text, family)
        self.story = Story(contents, self.styles)
        grid = self.styles.turn.leading
        self.body = Pager(
            self._canvas, compositor, sheet, label=str, grid=grid, has_links=has_links
        )
        self.front = Pager(
            self._canvas, compositor, sheet, label=_roman, grid=grid, has_links=has_links
        )

    def print(self) -> bytes:
        """Set everything and return the file's bytes."""
        for _ in self.set(self.body, self.story.items()):
            pass
        return self.print_rest()

    def print_rest(self) -> bytes:
        """Set what stands behind and before a body that is set; return the file's bytes."""
        from archive_app.dossier.front import back_items, front_items

        contents, ledger = self._contents, self.story.ledger
        places = self.body.places
        for _ in self.set(self.body, back_items(contents, self.styles, ledger, places)):
            pass
        self.body.finish()
        for _ in self.set(self.front, front_items(contents, self.styles, ledger, places)):
            pass
        self.front.finish()
        if self.front.count % 2:
            # The body begins on a right-hand page of a sheet printed on both sides.
            self.front.blank()
        return self.bound()

    def set(self, pager: Pager, items: Iterator[Item]) -> Iterator[None]:
        """Set items one by one, so that whoever asks for them may stop."""
        self._report()
        for number, item in enumerate(items):
            if isinstance(item, Step):
                self._done += item.turns
                self._report()
            else:
                pager.set(item)
            if number % _OFTEN == 0:
                self._report()
            yield

    def _report(self) -> None:
        self._progress.report(min(self._done, self.total), self.total, tr("Setting the pages"))

    def bound(self) -> bytes:
        """Move the front matter to the front, add bookmarks and page labels, return the bytes."""
        from archive_app.dossier.archival import bound
        from archive_app.dossier.archival_objects import short

        self._report()
        canvas = self._canvas
        pages = canvas._doc.Pages.pages
        first = self.body.count
        pages[:] = pages[first:] + pages[:first]
        above = -1
        for level, title, anchor in self.front.outline + self.body.outline:
            above = min(level, above + 1)
            canvas.addOutlineEntry(short(title), anchor, level=above, closed=level > 0)
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        if self.body.count:
            canvas.addPageLabel(self.front.count, style="ARABIC", start=1)
        return bound(canvas, self._contents, self.front.structure, self.body.structure)
