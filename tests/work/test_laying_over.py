"""Laying a new transcript over a tagged one, as one operation on a real archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.domain.overlaying import Fate, Why
from archive_app.domain.records import (
    Audience,
    FullTranscript,
    InterviewFile,
    Role,
    Span,
    TranscriptKind,
    Turn,
)
from archive_app.domain.spans import TextEdit
from archive_app.errors import BadInput, BadValue, Cancelled, Conflict
from archive_app.store.archive import Archive
from archive_app.work import access, history, interviews, tagging, transcripts
from archive_app.work.archives import create_archive
from archive_app.work.overlaying import lay_over, preview

OLD = (
    ("Olga", "Мы уехали из Москвы весной, потому что больше не могли там жить."),
    ("Ana", "А куда вы поехали потом, сразу в Белград или нет?"),
    ("Olga", "Сначала в Стамбул, к тёте Вере, а потом уже в Белград и остались."),
)
NEW = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v SPEAKER_00>мы уехали из москвы весной

00:00:03.000 --> 00:00:05.000
<v SPEAKER_00>потому что больше не могли там жить

00:00:05.000 --> 00:00:08.000
<v SPEAKER_01>а куда вы поехали потом в белград или нет

00:00:08.000 --> 00:00:12.000
<v SPEAKER_00>сначала в станбул к тёте вере а потом уже в белград
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = create_archive(tmp_path / "test", who="Ana")
    yield made
    made.close()


@pytest.fixture
def transcript(archive: Archive) -> int:
    interview = interviews.create_interview(archive, accession="A-1").value
    made = transcripts.add_transcript(
        archive, interview, language="ru", kind=TranscriptKind.VERBATIM
    ).value
    after: int | None = None
    with archive.read() as reader:
        first = reader.turns(made)[0].id
    for start, (speaker, text) in enumerate(OLD):
        change = transcripts.insert_turn(
            archive, made, after_turn_id=after, text=text, speaker_label=speaker,
            start_ms=start * 4000, end_ms=start * 4000 + 4000,
        )  # fmt: skip
        after = change.value.new_turns[0].id
    transcripts.delete_turn(archive, made, first)
    transcripts.name_speakers(archive, made, "Olga", name="Olga", role=Role.INTERVIEWEE)
    return made


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "whisper.vtt"
    path.write_text(NEW, encoding="utf-8")
    return path


def full(archive: Archive, transcript_id: int) -> FullTranscript:
    with archive.read() as reader:
        return reader.full_transcript(transcript_id)


def file_of(archive: Archive, transcript_id: int) -> InterviewFile:
    with archive.read() as reader:
        return reader.interview_file(reader.transcript(transcript_id).interview_id)


def passage(archive: Archive, transcript_id: int, words: str) -> Span:
    turn = next(turn for turn in full(archive, transcript_id).turns if words in turn.text)
    start = turn.text.index(words)
    return Span(turn.id, start, turn.id, start + len(words))


def tag(archive: Archive, transcript_id: int, words: str, name: str = "leaving") -> int:
    span = passage(archive, transcript_id, words)
    return tagging.tag_by_names(archive, transcript_id, span, [name]).value[0]


def close(archive: Archive, transcript_id: int, words: str) -> int:
    return access.restrict_span(
        archive, transcript_id, passage(archive, transcript_id, words),
        shut_out=Audience.READING_ROOM,
    ).value  # fmt: skip


def test_the_transcript_gets_the_new_turns_and_tags_stay_on_their_words(
    archive: Archive, transcript: int, new: Path
) -> None:
    across = tag(archive, transcript, "Москвы весной, потому что")
    corrected = tag(archive, transcript, "Стамбул")
    before = {turn.id for turn in full(archive, transcript).turns}
    laid = lay_over(archive, preview(archive, transcript, new)).value
    after = full(archive, transcript)
    quotes = {one.id: one.quote for one in after.taggings}
    assert quotes == {across: "москвы весной потому что", corrected: "станбул"}
    assert after.turns[2].text.startswith("сначала")
    assert before.isdisjoint(turn.id for turn in after.turns)
    assert (laid.carried, laid.lost) == (2, ())


def test_speakers_are_who_said_the_words_and_times_are_the_new_ones(
    archive: Archive, transcript: int, new: Path
) -> None:
    lay_over(archive, preview(archive, transcript, new))
    turns = full(archive, transcript).turns
    assert [turn.speaker_label for turn in turns] == ["Olga", "Ana", "Olga"]
    assert turns[0].speaker_id is not None
    assert [turn.start_ms for turn in turns] == [1000, 5000, 8000]


def test_what_is_not_carried_is_listed_and_waits_among_the_orphans(
    archive: Archive, transcript: int, new: Path
) -> None:
    lost = tag(archive, transcript, "и остались")
    seen = preview(archive, transcript, new)
    assert [(one.before.id, one.carried.why) for one in seen.plan.lost] == [(lost, Why.GONE)]
    outcome = lay_over(archive, seen)
    assert [one.after.id for one in outcome.value.lost] == [lost]
    orphan = full(archive, transcript).taggings[0]
    assert (orphan.is_orphan, orphan.quote) == (True, "и остались")
    assert [one.tagging.id for one in tagging.orphans(archive)] == [lost]


def test_one_undo_brings_everything_back(archive: Archive, transcript: int, new: Path) -> None:
    tag(archive, transcript, "и остались")
    tag(archive, transcript, "Москвы")
    close(archive, transcript, "больше не могли")
    before = file_of(archive, transcript)
    lay_over(archive, preview(archive, transcript, new))
    assert file_of(archive, transcript) != before
    history.undo(archive)
    assert file_of(archive, transcript) == before
    history.redo(archive)
    assert len(full(archive, transcript).turns) == 3


def test_nothing_is_laid_over_a_transcript_that_changed_since(
    archive: Archive, transcript: int, new: Path
) -> None:
    seen = preview(archive, transcript, new)
    turn = full(archive, transcript).turns[0]
    transcripts.edit_text(archive, transcript, [TextEdit(turn.id, 0, 2, "Они")])
    with pytest.raises(Conflict):
        lay_over(archive, seen)
    tag(archive, transcript, "Москвы")
    seen = preview(archive, transcript, new)
    tag(archive, transcript, "весной")
    with pytest.raises(Conflict):
        lay_over(archive, seen)


def test_a_closed_passage_stays_closed(archive: Archive, transcript: int, new: Path) -> None:
    one = close(archive, transcript, "больше не могли там")
    seen = preview(archive, transcript, new)
    assert not seen.plan.to_confirm
    lay_over(archive, seen)
    restriction = next(r for r in file_of(archive, transcript).restrictions if r.id == one)
    assert "больше не могли там" in restriction.quote
    assert not restriction.is_orphan


def test_a_closed_passage_that_is_not_found_must_be_agreed_to_and_then_closes_all(
    archive: Archive, transcript: int, new: Path
) -> None:
    one = close(archive, transcript, "и остались")
    seen = preview(archive, transcript, new)
    assert [laid.before.id for laid in seen.plan.to_confirm] == [one]
    with pytest.raises(Conflict):
        lay_over(archive, seen)
    lay_over(archive, seen, confirmed={one})
    assert file_of(archive, transcript).restrictions[0].is_orphan


def _second(archive: Archive, transcript: int, texts: list[tuple[str, int | None]]) -> int:
    """Another transcript of the same interview: texts with their starts."""
    interview = file_of(archive, transcript).interview.id
    made = transcripts.add_transcript(
        archive, interview, language="ru", kind=TranscriptKind.EDITED
    ).value
    after = full(archive, made).turns[0].id
    for text, start in texts:
        change = transcripts.insert_turn(
            archive, made, after_turn_id=after, text=text,
            start_ms=start, end_ms=None if start is None else start + 4000,
        )  # fmt: skip
        after = change.value.new_turns[0].id
    transcripts.delete_turn(archive, made, full(archive, made).turns[0].id)
    return made


def test_another_transcript_of_the_interview_can_be_laid_over(
    archive: Archive, transcript: int
) -> None:
    kept = tag(archive, transcript, "Москвы")
    other = _second(archive, transcript, [(text.upper(), None) for _, text in OLD])
    lay_over(archive, preview(archive, transcript, other))
    after = full(archive, transcript)
    assert [(one.id, one.quote) for one in after.taggings] == [(kept, "МОСКВЫ")]
    assert len(full(archive, other).turns) == 3
    with pytest.raises(BadValue):
        preview(archive, transcript, transcript)


@pytest.mark.parametrize("starts", [(None, None, None), (1000, 5000, 9000)])
def test_what_is_closed_in_the_other_transcript_is_closed_where_its_text_goes(
    archive: Archive, transcript: int, starts: tuple[int | None, ...]
) -> None:
    texts = [(text, start) for (_, text), start in zip(OLD, starts, strict=True)]
    other = _second(archive, transcript, texts)
    close(archive, other, "к тёте Вере")
    lay_over(archive, preview(archive, transcript, other))
    assert "тёте Вере" not in _shown(archive, transcript, transcript)


def test_what_a_passage_closed_in_a_translation_stays_closed_there(
    archive: Archive, transcript: int, tmp_path: Path
) -> None:
    translation = _second(archive, transcript, [("We left.", 0), ("Where?", 4000), ("Home.", 8000)])
    close(archive, transcript, "больше не могли")
    path = tmp_path / "late.vtt"
    path.write_text(
        "WEBVTT\n\n"
        + "\n\n".join(
            f"00:00:{4 + 4 * n:02}.000 --> 00:00:{8 + 4 * n:02}.000\n{text}"
            for n, (_, text) in enumerate(OLD)
        ),
        encoding="utf-8",
    )
    before = _shown(archive, transcript, translation)
    lay_over(archive, preview(archive, transcript, path))
    after = _shown(archive, transcript, translation)
    assert "We left." not in before
    assert "We left." not in after


def _shown(archive: Archive, transcript: int, translation: int) -> str:
    interview = file_of(archive, transcript).interview.id
    with archive.read() as reader:
        copy = access.released(
            reader, interview, audience=Audience.PUBLIC, on=access.today(archive)
        )
    assert copy is not None
    turns = [t for one in copy.transcripts if one.transcript_id == translation for t in one.turns]
    return " ".join(turn.text for turn in turns)


def test_footnotes_and_notes_move_with_the_words(
    archive: Archive, transcript: int, new: Path
) -> None:
    turn: Turn = full(archive, transcript).turns[2]
    with archive.write("Test") as writer:
        writer.insert("footnote", turn_id=turn.id, offset=17, text="Istanbul", link="")
        writer.insert("note", table="turn", row_id=turn.id, text="ask again")
    lay_over(archive, preview(archive, transcript, new))
    last = full(archive, transcript).turns[2]
    assert [(note.text, note.offset) for note in last.footnotes] == [("Istanbul", 17)]
    assert [(note.row_id, note.text) for note in file_of(archive, transcript).notes] == [
        (last.id, "ask again")
    ]


def test_dossier_passages_are_carried(archive: Archive, transcript: int, new: Path) -> None:
    span = passage(archive, transcript, "Москвы весной")
    interview = file_of(archive, transcript).interview.id
    with archive.write("Test") as writer:
        dossier = writer.insert("dossier", title="D")
        writer.insert("dossier_item", dossier_id=dossier, kind="passage", interview_id=interview,
                      transcript_id=transcript, span=span)  # fmt: skip
    seen = preview(archive, transcript, new)
    assert [one.carried.fate for one in seen.plan.passages] == [Fate.EXACT]
    lay_over(archive, seen)
    with archive.read() as reader:
        moved = reader.passages_of(transcript)[0].span
    first = full(archive, transcript).turns[0]
    assert moved is not None
    assert first.text[moved.start : moved.end] == "москвы весной"


def test_a_text_of_something_else_is_refused(
    archive: Archive, transcript: int, tmp_path: Path
) -> None:
    path = tmp_path / "other.txt"
    path.write_text("Entirely other words about gardening and soups.\n", encoding="utf-8")
    with pytest.raises(BadInput):
        preview(archive, transcript, path)


def test_comparing_can_be_stopped(archive: Archive, transcript: int, new: Path) -> None:
    class Stopped:
        def report(self, done: int, total: int, what: str = "") -> None:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        preview(archive, transcript, new, progress=Stopped())
