"""What waits for a decision: at the foot, in the list, and beside the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from window_material import filled_archive, window_on

from archive_app.domain.records import Audience, Layer, Role, Span, TranscriptKind
from archive_app.domain.release_rules import QuestionKind
from archive_app.gui.access_dialog import AskDialog
from archive_app.gui.closing_terms import day_of
from archive_app.gui.flow_layout import FlowLayout
from archive_app.gui.inspector import Inspector
from archive_app.gui.main_window import MainWindow
from archive_app.gui.people_dialog import RealNameDialog
from archive_app.gui.question_dialogs import ChangeDialog, ReviewDialog, SignedDialog
from archive_app.gui.questions_dialog import QuestionsDialog
from archive_app.gui.session import Session
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.work import access, interviews


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    archive = filled_archive(tmp_path)
    day = access.today(archive)
    access.restrict_layer(
        archive, 1, Layer.TRANSCRIPT, shut_out=Audience.PUBLIC, until=day - timedelta(3),
        reason="asked for it",
    )  # fmt: skip
    access.restrict_layer(
        archive, 1, Layer.RECORDING, shut_out=Audience.READING_ROOM, review_on=day
    )
    access.add_consent(archive, 1, form="Deed of gift")
    access.add_consent(archive, 2, form="Deed of gift", signed_on=day)
    window = window_on(archive, Settings(config_folder()))
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


def press(inspector: Inspector, words: str) -> AskDialog | None:
    """Press the first button of the section with these words; return the dialog it opened."""
    shown = inspector.parts.questions.findChildren(QToolButton)
    next(one for one in shown if one.text() == words and not one.isHidden()).click()
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, AskDialog)]
    return next((one for one in dialogs if one.isVisible()), None)


def qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def restriction(session: Session, layer: Layer) -> Any:
    with session.archive.read() as reader:
        return next((one for one in reader.restrictions(1) if one.layer is layer), None)


def test_the_record_asks_in_sentences(inspector: Inspector) -> None:
    section = inspector.parts.questions
    assert section.isVisible()
    assert section.heading.isChecked()
    assert section.heading.text().split() == ["Questions", "3"]
    words = [one.words for one in section.entries]
    assert words[0].startswith("The transcript: the embargo ended on ")
    assert words[1].startswith("The recording: to be reviewed since ")
    assert words[2] == "A consent form has no date of signing."
    assert [one.under for one in section.entries] == ["asked for it", "", "Deed of gift"]


def test_an_interview_without_questions_has_no_such_section(
    inspector: Inspector, window: MainWindow
) -> None:
    window.page_named("library").table.choose_ids([2])
    assert not inspector.parts.questions.isVisible()


def test_opening_lifts_the_embargo_and_undo_closes_again(
    inspector: Inspector, session: Session, window: MainWindow
) -> None:
    assert press(inspector, "Open it now") is None
    assert restriction(session, Layer.TRANSCRIPT) is None
    window.undo()
    assert restriction(session, Layer.TRANSCRIPT) is not None


def test_an_embargo_is_kept_closed_until_another_day(
    inspector: Inspector, session: Session
) -> None:
    dialog = press(inspector, "Keep closed until…")
    assert isinstance(dialog, ChangeDialog)
    assert dialog.terms.has_end.isChecked()
    assert dialog.terms.reason.text() == "asked for it"
    dialog.terms.until.setDate(qdate(session.today()))
    dialog.go.click()
    assert dialog.told.isVisible()
    until = session.today() + timedelta(365)
    dialog.terms.until.setDate(qdate(until))
    dialog.go.click()
    closed = restriction(session, Layer.TRANSCRIPT)
    assert closed.until == until
    assert closed.shut_out is Audience.PUBLIC
    assert not closed.opens_by_itself


def test_a_review_is_noted_with_the_day_of_the_next(inspector: Inspector, session: Session) -> None:
    dialog = press(inspector, "Reviewed…")
    assert isinstance(dialog, ReviewDialog)
    next_day = day_of(dialog.day)
    dialog.go.click()
    closed = restriction(session, Layer.RECORDING)
    assert closed.review_on == next_day > session.today()
    assert closed.shut_out is Audience.READING_ROOM


def test_a_form_gets_its_day_of_signing(inspector: Inspector, session: Session) -> None:
    dialog = press(inspector, "Signed on…")
    assert isinstance(dialog, SignedDialog)
    dialog.go.click()
    with session.archive.read() as reader:
        assert reader.consents(1)[0].signed_on == session.today()


def test_a_lost_passage_is_opened_where_it_can_be_set_again(
    inspector: Inspector, session: Session, window: MainWindow
) -> None:
    with session.archive.write("Fill", interview_id=3) as writer:
        text = writer.insert("transcript", interview_id=3, language="ru",
                             kind=TranscriptKind.VERBATIM)  # fmt: skip
        turn = writer.insert("turn", transcript_id=text, position=1, text="Снег.")
    session.write(access.restrict_span, text, Span(turn, 0, turn, 4), shut_out=Audience.PUBLIC)
    with session.archive.write("Lose", interview_id=3) as writer:
        writer.update("restriction", writer.restrictions(3)[0].id, is_orphan=True)
    window.page_named("library").table.choose_ids([3])
    entry = inspector.parts.questions.entries[0]
    assert entry.under == "“Снег”"
    asked: list[int] = []
    session.interview_requested.disconnect()
    session.interview_requested.connect(lambda one, _: asked.append(one))
    press(inspector, "Open interview")
    assert asked == [3]


def test_a_shown_name_is_protected_also_of_somebody_who_only_speaks(
    inspector: Inspector, session: Session, window: MainWindow
) -> None:
    with session.archive.write("Fill", interview_id=2) as writer:
        other = interviews.add_contribution(writer, 3, Role.OTHER, "Boris Ivanov")
        text = writer.insert("transcript", interview_id=2, language="ru",
                             kind=TranscriptKind.VERBATIM)  # fmt: skip
        speaker = next(p for p in writer.people() if p.public_name == "Boris Ivanov")
        writer.insert("turn", transcript_id=text, position=1, text="Да.", speaker_id=speaker.id)
    assert other
    with session.archive.read() as reader:
        alexandra = next(p for p in reader.people() if p.public_name == "Alexandra")
    session.write(access.protect_name, alexandra.id, pseudonym="Vera", real_names=["Anna Ivanov"])
    window.page_named("library").table.choose_ids([2])
    dialog = press(inspector, "Protect name…")
    assert isinstance(dialog, RealNameDialog)
    assert dialog.real.toPlainText() == "Boris Ivanov"
    dialog.close()


# -- The foot and the list -------------------------------------------------------------------


def test_the_foot_counts_and_opens_the_list(qtbot: Any, window: MainWindow) -> None:
    button = window.status_line.questions
    qtbot.waitUntil(lambda: button.isVisible())
    assert button.text() == "4 questions"
    button.click()
    dialog = window.findChild(QuestionsDialog)
    assert dialog is not None
    assert len(dialog.model.lines) == 4
    dialog.kinds.setCurrentIndex(dialog.kinds.findData(QuestionKind.CONSENT_MISSING))
    dialog.kinds.activated.emit(dialog.kinds.currentIndex())
    assert [line.accession for line in dialog.model.lines] == ["MRB-003"]
    window.show_page("search")
    index = dialog.model.index(0, 2)
    dialog.table.doubleClicked.emit(index)
    page = window.page_named("library")
    assert window.page is page
    assert page.table.chosen_ids() == [3]
    assert dialog.isVisible()


def test_an_answer_leaves_the_list_and_the_count(qtbot: Any, window: MainWindow) -> None:
    assert window.session is not None
    window.show_questions()
    dialog = window.findChild(QuestionsDialog)
    assert dialog is not None
    window.session.write(access.add_consent, 3, signed_on=window.session.today())
    qtbot.waitUntil(lambda: len(dialog.model.lines) == 3)
    qtbot.waitUntil(lambda: window.status_line.questions.text() == "3 questions")


def test_nobody_below_staff_hears_of_questions(qtbot: Any, window: MainWindow) -> None:
    button = window.status_line.questions
    qtbot.waitUntil(lambda: button.isVisible())
    window.show_questions()
    dialog = window.findChild(QuestionsDialog)
    assert dialog is not None
    window.look_as(Audience.READING_ROOM)
    assert not button.isVisible()
    assert not dialog.isVisible()
    assert not window.actions_by_name["interview.questions"].isEnabled()
    window.status_line._ask_due.start(0)
    QTest.qWait(20)
    assert not button.isVisible()


def test_the_list_closes_with_the_archive(window: MainWindow) -> None:
    window.show_questions()
    dialog = window.findChild(QuestionsDialog)
    assert dialog is not None
    window.close_archive()
    assert not dialog.isVisible()
    assert not window.status_line.questions.isVisible()


def test_a_new_day_counts_again(window: MainWindow, session: Session) -> None:
    line = window.status_line
    line._asked_on = session.today() - timedelta(1)
    line._look_at_clock()
    assert line._asked_on == session.today()
    assert line.questions.isVisible()


def test_buttons_flow_into_as_many_lines_as_they_need(qtbot: Any) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    flow = FlowLayout(place)
    flow.setSpacing(8)
    for _ in range(3):
        one = QWidget()
        one.setFixedSize(100, 20)
        flow.addWidget(one)
    assert flow.heightForWidth(400) == 20
    assert flow.heightForWidth(220) == 48
    assert flow.heightForWidth(100) == 76
    flow.setGeometry(QRect(0, 0, 220, 100))
    items = [flow.itemAt(n) for n in range(3)]
    assert [one.geometry().topLeft().toTuple() for one in items if one] == [
        (0, 0), (108, 0), (0, 28),
    ]  # fmt: skip
    place.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.setGeometry(QRect(0, 0, 220, 100))
    first = flow.itemAt(0)
    assert first is not None
    assert first.geometry().left() == 120
