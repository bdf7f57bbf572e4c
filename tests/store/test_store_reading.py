"""What a reader answers: the library's list, whole interviews, counts, gates."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest

from archive_app.domain.records import (
    Audience,
    Layer,
    NameKind,
    Role,
    Span,
    Status,
    TimedText,
)
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.store.reading_library import Sort


@dataclass(frozen=True)
class Library:
    """Three interviews and what hangs on them."""

    interviews: tuple[int, int, int]
    root: int
    below: int
    tag: int
    tag_below: int
    vera: int
    place: int
    transcript: int
    turns: list[int]


@pytest.fixture
def library(archive: Archive) -> Library:
    with archive.write("Add") as w:
        root = w.insert("collection", title="Root", kind="project")
        below = w.insert("collection", title="Below", parent_id=root)
        place = w.insert("place", names={"sr-Cyrl": "Ниш"})
        one = w.insert(
            "interview",
            accession="A-10",
            titles={"en": "žeton", "ru": "Жетон"},
            date="2022-11",
            status=Status.AUDITED,
            collection_id=below,
        )
        two = w.insert("interview", accession="A-9", titles={"ru": "Ель"}, collection_id=root)
        three = w.insert("interview", accession="B-1", date="1998", status=Status.PLANNED)
        vera = w.insert("person", public_name="Вера", sort_name="Вера")
        zoran = w.insert("person", public_name="Zoran", sort_name="Zoran")
        w.insert("person_name", person_id=vera, name="Вера Правая", kind=NameKind.REAL)
        for interview, person in ((one, zoran), (one, vera), (three, vera)):
            w.insert(
                "contribution", interview_id=interview, person_id=person, role=Role.INTERVIEWEE
            )
        w.insert(
            "recording",
            interview_id=two,
            original_name="a.wav",
            vault_path="media/a.wav",
            sha256="a" * 64,
            size_bytes=10,
            offset_ms=1000,
            duration_ms=60_000,
        )
        transcript = w.insert("transcript", interview_id=one, language="sr-Latn")
        turns = w.insert_many(
            "turn",
            [
                {
                    "transcript_id": transcript,
                    "position": 30 - n * 10,
                    "text": f"text {n}",
                    "speaker_id": vera,
                    "start_ms": n,
                    "end_ms": n + 500,
                }
                for n in range(3)
            ],
        )
        vocabulary = w.insert("vocabulary", names={"en": "Themes"})
        tag = w.insert("tag", vocabulary_id=vocabulary, names={"en": "leaving"})
        tag_below = w.insert("tag", vocabulary_id=vocabulary, parent_id=tag, names={"en": "train"})
        for start, end in ((0, 0), (2, 1)):
            span = Span(turns[start], 0, turns[end], 3)
            w.insert("tagging", tag_id=tag_below, transcript_id=transcript, span=span)
        w.insert("index_point", interview_id=three, start_ms=5, place_id=place)
    return Library((one, two, three), root, below, tag, tag_below, vera, place, transcript, turns)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("accession", (2, 1, 3)),
        ("title", (3, 1, 2)),
        ("date", (3, 1, 2)),
        ("interviewees", (1, 3, 2)),
        ("duration", (1, 2, 3)),
        ("turns", (1, 2, 3)),
        ("status", (3, 2, 1)),
    ],
)
def test_interviews_come_in_the_order_asked_for(
    archive: Archive, library: Library, sort: Sort, order: tuple[int, ...]
) -> None:
    with archive.read() as reader:
        assert reader.interview_ids(sort=sort) == [library.interviews[n - 1] for n in order]


def test_what_has_no_value_to_sort_by_comes_last_in_both_directions(
    archive: Archive, library: Library
) -> None:
    one, two, three = library.interviews
    with archive.read() as reader:
        assert reader.interview_ids(sort="date", descending=True) == [one, three, two]
        assert reader.interview_ids(descending=True) == [three, one, two]


def test_interviews_are_chosen_by_collection_tag_status_and_text(
    archive: Archive, library: Library
) -> None:
    one, two, three = library.interviews
    with archive.read() as reader:
        assert set(reader.interview_ids(collection_id=library.root)) == {one, two}
        assert reader.interview_ids(collection_id=library.below) == [one]
        assert reader.interview_ids(tag_id=library.tag) == [one]
        assert reader.interview_ids(status=Status.PLANNED) == [three]
        assert reader.interview_ids(text="жет") == [one]
        assert set(reader.interview_ids(text="вЕРА")) == {one, three}
        assert reader.interview_ids(text="a-9") == [two]
        assert reader.interview_ids(text="правая") == []


def test_a_line_of_the_library_says_what_its_interview_is(
    archive: Archive, library: Library
) -> None:
    with archive.read() as reader:
        two, one = reader.interview_rows([library.interviews[1], 99, library.interviews[0]])
    assert (one.title, one.interviewees, one.turns, one.duration_ms) == (
        "žeton",
        "Zoran, Вера",
        3,
        502,
    )
    assert one.has_pseudonym
    assert not one.has_restrictions
    assert (two.title, two.duration_ms, two.turns, two.has_pseudonym) == ("Ель", 61_000, 0, False)


def test_whatever_may_be_closed_to_somebody_is_gated(archive: Archive, library: Library) -> None:
    one, two, three = library.interviews
    with archive.read() as reader:
        assert reader.gated_interviews() == {one, three}  # Вера has a real name
    with archive.write("Close") as writer:
        writer.insert(
            "restriction", interview_id=two, shut_out=Audience.PUBLIC, layer=Layer.RECORDING
        )
    with archive.read() as reader:
        assert reader.gated_interviews() == {one, two, three}


def test_an_interviews_file_holds_everything_on_it(archive: Archive, library: Library) -> None:
    with archive.read() as reader:
        file = reader.interview_file(library.interviews[0])
        third = reader.interview_file(library.interviews[2])
    assert [collection.title for collection in file.collections] == ["Root", "Below"]
    assert [tag.id for tag in file.tags] == [library.tag, library.tag_below]
    assert sorted(person.public_name for person in file.people) == ["Zoran", "Вера"]
    (full,) = file.transcripts
    assert [turn.text for turn in full.turns] == ["text 2", "text 1", "text 0"]
    assert [t.span.start_turn for t in full.taggings] == [library.turns[2], library.turns[0]]
    assert [place.id for place in third.places] == [library.place]
    assert third.people[0].real_names == ("Вера Правая",)


def test_many_files_at_once_are_the_same_as_one_by_one(archive: Archive, library: Library) -> None:
    with archive.read() as reader:
        ids = [*reversed(library.interviews), 99]
        files = list(reader.interview_files(ids))
        assert files == [reader.interview_file(one) for one in ids[:-1]]


def test_smaller_questions_answer_as_the_file_does(archive: Archive, library: Library) -> None:
    one = library.interviews[0]
    with archive.read() as reader:
        file = reader.interview_file(one)
        (full,) = file.transcripts
        assert reader.full_transcript(library.transcript) == full
        assert reader.turns(library.transcript) == list(full.turns)
        assert reader.turn(library.turns[0]) in full.turns
        assert reader.taggings(library.transcript) == list(full.taggings)
        assert reader.tagging(full.taggings[0].id) == full.taggings[0]
        assert reader.contributions(one) == list(file.contributions)
        assert reader.interview_by_accession("A-10") == file.interview
        assert reader.interview_by_accession("A-11") is None
        assert reader.tag_counts() == {library.tag_below: 2}
        assert [p.id for p in reader.people_named("Вера Правая")] == [library.vera]
        recording = reader.recording_by_hash("a" * 64)
        assert recording is not None
        assert reader.all_recordings() == reader.recordings(library.interviews[1]) == [recording]
        assert [v.names for v in reader.vocabularies()] == [{"en": "Themes"}]
        assert reader.counts().taggings == 2


@pytest.mark.parametrize(
    "question",
    [
        "interview", "interview_file", "transcript", "full_transcript", "turn", "tagging", "tag",
        "person", "place", "dossier", "operation", "collection", "recording", "restriction",
        "note", "dossier_item",
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_so(archive: Archive, question: str) -> None:
    with archive.read() as reader, pytest.raises(NotFound):
        getattr(reader, question)(12345)


def test_a_dossier_comes_with_its_items_in_order(archive: Archive, library: Library) -> None:
    span = Span(library.turns[0], 0, library.turns[0], 4)
    with archive.write("Add") as writer:
        dossier = writer.insert("dossier", title="D", settings={"size": "A4"})
        writer.insert(
            "dossier_item",
            dossier_id=dossier,
            kind="passage",
            position=20,
            interview_id=library.interviews[0],
            transcript_id=library.transcript,
            span=span,
        )
        writer.insert("dossier_item", dossier_id=dossier, kind="heading", position=10, text="H")
        writer.insert("saved_search", name="S", query="q")
    with archive.read() as reader:
        record = reader.dossier(dossier)
        assert reader.dossiers() == [record]
        assert [item.kind for item in record.items] == ["heading", "passage"]
        assert (record.items[0].span, record.items[1].span) == (None, span)
        assert record.settings == {"size": "A4"}
        assert [search.query for search in reader.saved_searches()] == ["q"]


def test_a_long_interview_with_many_tags_is_read_quickly(archive: Archive) -> None:
    with archive.write("Add") as writer:
        interview = writer.insert("interview", accession="A-1")
        transcript = writer.insert("transcript", interview_id=interview)
        text = "слово " * 11
        timed = tuple(TimedText(n * 6, n * 6 + 5, n, n + 1) for n in range(11))
        turns = writer.insert_many(
            "turn",
            [
                {"transcript_id": transcript, "position": n, "text": text, "timed": timed}
                for n in range(2500)
            ],
        )
        tag = writer.insert("tag", vocabulary_id=writer.insert("vocabulary"))
        writer.insert_many(
            "tagging",
            [
                {"tag_id": tag, "transcript_id": transcript, "span": Span(turn, 0, turn, n)}
                for turn in turns
                for n in (5, 11)
            ],
        )
    with archive.read() as reader:
        reader.interview_file(interview)
        begin = time.perf_counter()
        file = reader.interview_file(interview)
        seconds = time.perf_counter() - begin
    assert (len(file.transcripts[0].turns), len(file.transcripts[0].taggings)) == (2500, 5000)
    assert seconds < 1.0


def test_ten_thousand_rows_go_in_within_a_moment(archive: Archive) -> None:
    rows = [
        {"transcript_id": 1, "position": n, "text": "слово " * 11, "start_ms": n}
        for n in range(10_000)
    ]
    with archive.write("Add") as writer:
        writer.insert("transcript", interview_id=writer.insert("interview", accession="A-1"))
        begin = time.perf_counter()
        ids = writer.insert_many("turn", rows)
        seconds = time.perf_counter() - begin
    assert len(ids) == 10_000
    assert seconds < 2.0


def test_a_reader_offers_no_way_to_write(archive: Archive) -> None:
    with archive.read() as reader:
        assert not hasattr(reader, "insert")
        assert isinstance(reader, Reader)
