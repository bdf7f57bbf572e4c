"""A catalogue field to be edited where it stands, with what is wrong under it in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPalette, QResizeEvent, QTextOption
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from archive_app.domain.records import Status
from archive_app.errors import BadValue
from archive_app.gui.library_model import STATUS_NAMES, shown_date
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import tr
from archive_app.work.fields import Field, read_field
from archive_app.work.library import RecordCard

LINES_AT_LEAST = 3
LINES_AT_MOST = 14


def field_text(card: RecordCard, name: str) -> str:
    """Return a field's value as a person types it."""
    interview = card.interview
    base, _, language = name.partition(".")
    if base == "title":
        return interview.titles.get(language, "") if language else _shown_title(card)
    if base == "place":
        return _place(card)
    if base == "collection":
        return " / ".join(one.title for one in card.collections)
    if base == "status":
        return interview.status.value
    from archive_app.work.fields import ROLES

    if base in ROLES:
        return "; ".join(c.person.public_name for c in card.contributions if c.role is ROLES[base])
    value = getattr(interview, base)
    if isinstance(value, tuple):
        return (", " if base == "languages" else "; ").join(value)
    return str(value)


def _shown_title(card: RecordCard) -> str:
    titles = card.interview.titles
    return titles.get("en") or next(iter(titles.values()), "")


def _place(card: RecordCard) -> str:
    names = card.place.names if card.place else {}
    return names.get("en") or next(iter(names.values()), "")


class LongText(QPlainTextEdit):
    """Several lines; as high as its text needs, within bounds. Tab goes on to the next field."""

    left = Signal()
    committed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(STEP)
        self.textChanged.connect(self._fit)
        self.setUndoRedoEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        # Asking for a block's rectangle has it laid out, also while it is not shown.
        layout = self.document().documentLayout()
        high = 0.0
        block = self.document().begin()
        while block.isValid():
            high += layout.blockBoundingRect(block).height()
            block = block.next()
        lines = round(high / self.fontMetrics().lineSpacing())
        shown = max(LINES_AT_LEAST, min(lines, LINES_AT_MOST))
        height = shown * self.fontMetrics().lineSpacing() + 4 * STEP
        if self.height() != height:
            self.setFixedHeight(height)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field stores it."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter stores it."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.committed.emit()
            return
        super().keyPressEvent(event)


class FieldEdit(QWidget):
    """Label, editor, and under it the error; ``wanted`` asks for the new text to be stored."""

    wanted = Signal(str, str)
    """The field's name and the text typed."""

    def __init__(self, field: Field, *, language: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = f"{field.name}.{language}" if language else field.name
        self._stored = ""
        self._sent: str | None = None
        words = tr(field.label)
        if language:
            words = tr("{field} ({language})", field=words, language=language)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(STEP // 2)
        self.label = QLabel(words)
        self.label.setFont(theme().interface_font(0.9))
        self.editor = self._make_editor(field)
        self.editor.setAccessibleName(words)
        self.editor.installEventFilter(self)
        self.label.setBuddy(self.editor)
        if field.hint:
            self.editor.setToolTip(tr(field.hint))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setFont(theme().interface_font(0.9))
        self.told.hide()
        for part in (self.label, self.editor, self.told):
            rows.addWidget(part)
        theme().changed.connect(self._recolour)
        self._recolour()

    def _make_editor(self, field: Field) -> QWidget:
        if field.name == "status":
            choice = QComboBox()
            for status in Status:
                choice.addItem(tr(STATUS_NAMES[status]), status.value)
            choice.activated.connect(lambda _: self.commit())
            # A wheel over a scrolled record must not change a status.
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            return choice
        if field.is_long:
            text = LongText()
            text.setPlaceholderText(tr(field.hint) if field.hint else "")
            text.left.connect(self.commit)
            text.committed.connect(self.commit)
            text.textChanged.connect(self._typed)
            return text
        line = QLineEdit()
        line.setPlaceholderText(tr(field.hint) if field.hint else "")
        line.editingFinished.connect(self.commit)
        line.textEdited.connect(self._typed)
        return line

    @property
    def text(self) -> str:
        """What stands in the editor."""
        if isinstance(self.editor, QComboBox):
            return str(self.editor.currentData())
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        return self.editor.text() if isinstance(self.editor, QLineEdit) else ""

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not stored."""
        return self.text != self._stored

    def show_text(self, text: str, *, is_other_interview: bool) -> None:
        """Show what is stored; what is being typed into the same interview stays."""
        is_typing = self.is_dirty and self._sent is None and not is_other_interview
        self._stored = text
        self._sent = None
        if is_typing and (self.editor.hasFocus() or self.told.isVisible()):
            return
        self._put(text)
        self.tell("")

    def _put(self, text: str) -> None:
        if isinstance(self.editor, QComboBox):
            self.editor.setCurrentIndex(max(0, self.editor.findData(text)))
        elif isinstance(self.editor, QPlainTextEdit) and self.editor.toPlainText() != text:
            self.editor.setPlainText(text)
        elif isinstance(self.editor, QLineEdit) and self.editor.text() != text:
            self.editor.setText(text)
            self.editor.setCursorPosition(0)
        if self.name == "date":
            self.editor.setToolTip(shown_date(text) or tr("2022-11-05, 2022-09~ (about)"))

    def commit(self) -> bool:
        """Ask for the text to be stored if it is another; False if it is not of its kind."""
        text = self.text
        if not self.is_dirty:
            self.tell("")
            return True
        if text == self._sent:
            return True
        try:
            read_field(self.name, text)
        except BadValue as error:
            self.tell(error.message)
            return False
        self.tell("")
        self._sent = text
        self.wanted.emit(self.name, text)
        return True

    def refuse(self, message: str) -> None:
        """Say under the field why its text was not stored; what was typed stays."""
        self._sent = None
        self.tell(message)

    def tell(self, words: str) -> None:
        """Show words under the field, or none."""
        self.told.setText(words)
        self.told.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)

    def _typed(self) -> None:
        if self.told.isVisible():
            self.tell("")

    def _recolour(self) -> None:
        for label, colour in (
            (self.told, theme().colours.error),
            (self.label, theme().colours.muted),
        ):
            palette = QPalette(label.palette())
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            label.setPalette(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts back what is stored."""
        if event.key() == Qt.Key.Key_Escape and self.is_dirty:
            self._put(self._stored)
            self.tell("")
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from a choice that has no keyboard; give undo back to the archive.

        A field undoes its own typing while it holds some; what is stored is
        taken back by the archive's one history, also while the keyboard is here.
        """
        is_choice = isinstance(self.editor, QComboBox)
        if event.type() == QEvent.Type.Wheel and is_choice and not self.editor.hasFocus():
            event.ignore()
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and not self.is_dirty
            and (event.matches(QKeySequence.StandardKey.Undo)
                 or event.matches(QKeySequence.StandardKey.Redo))
        ):  # fmt: skip
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def edit(self) -> None:
        """Put the keyboard into the field, with all of it selected."""
        QTimer.singleShot(0, self, self._take_keyboard)

    def _take_keyboard(self) -> None:
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.selectAll()


def gap() -> int:
    """Return the distance between two fields."""
    return GAP + STEP
