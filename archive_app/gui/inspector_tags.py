"""The tags on the words at the cursor: who laid them, when and why, and what to do to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Tag, Tagging
from archive_app.gui.flow_layout import FlowLayout
from archive_app.gui.inspector_fields import LongText
from archive_app.gui.inspector_rows import fit_rows, quiet
from archive_app.gui.interview_contents import column_title
from archive_app.gui.interview_words import tag_language
from archive_app.gui.tag_hover import QUOTE_SHOWN, shortened, who_and_when
from archive_app.gui.tag_recent import NUMBERS
from archive_app.gui.tag_rows import TagRowDelegate, set_aside, shown_path, tag_icon
from archive_app.gui.theme import GAP, STEP
from archive_app.gui.vocabulary_colours import ColourMenu
from archive_app.translation import tr

_ROLE = Qt.ItemDataRole.UserRole
ROWS_SHOWN = 6
_QUOTE_BESIDE_NAME = 40


class MemoText(LongText):
    """A memo of some lines; Ctrl+Enter stores it and, like Esc, goes back to the words."""

    finished = Signal()
    """The person is done with the memo and wants to go on in the text."""

    def event(self, event: QEvent) -> bool:
        """Take the keys that end the memo before the page's shortcuts do."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if (is_enter and is_ctrl) or event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the memo; leaving stores it."""
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
            return
        super().keyPressEvent(event)


