"""Sessions: what pages are told when something is written, and who may look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from window_material import filled_archive

from archive_app.domain.records import Audience, Status
from archive_app.errors import ArchiveError, Conflict
from archive_app.gui.session import Session
from archive_app.gui.tasks import InlineTasks, Tasks
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.work import interviews


@pytest.fixture
def session(qapp: object, tmp_path: Path) -> Iterator[Session]:
    session = Session(filled_archive(tmp_path), InlineTasks(), Settings(config_folder()))
    yield session
    session.close()


def test_a_write_tells_what_changed_and_then_hands_over_its_outcome(session: Session) -> None:
    heard: list[object] = []
    session.changed.connect(lambda changes: heard.append({c.table for c in changes}))
    session.write(
        interviews.set_status,
        [1],
        Status.RELEASED,
        done=lambda outcome: heard.append(outcome.label),
    )
    assert heard == [{"interview"}, "Set status"]


def test_a_write_that_changed_nothing_tells_nothing(session: Session) -> None:
    heard: list[object] = []
    session.changed.connect(heard.append)
    session.write(interviews.set_status, [1], Status.TRANSCRIBED)
    assert heard == []


def test_a_refused_write_is_told_to_who_asked_and_else_to_the_shell(session: Session) -> None:
    asked: list[ArchiveError] = []
    shell: list[ArchiveError] = []
    session.error.connect(shell.append)
    session.write(interviews.create_interview, accession="MRB-001", failed=asked.append)
    assert [type(error) for error in asked] == [Conflict]
    assert shell == []
    session.write(interviews.create_interview, accession="MRB-001")
    assert [type(error) for error in shell] == [Conflict]


def test_undo_of_one_interview_leaves_the_others_alone(session: Session) -> None:
    session.write(interviews.edit_interview, 1, {"abstract": "one"})
    session.write(interviews.edit_interview, 2, {"abstract": "two"})
    session.undo(1)
    found: list[object] = []
    session.query(lambda reader: [reader.interview(n).abstract for n in (1, 2)], done=found.append)
    assert found == [["", "two"]]


def test_only_staff_can_edit_and_others_are_told_why_not(session: Session) -> None:
    assert session.can_edit
    assert session.why_not == ""
    session.audience = Audience.PUBLIC
    assert not session.can_edit
    assert "another audience" in session.why_not


def test_the_list_of_an_audience_is_made_once_until_something_changes(session: Session) -> None:
    session.audience = Audience.PUBLIC
    lists: list[object] = []
    session.listing(lists.append, owner=session)
    session.listing(lists.append, owner=session)
    assert lists[0] is lists[1]
    session.write(interviews.edit_interview, 1, {"abstract": "new"})
    session.listing(lists.append, owner=session)
    assert lists[2] is not lists[0]


def test_real_threads_deliver_a_write_in_the_gui_thread(
    qtbot: object, tmp_path: Path, tasks: Tasks
) -> None:
    session = Session(filled_archive(tmp_path), tasks, Settings(config_folder()))
    with qtbot.waitSignal(session.changed, timeout=10_000):  # type: ignore[attr-defined]
        session.write(interviews.set_status, [1], Status.RELEASED)
        assert session.is_writing
    assert not session.is_writing
    session.close()
