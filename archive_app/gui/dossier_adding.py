"""Putting things into a dossier: headings, texts, pictures, and what the archive holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QInputDialog

from archive_app.domain.records import Outcome
from archive_app.domain.rich_text import RichText
from archive_app.errors import ArchiveError
from archive_app.gui.dossier_choice import ChoiceDialog
from archive_app.gui.dossier_commands import DossierCommands
from archive_app.gui.dossier_picture_dialog import PictureDialog
from archive_app.gui.dossier_text_dialog import TextDialog, text_again
from archive_app.translation import tr, trn
from archive_app.work import collecting, offering
from archive_app.work.collecting import Collected
from archive_app.work.dossiers import Selection
from archive_app.work.offering import Offer


class Adder(DossierCommands):
    """Each command asks what is to go in; a heading goes before what is chosen, the rest behind."""

    # A scholar's own ----------------------------------------------------------

    def ask_heading(self) -> None:
        """Ask for a heading; it goes before what is chosen, or to the end."""
        if self._page.dossier_id is None:
            return
        text, is_given = QInputDialog.getText(
            self._page, tr("Heading"), tr("Words of the heading:")
        )
        if is_given and text.strip():
            self.add_heading(text)

    def add_heading(self, text: str) -> None:
        """Put a heading before what is chosen, or at the end."""
        ids = self._page.outline.rows.ids()
        chosen = self._page.outline.chosen_ids()
        before = ids.index(chosen[0]) if chosen else None
        after = ids[before - 1] if before else None

        def is_added(outcome: Outcome[int]) -> None:
            self._page.choose_soon(outcome.value)
            if before == 0:
                self._session.write(
                    collecting.reorder, self._page.dossier_id, [outcome.value, *ids]
                )

        self._write(collecting.add_heading, text, after_item=after, done=is_added)

    def ask_text(self) -> None:
        """Ask for a text of the scholar's own."""
        if self._page.dossier_id is not None:
            dialog = TextDialog(parent=self._page)
            dialog.given.connect(self._add_text)
            self._open(dialog)

    def _add_text(self, text: RichText) -> None:
        self._write(
            collecting.add_text, text, after_item=self._behind(), done=self._is_added,
            failed=lambda error: self._give_back(text, error),
        )  # fmt: skip

    def _give_back(self, text: RichText, error: ArchiveError) -> None:
        dialog = text_again(text, self._page)
        dialog.given.connect(self._add_text)
        self._open(dialog)
        self._session.error.emit(error)

    def ask_picture(self, path: Path | None = None) -> None:
        """Ask for a picture, its caption and what it shows."""
        if self._page.dossier_id is not None:
            dialog = PictureDialog(self._session, self._page, path=path)
            dialog.given.connect(self._add_picture)
            self._open(dialog)

    def _add_picture(self, path: Path, caption: str, alt: str) -> None:
        self._write(collecting.add_picture, path, caption=caption, alt=alt,
                    after_item=self._behind(), done=self._is_added,
                    label=tr("Taking in the picture"))  # fmt: skip

    def take_pictures(self, paths: Sequence[Path]) -> None:
        """Put pictures in that were dropped: one is asked about, several go in as they are."""
        if len(paths) == 1:
            self.ask_picture(paths[0])
            return
        for path in paths:
            self._write(collecting.add_picture, path, label=tr("Taking in the picture"))

    # What the archive holds -----------------------------------------------------

    def ask_interviews(self) -> None:
        """Ask for whole interviews."""
        self._choose(
            offering.offered_interviews, self._add_interviews, title=tr("Whole interviews"),
            words=tr("Choose the interviews that go in whole; several with Ctrl or Shift."),
        )  # fmt: skip

    def _add_interviews(self, offers: Sequence[Offer]) -> None:
        collected = [Collected(int(one.key)) for one in offers]
        self._write(collecting.add_items, collected, after_item=self._behind(),
                    done=self._are_added)  # fmt: skip

    def ask_points(self) -> None:
        """Ask for an interview and then for points of its contents."""
        self._choose(
            offering.offered_interviews, self._ask_its_points, is_one=True,
            title=tr("Points of an interview’s contents"), verb=tr("Next"),
            words=tr("Choose the interview whose contents you want."),
        )  # fmt: skip

    def _ask_its_points(self, offers: Sequence[Offer]) -> None:
        self._choose(
            partial(offering.offered_points, interview_id=int(offers[0].key)), self._add_points,
            title=tr("Points of an interview’s contents"), takes_all=True,
            words=tr("Choose the points that go in, with their times and summaries."),
        )  # fmt: skip

    def _add_points(self, offers: Sequence[Offer]) -> None:
        ids = [int(one.key) for one in offers]
        self._write(collecting.add_points, ids, after_item=self._behind(), done=self._are_added)

    def ask_collection(self) -> None:
        """Ask for a collection; its interviews go in whole."""
        self._choose(
            offering.offered_collections, self._fill_from_collection, is_one=True,
            title=tr("From a collection"),
            words=tr("All interviews of the collection that this audience may see go in, whole."),
        )  # fmt: skip

    def ask_tags(self) -> None:
        """Ask for tags; the passages that carry them go in."""
        self._choose(
            offering.offered_tags, self._fill_from_tags, title=tr("From tags"),
            words=tr("Every passage that carries one of the tags goes in, in its interview’s "
                     "order."),
        )  # fmt: skip

    def _fill_from_collection(self, offers: Sequence[Offer]) -> None:
        self._collect(Selection(collection=str(offers[0].key)))

    def _fill_from_tags(self, offers: Sequence[Offer]) -> None:
        self._collect(Selection(tags=tuple(str(one.key) for one in offers)))

    def ask_search(self) -> None:
        """Ask for a query; the passages that it finds go in."""
        if self._page.dossier_id is None:
            return
        query, is_given = QInputDialog.getText(
            self._page, tr("From a search"),
            tr("Passages that are found go in. What to search for, as on the search page:"),
        )  # fmt: skip
        if is_given and query.strip():
            self._collect(Selection(query=query.strip()))

    def pour_basket(self) -> None:
        """Put everything in that was laid into the basket."""
        self._write(collecting.pour_basket, after_item=self._behind(), done=self._is_poured)

    def _collect(self, selection: Selection) -> None:
        before = len(self._page.outline.rows.items)

        def is_collected(_: Outcome[int]) -> None:
            self._page.say_growth_since(before)

        self._session.write(
            collecting.collect_selection, self._page.dossier_id, selection,
            audience=self._session.audience, on=self._session.today(),
            done=is_collected, label=tr("Collecting passages"),
        )  # fmt: skip

    # Helpers ----------------------------------------------------------------------

    def _choose(
        self,
        read: Callable[..., Any],
        take: Callable[[Sequence[Offer]], object],
        *,
        verb: str = "",
        **words: Any,
    ) -> None:
        if self._page.dossier_id is None:
            return
        asked = partial(read, audience=self._session.audience, on=self._session.today())
        dialog = ChoiceDialog(
            self._session, self._page, read=asked, verb=verb or tr("Put in"), **words
        )
        dialog.chosen.connect(take)
        self._open(dialog)

    def _behind(self) -> int | None:
        """Return the item that new ones go behind: the last chosen, with what is folded there."""
        taken = self._page.outline.taken_ids()
        return taken[-1] if taken else None

    def _write(self, function: Callable[..., Outcome[Any]], *args: Any, **kwargs: Any) -> None:
        if self._page.dossier_id is not None:
            self._session.write(function, self._page.dossier_id, *args, **kwargs)

    def _is_added(self, outcome: Outcome[int]) -> None:
        self._page.choose_soon(outcome.value)

    def _are_added(self, outcome: Outcome[tuple[int, ...]]) -> None:
        if outcome.value:
            self._page.choose_soon(outcome.value[-1])

    def _is_poured(self, outcome: Outcome[tuple[int, ...]]) -> None:
        count = len(outcome.value)
        self._are_added(outcome)
        self._session.said.emit(
            trn("{count} item went from the basket into the dossier.",
                "{count} items went from the basket into the dossier.", count) if count
            else tr("The basket is empty. On the search page, Ctrl+B puts passages into it.")
        )  # fmt: skip
