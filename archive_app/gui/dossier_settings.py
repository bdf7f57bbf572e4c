"""The settings of a dossier: how its pages look and what stands on the first, in one column."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from archive_app.domain.records import Dossier
from archive_app.dossier.design import Design
from archive_app.gui.dossier_design_form import DesignForm
from archive_app.gui.dossier_title_form import TitleForm
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import tr
from archive_app.work.dossier_design import design_of, settings_of

WIDTH = 72 * STEP


class DossierSettings(QScrollArea):
    """Design and title page; each change is one operation, that undo takes back."""

    changed = Signal(int, object)
    """A dossier's id, and what ``work.collecting.edit_dossier`` is to change of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dossier: Dossier | None = None
        self.setObjectName("dossier_settings")
        self.setAccessibleName(tr("Settings of the dossier"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.design = DesignForm()
        self.design.changed.connect(self._design_chosen)
        self.titles = TitleForm()
        self.titles.changed.connect(self.changed)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(GAP, STEP, GAP, GAP)
        rows.setSpacing(GAP)
        rows.addWidget(_title(tr("Pages")))
        rows.addWidget(self.design)
        rows.addWidget(_title(tr("Title page")))
        rows.addWidget(self.titles)
        rows.addStretch(1)
        self.setWidget(inside)
        self.setMinimumWidth(WIDTH)

    def show_dossier(self, dossier: Dossier, worded: Collection[str] = ()) -> None:
        """Show a dossier's settings; what is being typed stays.

        ``worded``: the fields that read otherwise than they are kept; they are only read.
        """
        self._dossier = dossier
        self.design.show_design(design_of(dossier))
        self.titles.show_dossier(dossier, worded)

    def forget(self) -> None:
        """Show none any more."""
        self._dossier = None
        self.titles.forget()

    def keep(self) -> None:
        """Tell what was typed and not told yet."""
        self.titles.keep()

    def edit_title(self) -> None:
        """Put the keyboard into the title."""
        self.titles.edit_title()
        self.ensureWidgetVisible(self.titles.name)

    def _design_chosen(self, design: Design) -> None:
        if self._dossier is not None:
            self.changed.emit(self._dossier.id, {"settings": settings_of(design)})


def _title(text: str) -> QLabel:
    label = QLabel(text)
    font = theme().interface_font(1.1)
    font.setBold(True)
    label.setFont(font)
    return label
