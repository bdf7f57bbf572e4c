"""The middle column of an interview's page: its transcripts, one shown, and how they are saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import TranscriptKind
from archive_app.gui.icons import give_icon
from archive_app.gui.interview_data import Loaded
from archive_app.gui.interview_saving import SaveState
from archive_app.gui.interview_words import KINDS, LANGUAGES, language_name, transcript_name
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.gui.transcript_view import TranscriptView
from archive_app.translation import tr


@dataclass(frozen=True, slots=True)
class Tab:
    """A transcript as its tab shows it."""

    transcript_id: int
    language: str
    kind: TranscriptKind
    is_guessed: bool

    @property
    def title(self) -> str:
        """Language, "(guess)" where it is one, and kind."""
        return transcript_name(self.language, self.kind, is_guessed=self.is_guessed)


def tabs_of(loaded: Loaded) -> Sequence[Tab]:
    """Return the transcripts this audience has, originals before translations."""
    tabs: list[Tab] = []
    if loaded.file is not None:
        for full in loaded.file.transcripts:
            one = full.transcript
            tabs.append(Tab(one.id, one.language, one.kind, one.is_language_guessed))
    elif loaded.copy is not None:
        tabs += [
            Tab(one.transcript_id, one.language, one.kind, one.is_language_guessed)
            for one in loaded.copy.transcripts
        ]
    return sorted(tabs, key=lambda tab: tab.kind is TranscriptKind.TRANSLATION)


class TranscriptPane(QWidget):
    """A row of transcripts, the one that is read, and a line that says whether it is saved."""

    transcript_chosen = Signal(int)
    language_chosen = Signal(int, str)
    begin_asked = Signal(str, object)
    """(language, TranscriptKind): start a transcript to type into."""
    save_asked = Signal()
    """Try again to save what could not be saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: Sequence[Tab] = ()
        self.view = TranscriptView()
        self.bar = QTabBar()
        self.bar.setAccessibleName(tr("Transcripts"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.currentChanged.connect(self._choose)
        self.language = QToolButton()
        self.language.setText(tr("Language"))
        self.language.setToolTip(tr("Say which language this transcript is in"))
        self.language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.language.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.language.setAutoRaise(True)
        give_icon(self.language, "language")
        self._menu = QMenu(self.language)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.language.setMenu(self._menu)
        self.follow = QPushButton(tr("Follow the sound"))
        self.follow.clicked.connect(self.view.follow_sound)
        self.follow.hide()
        self.view.following_changed.connect(self._show_following)
        self.saved = QLabel()
        self.saved.setAccessibleName(tr("State of saving"))
        self.again = QPushButton(tr("Try again"))
        self.again.clicked.connect(self.save_asked)
        self.again.hide()
        self._begin = BeginTranscript()
        self._begin.begin_asked.connect(self.begin_asked)
        self._nothing = QLabel()
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMargin(MARGIN)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(GAP, STEP, GAP, 0)
        top.setSpacing(GAP)
        for widget in (self.bar, self.language):
            top.addWidget(widget)
        top.addStretch(1)
        for widget in (self.follow, self.saved, self.again):
            top.addWidget(widget)
        self.top = top
        """The line above the transcripts."""
        inside = QWidget()
        # Of the three only the text is ever pressed by lists under it, and it scrolls.
        inside.setMinimumHeight(30 * STEP)
        self._stack = QStackedLayout(inside)
        for widget in (self.view, self._begin, self._nothing):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP)
        layout.addLayout(top)
        self.side_by_side = QSplitter(Qt.Orientation.Horizontal)
        """The transcript that is edited, and whatever stands beside it."""
        self.side_by_side.setChildrenCollapsible(False)
        self.side_by_side.addWidget(inside)
        layout.addWidget(self.side_by_side, 1)
        self.below = QVBoxLayout()
        """Under the transcript: a line to find words in, lists of places."""
        layout.addLayout(self.below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the tabs their room."""
        super().resizeEvent(event)
        self._fit_language()

    def _fit_language(self) -> None:
        """Show the button of the language by its picture alone where the tabs need its words."""
        words = self.fontMetrics().horizontalAdvance(self.language.text()) + 8 * STEP
        beside = [self.saved, self.again, self.follow]
        wanted = self.bar.sizeHint().width() + words + 8 * GAP
        wanted += sum(one.sizeHint().width() + GAP for one in beside if not one.isHidden())
        style = Qt.ToolButtonStyle
        self.language.setToolButtonStyle(
            style.ToolButtonIconOnly if wanted > self.width() else style.ToolButtonTextBesideIcon
        )

    @property
    def transcript_id(self) -> int:
        """The transcript whose tab is chosen; 0 without any."""
        index = self.bar.currentIndex()
        return self._tabs[index].transcript_id if 0 <= index < len(self._tabs) else 0

    def show_tabs(self, loaded: Loaded, wanted: int) -> int:
        """Show which transcripts there are; return the id of the chosen one, 0 without any."""
        tabs = tabs_of(loaded)
        if tabs != self._tabs:
            with QSignalBlocker(self.bar):
                while self.bar.count():
                    self.bar.removeTab(0)
                for tab in tabs:
                    self.bar.addTab(tab.title)
            self._tabs = tabs
            self._fit_language()
        ids = [tab.transcript_id for tab in tabs]
        with QSignalBlocker(self.bar):
            self.bar.setCurrentIndex(ids.index(wanted) if wanted in ids else 0 if ids else -1)
        is_staff = loaded.file is not None
        self.bar.setVisible(bool(tabs))
        self.language.setVisible(bool(tabs) and is_staff)
        if tabs:
            self._stack.setCurrentWidget(self.view)
        elif is_staff:
            languages = loaded.file.interview.languages if loaded.file else ()
            self._begin.prefer(languages[0] if languages else "")
            self._stack.setCurrentWidget(self._begin)
        else:
            self.say_nothing(tr("No transcript of this interview is open to this audience."))
        return self.transcript_id

    def say_nothing(self, reason: str) -> None:
        """Show a sentence instead of a transcript."""
        self._nothing.setText(reason)
        self._stack.setCurrentWidget(self._nothing)

    def show_state(self, state: SaveState | None) -> None:
        """Say how what was typed stands; None: nothing can be typed."""
        words = {
            SaveState.SAVED: tr("Saved"),
            SaveState.SAVING: tr("Saving…"),
            SaveState.FAILED: tr("Not saved"),
            None: "",
        }
        self.saved.setText(words[state])
        self.again.setVisible(state is SaveState.FAILED)
        self._fit_language()

    def next_transcript(self) -> None:
        """Go to the next tab, from the last to the first."""
        if self.bar.count():
            self.bar.setCurrentIndex((self.bar.currentIndex() + 1) % self.bar.count())

    def _show_following(self, is_following: bool) -> None:
        self.follow.setVisible(not is_following)
        self._fit_language()

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._tabs):
            self.transcript_chosen.emit(self._tabs[index].transcript_id)

    def _fill_menu(self) -> None:
        self._menu.clear()
        index = self.bar.currentIndex()
        if not 0 <= index < len(self._tabs):
            return
        tab = self._tabs[index]
        if tab.is_guessed:
            title = tr("Yes, it is {language}", language=language_name(tab.language))
            self._menu.addAction(title).triggered.connect(
                lambda: self.language_chosen.emit(tab.transcript_id, tab.language)
            )
            self._menu.addSeparator()
        group = QActionGroup(self._menu)
        for code, name in LANGUAGES.items():
            action = self._menu.addAction(tr(name))
            action.setCheckable(True)
            action.setChecked(code == tab.language)
            group.addAction(action)
            action.triggered.connect(
                lambda _=False, code=code: self.language_chosen.emit(tab.transcript_id, code)
            )
        self._menu.addSeparator()
        self._menu.addAction(tr("Another language…")).triggered.connect(
            lambda: self._ask_language(tab)
        )

    def _ask_language(self, tab: Tab) -> None:
        text, is_given = QInputDialog.getText(
            self, tr("Language"), tr("Language tag, such as “uk” or “sr-Latn”:"), text=tab.language
        )
        if is_given and text.strip():
            self.language_chosen.emit(tab.transcript_id, text.strip())


class BeginTranscript(QWidget):
    """What stands where an interview has no transcript yet: a way to begin one."""

    begin_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(
            tr("No transcript yet. Begin one here and type to the sound, or drop a transcript "
               "(VTT, SRT, text) on the window to import it.")
        )  # fmt: skip
        words.setWordWrap(True)
        self.language = QComboBox()
        self.language.setAccessibleName(tr("Language"))
        for code, name in LANGUAGES.items():
            self.language.addItem(tr(name), code)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of transcript"))
        for kind, name in KINDS.items():
            self.kind.addItem(tr(name), kind)
        self.begin = QPushButton(tr("Begin transcript"))
        self.begin.setObjectName("begin_transcript")
        self.begin.clicked.connect(self._begin)
        form = QFormLayout()
        form.setSpacing(GAP)
        form.addRow(words)
        form.addRow(tr("&Language:"), self.language)
        form.addRow(tr("&Kind:"), self.kind)
        form.addRow("", self.begin)
        inside = QWidget()
        inside.setLayout(form)
        # As wide as it may be: words that wrap say only for a width how high they are.
        inside.setFixedWidth(80 * STEP)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(inside, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def prefer(self, language: str) -> None:
        """Offer a language first."""
        index = self.language.findData(language)
        if index >= 0:
            self.language.setCurrentIndex(index)

    def _begin(self) -> None:
        # Qt keeps an enumeration's text, not its member.
        kind = TranscriptKind(self.kind.currentData())
        self.begin_asked.emit(str(self.language.currentData()), kind)
