"""The tray under a transcript: tags that lost their words, and ways to put them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.timecode import format_timecode
from archive_app.gui.flow_layout import FlowLayout
from archive_app.gui.icons import give_icon
from archive_app.gui.inspector_rows import quiet
from archive_app.gui.interview_words import tag_language
from archive_app.gui.tag_hover import shortened, who_and_when
from archive_app.gui.tag_rows import TagRowDelegate, set_aside, tag_icon
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import tr, trn
from archive_app.work.tagging import Orphan

_ROLE = Qt.ItemDataRole.UserRole
TRAY_HEIGHT = 54 * STEP
LIST_WIDTH = 56 * STEP
QUOTE_IN_LIST = 60
QUOTE_SHOWN = 400


@dataclass(frozen=True, slots=True)
class LostTag:
    """An orphan with what the tray says of it."""

    orphan: Orphan
    path: str
    """The tag's path in the interface's language."""
    former: str = ""
    """Where it stood, such as "0:12:40 Vadim"; empty if that turn is gone."""
    there: str = ""
    """Where its words stand again."""
    guess: str = ""
    """Which words stand now between its old neighbours."""
    transcript: str = ""
    """Which transcript it belongs to, if it is not the one shown."""

    @property
    def id(self) -> int:
        """The tagging's id."""
        return self.orphan.tagging.id

    @property
    def fits(self) -> bool:
        """Whether its very words are in the transcript."""
        return self.orphan.suggestion is not None


