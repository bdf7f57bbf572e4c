"""Every control has a name that a screen reader can say, on the pages and in the dialogs."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from window_material import window_on

import archive_app.gui
from archive_app.domain.doubts import Flag, FlagKind
from archive_app.domain.records import (
    Audience,
    Consent,
    Dossier,
    Layer,
    Person,
    Restriction,
    Span,
)
from archive_app.errors import UserFacing
from archive_app.gui.access_dialog import AskDialog, CloseDialog, ConsentDialog, WithdrawDialog
from archive_app.gui.cite_dialog import CiteDialog
from archive_app.gui.command_palette import CommandPalette
from archive_app.gui.consent_dialog import ConsentBeforeRecording
from archive_app.gui.dossier_choice import ChoiceDialog
from archive_app.gui.dossier_export import DossierExportDialog
from archive_app.gui.dossier_exports_dialog import ExportsDialog
from archive_app.gui.dossier_passage_dialog import PassageDialog, ShownPassage, ShownTurn
from archive_app.gui.dossier_picture_dialog import PictureDialog
from archive_app.gui.dossier_text_dialog import NoteDialog, TextDialog
from archive_app.gui.error_dialog import ErrorDialog
from archive_app.gui.export_dialog import ExportDialog
from archive_app.gui.footnotes_dialog import FootnoteDialog, FootnoteList
from archive_app.gui.help_dialog import AboutDialog, HelpDialog, KeysDialog
from archive_app.gui.history_dialog import HistoryDialog
from archive_app.gui.import_dialog import ImportDialog
from archive_app.gui.key_preset_dialog import PresetDialog
from archive_app.gui.key_presets import PRESETS
from archive_app.gui.main_window import MainWindow
from archive_app.gui.mend_dialog import MendDialog
from archive_app.gui.overlay_dialog import OverlayDialog
from archive_app.gui.people_dialog import PeopleDialog, RealNameDialog
from archive_app.gui.preferences_dialog import PreferencesDialog
from archive_app.gui.question_dialogs import ChangeDialog, ReviewDialog, SignedDialog
from archive_app.gui.questions_dialog import QuestionsDialog
from archive_app.gui.recorder_choice import InterviewChoice
from archive_app.gui.shell_actions import PLACES
from archive_app.gui.tag_dialogs import MergeDialog
from archive_app.gui.tag_palette import TagPalette
from archive_app.gui.vocabulary_dialog import VocabularyDialog
from archive_app.settings import Settings
from archive_app.work import access, collecting, vocabulary
from archive_app.work.archives import open_archive
from archive_app.work.citing import CitedPlace

pytest_plugins = ["page_material"]

INSIDE = frozenset(("QComboBoxPrivateContainer", "QComboBoxListView", "QHeaderView"))
"""Parts that Qt makes within a control: the control's name is theirs."""


@pytest.fixture(scope="module")
def window(
    sample_folder: Path, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication
) -> Iterator[MainWindow]:
    """One window for all: nothing is done in it but looking."""
    place = tmp_path_factory.mktemp("names")
    archive = open_archive(shutil.copytree(sample_folder, place / sample_folder.name), who="Ana")
    window = window_on(archive, Settings(place))
    window.show()
    for name in PLACES:
        window.page_named(name)
    window.open_interview(1)
    yield window
    window.close()
    window.deleteLater()


def is_inside(widget: QWidget) -> bool:
    """Whether a widget is a part that Qt itself makes of a control."""
    parent = widget.parentWidget()
    own = widget.metaObject().className()
    if widget.objectName().startswith("qt_") or own in INSIDE:
        return True
    if parent is None:
        return False
    if parent.metaObject().className() in INSIDE:
        return True
    is_button = widget.inherits("QAbstractButton")
    if is_button and (parent.inherits("QTabBar") or parent.inherits("QTableView")):
        return True
    return (
        parent.inherits("QLineEdit")
        or parent.inherits("QComboBox")
        or (parent.inherits("QAbstractSpinBox") or parent.inherits("QKeySequenceEdit"))
    )


def is_words(widget: QWidget) -> bool:
    """Whether it is words that a mouse can copy: they are read out themselves."""
    return widget.inherits("QLabel") and widget.focusPolicy() == Qt.FocusPolicy.ClickFocus


def nameless(root: QWidget) -> list[str]:
    """Return every control below that takes the keyboard and has no name to be read out."""
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        takes_keys = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        is_control = widget.inherits("QAbstractButton") or takes_keys
        if not is_control or is_inside(widget) or is_words(widget):
            continue
        said = QAccessible.queryAccessibleInterface(widget)
        name = said.text(QAccessible.Text.Name) if said is not None else ""
        if not name.strip():
            owner = widget.parentWidget()
            where = owner.metaObject().className() if owner else ""
            what = widget.objectName() or widget.toolTip()
            found.append(f"{where} > {widget.metaObject().className()} {what}".strip())
    return sorted(found)


@pytest.mark.parametrize("place", PLACES)
def test_every_control_of_a_page_has_a_name(window: MainWindow, place: str) -> None:
    window.show_page(place)
    assert nameless(window.page_named(place)) == []


def test_every_control_around_the_pages_has_a_name(window: MainWindow) -> None:
    around = [window.top_bar, window.side_bar, window.status_line, window.start_page,
              window.progress_strip, window.audience_strip, window.unfinished_strip]  # fmt: skip
    assert [name for part in around for name in nameless(part)] == []


# Dialogs ----------------------------------------------------------------------

Make = Callable[[MainWindow], QDialog]


def session_of(window: MainWindow) -> Any:
    assert window.session is not None
    return window.session


def page_of(window: MainWindow) -> Any:
    return window.page_named("interview")


