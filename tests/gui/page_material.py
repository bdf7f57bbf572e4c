"""A sample archive with a session on it, for the tests of the pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from archive_app.gui.session import Session
from archive_app.gui.tasks import InlineTasks, Tasks
from archive_app.media.waveform import waveform_of
from archive_app.paths import cache_folder
from archive_app.settings import Settings
from archive_app.store.archive import Archive
from archive_app.work import archives
from archive_app.work.sample import make_sample


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, made once; copy it before writing to it."""
    return make_sample(tmp_path_factory.mktemp("sample") / "Sample")


@pytest.fixture(scope="session")
def sample_waveforms(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of the sample's waveforms: decoding them for each test takes a second each."""
    cache = tmp_path_factory.mktemp("waveforms")
    with archives.open_archive(sample_folder, who="Ana") as opened, opened.read() as reader:
        for one in reader.recordings_of([1, 2, 3, 4]):
            waveform_of(sample_folder / one.vault_path, sha256=one.sha256, cache=cache)
    return cache


@pytest.fixture
def archive(
    sample_folder: Path, sample_waveforms: Path, own_home: Path, tmp_path: Path
) -> Iterator[Archive]:
    shutil.copytree(sample_waveforms, cache_folder(), dirs_exist_ok=True)
    folder = tmp_path / sample_folder.name
    shutil.copytree(sample_folder, folder)
    opened = archives.open_archive(folder, who="Ana")
    yield opened
    opened.close()


@pytest.fixture
def session(archive: Archive, qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """A session whose work is done at once, in the window's thread."""
    tasks = InlineTasks()
    made = Session(archive, tasks, Settings(tmp_path / "settings"))
    yield made
    made._index_timer.stop()
    tasks.close()


@pytest.fixture
def threaded_session(archive: Archive, qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """A session whose work is done beside the window, as people have it."""
    tasks = Tasks()
    made = Session(archive, tasks, Settings(tmp_path / "settings"))
    yield made
    made._index_timer.stop()
    tasks.close()
