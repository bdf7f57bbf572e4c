"""Laws 8, 9 and 11: undo is the identity, redo is do, and nothing later is lost."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_app.domain.records import Operation
from archive_app.errors import Conflict, NotFound, UserFacing
from archive_app.store.archive import Archive

Made = Callable[[int], Any]
Content = Callable[[Archive], Any]


def do_at_random(archive: Archive, rows: Any, steps: int) -> Operation | None:
    """One operation of several changes; None if it was refused or changed nothing."""
    try:
        with archive.write("Change something") as writer:
            for _ in range(steps):
                rows.change_something(writer)
    except UserFacing:  # a row that is still needed, an accession number given twice
        return None
    outcome = writer.outcome(None)
    if not outcome.changes:
        return None
    with archive.read() as reader:
        return reader.operation(outcome.operation_id)


@settings(max_examples=12)
@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=14),
    restarts=st.sets(st.integers(0, 14)),
)
def test_undoing_everything_and_redoing_it_passes_through_the_same_states(
    seed: int, sizes: list[int], restarts: set[int], random_rows: Made, content: Content
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "A.oralhistory"
        archive = Archive.create(path, name="A")
        rows = random_rows(seed)
        states = [content(archive)]
        for size in sizes:
            if do_at_random(archive, rows, size) is not None:
                states += [content(archive)]
        for place, state in enumerate(reversed(states[:-1])):
            if place in restarts:
                archive.close()
                archive = Archive.open(path)
            archive.undo()
            assert content(archive) == state
        with pytest.raises(NotFound):
            archive.undo()
        for state in states[1:]:
            archive.redo()
            assert content(archive) == state
        with pytest.raises(NotFound):
            archive.redo()
        assert archive.check() == ()
        archive.close()


@settings(max_examples=12)
@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 8), min_size=2, max_size=10),
    choices=st.lists(st.tuples(st.booleans(), st.integers(0, 20)), max_size=12),
)
def test_taking_back_any_step_is_refused_or_can_itself_be_taken_back(
    seed: int,
    sizes: list[int],
    choices: list[tuple[bool, int]],
    random_rows: Made,
    content: Content,
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.create(Path(folder) / "A.oralhistory", name="A") as archive,
    ):
        rows = random_rows(seed)
        done = [do_at_random(archive, rows, size) for size in sizes]
        operations = [operation for operation in done if operation is not None]
        for is_undo, choice in choices:
            if not operations:
                return
            operation = operations[choice % len(operations)]
            before = content(archive)
            take = archive.undo if is_undo else archive.redo
            back = archive.redo if is_undo else archive.undo
            try:
                outcome = take(operation.id)
            except Conflict:
                assert content(archive) == before
                continue
            touched = {(change.table, change.row_id) for change in outcome.changes}
            with archive.read() as reader:
                own = {(c.table, c.row_id) for c in reader.changes_of(operation.id)}
            assert touched <= own
            after = content(archive)
            back(operation.id)
            assert content(archive) == before
            take(operation.id)
            assert content(archive) == after
        assert archive.check() == ()


def fail_at_random(archive: Archive, rows: Any, steps: int) -> None:
    with archive.write("Fail") as writer:
        for _ in range(steps):
            with contextlib.suppress(UserFacing):
                rows.change_something(writer)
        raise RuntimeError


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 20))
def test_an_operation_that_fails_leaves_nothing(
    seed: int, size: int, random_rows: Made, content: Content
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.create(Path(folder) / "A.oralhistory", name="A") as archive,
    ):
        rows = random_rows(seed)
        do_at_random(archive, rows, 12)
        before = content(archive)
        with archive.read() as reader:
            operations, position = reader.operations(), reader.journal_position()
        with pytest.raises(RuntimeError):
            fail_at_random(archive, rows, size)
        assert content(archive) == before
        with archive.read() as reader:
            assert (reader.operations(), reader.journal_position()) == (operations, position)
