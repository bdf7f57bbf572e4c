"""The menus: each fits a small screen, and no two of its entries answer to one letter."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from window_material import window_on

from archive_app.gui.actions import MENUS
from archive_app.gui.main_window import MainWindow
from archive_app.gui.menu_groups import GROUPED, LINE, Group, part_letters
from archive_app.gui.shell_actions import PLACES
from archive_app.settings import Settings
from archive_app.translation import LANGUAGES, use_language
from archive_app.work.archives import open_archive

pytest_plugins = ["page_material"]

LOW_SCREEN_PX = 700
"""What a menu may be high on a screen of 768."""


@pytest.fixture(params=LANGUAGES)
def window(
    request: pytest.FixtureRequest, sample_folder: Path, tmp_path: Path, qtbot: Any
) -> Iterator[MainWindow]:
    use_language(request.param)
    folder = shutil.copytree(sample_folder, tmp_path / sample_folder.name)
    made = window_on(open_archive(folder, who="Ana"), Settings(tmp_path))
    qtbot.addWidget(made)
    made.show()
    for name in PLACES:
        made.page_named(name)
    yield made
    use_language("en")
    made.close()


def filled(window: MainWindow) -> Iterator[tuple[str, QMenu]]:
    for name in MENUS:
        menu = window.menus.menu(name)
        menu.aboutToShow.emit()
        yield name, menu
        for action in menu.actions():
            inside = action.menu()
            if isinstance(inside, QMenu):
                yield f"{name}/{action.text()}", inside


def letter(action: QAction) -> str:
    text = action.text().replace("&&", "")
    return text[text.find("&") + 1].casefold() if "&" in text else ""


def test_menus_fit_a_low_screen_and_their_letters_differ(window: MainWindow, qtbot: Any) -> None:
    for place in PLACES:
        window.show_page(place)
        if place == "interview":
            window.open_interview(1)
            page: Any = window.page
            qtbot.waitUntil(lambda page=page: page.transcript_id > 0)
        for name, menu in filled(window):
            assert menu.sizeHint().height() < LOW_SCREEN_PX, (place, name)
            letters = [found for one in menu.actions() if (found := letter(one))]
            assert len(letters) == len(set(letters)), (place, name, sorted(letters))
            lines = [one.isSeparator() for one in menu.actions()]
            assert not any(a and b for a, b in itertools.pairwise(lines)), (place, name)


def test_every_action_of_the_page_stands_in_its_menu_once(window: MainWindow) -> None:
    window.show_page("interview")
    listed: list[str] = []
    for _, menu in filled(window):
        listed += [one.objectName() for one in menu.actions() if one.menu() is None]
    for one in window.actions_by_name:
        if one.menu and one.owner in (None, window.page):
            assert listed.count(one.id) == 1, one.id


def test_every_name_in_a_group_is_an_action_of_that_menu(window: MainWindow) -> None:
    for menu, entries in GROUPED.items():
        for entry in entries:
            for name in entry.names if isinstance(entry, Group) else (entry,):
                if name != LINE:
                    assert {one.menu for one in window.actions_by_name if one.id == name} == {menu}


def test_a_later_entry_gives_way_to_another_of_its_letters(qtbot: Any) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    for text in ("&Open", "&Other page", "P", "&&O && &o"):
        menu.addAction(text)
    part_letters(menu)
    assert [one.text() for one in menu.actions()] == ["&Open", "Other &page", "P", "&&O && o"]
