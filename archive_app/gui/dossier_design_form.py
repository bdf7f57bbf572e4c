"""How the pages look: layout, paper, type, what stands beside the text and behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.citation_styles import CitationStyle
from archive_app.dossier.design import (
    Design,
    Family,
    Grouping,
    Layout,
    Marks,
    Paper,
    Speakers,
    Times,
)
from archive_app.gui import dossier_design_words as words
from archive_app.gui.broken_lines import break_lines
from archive_app.gui.cite_dialog import STYLES
from archive_app.gui.dossier_layout_icons import SIZE, layout_icon
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import mark, tr

STEPS_S = (10, 3_600)
WORDS_WIDTH = 54 * STEP
"""For the words of a check box; with what stands beside them they fill the column."""
NAME_WIDTH = 26 * STEP
"""For the name of a layout."""
CHOICES: dict[str, tuple[str, Any, Mapping[Any, str]]] = {
    "paper": (mark("&Paper:"), Paper, words.PAPERS),
    "family": (mark("T&ype:"), Family, words.FAMILIES),
    "grouping": (mark("&Group:"), Grouping, words.GROUPINGS),
    "times": (mark("T&imes:"), Times, words.TIMES),
    "speakers": (mark("Spea&kers:"), Speakers, words.SPEAKERS),
    "marks": (mark("&Marks:"), Marks, words.MARKS),
    "citation_style": (mark("&Citations:"), CitationStyle, STYLES),
}
"""By the design's field: the label, the kind of value, what each is called."""
CHECKS = {
    "is_facing": mark("Original and translation in facing columns"),
    "has_line_numbers": mark("Line numbers"),
    "has_index": mark("Index of names, places and tags"),
    "has_links": mark("A short link at each passage"),
    "has_qr": mark("The link as a QR code too"),
    "has_data": mark("Attach the dossier's data (JSON)"),
}
NAMES = {
    "paper": mark("Paper"),
    "family": mark("Typeface"),
    "grouping": mark("Group"),
    "times": mark("Times"),
    "speakers": mark("Speakers"),
    "marks": mark("Marks"),
    "citation_style": mark("Citations"),
}
TIPS = {
    "has_data": mark("Then the file is PDF/A-3a: programs can read the dossier's interviews, "
                     "passages and times from it"),
    "has_qr": mark("A reader of the printed page points a telephone at it"),
    "marks": mark("False starts, pauses and unclear words: shown as the transcript marks them, or "
                  "left out"),
}  # fmt: skip


class DesignForm(QWidget):
    """Each change is told at once; what does not apply to the layout says why."""

    changed = Signal(object)
    """The Design as it is chosen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.design = Design()
        self.layouts: dict[Layout, QToolButton] = {}
        self.choices: dict[str, QComboBox] = {}
        self.checks: dict[str, QCheckBox] = {}
        self.about = QLabel()
        self.about.setWordWrap(True)
        self._make_layouts()
        self._make_fields()
        self._lay_out()
        theme().changed.connect(self._draw_layouts)
        self.show_design(self.design)

    # Parts ------------------------------------------------------------------

    def _make_layouts(self) -> None:
        self._group = QButtonGroup(self)
        for layout, name in words.LAYOUTS.items():
            button = QToolButton()
            button.setText(tr(name))
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(SIZE)
            button.setMinimumWidth(28 * STEP)
            _embolden(button, True)
            break_lines(button, NAME_WIDTH)
            _embolden(button, False)
            button.setToolTip(tr(words.ABOUT_LAYOUTS[layout]))
            button.setAccessibleDescription(tr(words.ABOUT_LAYOUTS[layout]))
            button.clicked.connect(lambda _=False, layout=layout: self._change(layout=layout))
            button.toggled.connect(lambda is_on, button=button: _embolden(button, is_on))
            self.layouts[layout] = button
            self._group.addButton(button)
        self._draw_layouts()

    def _draw_layouts(self) -> None:
        for layout, button in self.layouts.items():
            button.setIcon(layout_icon(layout))

    def _make_fields(self) -> None:
        for name, (_, kind, called) in CHOICES.items():
            field = QComboBox()
            field.setAccessibleName(tr(NAMES[name]))
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            field.setMinimumContentsLength(8)
            for value, text in called.items():
                field.addItem(tr(text), value.value)
            field.activated.connect(
                lambda _, name=name, kind=kind, field=field: self._change(
                    **{name: kind(field.currentData())}
                )
            )
            self.choices[name] = field
        self.step = QSpinBox()
        self.step.setRange(*STEPS_S)
        self.step.setSingleStep(10)
        self.step.setSuffix(tr(" s"))
        self.step.setAccessibleName(tr("Seconds between times"))
        self.step.editingFinished.connect(lambda: self._change(time_step_s=self.step.value()))
        for name, text in CHECKS.items():
            check = QCheckBox(tr(text))
            break_lines(check, WORDS_WIDTH)
            check.clicked.connect(lambda is_on, name=name: self._change(**{name: is_on}))
            self.checks[name] = check

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(STEP)
        for number, button in enumerate(self.layouts.values()):
            grid.addWidget(button, number // 2, number % 2)
        form = QFormLayout()
        form.setHorizontalSpacing(GAP)
        form.setVerticalSpacing(STEP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name in ("paper", "family"):
            form.addRow(tr(CHOICES[name][0]), self.choices[name])
        form.addRow("", self.checks["is_facing"])
        form.addRow(tr(CHOICES["grouping"][0]), self.choices["grouping"])
        form.addRow(tr(CHOICES["times"][0]), self.choices["times"])
        form.addRow(tr("St&ep:"), self.step)
        for name in ("speakers", "marks", "citation_style"):
            form.addRow(tr(CHOICES[name][0]), self.choices[name])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addLayout(grid)
        rows.addWidget(self.about)
        rows.addLayout(form)
        for name in ("has_line_numbers", "has_index", "has_links", "has_qr", "has_data"):
            rows.addWidget(self.checks[name])

    # What is chosen -----------------------------------------------------------

    def show_design(self, design: Design) -> None:
        """Show a design; nothing is told of it."""
        self.design = design
        self.layouts[design.layout].setChecked(True)
        self.about.setText(tr(words.ABOUT_LAYOUTS[design.layout]))
        for name, field in self.choices.items():
            field.setCurrentIndex(field.findData(getattr(design, name).value))
        for name, check in self.checks.items():
            check.setChecked(bool(getattr(design, name)))
        with QSignalBlocker(self.step):
            self.step.setValue(design.time_step_s)
        said = words.reasons(design)
        fields: dict[str, QWidget] = {**self.choices, **self.checks, "time_step_s": self.step}
        for name, field in fields.items():
            field.setEnabled(name not in said)
            tip = TIPS.get(name)
            field.setToolTip(said.get(name) or (tr(tip) if tip else ""))

    def _change(self, **changed: Any) -> None:
        design = replace(self.design, **changed)
        if design != self.design:
            self.show_design(design)
            self.changed.emit(design)
        else:
            self.show_design(design)


def _embolden(button: QToolButton, is_on: bool) -> None:
    """Some styles hardly show which of several buttons is down."""
    font = button.font()
    font.setBold(is_on)
    button.setFont(font)
