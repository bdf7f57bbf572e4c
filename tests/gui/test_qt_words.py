"""Qt's own words in the interface's language, whether Qt knows it or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from archive_app.gui.qt_words import WORDS, QtWords
from archive_app.translation import use_language


@pytest.fixture
def serbian(qapp: QApplication) -> Iterator[QtWords]:
    use_language("sr_Latn")
    words = QtWords()
    qapp.installTranslator(words)
    yield words
    qapp.removeTranslator(words)
    use_language("en")


def test_a_button_of_qt_speaks_serbian(serbian: QtWords) -> None:
    del serbian
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "Otkaži"


def test_every_word_is_translated_and_others_stay(serbian: QtWords) -> None:
    del serbian
    alike = {"OK", "&HTML:"}
    for word in WORDS - alike:
        assert QCoreApplication.translate("QWidgetTextControl", word) != word
    assert QCoreApplication.translate("QWidgetTextControl", "Something else") == "Something else"
