"""What a person can choose: language, colours, text size, name, playing, keys, pedal, spelling."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.actions import Actions
from archive_app.gui.pedal_page import PedalPage
from archive_app.gui.preferences_keys import KeysPage
from archive_app.gui.shell_actions import SCHEMES, SIZES
from archive_app.gui.spelling_page import SpellingPage
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.settings import (
    INTERFACE_LANGUAGE,
    REPEAT_MS,
    STEP_BACK_MS,
    TAG_LAST_SECONDS,
    TEXT_SIZE,
    THEME,
    WHO,
    Setting,
    Settings,
)
from archive_app.translation import mark, tr

LANGUAGES = {
    "": mark("As the system"),
    "en": "English",
    "ru": "Русский",
    "sr_Cyrl": "Српски",
    "sr_Latn": "Srpski",
}


class PreferencesDialog(QDialog):
    """Every choice takes effect at once; there is nothing to confirm."""

    language_changed = Signal()

    def __init__(
        self,
        settings: Settings,
        actions: Actions,
        parent: QWidget | None = None,
        *,
        before_keys: Callable[[Callable[[], object]], object] = lambda then: then(),
        is_for_staff: bool = True,
    ) -> None:
        """``before_keys`` lets every page tell its commands, then calls what it is handed."""
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._language_before = settings.get(INTERFACE_LANGUAGE)
        self.setWindowTitle(tr("Preferences"))
        self.resize(160 * STEP, 150 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(MARGIN)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Preferences"))
        self.tabs.addTab(self._general(), tr("&General"))
        self.keys = KeysPage(settings, actions, before_listing=before_keys)
        self.pedal = PedalPage(settings, actions)
        self.tabs.addTab(self.keys, tr("&Keys"))
        self.tabs.addTab(self.pedal, tr("&Pedal"))
        self.spelling = SpellingPage(settings, shows_own=is_for_staff)
        self.tabs.addTab(self.spelling, tr("&Spelling"))
        self.tabs.currentChanged.connect(self._page_shown)
        rows.addWidget(self.tabs, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        for button in self.findChildren(QPushButton):
            # Enter in a field would press the first of them.
            button.setAutoDefault(False)
        self.finished.connect(self._finish)

    def show_page(self, name: str) -> None:
        """Show one of the pages: "keys", "pedal", "spelling"; any other: the general one."""
        pages: dict[str, QWidget] = {
            "keys": self.keys, "pedal": self.pedal, "spelling": self.spelling,
        }  # fmt: skip
        self.tabs.setCurrentIndex(self.tabs.indexOf(pages[name]) if name in pages else 0)

    def _page_shown(self, index: int) -> None:
        if self.tabs.widget(index) is self.spelling:
            self.spelling.look()

    def _general(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        form.setSpacing(GAP + STEP)
        self.language = self._choice(INTERFACE_LANGUAGE, LANGUAGES)
        self.scheme = self._choice(THEME, SCHEMES)
        self.text_size = self._choice(TEXT_SIZE, SIZES)
        form.addRow(tr("&Language:"), self.language)
        form.addRow(tr("&Colours:"), self.scheme)
        form.addRow(tr("&Text size:"), self.text_size)
        self.who = QLineEdit(self._settings.get(WHO))
        self.who.setPlaceholderText(tr("As the history of the archive shows it"))
        self.who.textEdited.connect(lambda text: self._settings.set(WHO, text.strip()))
        form.addRow(tr("&Your name:"), self.who)
        self.step_back = QDoubleSpinBox()
        self.step_back.setRange(0, 30)
        self.step_back.setSingleStep(0.5)
        self.step_back.setDecimals(1)
        self.step_back.setSuffix(tr(" s"))
        self.step_back.setValue(self._settings.get(STEP_BACK_MS) / 1000)
        self.step_back.setToolTip(tr("How far playing goes back after a pause"))
        self.step_back.valueChanged.connect(
            lambda seconds: self._settings.set(STEP_BACK_MS, round(seconds * 1000))
        )
        form.addRow(tr("&Step back after a pause:"), self.step_back)
        self.repeat = QDoubleSpinBox()
        self.repeat.setRange(0.5, 60)
        self.repeat.setSingleStep(0.5)
        self.repeat.setDecimals(1)
        self.repeat.setSuffix(tr(" s"))
        self.repeat.setValue(self._settings.get(REPEAT_MS) / 1000)
        self.repeat.setToolTip(tr("How much “Play the last seconds again” plays"))
        self.repeat.valueChanged.connect(
            lambda seconds: self._settings.set(REPEAT_MS, round(seconds * 1000))
        )
        form.addRow(tr("&Play again:"), self.repeat)
        self.tag_seconds = QSpinBox()
        self.tag_seconds.setRange(1, 120)
        self.tag_seconds.setSuffix(tr(" s"))
        self.tag_seconds.setValue(self._settings.get(TAG_LAST_SECONDS))
        self.tag_seconds.setToolTip(tr("How far back a tag reaches that is laid while listening"))
        self.tag_seconds.valueChanged.connect(
            lambda seconds: self._settings.set(TAG_LAST_SECONDS, seconds)
        )
        form.addRow(tr("T&ag by ear reaches back:"), self.tag_seconds)
        return page

    def _choice(self, setting: Setting[str], names: dict[str, str]) -> QComboBox:
        choice = QComboBox()
        for value, name in names.items():
            choice.addItem(tr(name), value)
        choice.setCurrentIndex(max(0, choice.findData(self._settings.get(setting))))
        choice.activated.connect(lambda index: self._settings.set(setting, choice.itemData(index)))
        return choice

    def _finish(self, _: int) -> None:
        if self._settings.get(INTERFACE_LANGUAGE) != self._language_before:
            self.language_changed.emit()
