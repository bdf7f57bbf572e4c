"""What would be mended, place by place, before it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.doubts import Flag
from archive_app.domain.replacing import Hit
from archive_app.gui.find_bar import HitTable
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr, trn

AROUND = 40


def as_hit(flag: Flag, text: str) -> Hit:
    """Return a flag as a place to be replaced; ``text`` is its turn's."""
    span = flag.span
    return Hit(
        span.start_turn,
        span.start,
        span.end,
        text[max(0, span.start - AROUND) : span.start],
        flag.found,
        text[span.end : span.end + AROUND],
        flag.proposal or "",
    )


def told_apart(found: str, proposal: str) -> str:
    """Return which letters differ, named by script: they may look alike; "" if the words do."""
    if len(found) != len(proposal):
        return ""
    pairs = dict.fromkeys(pair for pair in zip(found, proposal) if pair[0] != pair[1])
    return ", ".join(f"{_named(one)} → {_named(other)}" for one, other in pairs)


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "")
    for script, shown in (("LATIN", tr("Latin")), ("CYRILLIC", tr("Cyrillic"))):
        if name.startswith(script):
            return f"{shown} {letter}"
    return letter


class MendDialog(QDialog):
    """Each place with its proposal; those that are ticked off are left as they are."""

    def __init__(
        self,
        flags: Sequence[Flag],
        texts: Sequence[str],
        mend: Callable[[list[Flag]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Mend words"))
        self.resize(180 * STEP, 100 * STEP)
        self._flags, self._mend = flags, mend
        self.hits = HitTable(self)
        self.table = QTableView()
        self.table.setAccessibleName(tr("What would be mended"))
        self.table.setModel(self.hits)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        words = QLabel(tr("Take the tick from what is right as it is. Undo takes all of it back."))
        words.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.do_it = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        for widget in (words, self.table, self.buttons):
            layout.addWidget(widget)
        self.hits.ticked_changed.connect(self._count)
        self.hits.show_hits(
            [as_hit(flag, text) for flag, text in zip(flags, texts, strict=True)],
            [told_apart(flag.found, flag.proposal or "") for flag in flags],
        )
        self.finished.connect(self.deleteLater)

    def _count(self) -> None:
        count = len(self.hits.ticked)
        self.do_it.setText(trn("Mend {count} place", "Mend {count} places", count))
        self.do_it.setEnabled(count > 0)

    def _accept(self) -> None:
        ticked = {(hit.turn, hit.start, hit.end) for hit in self.hits.ticked}
        chosen = [
            flag for flag in self._flags
            if (flag.span.start_turn, flag.span.start, flag.span.end) in ticked
        ]  # fmt: skip
        self.accept()
        self._mend(chosen)
