"""Other programs' keys: shown before they are taken, without clashes, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence
from window_material import filled_archive, window_on

from archive_app.gui.actions import Actions, sequences
from archive_app.gui.key_preset_dialog import PresetDialog
from archive_app.gui.key_presets import OWN_KEYS, PRESETS, Preset, preset_changes, take
from archive_app.gui.main_window import MainWindow
from archive_app.gui.shell_actions import PLACES
from archive_app.paths import config_folder
from archive_app.settings import SHORTCUTS, Settings

NAMED = {preset.id: preset for preset in PRESETS}
FOREIGN = [preset for preset in PRESETS if preset.id != OWN_KEYS]


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    window = window_on(filled_archive(tmp_path), Settings(config_folder()))
    window.show()
    for place in PLACES:
        window.page_named(place)
    yield window
    window.close()
    window.deleteLater()


def keys(actions: Actions, name: str) -> list[str]:
    one = next(known for known in actions if known.id == name)
    return sequences(actions.shortcut_of(one))


@pytest.mark.parametrize("preset", FOREIGN, ids=lambda one: one.id)
def test_a_preset_names_commands_that_there_are(window: MainWindow, preset: Preset) -> None:
    assert [name for name in preset.keys if name not in window.actions_by_name] == []


@pytest.mark.parametrize("preset", FOREIGN, ids=lambda one: one.id)
def test_after_a_preset_no_two_commands_stand_on_the_same_keys(
    window: MainWindow, preset: Preset
) -> None:
    actions = window.actions_by_name
    take(actions, preset_changes(actions, preset))
    for one in actions:
        clashes = actions.clashes(one.id, actions.shortcut_of(one))
        assert not clashes, (one.id, [other.id for other in clashes])
    for name, wanted in preset.keys.items():
        assert keys(actions, name) == wanted.split("; ")


@pytest.mark.parametrize("preset", FOREIGN, ids=lambda one: one.id)
def test_a_command_that_has_to_give_way_gets_other_keys(window: MainWindow, preset: Preset) -> None:
    actions = window.actions_by_name
    had_keys = {one.id for one in actions if actions.shortcut_of(one)}
    take(actions, preset_changes(actions, preset))
    assert {one.id for one in actions if not actions.shortcut_of(one)} & had_keys == set()


def test_one_preset_after_the_other_leaves_nothing_of_the_first(window: MainWindow) -> None:
    actions = window.actions_by_name
    take(actions, preset_changes(actions, NAMED["f4"]))
    direct = dict(window.settings.get(SHORTCUTS))
    take(actions, preset_changes(actions, NAMED[OWN_KEYS]))
    assert window.settings.get(SHORTCUTS) == {}
    for preset in (NAMED["otranscribe"], NAMED["maxqda"], NAMED["f4"]):
        take(actions, preset_changes(actions, preset))
    assert window.settings.get(SHORTCUTS) == direct


def test_what_a_person_bound_otherwise_stays(window: MainWindow) -> None:
    actions = window.actions_by_name
    actions.set_shortcut("interview.people", "Ctrl+Alt+Shift+Q")
    take(actions, preset_changes(actions, NAMED["maxqda"]))
    assert keys(actions, "interview.people") == ["Ctrl+Alt+Shift+Q"]


def test_nothing_changes_before_it_is_said(window: MainWindow, qtbot: Any) -> None:
    actions = window.actions_by_name
    dialog = PresetDialog(actions, NAMED["otranscribe"])
    qtbot.addWidget(dialog)
    assert window.settings.get(SHORTCUTS) == {}
    rows = {
        item.text(0): (item.text(1), item.text(2))
        for row in range(dialog.list.topLevelItemCount())
        if (item := dialog.list.topLevelItem(row)) is not None
    }
    assert rows["Help for this page"][0] == "F1"
    assert rows["Help for this page"][1] not in ("F1", "none")
    dialog.reject()
    assert window.settings.get(SHORTCUTS) == {}
    dialog.use.click()
    assert keys(actions, "interview.play")[0] == "Esc"
    again = PresetDialog(actions, NAMED["otranscribe"])
    qtbot.addWidget(again)
    assert not again.use.isEnabled()
    assert again.use.toolTip()


def test_esc_plays_in_the_transcript_and_stays_the_fields_own_elsewhere(
    window: MainWindow, qtbot: Any
) -> None:
    actions = window.actions_by_name
    take(actions, preset_changes(actions, NAMED["otranscribe"]))
    page = window.page_named("interview")
    window.show_page("interview")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    play = actions["interview.play"]
    page.stack.setCurrentIndex(1)
    page.pane.view.setFocus()
    assert QKeySequence("Esc") in play.shortcuts()
    window.top_bar.search.setFocus()
    assert QKeySequence("Esc") not in play.shortcuts()
    assert QKeySequence("Ctrl+Space") in play.shortcuts()
