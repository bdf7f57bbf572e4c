"""Pictures of the program's own windows, drawn from the sample archive without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive_app.translation import use_language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from archive_app.gui.main_window import MainWindow

SIZE = (1280, 800)
SCHEMES = ("light", "dark")
TWICE = ("interview", "search")
"""Which pictures are drawn at 200 % too."""
_SCALE = "QT_SCALE_FACTOR"


def draw_pictures(folder: Path, *, only: tuple[str, ...] = ()) -> Iterator[Path]:
    """Draw each place of the window into a folder, light and dark, and yield the files.

    ``only`` names the pictures wanted ("library", "interview" …); empty: all of
    them, and two at 200 % in a process of its own, for Qt scales a whole process.
    """
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    use_language("en")
    with tempfile.TemporaryDirectory(prefix="oral-history-pictures-") as scratch:
        before = os.environ.get("ORAL_HISTORY_HOME")
        # The person's own settings and caches are none of these pictures' business.
        os.environ["ORAL_HISTORY_HOME"] = str(Path(scratch) / "home")
        try:
            yield from _drawn(folder, Path(scratch), only)
        finally:
            if before is None:
                del os.environ["ORAL_HISTORY_HOME"]
            else:
                os.environ["ORAL_HISTORY_HOME"] = before
    if not only:
        yield from _drawn_twice(folder)


def _drawn_twice(folder: Path) -> Iterator[Path]:
    code = (
        "import sys; from pathlib import Path\n"
        "from archive_app.gui.pictures import draw_pictures\n"
        "for path in draw_pictures(Path(sys.argv[1]), only=tuple(sys.argv[2:])): print(path)"
    )
    done = subprocess.run(  # noqa: S603 - this very program, with its own arguments
        [sys.executable, "-c", code, str(folder), *TWICE],
        env={**os.environ, _SCALE: "2"},
        capture_output=True,
        text=True,
        check=False,
    )
    yield from (Path(line) for line in done.stdout.splitlines() if line.endswith(".png"))


def _drawn(folder: Path, scratch: Path, only: tuple[str, ...]) -> Iterator[Path]:
    from PySide6.QtWidgets import QApplication

    from archive_app.gui.main_window import MainWindow
    from archive_app.gui.tasks import InlineTasks
    from archive_app.gui.theme import theme
    from archive_app.settings import THEME, Settings
    from archive_app.work import archives, searching
    from archive_app.work.sample import make_sample

    application = QApplication.instance() or QApplication([sys.argv[0]])
    suffix = "-200" if os.environ.get(_SCALE) == "2" else ""
    sample = make_sample(scratch / "Mini Russia in Belgrade")
    for scheme in SCHEMES:
        theme().apply(scheme)
        settings = Settings(scratch / f"settings-{scheme}")
        settings.set(THEME, scheme)
        window = MainWindow(settings, make_tasks=InlineTasks)
        window.resize(*SIZE)
        window.show()

        def save(name: str, widget: QWidget, scheme: str = scheme) -> Path:
            _settle()
            path = folder / f"{name}-{scheme}{suffix}.png"
            widget.grab().save(str(path))
            return path

        if not only or "start" in only:
            yield save("start", window)
        archive = archives.open_archive(sample, who="Ana")
        window.attach(archive)
        searching.catch_up(archive)
        for name, show in PLACES.items():
            if not only or name in only:
                yield save(name, show(window, scratch))
                _close_dialogs(window)
        window.close()
        window.deleteLater()
        _settle(50)
        searching.close_index(archive)
    theme().apply("light")
    del application


def _settle(ms: int = 250) -> None:
    """Let the window lay itself out."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _close_dialogs(window: MainWindow) -> None:
    from PySide6.QtWidgets import QDialog

    for dialog in window.findChildren(QDialog):
        dialog.close()


def _library(window: MainWindow, _: Path) -> QWidget:
    window.show_page("library")
    _settle()
    from PySide6.QtWidgets import QTableView

    tables = window.page_named("library").findChildren(QTableView)
    if tables:
        tables[0].selectRow(2)
    return window


def _interview(window: MainWindow, _: Path) -> QWidget:
    from archive_app.gui.session import Place

    session: Any = window.session
    with session.archive.read() as reader:
        interview = reader.interview_by_accession("MRB-003")
        transcript = reader.transcripts(interview.id)[0]
        turns = reader.turns(transcript.id)
    window.open_interview(1)
    window.open_interview(interview.id, Place(transcript.id, turns[24].id, 0, 0))
    page: Any = window.page
    _settle(50)
    page.player.seek(turns[24].start_ms or 0)
    return window


def _search(window: MainWindow, _: Path) -> QWidget:
    window.search_for("Beograd")
    return window


def _concordance(window: MainWindow, _: Path) -> QWidget:
    window.search_for("уехать OR otići OR leave")
    page: Any = window.page
    page.by_match.setChecked(True)
    return window


def _dossiers(window: MainWindow, _: Path) -> QWidget:
    window.show_page("dossiers")
    page: Any = window.page
    page.draw_pages()
    _settle(1_500)
    return window


def _export(window: MainWindow, _: Path) -> QWidget:
    window.show_page("dossiers")
    page: Any = window.page
    page.export_selection()
    page._dialog.target.setText("Leaving and arriving.pdf")
    return page._dialog


def _vocabulary(window: MainWindow, _: Path) -> QWidget:
    from archive_app.gui.vocabulary_dialog import VocabularyDialog

    dialog = VocabularyDialog(window.session, window)  # type: ignore[arg-type]
    dialog.show()
    return dialog


def _palette(window: MainWindow, _: Path) -> QWidget:
    window.open_interview(1)
    page: Any = window.page
    page.tagger.ask_tag()
    page.tagger.palette.field.setText("по")
    return page.tagger.palette


def _import(window: MainWindow, scratch: Path) -> QWidget:
    from archive_app.paths import resource_path

    folder = scratch / "from the recorder"
    if not folder.exists():
        folder.mkdir()
        source = next(resource_path("sample").rglob("*.flac"))
        (folder / source.name).write_bytes(source.read_bytes()[:-1])
        (folder / "new-2024.ru.vtt").write_text(
            "WEBVTT\n\n00:00.000 --> 00:04.000\n<v Ана>Когда вы приехали?\n", "utf-8"
        )
        (folder / "notes.docx").write_bytes(b"PK\x03\x04 no document")
    window.import_files([folder])
    dialog: Any = window._dialog
    return dialog


PLACES: dict[str, Callable[[MainWindow, Path], QWidget]] = {
    "library": _library,
    "interview": _interview,
    "palette": _palette,
    "search": _search,
    "concordance": _concordance,
    "dossiers": _dossiers,
    "export": _export,
    "vocabulary": _vocabulary,
    "import": _import,
}
