"""A link that was copied from a dossier opens the interview at its turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from archive_app.gui.main_window import MainWindow
from archive_app.gui.session import Place
from archive_app.settings import Settings
from archive_app.store.archive import Archive
from archive_app.work.archives import open_archive
from tests.gui.window_material import window_on


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, Place | None]]:
    places: list[tuple[int, Place | None]] = []
    monkeypatch.setattr(
        MainWindow, "open_interview", lambda _self, one, place=None: places.append((one, place))
    )
    return places


def test_a_link_leads_to_its_turn(
    qtbot: QtBot, archive: Archive, tmp_path: Path, went: list[tuple[int, Place | None]]
) -> None:
    window = window_on(archive, Settings(tmp_path))
    qtbot.addWidget(window)
    window.doors.links.follow("oralhistory:MRB-001@0:00:30")
    ((interview_id, place),) = went
    with archive.read() as reader:
        found = reader.interview_by_accession("MRB-001")
    assert found is not None
    assert interview_id == found.id
    assert place is not None
    assert place.ms == 30_000


def test_a_link_that_comes_before_the_archive_waits_for_it(
    qtbot: QtBot, archive: Archive, tmp_path: Path, went: list[tuple[int, Place | None]]
) -> None:
    window = window_on(None, Settings(tmp_path))
    qtbot.addWidget(window)
    window.doors.links.follow("oralhistory:MRB-002")
    assert not went
    window.attach(archive)
    assert len(went) == 1


def test_a_link_that_leads_nowhere_says_so(
    qtbot: QtBot, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    went: list[tuple[int, Place | None]],
) -> None:  # fmt: skip
    shown: list[str] = []
    monkeypatch.setattr(MainWindow, "show_error", lambda _self, error: shown.append(error.message))
    window = window_on(archive, Settings(tmp_path))
    qtbot.addWidget(window)
    window.doors.links.follow("oralhistory:XX-9@1:00")
    assert not went
    assert "XX-9" in shown[0]
