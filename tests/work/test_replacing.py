"""Find and replace: what is found in which spelling, and that tags stay on their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive_app.domain.records import FullTranscript, Span, TimedText, TranscriptKind, Turn
from archive_app.domain.replacing import Sought
from archive_app.domain.spans import TextEdit
from archive_app.domain.transcript import POSITION_STEP
from archive_app.domain.turn_texts import TurnTexts
from archive_app.errors import Conflict
from archive_app.store.archive import Archive
from archive_app.work import archives, history, interviews, replacing, tagging, transcripts
from archive_app.work.vocabulary import tag_at


def a_turn(number: int, text: str) -> Turn:
    return Turn(number, "", 1, number * POSITION_STEP, None, "V", None, None, None, text)


def found(text: str, sought: Sought) -> list[str]:
    return [hit.found for hit in replacing.find_all([a_turn(1, text)], sought)]


@pytest.mark.parametrize(
    ("text", "sought", "hits"),
    [
        ("Grad, grad i gradovi", Sought("grad"), ["Grad", "grad", "grad"]),
        ("Grad, grad i gradovi", Sought("grad", is_case_sensitive=True), ["grad", "grad"]),
        ("Grad, grad i gradovi", Sought("grad", is_whole_words=True), ["Grad", "grad"]),
        ("aaaa", Sought("aa"), ["aa", "aa"]),
        ("STRASSE straße", Sought("straße"), ["STRASSE", "straße"]),
        ("e\u0301toile étoile etoile", Sought("étoile"), ["e\u0301toile", "étoile"]),
        ("e\u0301toile", Sought("e"), ["e"]),
        ("за\u0301мок", Sought("замок"), []),
        ("за\u0301мок", Sought("замок", is_any_script=True), ["за\u0301мок"]),
        ("Бео\u00adград", Sought("Београд"), ["Бео\u00adград"]),
        (
            "Beograd, Београд, БЕОГРАД",
            Sought("beograd", is_any_script=True),
            ["Beograd", "Београд", "БЕОГРАД"],
        ),
        (
            "Beograd, Београд, БЕОГРАД",
            Sought("Beograd", is_any_script=True, is_case_sensitive=True),
            ["Beograd", "Београд"],
        ),
        ("Љубав ljubav", Sought("љубав", is_any_script=True), ["Љубав", "ljubav"]),
        ("Љубав", Sought("l", is_any_script=True), []),
        ("Šabac sabac", Sought("Шабац", is_any_script=True), ["Šabac", "sabac"]),
        ("a [x] (y).*", Sought(".*"), [".*"]),
        ("anything", Sought(""), []),
        ("кот\u0301 коту", Sought("кот", is_whole_words=True), []),
    ],
)
def test_what_is_found(text: str, sought: Sought, hits: list[str]) -> None:
    assert found(text, sought) == hits


def test_a_replacement_comes_in_the_script_of_what_it_replaces() -> None:
    turns = [a_turn(1, "Beograd i Београд")]
    hits = replacing.find_all(turns, Sought("beograd", is_any_script=True), "Novi Sad")
    assert [hit.replacement for hit in hits] == ["Novi Sad", "Нови Сад"]
    assert (hits[1].before, hits[1].after) == ("Beograd i ", "")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with archives.create_archive(tmp_path / "New") as opened:
        yield opened


def a_transcript(archive: Archive, texts: list[str]) -> int:
    interview_id = interviews.create_interview(archive, accession="R-1").value
    with archive.write("Fill") as writer:
        transcript_id = writer.insert(
            "transcript", interview_id=interview_id, language="sr", kind=TranscriptKind.VERBATIM
        )
        writer.insert_many(
            "turn",
            [
                {"transcript_id": transcript_id, "position": n * POSITION_STEP, "text": text,
                 "start_ms": n * 1000, "end_ms": n * 1000 + 900,
                 "timed": words_of(text, n * 1000, n * 1000 + 900)}
                for n, text in enumerate(texts)
            ],
        )  # fmt: skip
        tag_at(writer, ["home"])
    return transcript_id


def words_of(text: str, start_ms: int, end_ms: int) -> tuple[TimedText, ...]:
    words: list[TimedText] = []
    at = 0
    each = (end_ms - start_ms) // max(1, len(text.split()))
    for number, word in enumerate(text.split()):
        at = text.index(word, at)
        ms = start_ms + number * each
        words.append(TimedText(at, at + len(word), ms, ms + each, confidence=0.9))
        at += len(word)
    return tuple(words)


def stored(archive: Archive, transcript_id: int) -> FullTranscript:
    with archive.read() as reader:
        return reader.full_transcript(transcript_id)


def tag(archive: Archive, transcript_id: int, *spans: Span) -> None:
    with archive.read() as reader:
        tag_id = reader.tags()[0].id
    for span in spans:
        tagging.add_tagging(archive, transcript_id, span, [tag_id])


def test_replace_all_is_one_operation_and_tags_stay_on_their_words(archive: Archive) -> None:
    transcript_id = a_transcript(archive, ["u Beograd smo, Beograd i kuća", "Beograd"])
    first, second = (turn.id for turn in stored(archive, transcript_id).turns)
    tag(
        archive, transcript_id,
        Span(first, 2, first, 9), Span(first, 0, first, 2), Span(first, 25, second, 7),
        Span(first, 14, first, 24),
    )  # fmt: skip
    before = stored(archive, transcript_id)
    hits = replacing.preview(archive, transcript_id, Sought("beograd"), "Zemun, tamo")
    outcome = replacing.replace_all(archive, transcript_id, hits)
    after = stored(archive, transcript_id)
    assert after.turns[0].text == "u Zemun, tamo smo, Zemun, tamo i kuća"
    assert [one.quote for one in after.taggings] == [
        "u ", "Zemun, tamo", " Zemun, tamo i", "kuća Zemun, tamo",
    ]  # fmt: skip
    assert outcome.label == "Replace"
    assert [after.turns[0].text[t.start : t.end] for t in after.turns[0].timed][:2] == [
        "u", "Zemun, tamo",
    ]  # fmt: skip
    history.undo(archive)
    assert stored(archive, transcript_id) == before


def test_some_of_the_hits_can_be_replaced(archive: Archive) -> None:
    transcript_id = a_transcript(archive, ["da da da"])
    hits = replacing.preview(archive, transcript_id, Sought("da"), "ne")
    replacing.replace_all(archive, transcript_id, [hits[2], hits[0]])
    assert stored(archive, transcript_id).turns[0].text == "ne da ne"


def test_a_tag_that_ends_inside_of_what_is_replaced_keeps_to_its_letters(archive: Archive) -> None:
    transcript_id = a_transcript(archive, ["gradonačelnik"])
    (turn,) = stored(archive, transcript_id).turns
    tag(archive, transcript_id, Span(turn.id, 0, turn.id, 4))
    hits = replacing.preview(archive, transcript_id, Sought("gradonačelnik"), "gradonačelnica")
    replacing.replace_all(archive, transcript_id, hits)
    assert [one.quote for one in stored(archive, transcript_id).taggings] == ["grad"]


@pytest.mark.parametrize("change", ["hit", "around", "gone"])
def test_what_is_not_as_shown_any_more_is_not_replaced(archive: Archive, change: str) -> None:
    transcript_id = a_transcript(archive, ["idemo u grad sutra", "grad"])
    first, second = stored(archive, transcript_id).turns
    hits = replacing.preview(archive, transcript_id, Sought("grad"), "selo")
    if change == "gone":
        transcripts.delete_turn(archive, transcript_id, second.id)
    else:
        place = 9 if change == "hit" else 1
        edit = TextEdit(first.id, place, place + 1, "X")
        transcripts.edit_text(archive, transcript_id, [edit])
    before = stored(archive, transcript_id)
    with pytest.raises(Conflict):
        replacing.replace_all(archive, transcript_id, hits)
    assert stored(archive, transcript_id) == before


def test_the_same_place_is_not_replaced_twice(archive: Archive) -> None:
    transcript_id = a_transcript(archive, ["aaa"])
    (hit,) = replacing.preview(archive, transcript_id, Sought("aa"), "b")
    with pytest.raises(Conflict):
        replacing.replace_all(
            archive, transcript_id, [hit, replace(hit, start=1, end=3, before="a", after="")]
        )


def a_long_interview(archive: Archive) -> int:
    """Three hours: 2,500 turns, 27,000 words, a thousand places to replace, 5,000 taggings."""
    texts = [
        " ".join(
            "kuća" if n % 5 < 2 and place == 4 else f"reč{(n * 11 + place) % 997}"
            for place in range(11)
        )
        for n in range(2500)
    ]
    transcript_id = a_transcript(archive, texts)
    turns = stored(archive, transcript_id).turns
    spans: list[Span] = []
    for n, turn in enumerate(turns):
        later = turns[min(n + n % 7 % 3, len(turns) - 1)]
        middle = turn.text.find("kuća")
        spans.append(Span(turn.id, 0, later.id, len(later.text)))
        if middle >= 0 and n % 2:
            spans.append(Span(turn.id, middle, turn.id, middle + 4))
        else:
            spans.append(Span(turn.id, 4, turn.id, len(turn.text) - 2))
    texts_of = TurnTexts.of(turns)
    with archive.write("Tag") as writer:
        tag_id = writer.tags()[0].id
        writer.insert_many(
            "tagging",
            [
                {"tag_id": tag_id, "transcript_id": transcript_id, "span": span,
                 "quote": texts_of.quote(span), "before": texts_of.before(span),
                 "after": texts_of.after(span)}
                for span in spans
            ],
        )  # fmt: skip
    return transcript_id


def test_replace_all_over_a_thousand_places_moves_five_thousand_taggings(archive: Archive) -> None:
    transcript_id = a_long_interview(archive)
    before = stored(archive, transcript_id)
    assert len(before.taggings) == 5000
    hits = replacing.preview(archive, transcript_id, Sought("kuća", is_whole_words=True), "kućica")
    assert len(hits) == 1000
    outcome = replacing.replace_all(archive, transcript_id, hits)
    after = stored(archive, transcript_id)
    texts = TurnTexts.of(after.turns)
    expected = {one.id: one.quote.replace("kuća", "kućica") for one in before.taggings}
    assert {one.id: one.quote for one in after.taggings} == expected
    assert all(texts.quote(one.span) == one.quote for one in after.taggings)
    assert outcome.value.orphaned_tagging_ids == ()
    assert archives.check(archive).problems == ()
    with archive.read() as reader:
        count = len(reader.operations(100))
    history.undo(archive)
    assert stored(archive, transcript_id) == before
    with archive.read() as reader:
        assert len(reader.operations(100)) == count + 1
