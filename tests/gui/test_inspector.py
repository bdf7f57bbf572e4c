"""The record: editing in place, errors in words, access and consent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolButton
from window_material import filled_archive, window_on

from archive_app.domain.records import Audience, ConsentUse, Layer
from archive_app.gui.access_dialog import CloseDialog, ConsentDialog, WithdrawDialog
from archive_app.gui.inspector import Inspector
from archive_app.gui.main_window import MainWindow
from archive_app.gui.people_dialog import PeopleDialog, RealNameDialog
from archive_app.gui.session import Session
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.work import interviews


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    window = window_on(filled_archive(tmp_path), Settings(config_folder()))
    window.show()
    page = window.page_named("library")
    page.table.choose_ids([1])
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def inspector(window: MainWindow) -> Inspector:
    return window.page_named("library").inspector


@pytest.fixture
def session(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def line(inspector: Inspector, name: str) -> QLineEdit:
    editor = inspector.fields[name].editor
    assert isinstance(editor, QLineEdit)
    return editor


def test_leaving_a_field_stores_it_and_undo_takes_it_back(
    inspector: Inspector, session: Session, window: MainWindow
) -> None:
    place = line(inspector, "place")
    place.setFocus()
    QTest.keyClicks(place, "Belgrade")
    QTest.keyClick(place, Qt.Key.Key_Return)
    with session.archive.read() as reader:
        assert reader.places()[0].names == {"en": "Belgrade"}
    window.undo()
    inspector.show_interviews([1])
    assert line(inspector, "place").text() == ""


def test_ctrl_z_in_a_field_takes_back_typing_first_and_then_what_was_stored(
    inspector: Inspector, session: Session, window: MainWindow
) -> None:
    window.activateWindow()
    place = line(inspector, "place")
    place.setFocus()
    QTest.keyClicks(place, "Belgrade")
    QTest.keyClick(place, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert place.text() == ""
    QTest.keyClicks(place, "Novi Sad")
    QTest.keyClick(place, Qt.Key.Key_Return)
    inspector.show_interviews([1])
    QTest.keyClick(place, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with session.archive.read() as reader:
        assert reader.places() == []


def test_ctrl_enter_stores_a_long_field(inspector: Inspector, session: Session) -> None:
    abstract = inspector.fields["abstract"].editor
    assert isinstance(abstract, QPlainTextEdit)
    QTest.keyClicks(abstract, "How they came to Belgrade.")
    QTest.keyClick(abstract, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with session.archive.read() as reader:
        assert reader.interview(1).abstract == "How they came to Belgrade."


def test_what_is_wrong_stands_under_the_field_and_what_was_typed_stays(
    inspector: Inspector, session: Session
) -> None:
    field = inspector.fields["date"]
    line(inspector, "date").setText("the other day")
    assert not field.commit()
    assert field.told.isVisible()
    assert "the other day" in field.told.text()
    assert not inspector.commit()
    assert line(inspector, "date").text() == "the other day"
    QTest.keyClick(line(inspector, "date"), Qt.Key.Key_Escape)
    assert line(inspector, "date").text() == "2022-10"
    assert not field.told.isVisible()


def test_an_accession_number_that_is_taken_is_refused_in_words(
    inspector: Inspector, session: Session
) -> None:
    field = inspector.fields["accession"]
    line(inspector, "accession").setText("MRB-002")
    field.commit()
    assert "already" in field.told.text()
    assert field.told.isVisible()
    line(inspector, "accession").setText("MRB-001")


def test_a_change_elsewhere_does_not_disturb_what_is_being_typed(
    inspector: Inspector, session: Session, window: MainWindow
) -> None:
    title = line(inspector, "title")
    title.setFocus()
    title.setText("Half a ti")
    session.write(interviews.edit_interview, 1, {"keywords": "ice"})
    inspector.show_interviews([1])
    assert title.text() == "Half a ti"
    assert line(inspector, "keywords").text() == "ice"


def test_choosing_another_interview_stores_what_was_typed(
    inspector: Inspector, session: Session, window: MainWindow
) -> None:
    line(inspector, "title").setText("Vadim on ice")
    window.page_named("library").table.choose_ids([2])
    with session.archive.read() as reader:
        assert reader.interview(1).title == "Vadim on ice"
        assert reader.interview(2).title == "Interview with Alexandra"
    assert line(inspector, "title").text() == "Interview with Alexandra"


def test_several_chosen_interviews_are_said(inspector: Inspector, window: MainWindow) -> None:
    window.page_named("library").table.selectAll()
    assert inspector.heading.text() == "3 interviews are chosen."
    assert not inspector.open_button.isVisible()


def test_a_layer_is_closed_and_lifted(inspector: Inspector, session: Session) -> None:
    dialog = CloseDialog(session, inspector, interview_id=1)
    dialog.layer.setCurrentIndex(dialog.layer.findData(Layer.TRANSCRIPT))
    dialog.shut_out.setCurrentIndex(dialog.shut_out.findData(Audience.PUBLIC))
    dialog.has_end.setChecked(True)
    dialog.opens.setChecked(True)
    QTest.keyClicks(dialog.reason, "asked for it")
    dialog.go.click()
    with session.archive.read() as reader:
        (one,) = reader.restrictions(1)
    assert one.layer is Layer.TRANSCRIPT
    assert one.shut_out is Audience.PUBLIC
    assert one.opens_by_itself
    assert one.until is not None
    assert one.reason == "asked for it"
    inspector.show_interviews([1])
    buttons = inspector.parts.access.findChildren(QToolButton)
    lift = [button for button in buttons if button.text() == "Lift"]
    lift[0].click()
    with session.archive.read() as reader:
        assert reader.restrictions(1) == []


def test_consent_is_recorded_and_withdrawn(inspector: Inspector, session: Session) -> None:
    dialog = ConsentDialog(session, inspector, interview_id=1, people={1: "Vadim"})
    dialog.uses[ConsentUse.QUOTATION].setChecked(True)
    dialog.go.click()
    with session.archive.read() as reader:
        (consent,) = reader.consents(1)
    assert consent.uses == {ConsentUse.QUOTATION}
    assert consent.signed_on == session.today()
    WithdrawDialog(session, inspector, consent=consent).go.click()
    with session.archive.read() as reader:
        assert reader.consents(1)[0].withdrawn_on == session.today()


def test_a_real_name_is_protected_and_a_bad_pseudonym_refused(
    inspector: Inspector, session: Session
) -> None:
    assert inspector.card is not None
    person = inspector.card.contributions[0].person
    dialog = RealNameDialog(session, inspector, person=person)
    dialog.pseudonym.setText("Vadim")
    dialog.go.click()
    assert dialog.told.text()
    dialog.pseudonym.setText("Boris")
    dialog.go.click()
    with session.archive.read() as reader:
        changed = reader.person(person.id)
    assert changed.public_name == "Boris"
    assert changed.real_names == ("Vadim",)


def test_the_register_edits_an_entry(inspector: Inspector, session: Session) -> None:
    dialog = PeopleDialog(session, inspector)
    assert dialog.people.count() == 3
    QTest.keyClicks(dialog.filter, "vik")
    shown = [n for n in range(3) if not dialog.people.item(n).isHidden()]
    assert len(shown) == 1
    dialog.people.setCurrentRow(shown[0])
    dialog.biography.setPlainText("A veterinarian.")
    dialog.save.click()
    with session.archive.read() as reader:
        assert [p.biography for p in reader.people() if p.public_name == "Viktor"] == [
            "A veterinarian."
        ]
    dialog.deleteLater()


def test_a_note_is_added_and_deleted(inspector: Inspector, session: Session) -> None:
    parts = inspector.parts
    parts._note.setPlainText("Ask about the gallery.")
    parts._add_note()
    with session.archive.read() as reader:
        (note,) = reader.notes("interview", 1)
    assert note.text == "Ask about the gallery."
    assert parts._note.toPlainText() == ""
    parts._delete_note(note)
    with session.archive.read() as reader:
        assert reader.notes("interview", 1) == []


def test_the_record_is_made_piece_by_piece_and_whole_when_it_is_needed(
    qtbot: Any, session: Session
) -> None:
    one = Inspector(session)
    qtbot.addWidget(one)
    assert one.fields == {}
    assert one.commit()
    one.remember()
    qtbot.waitUntil(lambda: "keywords" in one.fields)
    other = Inspector(session)
    qtbot.addWidget(other)
    other.show_interviews([2])
    assert line(other, "title").text() == "Interview with Alexandra"
    assert line(other, "keywords").text() == ""
