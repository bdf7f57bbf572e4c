"""Writing: ids, conversions, what a step leaves, what hangs on what."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest

from archive_app.domain.records import (
    Audience,
    Change,
    ConsentUse,
    GpsPoint,
    Hyperlink,
    Layer,
    Role,
    Span,
    Status,
    TimedText,
)
from archive_app.errors import Bug, Conflict, NotFound
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer


def add_transcript(writer: Writer, accession: str = "A-1", turns: int = 3) -> tuple[int, list[int]]:
    interview = writer.insert("interview", accession=accession, titles={"en": "Title"})
    transcript = writer.insert("transcript", interview_id=interview, language="ru")
    rows = [
        {"transcript_id": transcript, "position": n * 10, "text": f"слово {n}"}
        for n in range(turns)
    ]
    return transcript, writer.insert_many("turn", rows)


def add_tag(writer: Writer) -> int:
    return writer.insert("tag", vocabulary_id=writer.insert("vocabulary"), names={"en": "tag"})


def test_ids_come_in_the_order_of_the_rows_and_are_never_used_twice(archive: Archive) -> None:
    with archive.write("Add") as writer:
        first = writer.insert_many("person", [{"public_name": str(n)} for n in range(50)])
        assert [writer.person(row_id).public_name for row_id in first] == [
            str(n) for n in range(50)
        ]
        writer.delete_many("person", first[-10:])
    with archive.write("Add") as writer:
        assert writer.insert("person", public_name="x") == first[-1] + 1


def test_values_come_back_as_the_records_they_went_in_from(archive: Archive) -> None:
    timed = (TimedText(0, 5, 100, 200, confidence=0.1), TimedText(6, 7, 200, 300, is_cue=True))
    with archive.write("Add") as writer:
        place = writer.insert("place", names={"ru": "Нови Сад"}, latitude=45.2517, longitude=19.83)
        interview = writer.insert(
            "interview",
            accession="A-1",
            titles={"ru": "Разговор"},
            status=Status.AUDITED,
            languages=("ru", "sr-Latn"),
            place_id=place,
            extra={"a": "b"},
        )
        transcript = writer.insert("transcript", interview_id=interview)
        turn = writer.insert("turn", transcript_id=transcript, position=1, text="с", timed=timed)
        writer.insert("footnote", turn_id=turn, offset=1, text="note", link="https://x.org")
        writer.insert(
            "consent",
            interview_id=interview,
            signed_on=date(2022, 9, 1),
            uses=frozenset({ConsentUse.VOICE, ConsentUse.ONLINE}),
        )
        writer.insert(
            "index_point",
            interview_id=interview,
            start_ms=1,
            keywords=("k",),
            gps=(GpsPoint("1,2"),),
            links=(Hyperlink("https://x.org", "x"),),
            alt={"title": "т"},
        )
        writer.insert(
            "restriction", interview_id=interview, shut_out=Audience.READING_ROOM, layer=Layer.INDEX
        )
        writer.insert("note", table="turn", row_id=turn, text="remark")
    with archive.read() as reader:
        file = reader.interview_file(interview)
    assert file.interview.titles == {"ru": "Разговор"}
    assert file.interview.status is Status.AUDITED
    assert file.interview.languages == ("ru", "sr-Latn")
    assert file.place is not None
    assert file.place.latitude == 45.2517
    (turn_record,) = file.transcripts[0].turns
    assert turn_record.timed == timed
    assert turn_record.footnotes[0].link == "https://x.org"
    assert file.consents[0].uses == {ConsentUse.VOICE, ConsentUse.ONLINE}
    assert file.consents[0].signed_on == date(2022, 9, 1)
    assert file.index_points[0].gps == (GpsPoint("1,2"),)
    assert file.index_points[0].links == (Hyperlink("https://x.org", "x"),)
    assert file.index_points[0].alt == {"title": "т"}
    assert file.restrictions[0].layer is Layer.INDEX
    assert file.restrictions[0].span is None
    (note,) = file.notes
    assert (note.who, note.table) == ("Ana", "turn")
    assert note.made_at is not None
    assert abs((datetime.now(UTC) - note.made_at).total_seconds()) < 60


def test_an_outcome_has_one_change_a_row_and_its_net_kind(archive: Archive) -> None:
    with archive.write("Add") as writer:
        kept = writer.insert("person", public_name="a")
        gone = writer.insert("person", public_name="b")
        writer.update("person", kept, public_name="c")
        writer.delete("person", gone)
    outcome = writer.outcome("value")
    assert outcome.value == "value"
    assert outcome.label == "Add"
    assert outcome.changes == (Change("person", kept, "insert"),)


@pytest.mark.parametrize("is_there_and_back", [False, True])
def test_an_operation_that_changed_nothing_leaves_no_trace(
    archive: Archive, is_there_and_back: bool
) -> None:
    with archive.write("Add") as writer:
        person = writer.insert("person", public_name="a")
    with archive.read() as reader:
        before = (reader.operations(), reader.journal_position())
    with archive.write("Nothing") as writer:
        if is_there_and_back:
            writer.update("person", person, public_name="b")
            writer.delete("person", writer.insert("person"))
        writer.update("person", person, public_name="a")
    assert writer.outcome(None).changes == ()
    assert writer.outcome(None).operation_id == 0
    with archive.read() as reader:
        assert (reader.operations(), reader.journal_position()) == before


def test_changing_a_row_that_is_gone_is_refused_and_stores_nothing(archive: Archive) -> None:
    with pytest.raises(NotFound), archive.write("Change") as writer:
        writer.update("person", writer.insert("person") + 1, public_name="x")
    with pytest.raises(NotFound), archive.write("Delete") as writer:
        writer.delete("person", 99)
    with archive.read() as reader:
        assert reader.people() == []


def test_a_field_that_does_not_exist_is_the_programs_fault(archive: Archive) -> None:
    with pytest.raises(Bug) as error, archive.write("Add") as writer:
        writer.insert("person", name="Secret Name")
    assert "Secret" not in error.value.message + error.value.details


def test_an_error_of_the_database_holds_no_values(archive: Archive) -> None:
    with pytest.raises(Conflict) as error, archive.write("Add") as writer:
        writer.insert("contribution", interview_id=1, person_id=1, role=Role.INTERVIEWEE)
    chain: BaseException | None = error.value
    with pytest.raises(Conflict) as named, archive.write("Add") as writer:
        writer.insert_many("interview", [{"accession": "SECRET", "abstract": "SECRET"}] * 2)
    chain = named.value
    while chain is not None:
        assert "SECRET" not in str(chain)
        chain = chain.__cause__ or chain.__context__


def test_a_refused_row_may_be_caught_and_the_step_goes_on(archive: Archive) -> None:
    with archive.write("Add") as writer:
        writer.insert("interview", accession="A-1")
        with pytest.raises(Conflict):
            writer.insert("interview", accession="A-1")
        writer.insert("interview", accession="A-2")
    with archive.read() as reader:
        assert reader.counts().interviews == 2


def test_a_step_within_a_step_is_refused_at_once(archive: Archive) -> None:
    with archive.write("Outer") as writer:
        writer.insert("person")
        with pytest.raises(Bug), archive.write("Inner"):
            pass
    with archive.read() as reader:
        assert reader.counts().people == 1


def test_a_reader_does_not_see_what_is_written_after_it_began(archive: Archive) -> None:
    with archive.read() as reader:
        with archive.write("Add") as writer:
            writer.insert("person")
            assert writer.counts().people == 1
        assert reader.counts().people == 0
    with archive.read() as reader:
        assert reader.counts().people == 1


def test_threads_write_one_after_the_other_and_read_at_once(archive: Archive) -> None:
    failures: list[BaseException] = []

    def work(n: int) -> None:
        try:
            for k in range(5):
                with archive.write("Add") as writer:
                    writer.insert("person", public_name=f"{n}-{k}")
                with archive.read() as reader:
                    assert reader.people_named(f"{n}-{k}")
        except BaseException as failure:  # noqa: BLE001 - handed to the main thread
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with archive.read() as reader:
        assert reader.counts().people == 30
        assert len(reader.operations()) == 30


def test_deleting_an_interview_deletes_what_hangs_on_it_and_the_notes_on_that(
    archive: Archive,
) -> None:
    with archive.write("Add") as writer:
        transcript, turns = add_transcript(writer)
        tag = add_tag(writer)
        writer.insert(
            "tagging", tag_id=tag, transcript_id=transcript, span=Span(turns[0], 0, turns[1], 2)
        )
        writer.insert("note", table="turn", row_id=turns[0], text="remark")
        writer.insert("footnote", turn_id=turns[0], offset=0)
        interview = writer.transcript(transcript).interview_id
        dossier = writer.insert("dossier")
        writer.insert("dossier_item", dossier_id=dossier, kind="interview", interview_id=interview)
    with archive.write("Delete") as writer:
        writer.delete("interview", interview)
        counts = writer.counts()
        assert (counts.transcripts, counts.turns, counts.taggings, counts.tags) == (0, 0, 0, 1)
        assert writer.notes("turn", turns[0]) == []
        assert writer.dossier(dossier).items == ()
    archive.undo()
    with archive.read() as reader:
        assert reader.counts().taggings == 1
        assert len(reader.notes("turn", turns[0])) == 1


def test_deleting_a_tag_deletes_its_taggings(archive: Archive) -> None:
    with archive.write("Add") as writer:
        transcript, turns = add_transcript(writer)
        tag = add_tag(writer)
        span = Span(turns[0], 0, turns[0], 2)
        writer.insert("tagging", tag_id=tag, transcript_id=transcript, span=span)
        writer.delete("tag", tag)
        assert writer.taggings(transcript) == []


def test_a_turn_under_a_living_tagging_cannot_be_deleted(archive: Archive) -> None:
    with archive.write("Add") as writer:
        transcript, turns = add_transcript(writer)
        span = Span(turns[0], 0, turns[1], 2)
        writer.insert("tagging", tag_id=add_tag(writer), transcript_id=transcript, span=span)
    for turn in turns[:2]:
        with pytest.raises(Conflict), archive.write("Delete") as writer:
            writer.delete("turn", turn)


def test_an_orphan_keeps_its_former_place_when_its_turn_is_deleted_and_comes_back_exactly(
    archive: Archive,
) -> None:
    with archive.write("Add") as writer:
        transcript, turns = add_transcript(writer)
        span = Span(turns[0], 0, turns[1], 2)
        tagging = writer.insert(
            "tagging", tag_id=add_tag(writer), transcript_id=transcript, span=span, quote="q"
        )
        before = writer.tagging(tagging)
    with archive.write("Delete") as writer:
        writer.update("tagging", tagging, is_orphan=True)
        writer.delete_many("turn", turns[:2])
    with archive.read() as reader:
        (orphan,) = reader.orphans()
        assert (orphan.span, orphan.quote, orphan.is_orphan) == (span, "q", True)
    archive.undo()
    with archive.read() as reader:
        assert reader.tagging(tagging) == before
        assert reader.orphans() == []
    with pytest.raises(Conflict), archive.write("Delete") as writer:
        writer.delete("turn", turns[0])