class OrphanTray(QFrame):
    """A line that counts lost tags and unfolds to a list with what is known of the chosen one."""

    put_back_asked = Signal(object)
    """Tagging ids: lay them where their words stand."""
    guess_asked = Signal(int)
    """Lay it on the words that stand between its old neighbours."""
    lay_asked = Signal(int)
    """Lay it on what is selected."""
    remove_asked = Signal(object)
    """Tagging ids: take these tags away for good."""
    former_asked = Signal(int)
    """Go to where it stood."""
    chosen = Signal(object)
    """LostTag or None: show where it would lie."""
    unfolded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("orphan_tray")
        self.setAccessibleName(tr("Tags that lost their words"))
        self._lost: Sequence[LostTag] = ()
        self._make_line()
        self._make_list()
        self._make_detail()
        self._body = QWidget()
        body = QHBoxLayout(self._body)
        body.setContentsMargins(GAP, 0, GAP, GAP)
        body.setSpacing(GAP)
        body.addWidget(self.list, 2)
        body.addWidget(self._detail, 3)
        self._body.setFixedHeight(TRAY_HEIGHT)
        self._body.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._line)
        layout.addWidget(self._body)
        self.show_lost(())

    def _make_line(self) -> None:
        self.badge = QToolButton()
        self.badge.setAccessibleName(tr("Tags that lost their words"))
        self.badge.setCheckable(True)
        self.badge.setAutoRaise(True)
        self.badge.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        give_icon(self.badge, "warning")
        self.badge.toggled.connect(self._unfold)
        self.all = QPushButton(tr("Put all back"))
        self.all.clicked.connect(self._put_all_back)
        self._line = QHBoxLayout()
        self._line.setContentsMargins(GAP, STEP, GAP, STEP)
        self._line.setSpacing(GAP)
        self._line.addWidget(self.badge)
        self._line.addStretch(1)
        self._line.addWidget(self.all)

    def _make_list(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Tags that lost their words"))
        self.list.setMinimumWidth(LIST_WIDTH // 2)
        self.list.setIconSize(QSize(4 * STEP, 4 * STEP))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(TagRowDelegate(self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.itemSelectionChanged.connect(self._show_detail)
        self.list.itemActivated.connect(lambda _item: self._ask_former())

    def _make_detail(self) -> None:
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about = quiet("")
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(STEP)
        rows.addWidget(self.words)
        rows.addWidget(self.about)
        rows.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.put_back = self._button(tr("Put back"), self._put_back)
        self.lay_here = self._button(tr("Lay on selection"), self._lay_here)
        self.lay_here.setToolTip(tr("Lay this tag on the words that are selected now"))
        self.former = self._button(tr("Former place"), self._ask_former)
        self.drop = self._button(tr("Remove"), self._remove)
        self.drop.setToolTip(tr("Take these tags out of the archive; undo brings them back"))
        holder = QWidget()
        buttons = FlowLayout(holder)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(STEP)
        for button in (self.put_back, self.lay_here, self.former, self.drop):
            buttons.addWidget(button)
        self._detail = QWidget()
        detail = QVBoxLayout(self._detail)
        detail.setContentsMargins(0, 0, 0, 0)
        detail.setSpacing(STEP)
        detail.addWidget(area, 1)
        detail.addWidget(holder)

    @staticmethod
    def _button(text: str, run: object) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(run)
        return button

    # Showing ---------------------------------------------------------------

    def show_lost(self, lost: Sequence[LostTag]) -> None:
        """Show these; what was chosen stays so. Without any the tray is gone."""
        if tuple(lost) == tuple(self._lost) and self.list.count() == len(lost):
            self.setVisible(bool(lost))
            return
        chosen = {one.id for one in self.selected()}
        row = max(self.list.currentRow(), 0)
        self._lost = tuple(lost)
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in lost:
                self.list.addItem(_row(one))
            still = [number for number, one in enumerate(lost) if one.id in chosen]
            for number in still:
                self.list.item(number).setSelected(True)
            if lost and not still:
                self.list.setCurrentRow(min(row, len(lost) - 1))
        self._show_line()
        self.setVisible(bool(lost))
        self._show_detail()

    def _show_line(self) -> None:
        count, fit = len(self._lost), len(self.fitting())
        self.badge.setText(
            trn("{count} tag lost its words", "{count} tags lost their words", count)
        )  # fmt: skip
        self.badge.setAccessibleName(self.badge.text())
        self.badge.setToolTip(tr("Show the tags whose words were deleted or replaced"))
        self.all.setText(
            trn("Put back {count} that fits", "Put back all {count} that fit", fit)
        )  # fmt: skip
        self.all.setVisible(fit > 0)
        self.all.setToolTip(tr("Lay every tag whose very words are in the transcript again"))

    def fitting(self) -> list[int]:
        """Return the ids of those whose very words are in the transcript."""
        return [one.id for one in self._lost if one.fits]

    def selected(self) -> list[LostTag]:
        """Return those chosen in the list."""
        wanted = {item.data(_ROLE) for item in self.list.selectedItems()}
        return [one for one in self._lost if one.id in wanted]

    @property
    def is_unfolded(self) -> bool:
        """Whether the list is shown."""
        return self.badge.isChecked()

    def toggle(self) -> None:
        """Unfold the tray and put the keyboard into it, or fold it away."""
        self.badge.setChecked(not self.badge.isChecked())
        if self.badge.isChecked():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _unfold(self, is_unfolded: bool) -> None:
        self._body.setVisible(is_unfolded)
        self.unfolded.emit(is_unfolded)
        self._show_detail()

    def _show_detail(self) -> None:
        several = self.selected()
        one = several[0] if len(several) == 1 else None
        self._detail.setVisible(bool(several))
        self._allow(several)
        if one is not None:
            self.words.setText(_words_of(one))
            self.about.setText(_about(one))
        elif several:
            words = trn("{count} tag chosen", "{count} tags chosen", len(several))
            self.words.setText(escape(words))
            self.about.setText("")
        self.chosen.emit(one if self.is_unfolded else None)

    def _allow(self, several: Sequence[LostTag]) -> None:
        one = several[0] if len(several) == 1 else None
        fits = any(lost.fits for lost in several)
        is_guess = one is not None and not one.fits and bool(one.guess)
        self.put_back.setText(tr("Lay on these words") if is_guess else tr("Put back"))
        _let(self.put_back, fits or is_guess,
             tr("Lay the tag on the words that are marked in the transcript"),
             tr("Its words are nowhere here. Select words, then “Lay on selection”."))  # fmt: skip
        _let(self.lay_here, one is not None and not one.transcript,
             tr("Lay this tag on the words that are selected now"),
             tr("Show its transcript first; one tag at a time."))  # fmt: skip
        _let(self.former, one is not None and bool(one.former),
             tr("Show where this tag lay"),
             tr("The turn in which it lay is gone."))  # fmt: skip

    # What a person does ------------------------------------------------------

    def _put_all_back(self) -> None:
        self.put_back_asked.emit(self.fitting())

    def _put_back(self) -> None:
        several = self.selected()
        fit = [one.id for one in several if one.fits]
        if fit:
            self.put_back_asked.emit(fit)
        elif len(several) == 1 and several[0].guess:
            self.guess_asked.emit(several[0].id)

    def _lay_here(self) -> None:
        for one in self.selected()[:1]:
            self.lay_asked.emit(one.id)

    def _ask_former(self) -> None:
        for one in self.selected()[:1]:
            if one.former:
                self.former_asked.emit(one.id)

    def _remove(self) -> None:
        several = [one.id for one in self.selected()]
        if several:
            self.remove_asked.emit(several)


def _let(button: QPushButton, can: bool, usual: str, reason: str) -> None:
    button.setEnabled(can)
    button.setToolTip(usual if can else reason)


def _row(one: LostTag) -> QListWidgetItem:
    quote = shortened(one.orphan.tagging.quote, QUOTE_IN_LIST)
    name = one.orphan.tag.name(tag_language())
    item = QListWidgetItem(tag_icon(one.orphan.tag), f"{name}: “{quote}”")
    item.setData(_ROLE, one.id)
    set_aside(item, tr("fits") if one.fits else tr("perhaps") if one.guess else "")
    item.setToolTip(f"{one.path}\n“{shortened(one.orphan.tagging.quote, QUOTE_SHOWN)}”")
    return item


def _words_of(one: LostTag) -> str:
    """Return the lost words between their neighbours, as rich text."""
    tagging, muted = one.orphan.tagging, theme().colours.muted.name()
    before = f"… {tagging.before}" if tagging.before else ""
    after = f"{tagging.after} …" if tagging.after else ""
    quote = escape(shortened(tagging.quote, QUOTE_SHOWN))
    return (
        f"<p style='margin:0'><b>{escape(one.path)}</b></p>"
        f"<p style='margin:4px 0 0 0'><span style='color:{muted}'>{escape(before)}</span>"
        f"<u>{quote}</u><span style='color:{muted}'>{escape(after)}</span></p>"
    )


def _about(one: LostTag) -> str:
    lines = [who_and_when(one.orphan.tagging), one.orphan.tagging.memo]
    if one.transcript:
        lines.append(tr("In another transcript: {name}", name=one.transcript))
    lines.append(
        tr("It lay at {place}.", place=one.former) if one.former else tr("Its turn is gone.")
    )
    if one.fits:
        lines.append(tr("Its words stand at {place}.", place=one.there))
    elif one.guess:
        guess = shortened(one.guess, QUOTE_IN_LIST * 2)
        lines.append(tr("Between its neighbours stands now: “{words}”", words=guess))
    else:
        lines.append(tr("Its words are nowhere in the transcript."))
    return "\n".join(line for line in lines if line)


def place_words(ms: int | None, speaker: str) -> str:
    """Return "0:12:40 Vadim", as far as it is known."""
    time = format_timecode(ms) if ms is not None else ""
    return " ".join(part for part in (time, speaker) if part) or tr("a turn without a time")