class TagsHere(QWidget):
    """The list of tags at the cursor, and what is known of the chosen one."""

    chosen = Signal(object)
    """Tagging: bring its words into sight."""
    current_changed = Signal(object)
    """Tagging or None: another one is looked at now."""
    remove_asked = Signal(int)
    change_asked = Signal(int)
    memo_changed = Signal(int, str)
    colour_chosen = Signal(int, str)
    """(tag id, "#rrggbb" or empty): the tag shall look so, everywhere."""
    pin_asked = Signal(int, int)
    """(tag id, number): keep the number for the tag; 0: let it go."""
    left = Signal()
    """The keyboard shall go back to the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taggings: Sequence[Tagging] = ()
        self._tags: Mapping[int, Tag] = {}
        self._numbers: Mapping[int, int] = {}
        self._preferred: int | None = None
        self._memo_of: int | None = None
        self._told: int | None = None
        self._make_list()
        self._make_detail()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GAP)
        layout.setSpacing(STEP)
        layout.addWidget(column_title(tr("Tags here")))
        inside = QVBoxLayout()
        inside.setContentsMargins(GAP, 0, 0, 0)
        inside.setSpacing(STEP)
        for widget in (self.none, self.list, self._detail):
            inside.addWidget(widget)
        layout.addLayout(inside)

    def _make_list(self) -> None:
        self.none = quiet(
            tr("No tag at the cursor. Select words and press Ctrl+T; without a selection the "
               "whole turn is tagged.")
        )  # fmt: skip
        self.list = QListWidget()
        self.list.setObjectName("tags_here")
        self.list.setAccessibleName(tr("Tags here"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setIconSize(QSize(4 * STEP, 4 * STEP))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setItemDelegate(TagRowDelegate(self.list))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.currentRowChanged.connect(self._row_changed)
        self.list.itemClicked.connect(lambda _item: self._choose())
        self.list.itemActivated.connect(lambda _item: self._choose())

    def _make_detail(self) -> None:
        self.memo = MemoText()
        self.memo.setPlaceholderText(tr("Memo: why this tag lies here"))
        self.memo.setAccessibleName(tr("Memo"))
        self.memo.setToolTip(tr("Ctrl+Enter keeps the memo and goes back to the words"))
        self.memo.left.connect(self._keep_memo)
        self.memo.committed.connect(self._memo_done)
        self.memo.finished.connect(self._memo_done)
        self._who = quiet("")
        self.change = QPushButton(tr("Change…"))
        self.change.setToolTip(tr("Lay another tag on the same words"))
        self.change.clicked.connect(lambda: self._ask(self.change_asked))
        self.colours = ColourMenu(self)
        self.colours.chosen.connect(self._colour)
        self.colour = QPushButton(tr("Colour"))
        self.colour.setToolTip(tr("The tag's colour, wherever it lies"))
        self.colour.setMenu(self.colours)
        self.remove = QPushButton(tr("Remove"))
        self.remove.setToolTip(tr("Take this tag off these words"))
        self.remove.clicked.connect(lambda: self._ask(self.remove_asked))
        self._detail = QWidget()
        detail = QVBoxLayout(self._detail)
        detail.setContentsMargins(0, 0, 0, 0)
        detail.setSpacing(STEP)
        detail.addWidget(self._who)
        detail.addWidget(self.memo)
        # The column may be narrow, and words in other languages are longer.
        holder = QWidget()
        buttons = FlowLayout(holder)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(STEP)
        for button in (self.change, self.colour, self.remove):
            buttons.addWidget(button)
        detail.addWidget(holder)

    # Showing ---------------------------------------------------------------

    def show_numbers(self, numbers: Mapping[int, int]) -> None:
        """Take the numbers of tags, by tag id, for the rows."""
        self._numbers = dict(numbers)

    def show_here(self, tags: Mapping[int, Tag], taggings: Sequence[Tagging]) -> None:
        """Show what lies at the cursor; the one looked at stays so if it is still there."""
        wanted = self.current_id()
        if any(one.id == self._preferred for one in taggings):
            wanted, self._preferred = self._preferred, None
        self._taggings, self._tags = [one for one in taggings if one.tag_id in tags], tags
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in self._taggings:
                self.list.addItem(self._row(one))
            rows = [one.id for one in self._taggings]
            self.list.setCurrentRow(rows.index(wanted) if wanted in rows else 0)
        fit_rows(self.list, ROWS_SHOWN)
        self.list.setVisible(bool(self._taggings))
        self.none.setVisible(not self._taggings)
        self._show_detail()

    def _row(self, one: Tagging) -> QListWidgetItem:
        tag = self._tags[one.tag_id]
        name = shown_path(tag, tag_language(), self._tags)
        if sum(other.tag_id == one.tag_id for other in self._taggings) > 1:
            # The same tag on several stretches here: its words tell them apart.
            name = f"{tag.name(tag_language())}: “{one.quote[:_QUOTE_BESIDE_NAME]}”"
        item = QListWidgetItem(tag_icon(tag), name)
        item.setData(_ROLE, one.id)
        item.setToolTip(f"{name}\n“{shortened(one.quote, QUOTE_SHOWN)}”")
        number = self._numbers.get(one.tag_id)
        set_aside(item, _keys(number) if number else "")
        return item

    def prefer(self, tagging_id: int) -> None:
        """Look at this tagging as soon as it is among those at the cursor."""
        rows = [one.id for one in self._taggings]
        if tagging_id in rows:
            self.list.setCurrentRow(rows.index(tagging_id))
        self._preferred = tagging_id

    def current_id(self) -> int | None:
        """Return the id of the tagging that is looked at."""
        item = self.list.currentItem()
        return item.data(_ROLE) if item is not None else None

    def current(self) -> Tagging | None:
        """Return the tagging that is looked at."""
        wanted = self.current_id()
        return next((one for one in self._taggings if one.id == wanted), None)

    def step(self, by: int) -> Tagging | None:
        """Look at the next tagging at the cursor, after the last the first again."""
        count = self.list.count()
        if count:
            self.list.setCurrentRow((self.list.currentRow() + by) % count)
        return self.current()

    def edit_memo(self) -> None:
        """Put the keyboard into the memo."""
        if self.current() is not None:
            self.memo.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What a person does ------------------------------------------------------

    def _row_changed(self, _row: int) -> None:
        self._keep_memo()
        self._preferred = None
        self._show_detail()

    def _show_detail(self) -> None:
        one = self.current()
        self._detail.setVisible(one is not None)
        is_typing = self.memo.hasFocus() and self.memo.document().isModified()
        if one is not None and not (is_typing and self._memo_of == one.id):
            self._keep_memo()
            self._memo_of = one.id
            if self.memo.toPlainText() != one.memo:
                self.memo.setPlainText(one.memo)
            self.memo.document().setModified(False)
        if one is not None:
            self._who.setText(who_and_when(one))
            self._who.setVisible(bool(self._who.text()))
            self.colours.present = self._tags[one.tag_id].colour
        told = one.id if one is not None else None
        if told != self._told:
            self._told = told
            self.current_changed.emit(one)

    def keep_memo(self) -> None:
        """Store the memo that is being typed."""
        self._keep_memo()

    def _keep_memo(self) -> None:
        if self._memo_of is not None and self.memo.document().isModified():
            self.memo.document().setModified(False)
            self.memo_changed.emit(self._memo_of, self.memo.toPlainText().strip())

    def _memo_done(self) -> None:
        self._keep_memo()
        self.left.emit()

    def _choose(self) -> None:
        one = self.current()
        if one is not None:
            self.chosen.emit(one)

    def _ask(self, signal: object) -> None:
        one = self.current()
        if one is not None:
            signal.emit(one.id)  # type: ignore[attr-defined]

    def _colour(self, colour: str) -> None:
        one = self.current()
        if one is not None:
            self.colour_chosen.emit(one.tag_id, colour)

    def _open_menu(self, where: QPoint) -> None:
        one = self.current()
        if one is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, one)
        menu.popup(self.list.viewport().mapToGlobal(where))

    def fill_menu(self, menu: QMenu, one: Tagging) -> None:
        """Offer what can be done to a tagging, and a number for its tag."""
        menu.addAction(self.change.text(), lambda: self.change_asked.emit(one.id))
        menu.addMenu(self.colours)
        numbers = menu.addMenu(tr("Keep a &number for it"))
        for number in range(1, NUMBERS + 1):
            action = numbers.addAction(_keys(number))
            action.setCheckable(True)
            action.setChecked(self._numbers.get(one.tag_id) == number)
            action.triggered.connect(
                lambda *_, number=number: self.pin_asked.emit(one.tag_id, number)
            )
        numbers.addSeparator()
        numbers.addAction(tr("Let it go again"), lambda: self.pin_asked.emit(one.tag_id, 0))
        menu.addSeparator()
        menu.addAction(self.remove.text(), lambda: self.remove_asked.emit(one.id))


def _keys(number: int) -> str:
    return QKeySequence(f"Alt+{number}").toString(QKeySequence.SequenceFormat.NativeText)
