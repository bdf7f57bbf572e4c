"""A scholar in the reading room gathers what was said about leaving."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hands import ALT, CTRL, SHIFT, Hands, OpenWindow
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem

from archive_app.domain.records import Audience
from archive_app.work.archives import open_archive
from archive_app.work.collecting import HEADING, PASSAGE
from archive_app.work.sample import make_sample

HEADINGS = ("Leaving", "The way", "Arriving", "Looking back")


def facet(hands: Hands, title: str, value: str) -> None:
    page: Any = hands.window.page
    tree = page.facets
    for number in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(number)
        if top.text(0) == title:
            found: list[QTreeWidgetItem] = [top.child(n) for n in range(top.childCount())]
            item = next(one for one in found if one.text(0) == value)
            hands.click_item(tree, tree.indexFromItem(item))
            return
    raise AssertionError(f"no facet {title}")


def test_the_scholar_gathers_orders_and_exports(open_window: OpenWindow, tmp_path: Path) -> None:
    archive = open_archive(make_sample(tmp_path / "Sample"), who="Reader")
    hands = open_window(archive)
    window = hands.window
    hands.choose(window.top_bar.audience, "Reading room")
    assert window.session is not None
    assert window.session.audience is Audience.READING_ROOM

    hands.key(Qt.Key.Key_K, CTRL)
    hands.type("уехать OR отићи OR leave")
    hands.key(Qt.Key.Key_Return)
    page: Any = window.page
    everything = page.result.total
    languages = {p.language for i in page.result.interviews for p in i.passages}
    assert {"ru", "en"} <= languages
    facet(hands, "Year", "2022")
    assert "date:2022" in page.field.text()
    assert page.result.total <= everything
    shown = "\n".join(p.text for i in page.result.interviews for p in i.passages)
    assert "Сергей" not in shown
    assert "Sergey" not in shown

    hands.answering("On leaving")
    hands.choose(page.dossier, "N")
    page.list.setFocus()
    hands.actions += 1
    found = [n for n, row in enumerate(page.rows.rows) if row.passage is not None]
    assert len(found) >= 12
    page.list.setCurrentIndex(page.rows.index(found[0]))
    hands.key(Qt.Key.Key_Down, SHIFT, times=found[11] - found[0])
    hands.key(Qt.Key.Key_D, CTRL)
    hands.key(Qt.Key.Key_D, CTRL | SHIFT)

    dossiers: Any = window.page
    assert dossiers.title == "Dossiers"
    outline = dossiers.outline
    assert [one.item.kind for one in outline.outline_items()] == [PASSAGE] * 12
    for number, words in enumerate(HEADINGS):
        outline.setFocus()
        hands.click_item(outline, outline.model().index(number * 4, 0))
        hands.answering(words)
        hands.key(Qt.Key.Key_H, CTRL | SHIFT)
    kinds = [one.item.kind for one in outline.outline_items()]
    assert [n for n, kind in enumerate(kinds) if kind == HEADING] == [0, 4, 8, 12]
    hands.click_item(outline, outline.model().index(1, 0))
    moved = outline.current().item.id
    hands.key(Qt.Key.Key_Down, ALT)
    assert outline.outline_items()[2].item.id == moved

    hands.key(Qt.Key.Key_F5)
    hands.qtbot.waitUntil(lambda: dossiers.pages.pages > 4)
    hands.key(Qt.Key.Key_E, CTRL)
    dialog = dossiers._dialog
    held = [dialog.held.topLevelItem(n).text(0) for n in range(dialog.held.topLevelItemCount())]
    offered = [dialog.audience.itemText(n) for n in range(dialog.audience.count())]
    assert "Staff" not in offered
    assert held in (["MRB-003"], ["Nothing is held back."])
    target = tmp_path / "on leaving.pdf"
    hands.click(dialog.target)
    hands.key(Qt.Key.Key_A, CTRL)
    hands.type(str(target))
    hands.click(dialog.go)
    assert target.read_bytes().startswith(b"%PDF")
    assert "Written and checked" in dialog.outcome.words.text()
    assert dialog.proof.isVisible()
    assert dialog.proof.verdict.text() == "The dossier says what was released, and nothing else."
    hands.told("The scholar: three languages, twelve passages, four headings, one PDF")
    dialog.close()
