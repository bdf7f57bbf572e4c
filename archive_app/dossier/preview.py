"""The first pages of a dossier, long before all of it is set: for looking at while it is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.dossier.build import Press, check_audience
from archive_app.dossier.contents import DossierContents

_UNKNOWN = "…"
"""Stands where a page's number is not known yet."""


@dataclass(frozen=True, slots=True)
class BuiltPreview:
    """Pages that were set for looking at, cover and contents included."""

    path: Path
    pages: int
    is_whole: bool
    """Whether these are all pages, as the file would have them; else nothing in them leads
    anywhere."""
    missing_glyphs: tuple[str, ...] = ()


def build_preview(
    target: Path,
    contents: DossierContents,
    *,
    first_pages: int | None = 12,
    progress: Progress = NO_PROGRESS,
) -> BuiltPreview:
    """Write the cover, the contents and the first pages of a dossier's body as PDF.

    The body is told only as far as ``first_pages`` go; None, or a body that ends before,
    gives all pages. The pages are those that ``build_dossier`` sets.

    Raises:
        LeakPrevented: an interview was released for a more trusted audience.
        Environment: the disk is full, the folder read-only or gone.
        Cancelled: whoever watches the progress stopped it.
    """
    from archive_app.dossier.output import write_beside

    check_audience(contents)
    press = Press(contents, progress, has_links=first_pages is None)
    is_whole = True
    for _ in press.set(press.body, press.story.items()):
        if first_pages is not None and press.body.count > first_pages:
            press.body.abandon()
            is_whole = False
            break
    data = press.print_rest() if is_whole else _begun(press, contents)
    write_beside(target, data)
    missing = tuple(sorted(press.shaper.missing))
    return BuiltPreview(target, press.body.count + press.front.count, is_whole, missing)


def _begun(press: Press, contents: DossierContents) -> bytes:
    """Return the file of a body that was set in part, with its cover and its contents so far."""
    from archive_app.dossier.contents_list import contents_items
    from archive_app.dossier.cover import cover_items
    from archive_app.dossier.pages import Place

    ledger, styles = press.story.ledger, press.styles
    unknown = Place(_UNKNOWN, 0)
    places = dict.fromkeys(ledger.anchors(), unknown) | press.body.places
    for items in (cover_items(contents, styles), contents_items(styles, ledger, places)):
        for _ in press.set(press.front, items):
            pass
    press.front.finish()
    return press.bound()
