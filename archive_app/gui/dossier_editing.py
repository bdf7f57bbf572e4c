"""Changing what stands in a dossier: words, levels, the ends of passages, changed sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QInputDialog

from archive_app.domain.records import Outcome
from archive_app.domain.rich_text import RichText
from archive_app.errors import ArchiveError
from archive_app.gui.dossier_commands import DossierCommands
from archive_app.gui.dossier_passage_dialog import PassageDialog, passage_of
from archive_app.gui.dossier_picture_dialog import PictureDialog
from archive_app.gui.dossier_text_dialog import TextDialog, text_again
from archive_app.translation import tr, trn
from archive_app.work import collected, collecting
from archive_app.work.collected import OutlineItem
from archive_app.work.collecting import HEADING, PASSAGE, PICTURE, TEXT


class Editor(DossierCommands):
    """Works on what is chosen in the outline."""

    # Words ------------------------------------------------------------------------

    def edit_current(self) -> None:
        """Edit the item that the keyboard is at."""
        one = self._page.outline.current()
        if one is not None:
            self.edit(one)

    def edit(self, one: OutlineItem) -> None:
        """Ask for other words: of a heading, a text, a picture; or for a comment on a passage."""
        kind, item = one.item.kind, one.item
        if one.is_worded:
            # Kept as it reads now, the name would be lost to the archive.
            self._session.said.emit(
                tr("A name stands here that this audience may not read. Look at the archive as "
                   "staff to change these words.")
            )  # fmt: skip
        elif kind == TEXT:
            dialog = TextDialog(one.rich, self._page)
            dialog.given.connect(lambda text: self._keep_text(item.id, text))
            self._open(dialog)
        elif kind == PICTURE:
            self._edit_picture(one)
        elif one.is_there:
            self._ask_words(one)

    def _ask_words(self, one: OutlineItem) -> None:
        is_heading = one.item.kind == HEADING
        title = tr("Heading") if is_heading else tr("Comment")
        label = tr("Words of the heading:") if is_heading else tr("Comment under the passage:")
        text, is_given = QInputDialog.getText(self._page, title, label, text=one.item.text)
        if is_given and (text.strip() or not is_heading) and text.strip() != one.item.text:
            self._session.write(collecting.reword_item, one.item.id, text)

    def _keep_text(self, item_id: int, text: RichText) -> None:
        self._session.write(
            collecting.edit_text, item_id, text,
            failed=lambda error: self._give_back(item_id, text, error),
        )  # fmt: skip

    def _give_back(self, item_id: int, text: RichText, error: ArchiveError) -> None:
        dialog = text_again(text, self._page)
        dialog.given.connect(lambda words: self._keep_text(item_id, words))
        self._open(dialog)
        self._session.error.emit(error)

    def _edit_picture(self, one: OutlineItem) -> None:
        item = one.item
        dialog = PictureDialog(
            self._session, self._page, path=one.picture, caption=item.text,
            alt=item.settings.get("alt", ""), is_kept=True,
        )  # fmt: skip
        dialog.given.connect(lambda _, caption, alt: self._keep_picture(item.id, caption, alt))
        self._open(dialog)

    def _keep_picture(self, item_id: int, caption: str, alt: str) -> None:
        self._session.write(collecting.edit_picture, item_id, caption=caption, alt=alt)

    def set_cover(self, dossier_id: int, path: Path | None) -> None:
        """Give a dossier a cover picture, or none; what it shows is asked for."""
        alt = ""
        if path is not None:
            words = tr("What the picture shows, for those who cannot see it:")
            alt, is_given = QInputDialog.getText(self._page, tr("Cover picture"), words)
            if not is_given:
                return
        self._session.write(
            collecting.set_cover, dossier_id, path, alt=alt.strip(),
            label=tr("Taking in the picture"),
        )  # fmt: skip

    # Order and levels ---------------------------------------------------------------

    def reorder(self, ids: Sequence[int]) -> None:
        """Put the items into an order."""
        self._session.write(collecting.reorder, self._page.dossier_id, list(ids))

    def set_levels(self, ids: Sequence[int], by: int) -> None:
        """Let headings stand deeper (1) or higher (-1)."""
        levels = {one.item.id: one.item.level for one in self._page.outline.outline_items()}
        self._session.write(collecting.set_levels, {one: levels[one] + by for one in ids})

    def remove(self, ids: Sequence[int]) -> None:
        """Take items out; undo brings them back."""
        if ids:
            self._session.write(collecting.remove_items, list(ids))
            self._session.said.emit(
                trn("{count} item was taken out. Undo brings it back.",
                    "{count} items were taken out. Undo brings them back.", len(ids))
            )  # fmt: skip

    def remove_chosen(self) -> None:
        """Take out what is chosen, with what is folded under it."""
        self.remove(self._page.outline.taken_ids())

    # The ends of a passage ------------------------------------------------------------

    def ask_ends(self) -> None:
        """Show a passage's text, to let it begin and end elsewhere."""
        one = self._page.outline.current()
        if one is None or one.item.kind != PASSAGE or one.item.transcript_id is None:
            self._session.said.emit(tr("Choose a passage first."))
            return
        self._session.query(
            passage_of, one.item, done=lambda found: self._show_ends(one.item.id, found), owner=self
        )

    def _show_ends(self, item_id: int, found: Any) -> None:
        if found is None:
            self._session.said.emit(tr("The words of this passage are gone."))
            return
        dialog = PassageDialog(found, self._page)
        dialog.given.connect(
            lambda span: self._session.write(collecting.narrow_passage, item_id, span)
        )
        self._open(dialog)

    # Changed sources ------------------------------------------------------------------

    def next_change(self) -> None:
        """Choose the next item whose source has changed, from the top again behind the last."""
        items = self._page.outline.outline_items()
        changed = [n for n, one in enumerate(items) if one.change in ("changed", "gone")]
        if not changed:
            self._session.said.emit(tr("No source has changed since you collected it."))
            return
        current = self._page.outline.current()
        at = next((n for n, one in enumerate(items) if one == current), -1)
        following = next((n for n in changed if n > at), changed[0])
        self._page.outline.setFocus()
        self._page.outline.choose(items[following].item.id)

    def accept_changes(self) -> None:
        """Take what is chosen as it is now."""
        self._accept(set(self._page.outline.taken_ids()))

    def accept_all(self) -> None:
        """Take every source as it is now."""
        self._accept({one.item.id for one in self._page.outline.outline_items()})

    def _accept(self, ids: set[int]) -> None:
        items = self._page.outline.outline_items()
        wanted = [one.item.id for one in items if one.item.id in ids and one.change == "changed"]
        if not wanted:
            self._session.said.emit(tr("Nothing that is chosen has changed."))
            return
        self._session.write(
            collected.accept_changes, wanted, audience=self._session.audience,
            on=self._session.today(), done=self._say_accepted,
        )  # fmt: skip

    def _say_accepted(self, outcome: Outcome[int]) -> None:
        self._session.said.emit(
            trn("{count} item stands as its source is now.",
                "{count} items stand as their sources are now.", outcome.value)
        )  # fmt: skip
