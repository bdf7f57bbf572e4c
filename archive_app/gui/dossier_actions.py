"""Every command of the dossiers page: its name, its keys, its menu, and when it can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from archive_app.gui.interview_actions import show_vocabulary
from archive_app.translation import tr
from archive_app.work.collected import Outline
from archive_app.work.collecting import PASSAGE

if TYPE_CHECKING:
    from archive_app.gui.dossiers_page import DossiersPage

ADDING = (
    "dossier.heading", "dossier.text", "dossier.picture", "",
    "dossier.interviews", "dossier.points", "",
    "dossier.from_collection", "dossier.from_tags", "dossier.from_search", "dossier.from_basket",
)  # fmt: skip
"""What the button "Add" offers; "" is a line."""


def add_actions(page: DossiersPage) -> list[QAction]:
    """Register the page's commands and return them."""
    made: list[QAction] = []
    editor, outline = page.editor, page.outline

    def add(name: str, text: str, run: Callable[[], object], keys: str = "", *, tip: str = "",
            icon: str = "", menu: str = "edit", is_checkable: bool = False) -> None:  # fmt: skip
        made.append(
            page.session.actions.add(
                f"dossier.{name}", text, run, shortcut=keys, tooltip=tip, icon=icon, menu=menu,
                owner=page, is_checkable=is_checkable,
            )
        )  # fmt: skip

    add("new", tr("New &dossier…"), page.ask_new, "Ctrl+Shift+N", menu="file", icon="dossier")
    add("references", tr("Save re&ferences…"), page.save_references, "Ctrl+Shift+R", menu="file",
        tip=tr("The works that the dossier cites, for a reference manager"))  # fmt: skip
    add("exports", tr("Exports and &proofs…"), page.show_exports, "Ctrl+Shift+E", menu="file",
        tip=tr("What was made of this dossier, for whom, and what the proof found"))  # fmt: skip
    _add_filling(page, add)
    add("reword", tr("&Edit words, picture or comment…"), editor.edit_current, "F2")
    add("ends", tr("&Begin and end of the passage…"), editor.ask_ends, "Ctrl+T")
    add("open", tr("&Open the interview there"), page.open_item, "Ctrl+Return")
    add("remove", tr("&Remove from the dossier"), editor.remove_chosen, icon="remove",
        tip=tr("Take out what is chosen (Delete); the interviews stay as they are"))  # fmt: skip
    add("up", tr("Move &up"), lambda: outline.move_chosen(-1),
        tip=tr("Move what is chosen up (Ctrl+Up)"))  # fmt: skip
    add("down", tr("Move &down"), lambda: outline.move_chosen(1),
        tip=tr("Move what is chosen down (Ctrl+Down)"))  # fmt: skip
    add("higher", tr("Heading one level hi&gher"), lambda: outline.ask_level(-1),
        tip=tr("Ctrl+Left in the outline"))  # fmt: skip
    add("deeper", tr("Heading one level &lower"), lambda: outline.ask_level(1),
        tip=tr("Ctrl+Right in the outline"))  # fmt: skip
    add("next_change", tr("Next chan&ged source"), editor.next_change, "F8")
    add("accept", tr("Accept the chan&ge of what is chosen"), editor.accept_changes,
        "Ctrl+Shift+A", icon="check")  # fmt: skip
    add("accept_all", tr("Accept all changes"), editor.accept_all)
    add("rename", tr("Rena&me the dossier"), page.rename)
    add("delete", tr("De&lete dossier"), page.delete, icon="delete")
    add("fold", tr("&Fold all headings"), lambda: outline.fold_all(True), "Ctrl+Alt+Left",
        menu="view")  # fmt: skip
    add("unfold", tr("&Unfold all headings"), lambda: outline.fold_all(False), "Ctrl+Alt+Right",
        menu="view")  # fmt: skip
    _add_views(page, add)
    add("vocabulary", tr("&Vocabulary…"), lambda: show_vocabulary(page), "Ctrl+Shift+V",
        menu="tags")  # fmt: skip
    return made