def restriction(window: MainWindow) -> Restriction:
    archive = session_of(window).archive
    made = access.restrict_layer(archive, 1, Layer.RECORDING, shut_out=Audience.PUBLIC).value
    with archive.read() as reader:
        return next(one for one in reader.restrictions(1) if one.id == made)


def consent(window: MainWindow) -> Consent:
    with session_of(window).archive.read() as reader:
        found = [one for number in range(1, 5) for one in reader.consents(number)]
    return found[0]


def person(window: MainWindow) -> Person:
    with session_of(window).archive.read() as reader:
        return reader.people()[0]


def dossier(window: MainWindow) -> Dossier:
    made = collecting.create_dossier(session_of(window).archive, "One").value
    with session_of(window).archive.read() as reader:
        return reader.dossier(made)


def no_offers(_: Any) -> tuple[()]:
    return ()


def palette(window: MainWindow) -> TagPalette:
    with session_of(window).archive.read() as reader:
        tree = vocabulary.tag_tree(reader)
    return TagPalette(tree, parent=window)


def flag() -> Flag:
    return Flag(FlagKind.MIXED_SCRIPT, Span(1, 0, 1, 3), "abc", "why", "abd")


DIALOGS: dict[type[QDialog], Make] = {
    AboutDialog: lambda w: AboutDialog(w),
    AskDialog: lambda w: AskDialog(session_of(w), w, title="T", words="W", verb="V"),
    ChangeDialog: lambda w: ChangeDialog(session_of(w), w, restriction=restriction(w)),
    ChoiceDialog: lambda w: ChoiceDialog(
        session_of(w), w, title="T", words="W", verb="V", read=partial(no_offers)
    ),
    CiteDialog: lambda w: CiteDialog(session_of(w), [CitedPlace(1)], w),
    CloseDialog: lambda w: CloseDialog(session_of(w), w, interview_id=1),
    CommandPalette: lambda w: CommandPalette(w.actions_by_name, w.page, w),
    ConsentBeforeRecording: lambda w: ConsentBeforeRecording(
        session_of(w), w, interview_id=1, people={1: "A"}
    ),
    ConsentDialog: lambda w: ConsentDialog(session_of(w), w, interview_id=1, people={1: "A"}),
    DossierExportDialog: lambda w: DossierExportDialog(session_of(w), dossier(w), w),
    ErrorDialog: lambda w: ErrorDialog(UserFacing("What", details="how"), w),
    ExportDialog: lambda w: ExportDialog(session_of(w), [1], w),
    ExportsDialog: lambda w: ExportsDialog(session_of(w), dossier(w).id, "One", w),
    FootnoteDialog: lambda w: FootnoteDialog("T", "W", parent=w),
    FootnoteList: lambda w: FootnoteList(w),
    HelpDialog: lambda w: HelpDialog("interview", w),
    HistoryDialog: lambda w: HistoryDialog(session_of(w), w),
    ImportDialog: lambda w: ImportDialog(session_of(w), w),
    InterviewChoice: lambda w: InterviewChoice(
        session_of(w), w, title="T", words="W", verb="V"
    ),
    KeysDialog: lambda w: KeysDialog(w.actions_by_name, w.page, w),
    MendDialog: lambda w: MendDialog([flag()], ["abc def"], lambda _: None, w),
    MergeDialog: lambda w: MergeDialog(session_of(w), w),
    NoteDialog: lambda w: NoteDialog("Words", w),
    OverlayDialog: lambda w: OverlayDialog(session_of(w), 1, 1, w),
    PassageDialog: lambda w: PassageDialog(
        ShownPassage((ShownTurn(1, "Ana", "Words"),), Span(1, 0, 1, 5)), w
    ),
    PeopleDialog: lambda w: PeopleDialog(session_of(w), w),
    PictureDialog: lambda w: PictureDialog(session_of(w), w),
    PreferencesDialog: lambda w: PreferencesDialog(w.settings, w.actions_by_name, w),
    PresetDialog: lambda w: PresetDialog(w.actions_by_name, PRESETS[1], w),
    QuestionsDialog: lambda w: QuestionsDialog(session_of(w), w),
    RealNameDialog: lambda w: RealNameDialog(session_of(w), w, person=person(w)),
    ReviewDialog: lambda w: ReviewDialog(session_of(w), w, restriction=restriction(w)),
    SignedDialog: lambda w: SignedDialog(session_of(w), w, consent=consent(w)),
    TagPalette: palette,
    TextDialog: lambda w: TextDialog((), w),
    VocabularyDialog: lambda w: VocabularyDialog(session_of(w), w),
    WithdrawDialog: lambda w: WithdrawDialog(session_of(w), w, consent=consent(w)),
}  # fmt: skip
ELSEWHERE = frozenset(("ExportBase", "_Reading", "RecorderWindow", "UnfinishedDialog"))
"""Two bases that are never shown, and what the recorder's own tests walk over."""


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_every_control_of_a_dialog_has_a_name(window: MainWindow, kind: type[QDialog]) -> None:
    dialog = DIALOGS[kind](window)
    dialog.show()
    try:
        assert nameless(dialog) == []
        assert dialog.windowTitle() or isinstance(dialog, ErrorDialog)
    finally:
        dialog.close()


def test_no_dialog_is_forgotten() -> None:
    found: set[str] = set()
    for module in pkgutil.iter_modules([str(Path(archive_app.gui.__file__).parent)]):
        loaded = importlib.import_module(f"archive_app.gui.{module.name}")
        found |= {
            name
            for name, one in inspect.getmembers(loaded, inspect.isclass)
            if issubclass(one, QDialog) and one.__module__ == loaded.__name__
        }
    assert found - {kind.__name__ for kind in DIALOGS} - ELSEWHERE == set()
