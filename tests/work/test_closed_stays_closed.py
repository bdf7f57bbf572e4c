"""Parting, joining and adding turns opens nothing in any transcript of the interview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive_app.domain.records import Audience, Span, Status, TimedText, TranscriptKind
from archive_app.domain.replacing import Hit
from archive_app.domain.spans import TextEdit
from archive_app.domain.turn_times import Edge
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer
from archive_app.work import access, replacing, transcripts, turn_times
from archive_app.work.archives import create_archive

TODAY = date(2026, 11, 23)
ORIGINAL, TRANSLATION = 1, 2


def add_transcript(writer: Writer, letter: str, kind: TranscriptKind, *, ends: bool) -> None:
    """Five turns of ten seconds, each of words of its own."""
    transcript_id = writer.insert("transcript", interview_id=1, language="en", kind=kind)
    for n in range(5):
        writer.insert(
            "turn",
            transcript_id=transcript_id,
            position=1024 * (n + 1),
            text=" ".join(f"{letter}{n}{word}" for word in ("one", "two", "three")),
            start_ms=10_000 * n,
            end_ms=10_000 * (n + 1) if ends else None,
        )


@pytest.fixture(params=[True, False], ids=["with ends", "without ends"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    with create_archive(tmp_path / "Voices") as made:
        with made.write("Make") as writer:
            writer.insert("interview", accession="OH/1", status=Status.TRANSCRIBED)
            add_transcript(writer, "a", TranscriptKind.VERBATIM, ends=request.param)
            add_transcript(writer, "b", TranscriptKind.TRANSLATION, ends=request.param)
        yield made


def turn_ids(archive: Archive, transcript_id: int) -> list[int]:
    with archive.read() as reader:
        return [turn.id for turn in reader.turns(transcript_id)]


def close(archive: Archive, transcript_id: int, first: int, last: int) -> None:
    ids = turn_ids(archive, transcript_id)
    span = Span(ids[first], 0, ids[last], 13)
    access.restrict_span(archive, transcript_id, span, shut_out=Audience.PUBLIC)


def shown(archive: Archive) -> set[str]:
    """Return the words that the public may read."""
    with archive.read() as reader:
        copy = access.released(reader, 1, audience=Audience.PUBLIC, on=TODAY)
    assert copy is not None
    texts = (turn.text for one in copy.transcripts for turn in one.turns)
    return {word for text in texts for word in text.split()}


def test_a_turn_added_within_a_closed_passage_opens_nothing_in_the_translation(
    archive: Archive,
) -> None:
    close(archive, ORIGINAL, 1, 3)
    close(archive, TRANSLATION, 2, 2)
    before = shown(archive)
    transcripts.insert_turn(archive, ORIGINAL, after_turn_id=turn_ids(archive, ORIGINAL)[2])
    assert shown(archive) <= before


def test_a_closed_passage_elsewhere_opens_nothing_once_a_time_is_missing(
    archive: Archive,
) -> None:
    close(archive, TRANSLATION, 0, 2)
    close(archive, ORIGINAL, 4, 4)
    before = shown(archive)
    transcripts.insert_turn(archive, ORIGINAL, after_turn_id=turn_ids(archive, ORIGINAL)[3])
    assert shown(archive) <= before


@pytest.mark.parametrize("transcript_id", [ORIGINAL, TRANSLATION])
@pytest.mark.parametrize("number", range(5))
def test_parting_any_turn_opens_nothing(archive: Archive, transcript_id: int, number: int) -> None:
    close(archive, TRANSLATION, 0, 2)
    close(archive, ORIGINAL, 4, 4)
    before = shown(archive)
    turn = turn_ids(archive, transcript_id)[number]
    transcripts.split_turn(archive, transcript_id, turn, 6)
    assert shown(archive) <= before


@pytest.mark.parametrize("transcript_id", [ORIGINAL, TRANSLATION])
@pytest.mark.parametrize("number", range(4))
def test_joining_turns_opens_nothing(archive: Archive, transcript_id: int, number: int) -> None:
    close(archive, ORIGINAL, 1, 2)
    close(archive, TRANSLATION, 1, 1)
    before = shown(archive)
    turn = turn_ids(archive, transcript_id)[number]
    outcome = transcripts.merge_turns(archive, transcript_id, turn)
    assert shown(archive) <= before
    archive.undo(outcome.operation_id)
    assert shown(archive) == before


@pytest.mark.parametrize("transcript_id", [ORIGINAL, TRANSLATION])
@pytest.mark.parametrize("number", range(5))
def test_deleting_a_turn_opens_nothing(archive: Archive, transcript_id: int, number: int) -> None:
    close(archive, ORIGINAL, 1, 2)
    close(archive, TRANSLATION, 3, 3)
    before = shown(archive)
    outcome = transcripts.delete_turn(
        archive, transcript_id, turn_ids(archive, transcript_id)[number]
    )
    assert shown(archive) <= before
    archive.undo(outcome.operation_id)
    assert shown(archive) == before


def time_the_words(archive: Archive) -> None:
    """Give both transcripts three words of two seconds in each turn."""
    with archive.write("Time the words") as writer:
        for transcript_id, letter in ((ORIGINAL, "a"), (TRANSLATION, "b")):
            for turn in writer.turns(transcript_id):
                start = turn.start_ms or 0
                timed = tuple(
                    TimedText(6 * n, 6 * n + 5, start + 3_000 * n, start + 3_000 * n + 2_000)
                    for n in range(3)
                )
                text = " ".join(f"{letter}{turn.id:02}{word}" for word in ("on", "tw", "th"))
                writer.update("turn", turn.id, text=text, timed=timed)


def test_deleting_words_of_a_closed_passage_opens_nothing_elsewhere(archive: Archive) -> None:
    time_the_words(archive)
    turn = turn_ids(archive, ORIGINAL)[2]
    access.restrict_span(archive, ORIGINAL, Span(turn, 0, turn, 17), shut_out=Audience.PUBLIC)
    before = shown(archive)
    transcripts.edit_text(archive, ORIGINAL, [TextEdit(turn, 5, 17, "")])
    assert shown(archive) <= before


@pytest.mark.parametrize("transcript_id", [ORIGINAL, TRANSLATION])
@pytest.mark.parametrize("by_ms", [-9_000, 9_000])
def test_times_that_are_moved_open_nothing(
    archive: Archive, transcript_id: int, by_ms: int
) -> None:
    close(archive, ORIGINAL, 2, 2)
    before = shown(archive)
    for turn in turn_ids(archive, transcript_id)[1:4]:
        turn_times.shift_from(archive, transcript_id, turn, by_ms)
        assert shown(archive) <= before
        turn_times.nudge(archive, transcript_id, turn, by_ms=by_ms, edge=Edge.START)
        assert shown(archive) <= before


def test_replacing_words_of_a_closed_passage_by_nothing_opens_nothing_elsewhere(
    archive: Archive,
) -> None:
    time_the_words(archive)
    turn = turn_ids(archive, ORIGINAL)[2]
    access.restrict_span(archive, ORIGINAL, Span(turn, 0, turn, 17), shut_out=Audience.PUBLIC)
    before = shown(archive)
    with archive.read() as reader:
        text = reader.turns(ORIGINAL)[2].text
    outcome = replacing.replace_all(archive, ORIGINAL, [Hit(turn, 5, 17, text[:5], text[5:], "")])
    assert shown(archive) <= before
    archive.undo(outcome.operation_id)
    assert shown(archive) == before


@pytest.mark.parametrize("offset", [5, 6, 12])
@pytest.mark.parametrize("number", range(5))
def test_parting_a_closed_turn_of_estimated_time_opens_nothing(
    archive: Archive, number: int, offset: int
) -> None:
    with archive.write("Estimate") as writer:
        for turn in writer.turns(ORIGINAL):
            writer.update("turn", turn.id, is_time_estimated=True)
    turn = turn_ids(archive, ORIGINAL)[number]
    access.restrict_span(archive, ORIGINAL, Span(turn, 0, turn, 5), shut_out=Audience.PUBLIC)
    before = shown(archive)
    transcripts.split_turn(archive, ORIGINAL, turn, offset)
    assert shown(archive) <= before
