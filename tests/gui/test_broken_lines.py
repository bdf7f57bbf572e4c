"""Words of check boxes and buttons broken into lines."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox

from archive_app.dossier.design import Layout
from archive_app.gui.broken_lines import break_lines
from archive_app.gui.dossier_settings import WIDTH, DossierSettings
from archive_app.translation import LANGUAGES, use_language


def test_words_are_broken_at_spaces_and_named_in_one_line(qtbot: Any) -> None:
    check = QCheckBox("Original and &translation in facing columns")
    qtbot.addWidget(check)
    whole = check.sizeHint().width()
    break_lines(check, whole // 2)
    assert "\n" in check.text()
    assert check.text().replace("\n", " ") == "Original and &translation in facing columns"
    assert check.sizeHint().width() < whole
    assert check.accessibleName() == "Original and translation in facing columns"


def test_what_fits_and_what_has_no_spaces_stays(qtbot: Any) -> None:
    for text in ("Index", "Unbreakableandverylongindeed"):
        check = QCheckBox(text)
        qtbot.addWidget(check)
        break_lines(check, 60)
        assert check.text() == text


def test_the_settings_of_a_dossier_fit_their_column_in_every_language(qtbot: Any) -> None:
    try:
        for language in LANGUAGES:
            use_language(language)
            settings = DossierSettings()
            qtbot.addWidget(settings)
            settings.resize(WIDTH, 600)
            settings.show()
            inside = settings.widget()
            assert inside is not None
            assert inside.minimumSizeHint().width() <= settings.viewport().width()
            button = settings.design.layouts[Layout.READER]
            assert button.accessibleName() == button.text().replace("\n", " ")
    finally:
        use_language("en")
