"""Undo and redo as a person meets them, and the purge of images."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_app.domain.records import Role
from archive_app.errors import Conflict, NotFound
from archive_app.store import sqlite
from archive_app.store.archive import Archive


def add_person(archive: Archive, name: str, interview_id: int | None = None) -> tuple[int, int]:
    """Return the operation and the person."""
    with archive.write("Add a person", interview_id) as writer:
        person = writer.insert("person", public_name=name)
    return writer.outcome(None).operation_id, person


def names(archive: Archive) -> list[str]:
    with archive.read() as reader:
        return sorted(person.public_name for person in reader.people())


def test_plain_undo_goes_back_step_by_step_and_redo_forward_again(archive: Archive) -> None:
    for name in ("a", "b", "c"):
        add_person(archive, name)
    archive.undo()
    archive.undo()
    assert names(archive) == ["a"]
    archive.redo()
    assert names(archive) == ["a", "b"]
    archive.undo()
    archive.undo()
    assert names(archive) == []
    for _ in range(3):
        archive.redo()
    assert names(archive) == ["a", "b", "c"]


def test_something_new_ends_what_can_be_redone(archive: Archive) -> None:
    add_person(archive, "a")
    archive.undo()
    add_person(archive, "b")
    with pytest.raises(NotFound):
        archive.redo()
    archive.undo()
    archive.redo()
    assert names(archive) == ["b"]


def test_undo_on_an_interview_takes_back_the_last_step_on_it_alone(archive: Archive) -> None:
    with archive.write("Add") as writer:
        one = writer.insert("interview", accession="A-1")
        two = writer.insert("interview", accession="A-2")
    add_person(archive, "on one", one)
    add_person(archive, "on two", two)
    archive.undo(interview_id=one)
    assert names(archive) == ["on two"]
    add_person(archive, "more on two", two)
    archive.redo(interview_id=one)
    assert names(archive) == ["more on two", "on one", "on two"]
    with pytest.raises(NotFound):
        archive.redo(interview_id=two)


def test_what_undo_and_redo_would_take_is_said_before(archive: Archive) -> None:
    first, _ = add_person(archive, "a")
    second, _ = add_person(archive, "b")
    archive.undo()
    with archive.read() as reader:
        undoable, redoable = reader.last_undoable(), reader.last_redoable()
    assert undoable is not None
    assert redoable is not None
    assert (undoable.id, redoable.id) == (first, second)
    assert redoable.is_undone


def test_the_history_says_who_did_what_and_what_was_taken_back(archive: Archive) -> None:
    done, person = add_person(archive, "a")
    undone = archive.undo()
    redone = archive.redo()
    with archive.read() as reader:
        redo, undo, do = reader.operations()
        assert reader.operations(1, before_id=undo.id) == [do]
    assert (do.id, do.who, do.label, do.is_undone) == (done, "Ana", "Add a person", False)
    assert (undo.id, undo.undoes) == (undone.operation_id, done)
    assert (redo.id, redo.redoes) == (redone.operation_id, done)
    assert undone.value.id == redone.value.id == done
    assert undone.value.is_undone
    assert [(c.table, c.row_id, c.kind) for c in undone.changes] == [("person", person, "delete")]


def test_undoing_an_undo_is_a_redo(archive: Archive) -> None:
    add_person(archive, "a")
    undone = archive.undo()
    archive.undo(undone.operation_id)
    assert names(archive) == ["a"]


def test_a_step_is_taken_back_out_of_order_if_nothing_later_depends_on_it(
    archive: Archive,
) -> None:
    first, _ = add_person(archive, "a")
    add_person(archive, "b")
    archive.undo(first)
    assert names(archive) == ["b"]
    with pytest.raises(Conflict):
        archive.undo(first)


def test_undo_refuses_what_was_changed_since_and_names_the_later_step(archive: Archive) -> None:
    first, person = add_person(archive, "a")
    with archive.write("Rename a person") as writer:
        writer.update("person", person, public_name="b")
    with pytest.raises(Conflict, match="Rename a person"):
        archive.undo(first)
    assert names(archive) == ["b"]
    archive.undo()
    archive.undo(first)
    assert names(archive) == []


def test_undo_allows_what_was_changed_and_changed_back(archive: Archive) -> None:
    first, person = add_person(archive, "a")
    for name in ("b", "a"):
        with archive.write("Rename a person") as writer:
            writer.update("person", person, public_name=name)
    archive.undo(first)
    assert names(archive) == []


@pytest.mark.parametrize("table", ["contribution", "person_name"])
def test_undo_refuses_to_remove_what_a_later_step_hung_something_on(
    archive: Archive, table: str
) -> None:
    with archive.write("Add an interview") as writer:
        interview = writer.insert("interview", accession="A-1")
    first, person = add_person(archive, "a")
    with archive.write("Link a person") as writer:
        if table == "contribution":
            writer.insert(
                "contribution", interview_id=interview, person_id=person, role=Role.INTERVIEWER
            )
        else:
            writer.insert("person_name", person_id=person, name="x", kind="variant")
    with pytest.raises(Conflict, match="Link a person"):
        archive.undo(first)
    assert names(archive) == ["a"]


def test_undo_refuses_to_remove_what_a_later_note_is_on(archive: Archive) -> None:
    first, person = add_person(archive, "a")
    with archive.write("Write a note") as writer:
        writer.insert("note", table="person", row_id=person, text="remark")
    with pytest.raises(Conflict, match="Write a note"):
        archive.undo(first)


def test_redo_refuses_what_hangs_on_something_that_is_gone(archive: Archive) -> None:
    with archive.write("Add an interview") as writer:
        interview = writer.insert("interview", accession="A-1")
    with archive.write("Add a transcript") as writer:
        writer.insert("transcript", interview_id=interview)
    second = writer.outcome(None).operation_id
    archive.undo()
    archive.undo()
    with pytest.raises(Conflict):
        archive.redo(second)


def test_an_accession_number_that_was_taken_meanwhile_is_a_clear_refusal(
    archive: Archive,
) -> None:
    with archive.write("Add") as writer:
        row_id = writer.insert("interview", accession="A-1")
    with archive.write("Delete") as writer:
        writer.delete("interview", row_id)
    deleted = writer.outcome(None).operation_id
    with archive.write("Add") as writer:
        writer.insert("interview", accession="A-1")
    with pytest.raises(Conflict, match="accession"):
        archive.undo(deleted)


def test_history_survives_closing(tmp_path: Path) -> None:
    path = tmp_path / "A.oralhistory"
    with Archive.create(path, name="A") as archive:
        add_person(archive, "a")
    with Archive.open(path) as archive:
        archive.undo()
        assert names(archive) == []
    with Archive.open(path) as archive:
        archive.redo()
        assert names(archive) == ["a"]


def test_an_old_image_without_a_newer_column_is_still_put_back(archive: Archive) -> None:
    _, person = add_person(archive, "a")
    with archive.write("Delete") as writer:
        writer.delete("person", person)
    with sqlite.plain_connection(archive.database) as connection:
        connection.execute(
            'UPDATE journal SET "before" = json_remove("before", \'$.authority\')'
            " WHERE kind = 'delete'"
        )
        connection.execute(
            'UPDATE journal SET "before" = json_set("before", \'$.dropped\', 1)'
            " WHERE kind = 'delete'"
        )
    archive.undo()
    with archive.read() as reader:
        assert reader.person(person).authority == {}
    assert names(archive) == ["a"]


def test_a_purge_leaves_nothing_of_the_rows_in_the_folder(archive: Archive) -> None:
    secret = "ТАЙНАЯ_СТРОКА"
    with archive.write("Add") as writer:
        interview = writer.insert("interview", accession="A-1", abstract=secret)
        transcript = writer.insert("transcript", interview_id=interview)
        turn = writer.insert("turn", transcript_id=transcript, position=1, text=secret)
    added = writer.outcome(None).operation_id
    with archive.write("Change") as writer:
        writer.update("turn", turn, text=secret + "!")
    with archive.write("Purge") as writer:
        writer.delete("interview", interview)
    purged = writer.outcome(None)
    archive.purge_from_journal((change.table, change.row_id) for change in purged.changes)
    for path in archive.folder.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes()
    for operation in (added, purged.operation_id):
        with pytest.raises(Conflict):
            archive.undo(operation)
    with archive.read() as reader:
        assert interview in reader.interviews_changed_since(0)
