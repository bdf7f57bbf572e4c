"""An archivist works through the morning's list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hands import ALT, CTRL, SHIFT, OpenWindow
from PySide6.QtCore import Qt

from archive_app.domain.records import Status
from archive_app.gui.vocabulary_dialog import VocabularyDialog
from archive_app.work import interviews
from archive_app.work.archives import open_archive
from archive_app.work.sample import make_sample


def test_the_archivist_corrects_tags_merges_and_undoes(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    archive = open_archive(make_sample(tmp_path / "Sample"), who="Ana")
    interviews.set_status(archive, [1], Status.TRANSCRIBED)
    hands = open_window(archive)
    window = hands.window
    library = window.page_named("library")

    hands.settle()
    row = list(library.model.ids).index(1)
    hands.click_item(library.table, library.model.index(row, 1))
    hands.key(Qt.Key.Key_Return, CTRL)
    page: Any = window.page
    assert page.interview_id == 1
    view = page.pane.view
    view.setFocus()

    with archive.read() as reader:
        before = reader.turns(1)
        tagged = reader.counts().taggings
    hands.key(Qt.Key.Key_F4)
    hands.key(Qt.Key.Key_F4)
    hands.key(Qt.Key.Key_Home, CTRL)
    hands.key(Qt.Key.Key_Right, CTRL)
    hands.type("самое ")
    hands.key(Qt.Key.Key_Down, ALT)

    clicks = hands.clicks
    spotted = hands.actions
    for number in range(40):
        if number % 10 == 0:
            hands.key(Qt.Key.Key_T, CTRL)
            hands.type("дом" if number else "neighb")
            hands.key(Qt.Key.Key_Return)
        else:
            hands.key(Qt.Key(Qt.Key.Key_1 + number % 9), ALT)
        hands.key(Qt.Key.Key_Down, ALT)
    assert hands.clicks == clicks
    print(f"forty passages tagged in {hands.actions - spotted} key strokes, without the mouse")
    with archive.read() as reader:
        assert reader.counts().taggings >= tagged + 36
        assert reader.turns(1)[0].text != before[0].text
        assert "самое " in reader.turns(1)[0].text

    hands.key(Qt.Key.Key_V, CTRL | SHIFT)
    dialog = next(iter(window.findChildren(VocabularyDialog)))
    with archive.read() as reader:
        tags = {tag.name(): tag.id for tag in reader.tags()}
        counts = reader.tag_counts()
    dialog.choose(tags["housing"])
    dialog.tree.setFocus()
    hands.actions += 1
    hands.key(Qt.Key.Key_M, CTRL)
    hands.type("home")
    hands.key(Qt.Key.Key_Return)
    with archive.read() as reader:
        assert "housing" not in {tag.name() for tag in reader.tags()}
        assert reader.tag_counts()[tags["home"]] > counts[tags["home"]]
    dialog.tree.setFocus()
    hands.key(Qt.Key.Key_Z, CTRL)
    with archive.read() as reader:
        assert "housing" in {tag.name() for tag in reader.tags()}
        assert reader.tag_counts() == counts
    dialog.close()
    hands.actions += 1

    status = page.inspector.record.status
    page.inspector.ensureWidgetVisible(status)
    hands.choose(status, "audited")
    with archive.read() as reader:
        assert reader.interview(1).status is Status.AUDITED
    hands.told("The archivist: one correction, forty tags, a merge taken back, a status")
