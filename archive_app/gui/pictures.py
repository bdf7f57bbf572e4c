"""Pictures of the program's own windows, drawn from the sample archive without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive_app.domain.records import Audience
from archive_app.errors import Environment
from archive_app.translation import current_language, tr, use_language

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from archive_app.gui.main_window import MainWindow

SIZE = (1280, 800)
SCHEMES = ("light", "dark")
TWICE = ("library", "interview", "recorder", "dossiers-reader")
"""Which pictures are drawn at 200 % too."""
PAGE_WIDTH = 1240
"""Of the page of a dossier, in pixels: some 150 a inch."""
WAIT_MS = 30_000
SOON_MS = 250
"""Longer than any timer with which the window puts something off."""
MANY_COLOURS = 8
_SCALE = "QT_SCALE_FACTOR"
_DEAF = "This plugin does not support propagateSizeHints"


def draw_pictures(folder: Path, *, only: tuple[str, ...] = ()) -> Iterator[Path]:
    """Draw each place of the window into a folder and yield the files.

    "library.png" is light, "library-dark.png" dark, "library-200.png" at 200 %,
    and "dossier.png" a page as it is printed. ``only`` names the pictures wanted
    ("library", "dossier" …); empty: all of them.

    Raises:
        Environment: the folder cannot be written, or a picture did not come about.
    """
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_drawn(os.strerror(error.errno or 0)) from error
    language, home = current_language(), os.environ.get("ORAL_HISTORY_HOME")
    use_language("en")
    with tempfile.TemporaryDirectory(prefix="oral-history-pictures-") as scratch:
        # The person's own settings and caches are none of these pictures' business.
        os.environ["ORAL_HISTORY_HOME"] = str(Path(scratch) / "home")
        try:
            yield from _drawn(folder, Path(scratch), only)
        finally:
            use_language(language)
            if home is None:
                del os.environ["ORAL_HISTORY_HOME"]
            else:
                os.environ["ORAL_HISTORY_HOME"] = home
    if not only:
        yield from _drawn_twice(folder)


def _not_drawn(reason: str) -> Environment:
    return Environment(
        tr("The pictures could not be drawn: {reason}. Nothing else was changed.", reason=reason)
    )


def _drawn_twice(folder: Path) -> Iterator[Path]:
    """Draw at 200 % in a process of its own, for Qt scales a whole process."""
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
    if done.returncode:
        raise _not_drawn(tr("the drawing at 200 % failed"))
    yield from (Path(line) for line in done.stdout.splitlines() if line.endswith(".png"))


def _drawn(folder: Path, scratch: Path, only: tuple[str, ...]) -> Iterator[Path]:
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from archive_app.gui.theme import theme
    from archive_app.work.sample import make_sample

    application = QApplication.instance() or QApplication([sys.argv[0]])
    heard = _be_quiet()
    is_twice = os.environ.get(_SCALE) == "2"
    try:
        sample = make_sample(scratch / "Mini Russia in Belgrade")
        for scheme in SCHEMES[:1] if is_twice else SCHEMES:
            suffix = "-200" if is_twice else "" if scheme == "light" else f"-{scheme}"
            for name, picture in _scheme(scheme, sample, scratch, only):
                yield _save(picture, folder / f"{name}{suffix}.png")
        if not is_twice and (not only or "dossier" in only):
            picture = _page(sample, scratch)
            if picture is not None:
                yield _save(picture, folder / "dossier.png")
    finally:
        theme().apply("light")
        qInstallMessageHandler(heard)
    del application


def _save(picture: QImage, path: Path) -> Path:
    if not picture.save(str(path)):
        raise _not_drawn(tr("{name} could not be written", name=path.name))
    return path


def _scheme(
    scheme: str, sample: Path, scratch: Path, only: tuple[str, ...]
) -> Iterator[tuple[str, QImage]]:
    """Yield the pictures of one scheme with their names."""
    from archive_app.gui.main_window import MainWindow
    from archive_app.gui.tasks import InlineTasks
    from archive_app.gui.theme import theme
    from archive_app.settings import THEME, Settings
    from archive_app.work import archives, searching

    theme().apply(scheme)
    settings = Settings(scratch / f"settings-{scheme}")
    settings.set(THEME, scheme)
    window = MainWindow(settings, make_tasks=InlineTasks)
    window.resize(*SIZE)
    window.show()
    until(window.isVisible)
    if not only or "start" in only:
        yield "start", window.grab().toImage()
    archive = archives.open_archive(sample, who="Ana")
    window.attach(archive)
    searching.catch_up(archive)
    for name, show in PLACES.items():
        if not only or name in only:
            shown = show(window, scratch)
            _rest()
            yield name, shown.grab().toImage()
            _close_dialogs(window)
    window.close()
    window.deleteLater()
    _rest()
    searching.close_index(archive)


def _page(sample: Path, scratch: Path) -> QImage | None:
    """Return a page of the sample's dossier as it is printed; None where QtPdf is missing."""
    try:
        from PySide6.QtPdf import QPdfDocument
    except ImportError:
        return None
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QColor, QImage, QPainter

    from archive_app.work import access, archives, dossiers

    selection = dossiers.Selection(accessions=("MRB-003",), title="Viktor")
    with archives.open_archive(sample) as archive:
        report = dossiers.make_dossier(
            archive, selection, scratch / "dossier.pdf",
            audience=Audience.READING_ROOM, on=access.today(archive),
        )  # fmt: skip
    document = QPdfDocument()
    document.load(str(report.path))
    texts = [document.getAllText(number).text() for number in range(document.pageCount())]
    number = next((n for n, text in enumerate(texts) if tr("[passage closed]") in text), 0)
    size = document.pagePointSize(number)
    pixels = QSize(PAGE_WIDTH, round(PAGE_WIDTH * size.height() / size.width()))
    drawn = document.render(number, pixels)
    page = QImage(drawn.size(), QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()
    document.close()
    return page


# Waiting: by the event loop and a condition, for workers need the interpreter meanwhile.


def until(is_so: Callable[[], bool]) -> None:
    """Run the event loop until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, look, end = QEventLoop(), QTimer(), QTimer()
    look.setInterval(10)
    look.timeout.connect(lambda: loop.quit() if is_so() else None)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    look.start()
    end.start(WAIT_MS)
    loop.exec()
    if not is_so():
        raise _not_drawn(tr("a part of the window did not come about in time"))


def _rest() -> None:
    """Run the event loop until what was put off to "soon" has happened: the window's own timers."""
    from PySide6.QtCore import QElapsedTimer

    since = QElapsedTimer()
    since.start()
    until(lambda: since.elapsed() > SOON_MS)


def has_painted(widget: QWidget) -> bool:
    """Tell whether something stands on a widget that draws beside the window."""
    picture = widget.grab().toImage()
    step = max(1, picture.width() // 100)
    places = [(x, picture.height() * n // 24) for x in range(0, picture.width(), step)
              for n in range(24)]  # fmt: skip
    return len({picture.pixel(x, y) for x, y in places}) > MANY_COLOURS


def _be_quiet() -> Any:
    """Let the screen that is not there not complain; return what heard the complaints before."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def tell(_kind: QtMsgType, _where: QMessageLogContext, words: str | None) -> None:
        if words and _DEAF not in words:
            print(words, file=sys.stderr)

    return qInstallMessageHandler(tell)


def _close_dialogs(window: MainWindow) -> None:
    from PySide6.QtWidgets import QDialog

    from archive_app.gui import dossier_pictures, recorder_pictures, workbench_pictures

    recorder_pictures.put_away(window)
    workbench_pictures.put_away(window)
    dossier_pictures.put_away(window)
    for dialog in window.findChildren(QDialog):
        dialog.close()


def _library(window: MainWindow, _: Path) -> QWidget:
    window.show_page("library")
    page: Any = window.page
    until(lambda: len(page.model.ids) == 4)
    page.table.choose_ids([page.model.ids[2]])
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
    until(lambda: page.loaded is not None and page.transcript_id == transcript.id)
    page.player.seek(turns[24].start_ms or 0)
    return window


def _search(window: MainWindow, _: Path) -> QWidget:
    window.search_for("Beograd")
    page: Any = window.page
    # Facets come once the index has caught up with the pictures before.
    until(lambda: page.result is not None and any(page.result.facets.values.values()))
    return window


def _concordance(window: MainWindow, _: Path) -> QWidget:
    window.search_for("уехать OR otići OR leave")
    page: Any = window.page
    page.by_match.setChecked(True)
    # Facets come once the index has caught up with the pictures before.
    until(lambda: page.result is not None and any(page.result.facets.values.values()))
    return window


def _vocabulary(window: MainWindow, _: Path) -> QWidget:
    from archive_app.gui.vocabulary_dialog import VocabularyDialog

    dialog = VocabularyDialog(window.session, window)  # type: ignore[arg-type]
    dialog.show()
    dialog.tree.setFocus()
    return dialog


def _palette(window: MainWindow, _: Path) -> QWidget:
    window.open_interview(1)
    page: Any = window.page
    until(lambda: page.loaded is not None and page.transcript_id > 0)
    page.tagger.ask_tag()
    page.tagger.palette.field.setText("по")
    return page.tagger.palette


def _of(module: str, name: str) -> Callable[[MainWindow, Path], QWidget]:
    def show(window: MainWindow, scratch: Path) -> QWidget:
        shown = getattr(import_module(f"archive_app.gui.{module}"), name)(window, scratch)
        _rest()
        return shown

    return show


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
    window.show_page("library")
    window.import_files([folder])
    dialog: Any = window._dialog
    until(lambda: dialog.table.rowCount() > 0)
    return dialog


PLACES: dict[str, Callable[[MainWindow, Path], QWidget]] = {
    "library": _library,
    "interview": _interview,
    "beside": _of("workbench_pictures", "beside"),
    "lost-tags": _of("workbench_pictures", "lost_tags"),
    "part": _of("workbench_pictures", "part"),
    "palette": _palette,
    "search": _search,
    "concordance": _concordance,
    "dossiers": _of("dossier_pictures", "volume"),
    "dossiers-reader": _of("dossier_pictures", "reader"),
    "dossiers-finding-aid": _of("dossier_pictures", "finding_aid"),
    "dossiers-cards": _of("dossier_pictures", "cards"),
    "dossier-text": _of("dossier_pictures", "text"),
    "dossier-passage": _of("dossier_pictures", "ends"),
    "export": _of("dossier_pictures", "export"),
    "proof": _of("dossier_pictures", "proof"),
    "vocabulary": _vocabulary,
    "import": _import,
    "recorder": _of("recorder_pictures", "recorder"),
    "recorder-warning": _of("recorder_pictures", "recorder_clipped"),
    "consent": _of("recorder_pictures", "consent"),
    "interrupted": _of("recorder_pictures", "interrupted"),
}