def _add_filling(page: DossiersPage, add: Callable[..., None]) -> None:
    adder = page.adder
    add("heading", tr("&Heading…"), adder.ask_heading, "Ctrl+Shift+H", icon="add",
        tip=tr("Put a heading before what is chosen"))  # fmt: skip
    add("text", tr("Your own &text…"), adder.ask_text, "Ctrl+Shift+T",
        tip=tr("Write an introduction, or words between passages"))  # fmt: skip
    add("picture", tr("&Picture…"), adder.ask_picture, "Ctrl+Shift+G",
        tip=tr("Put a picture in, with its caption"))  # fmt: skip
    add("interviews", tr("Whole &interviews…"), adder.ask_interviews, "Ctrl+Shift+I")
    add("points", tr("Points of an interview’s &contents…"), adder.ask_points, "Ctrl+Shift+C")
    add("from_collection", tr("From a c&ollection…"), adder.ask_collection)
    add("from_tags", tr("From t&ags…"), adder.ask_tags)
    add("from_search", tr("From a &search…"), adder.ask_search, "Ctrl+Shift+F")
    add("from_basket", tr("From the &basket"), adder.pour_basket, "Ctrl+Shift+B",
        tip=tr("Move everything that lies in the basket behind what is chosen"))  # fmt: skip


def _add_views(page: DossiersPage, add: Callable[..., None]) -> None:
    bar, pages = page.pages.bar, page.pages
    add("settings", tr("&Settings"), page.toggle_settings, "Ctrl+Alt+D",
        menu="view", icon="settings", is_checkable=True,
        tip=tr("Layout, type, citations and title page, beside the pages"))  # fmt: skip
    add("pages", tr("Refresh the &pages"), page.draw_pages, "F5", menu="view")
    add("next_page", tr("&Next page"), lambda: pages.step_page(1), "Ctrl+PgDown", menu="view")
    add("previous_page", tr("&Previous page"), lambda: pages.step_page(-1), "Ctrl+PgUp",
        menu="view")  # fmt: skip
    add("larger", tr("Pages &larger"), lambda: bar.step_zoom(1), "Ctrl++; Ctrl+=", menu="view")
    add("smaller", tr("Pages &smaller"), lambda: bar.step_zoom(-1), "Ctrl+-", menu="view")
    add("fit", tr("Pages as &wide as the window"), lambda: bar.choose_zoom(0), "Ctrl+0",
        menu="view")  # fmt: skip


def allow_actions(page: DossiersPage, outline: Outline | None) -> None:
    """Let the commands be chosen that can be carried out, and say why the others cannot."""
    session, actions = page.session, page.session.actions
    none = tr("There is no dossier yet.")
    for name in (*ADDING, "dossier.rename", "dossier.pages", "dossier.settings",
                 "dossier.exports"):  # fmt: skip
        if name:
            actions.allow(name, outline is not None, none)
    items = outline.items if outline is not None else ()
    is_empty = tr("Nothing is collected yet.")
    for name in ("reword", "open", "remove", "up", "down", "higher", "deeper", "fold", "unfold",
                 "references"):  # fmt: skip
        actions.allow(f"dossier.{name}", bool(items), is_empty)
    _allow_buttons(page, bool(items), is_empty)
    can_trim = any(one.item.kind == PASSAGE for one in items)
    reason = session.why_not or tr("There is no passage in the dossier.")
    actions.allow("dossier.ends", can_trim and session.can_edit, reason)
    has_changed = any(one.change in ("changed", "gone") for one in items)
    for name in ("next_change", "accept", "accept_all"):
        actions.allow(f"dossier.{name}", has_changed,
                      tr("No source has changed since you collected it."))  # fmt: skip
    can = session.can_edit and outline is not None
    actions.allow("dossier.delete", can, session.why_not or none)
    actions.allow("dossier.vocabulary", session.can_edit, session.why_not)


def _allow_buttons(page: DossiersPage, has_items: bool, reason: str) -> None:
    tips = (
        (page.left.up, tr("Move what is chosen up (Ctrl+Up)")),
        (page.left.down, tr("Move what is chosen down (Ctrl+Down)")),
        (page.left.remove, tr("Take out what is chosen (Delete)")),
        (page.export, tr("Write these pages into a file, for whom you choose (Ctrl+E)")),
    )
    for button, tip in tips:
        button.setEnabled(has_items)
        button.setToolTip(tip if has_items else reason)
