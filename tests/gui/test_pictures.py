"""The program draws its own windows, without a screen and without the person's settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from archive_app.errors import Environment
from archive_app.gui.pictures import PLACES, draw_pictures
from archive_app.gui.theme import theme
from archive_app.translation import current_language, use_language


@pytest.fixture(autouse=True)
def light_afterwards(qapp: Any) -> Any:
    yield
    theme().apply("light")


def middle(path: Path) -> QColor:
    picture = QImage(str(path))
    return picture.pixelColor(picture.width() // 2, picture.height() - 100)


def test_the_library_is_drawn_light_and_dark(tmp_path: Path) -> None:
    home = os.environ["ORAL_HISTORY_HOME"]
    drawn = list(draw_pictures(tmp_path / "docs", only=("library",)))
    assert [path.name for path in drawn] == ["library.png", "library-dark.png"]
    assert QImage(str(drawn[0])).size() == QSize(1280, 800)
    assert middle(drawn[0]).lightness() > 200
    assert middle(drawn[1]).lightness() < 60
    assert os.environ["ORAL_HISTORY_HOME"] == home


def test_a_page_of_a_dossier_is_drawn_as_it_is_printed(tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtPdf", reason="QtPdf is not installed")
    (page,) = draw_pictures(tmp_path, only=("dossier",))
    picture = QImage(str(page))
    assert picture.width() < picture.height()
    colours = {picture.pixel(x, y) for x in range(0, 1240, 3) for y in range(0, 1700, 3)}
    assert len(colours) > 8


def test_the_dossiers_are_drawn_with_their_pages(tmp_path: Path) -> None:
    drawn = list(draw_pictures(tmp_path, only=("dossiers", "proof")))
    assert [path.name for path in drawn] == [
        "dossiers.png",
        "proof.png",
        "dossiers-dark.png",
        "proof-dark.png",
    ]


def test_the_interfaces_language_is_as_before(tmp_path: Path) -> None:
    use_language("ru")
    try:
        list(draw_pictures(tmp_path, only=("start",)))
        assert current_language() == "ru"
    finally:
        use_language("en")


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Environment, match="could not be drawn"):
        list(draw_pictures(tmp_path / "file" / "docs", only=("start",)))


def test_every_place_has_a_picture() -> None:
    assert {"library", "interview", "search", "dossiers", "import", "export"} <= set(PLACES)
