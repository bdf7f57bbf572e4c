"""What a page is for, which keys work on it, and what the program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from archive_app import __version__
from archive_app.gui.actions import Actions, Registered, plain, shown_shortcut
from archive_app.gui.help_texts import help_text
from archive_app.gui.menu_groups import group_of
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import tr

WIDEST = 200 * STEP


class _Reading(QDialog):
    """A dialog to be read, with Close."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.rows.setSpacing(GAP)

    def add_close(self) -> None:
        """Put the button at the end."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.rows.addWidget(buttons)


class HelpDialog(_Reading):
    """Explains a place in a few sentences."""

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Help"), parent)
        self.resize(160 * STEP, 160 * STEP)
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("Help"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(3 * STEP)
        self.text.setMarkdown(help_text(place))
        self.text.setFont(theme().interface_font(1.1))
        self.rows.addWidget(self.text, 1)
        self.add_close()


class KeysDialog(_Reading):
    """Lists the keys that work on the page, its own first."""

    def __init__(
        self, actions: Actions, page: QWidget | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Keys of this page"), parent)
        self.resize(130 * STEP, 130 * STEP)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(6 * STEP)
        grid.setVerticalSpacing(STEP)
        usable = [one for one in actions.usable(page=page) if one.action.shortcuts()]
        self.entries: list[tuple[str, str]] = []
        own = [one for one in usable if one.owner is not None]
        everywhere = [one for one in usable if one.owner is None]
        parts = [*_in_groups(own), (tr("Everywhere"), everywhere)]
        for title, part in parts:
            if not part:
                continue
            heading = QLabel(title)
            bold = theme().interface_font(1.1)
            bold.setBold(True)
            heading.setFont(bold)
            heading.setContentsMargins(0, GAP, 0, STEP)
            grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            for one in part:
                keys, words = shown_shortcut(one.action), plain(one.action.text())
                self.entries.append((keys, words))
                row = grid.rowCount()
                grid.addWidget(QLabel(keys), row, 0)
                grid.addWidget(QLabel(words), row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setAccessibleName(tr("Keys of this page"))
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        bar = area.verticalScrollBar().sizeHint().width()
        area.setMinimumWidth(min(inside.sizeHint().width() + bar, WIDEST))
        self.rows.addWidget(area, 1)
        self.add_close()


def _in_groups(own: Sequence[Registered]) -> list[tuple[str, list[Registered]]]:
    """Return a page's commands under the titles of their submenus, those without one last."""
    found: dict[str, list[Registered]] = {}
    for one in own:
        group = group_of(one.id)
        found.setdefault(plain(tr(group.title)) if group else "", []).append(one)
    rest = found.pop("", [])
    return [*found.items(), (tr("Also on this page") if found else tr("On this page"), rest)]


class AboutDialog(_Reading):
    """Says what the program is, its version and licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("About"), parent)
        name = QLabel(tr("Oral History Archive"))
        name.setFont(theme().interface_font(1.6))
        self.rows.addWidget(name)
        words = QLabel(
            tr("Version {version}\n\nA desktop archive for oral history: record, transcribe, tag, "
               "search, and export citable PDF dossiers.\n\nFree software under the GNU General "
               "Public License, version 3 or later. It sends nothing anywhere.",
               version=__version__)
        )  # fmt: skip
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setMinimumWidth(110 * STEP)
        self.rows.addWidget(words)
        self.add_close()
