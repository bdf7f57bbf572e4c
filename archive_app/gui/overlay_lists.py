"""What would not be carried to a new text, and what would become of closed passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from archive_app.domain.overlay_closing import Closing
from archive_app.domain.overlay_plan import LaidClosing, LaidTagging, OverlayPlan
from archive_app.domain.overlaying import Why
from archive_app.domain.records import Tag
from archive_app.gui.icons import icon
from archive_app.translation import mark, tr, trn

ROLE = Qt.ItemDataRole.UserRole
REASONS = {
    Why.GONE: mark("None of its words is in the new text."),
    Why.REPLACED: mark("Other words stand there; which of them it meant cannot be told."),
    Why.TOO_FEW: mark("Too few of its words are left."),
    Why.NO_WORDS: mark("It covered no word."),
    Why.MISPLACED: mark("It did not fit the text it was on."),
}


class _List(QTreeWidget):
    def __init__(self, name: str, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHeaderLabels(list(columns))
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((140, 360)):
            header.resizeSection(column, width)


class LostList(_List):
    """The tags that are not carried: tag, words, and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tags not carried"), [tr("Tag"), tr("Words"), tr("Why")], parent)

    def show_lost(self, lost: Sequence[LaidTagging], tags: Iterable[Tag], language: str) -> None:
        """Show them, in the order of the text."""
        names = {tag.id: tag.name(language) for tag in tags}
        self.clear()
        items: list[QTreeWidgetItem] = []
        for one in lost:
            why = one.carried.why
            texts = [names.get(one.before.tag_id, ""), one.before.quote,
                     tr(REASONS[why]) if why else ""]  # fmt: skip
            item = QTreeWidgetItem(texts)
            item.setToolTip(1, one.before.quote)
            item.setToolTip(2, item.text(2))
            items.append(item)
        self.addTopLevelItems(items)


class ClosingsList(_List):
    """The closed passages; those that are not sure have a box that a person must tick."""

    agreed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Closed passages"),
            [tr("Agreed"), tr("What will be closed"), tr("What becomes of it")],
            parent,
        )
        self.itemChanged.connect(lambda *_: self.agreed.emit())

    def show_closings(self, plan: OverlayPlan) -> None:
        """Show them, those that wait for a person first, then what is closed besides."""
        self.blockSignals(True)
        self.clear()
        for one in sorted(plan.closings, key=lambda one: not one.carried.must_be_confirmed):
            self.addTopLevelItem(_closing_item(one))
        for one in plan.further:
            words = tr("Closed besides, so that nothing opens; lift it if it need not be.")
            item = QTreeWidgetItem(["", one.quote, words])
            item.setIcon(0, icon("lock"))
            item.setToolTip(1, one.quote)
            item.setToolTip(2, words)
            self.addTopLevelItem(item)
        self.blockSignals(False)

    def agreed_ids(self) -> set[int]:
        """Return the restrictions whose box is ticked."""
        return {
            item.data(0, ROLE)
            for item in self._to_agree()
            if item.checkState(0) is Qt.CheckState.Checked
        }

    def waits(self) -> bool:
        """Tell whether a box is still to be ticked."""
        return len(self.agreed_ids()) < len(self._to_agree())

    def _to_agree(self) -> list[QTreeWidgetItem]:
        items = [self.topLevelItem(place) for place in range(self.topLevelItemCount())]
        return [item for item in items if item is not None and item.data(0, ROLE) is not None]


def _closing_item(one: LaidClosing) -> QTreeWidgetItem:
    quote = one.after.quote if one.carried.span is not None else one.before.quote
    item = QTreeWidgetItem(["", quote, _becomes(one)])
    item.setToolTip(1, quote)
    item.setToolTip(2, item.text(2))
    if one.carried.must_be_confirmed:
        item.setData(0, ROLE, one.before.id)
        item.setText(0, tr("I agree"))
        item.setCheckState(0, Qt.CheckState.Unchecked)
    else:
        item.setIcon(0, icon("lock"))
    return item


def _becomes(one: LaidClosing) -> str:
    more = one.carried.words_after - one.carried.words_before
    match one.carried.closing:
        case Closing.EXACT:
            return tr("The same words stay closed.")
        case Closing.WIDER if more > 0:
            return trn("{count} word more is closed, to be sure.",
                       "{count} words more are closed, to be sure.", more)  # fmt: skip
        case Closing.WIDER:
            return tr("All that stands in its place stays closed.")
        case Closing.UNSURE:
            return tr("Not sure: few of its words are found. All that stands in its place would "
                      "be closed; does that hold everything?")  # fmt: skip
        case Closing.GONE:
            return tr("Nothing stands in its place. The whole transcript would be closed until "
                      "you set the passage again or lift it.")  # fmt: skip
