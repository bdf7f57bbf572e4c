"""Controls that go on in the next line, and the strips that are made of them."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from archive_app.domain.doubts import FlagKind
from archive_app.gui.doubt_strip import DoubtStrip
from archive_app.gui.find_bar import FindBar
from archive_app.gui.flow_layout import FlowLayout

NARROW_PX = 400
"""What the column of a transcript has in a window of 1024 pixels."""


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    flow = FlowLayout(place)
    flow.setContentsMargins(0, 0, 0, 0)
    first, hidden, last = (QPushButton(text) for text in ("first", "hidden", "last"))
    for button in (first, hidden, last):
        flow.addWidget(button)
    hidden.hide()
    place.resize(NARROW_PX, 100)
    place.show()
    assert last.x() == first.width() + flow.spacing()


def test_every_kind_of_doubt_is_whole_in_a_narrow_column(qtbot: QtBot) -> None:
    strip = DoubtStrip()
    qtbot.addWidget(strip)
    strip.show_counts(dict.fromkeys(FlagKind, 12), mendable=12, per_cent=50, has_doubts=True)
    strip.resize(NARROW_PX, strip.heightForWidth(NARROW_PX))
    strip.show()
    for one in (*strip.buttons.values(), strip.mend, strip.threshold):
        assert one.width() >= one.sizeHint().width()
        assert strip.rect().contains(one.geometry())


def test_the_options_of_finding_are_whole_in_a_narrow_column(qtbot: QtBot) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    for width in (NARROW_PX, 2 * NARROW_PX):
        bar.resize(width, bar.heightForWidth(width))
        bar.show()
        qtbot.wait(20)
        for box in (bar.match_case, bar.whole_words, bar.any_script):
            assert box.width() >= box.sizeHint().width()
        assert bar.text.width() >= 100
