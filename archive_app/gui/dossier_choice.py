"""A list to choose from, with a filter: interviews, collections, tags, points of the contents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QWidget

from archive_app.gui.access_dialog import AskDialog
from archive_app.gui.session import Session
from archive_app.gui.theme import STEP
from archive_app.translation import tr, trn
from archive_app.work.offering import Offer

SHOWN = 400
"""How many are listed; letters in the filter find the others."""
TYPED_MS = 120


class ChoiceDialog(AskDialog):
    """Reads what there is beside the window; what is chosen is told when it closes."""

    chosen = Signal(object)
    """The chosen Offers, in the list's order."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None,
        *,
        title: str,
        words: str,
        verb: str,
        read: partial[Any],
        is_one: bool = False,
        takes_all: bool = False,
    ) -> None:
        super().__init__(session, parent, title=title, words=words, verb=verb)
        self._offers: tuple[Offer, ...] = ()
        self._takes_all = takes_all
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter the list"))
        self.filter.setAccessibleName(tr("Filter the list"))
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setMinimumSize(100 * STEP, 70 * STEP)
        self.list.setSelectionMode(
            QAbstractItemView.SelectionMode.SingleSelection if is_one
            else QAbstractItemView.SelectionMode.ExtendedSelection
        )  # fmt: skip
        self.list.itemActivated.connect(lambda _: self.do())
        self.list.itemSelectionChanged.connect(self._allow)
        self.form.addRow(self.filter)
        self.form.addRow(self.list)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPED_MS)
        self._typing.timeout.connect(self._list)
        self.filter.textChanged.connect(lambda _: self._typing.start())
        self.resize(140 * STEP, 110 * STEP)
        self._allow()
        self.filter.setFocus()
        session.read(
            read.func,
            *read.args,
            done=self._take,
            failed=self._refused,
            owner=self,
            **read.keywords,
        )

    def do(self) -> None:
        """Tell what is chosen."""
        found = [item.data(Qt.ItemDataRole.UserRole) for item in self._chosen_items()]
        if found:
            self.accept()
            self.chosen.emit(found)

    def _take(self, offers: Sequence[Offer]) -> None:
        self._offers = tuple(offers)
        self._list()
        if self._takes_all:
            self.list.selectAll()
        if not offers:
            self.tell(tr("There is nothing to choose here for this audience."))

    def _list(self) -> None:
        wanted = self.filter.text().casefold().split()
        fitting = [one for one in self._offers
                   if all(word in one.text.casefold() for word in wanted)]  # fmt: skip
        self.list.clear()
        for one in fitting[:SHOWN]:
            item = QListWidgetItem(one.text, self.list)
            item.setData(Qt.ItemDataRole.UserRole, one)
        if len(fitting) == 1 or (fitting and wanted):
            self.list.setCurrentRow(0)
        more = len(fitting) - SHOWN
        self.tell(
            trn("{count} more: type letters of it into the filter.",
                "{count} more: type letters of them into the filter.", more) if more > 0 else ""
        )  # fmt: skip
        self._allow()

    def _chosen_items(self) -> list[QListWidgetItem]:
        return sorted(self.list.selectedItems(), key=self.list.row)

    def _allow(self) -> None:
        has_chosen = bool(self.list.selectedItems())
        self.go.setEnabled(has_chosen)
        self.go.setToolTip("" if has_chosen else tr("Choose something in the list first."))
