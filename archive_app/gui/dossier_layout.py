"""Where the parts of the dossiers page stand: outline left, pages right, settings beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.dossier_actions import ADDING
from archive_app.gui.icons import give_icon, icon
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.settings import SPLITTERS
from archive_app.translation import tr, trn

if TYPE_CHECKING:
    from archive_app.gui.dossiers_page import DossiersPage

FOLDED = "dossier_settings"
"""The name under which the layout remembers whether the settings are folded."""
WIDTHS = [100 * STEP, 150 * STEP, 78 * STEP]


class ChangesStrip(QWidget):
    """Tells that sources have changed since they were collected, and offers to look."""

    def __init__(
        self, show_next: Callable[[], object], accept: Callable[[], object],
        accept_all: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self.words = QLabel()
        self.words.setWordWrap(True)
        font = theme().interface_font()
        font.setBold(True)
        self.words.setFont(font)
        self.mark = QLabel()
        self.mark.setPixmap(icon("warning").pixmap(4 * STEP, 4 * STEP))
        self.next = make_button(tr("Show next"), "", show_next)
        self.next.setToolTip(tr("Choose the next one that has changed (F8)"))
        self.accept = make_button(tr("Accept"), "", accept)
        self.accept.setToolTip(tr("Take what is chosen as it is now (Ctrl+Shift+A)"))
        self.accept_all = make_button(tr("Accept all"), "", accept_all)
        top = QHBoxLayout()
        top.setSpacing(STEP)
        top.addWidget(self.mark)
        top.addWidget(self.words, 1)
        below = QHBoxLayout()
        below.setSpacing(STEP)
        for button in (self.next, self.accept, self.accept_all):
            below.addWidget(button)
        below.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, STEP, 0, STEP)
        rows.setSpacing(STEP)
        rows.addLayout(top)
        rows.addLayout(below)
        self.hide()

    def show_changes(self, changed: int, gone: int) -> None:
        """Say how many sources have changed, and how many are gone; without any it is hidden."""
        said: list[str] = []
        if changed:
            said.append(
                trn("{count} source has changed since you collected it.",
                    "{count} sources have changed since you collected them.", changed)
            )  # fmt: skip
        if gone:
            said.append(
                trn("{count} is no longer in the archive.", "{count} are no longer in the archive.",
                    gone)
            )  # fmt: skip
        self.words.setText(" ".join(said))
        self.setVisible(bool(said))


def make_button(text: str, drawn: str, run: Callable[[], object]) -> QPushButton:
    """Return a button with a word, and an icon if it has one."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    if drawn:
        give_icon(button, drawn)
    button.clicked.connect(lambda _=False: run())
    return button


class DossierChoice(QComboBox):
    """Which dossier is shown; the title stands in it as on its first page."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dossiers")
        self.setAccessibleName(tr("Dossiers"))
        self.setToolTip(tr("The dossier that is shown; choose another here"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        font = theme().interface_font(1.1)
        font.setBold(True)
        self.setFont(font)


class OutlineColumn(QWidget):
    """The left column: which dossier, what can be put in, the outline."""

    def __init__(self, page: DossiersPage) -> None:
        super().__init__()
        self.more = _menu_button("", "menu", tr("More about this dossier"))
        self.add = _menu_button(tr("Add"), "add", tr("Put something into the dossier"))
        self.up = make_button("↑", "", lambda: page.outline.move_chosen(-1))
        self.down = make_button("↓", "", lambda: page.outline.move_chosen(1))
        for button, name in ((self.up, tr("Move up")), (self.down, tr("Move down"))):
            button.setAccessibleName(name)
            button.setFixedWidth(8 * STEP)
        self.remove = make_button(tr("Remove"), "remove", page.editor.remove_chosen)
        self.strip = ChangesStrip(
            page.editor.next_change, page.editor.accept_changes, page.editor.accept_all
        )
        top = QHBoxLayout()
        top.setSpacing(STEP)
        top.addWidget(page.dossiers, 1)
        top.addWidget(page.new)
        top.addWidget(self.more)
        tools = QHBoxLayout()
        tools.setSpacing(STEP)
        tools.addWidget(self.add)
        tools.addStretch(1)
        for widget in (self.up, self.down, self.remove):
            tools.addWidget(widget)
        inside = QWidget()
        self.stack = QStackedLayout(inside)
        self.stack.addWidget(page.outline)
        self.stack.addWidget(page.nothing_in)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP, STEP, GAP, GAP)
        rows.setSpacing(STEP)
        rows.addLayout(top)
        rows.addLayout(tools)
        rows.addWidget(self.strip)
        rows.addWidget(inside, 1)
        self.setMinimumWidth(66 * STEP)

    def fill_menus(self, page: DossiersPage) -> None:
        """Give the two buttons their menus, once the commands are there."""
        self.add.setMenu(menu_of(page, *ADDING))
        self.more.setMenu(
            menu_of(page, "dossier.rename", "dossier.settings", "", "dossier.references",
                    "dossier.exports", "", "dossier.delete")
        )  # fmt: skip


def menu_of(page: DossiersPage, *names: str) -> QMenu:
    """Return a menu of the page's commands; "" is a line."""
    menu = QMenu(page)
    menu.setToolTipsVisible(True)
    for name in names:
        if name:
            menu.addAction(page.session.actions[name])
        else:
            menu.addSeparator()
    return menu


def _menu_button(text: str, drawn: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if text else style.ToolButtonIconOnly)
    button.setAccessibleName(text or name)
    button.setToolTip(name)
    give_icon(button, drawn)
    return button


class Columns(QSplitter):
    """Outline, pages, and the settings, which fold away; the widths are remembered."""

    def __init__(self, page: DossiersPage, left: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._settings = page.session.settings
        self._form = page.settings
        for widget in (left, page.pages, page.settings):
            self.addWidget(widget)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 3)
        self.setStretchFactor(2, 0)
        known = self._settings.get(SPLITTERS)
        widths = known.get("dossiers_wide")
        self.setSizes(widths or WIDTHS)
        page.settings.setVisible(known.get(FOLDED) == [1])
        self.splitterMoved.connect(lambda *_: self._keep("dossiers_wide", self.sizes()))

    def show_settings(self, is_shown: bool) -> None:
        """Show the settings, or fold them away."""
        self._form.setVisible(is_shown)
        self._keep(FOLDED, [int(is_shown)])

    def _keep(self, name: str, value: list[int]) -> None:
        known = dict(self._settings.get(SPLITTERS))
        known[name] = value
        self._settings.set(SPLITTERS, known)
