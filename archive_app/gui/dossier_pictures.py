"""Pictures of the dossiers page in each layout, and of its dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive_app.dossier.design import Layout
from archive_app.gui import pictures
from archive_app.work.collecting import INTERVIEW, PASSAGE, TEXT
from archive_app.work.dossier_design import design_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from archive_app.gui.main_window import MainWindow


def volume(window: MainWindow, _: Path) -> QWidget:
    """Show a dossier set as a transcript volume, at a page of its text."""
    return _shown(window, Layout.VOLUME)


def reader(window: MainWindow, _: Path) -> QWidget:
    """Show a thematic reader, its settings beside it."""
    return _shown(window, Layout.READER, has_settings=True)


def finding_aid(window: MainWindow, _: Path) -> QWidget:
    """Show a finding aid."""
    return _shown(window, Layout.FINDING_AID)


def cards(window: MainWindow, _: Path) -> QWidget:
    """Show passage cards."""
    return _shown(window, Layout.CARDS)


def text(window: MainWindow, _: Path) -> QWidget:
    """Show the field of a scholar's own text."""
    page = _page(window, Layout.READER)
    one = next(one for one in page.outline.outline_items() if one.item.kind == TEXT)
    page.editor.edit(one)
    return page.editor.dialog


def ends(window: MainWindow, _: Path) -> QWidget:
    """Show where a passage begins and ends."""
    page = _page(window, Layout.READER)
    one = next(one for one in page.outline.outline_items() if one.item.kind == PASSAGE)
    page.outline.choose(one.item.id)
    page.editor.ask_ends()
    return page.editor.dialog


def export(window: MainWindow, _: Path) -> QWidget:
    """Show what is asked before a dossier is exported."""
    page = _page(window, Layout.READER)
    page.export_selection()
    page._dialog.target.setText("The first winter.pdf")
    return page._dialog


def proof(window: MainWindow, scratch: Path) -> QWidget:
    """Show the proof of an exported dossier."""
    page = _page(window, Layout.READER)
    page.export_selection()
    target = scratch / "The first winter.pdf"
    target.unlink(missing_ok=True)
    page._dialog.target.setText(str(target))
    page._dialog.go.click()
    return page._dialog


def put_away(window: MainWindow) -> None:
    """Fold the settings away, and let the first dossier be the one that is shown."""
    page: Any = window.page
    if getattr(page, "settings_button", None) is not None:
        page._show_settings(False)


def _page(window: MainWindow, layout: Layout) -> Any:
    """Return the page with the first dossier of a layout."""
    window.top_bar.search.clear()
    window.show_page("dossiers")
    page: Any = window.page
    with page.session.archive.read() as store:
        wanted = next(one.id for one in store.dossiers() if design_of(one).layout is layout)
    page.show_dossier(wanted)
    pictures.until(lambda: page.dossier_id == wanted and page.outline.count() > 0)
    return page


def _shown(window: MainWindow, layout: Layout, *, has_settings: bool = False) -> QWidget:
    place = _page(window, layout)
    place._show_settings(has_settings)
    items = place.outline.outline_items()
    one = next(one for one in items if one.item.kind in (PASSAGE, INTERVIEW))
    place.outline.choose(one.item.id)
    pictures.until(lambda: place.pages.is_whole)
    view = place.pages.view
    if view is not None:
        place.pages.show_item(one.item.id)
        pictures.until(lambda: pictures.has_painted(view))
    return window
