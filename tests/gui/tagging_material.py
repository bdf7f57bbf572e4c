"""A small archive whose words and times a test can count on, and what a test does with it."""

from __future__ import annotations

from typing import TypeVar

from archive_app.domain.records import Span, Tagging, TranscriptKind, Turn
from archive_app.domain.transcript import POSITION_STEP
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.interview_parts import PagePart
from archive_app.store.archive import Archive
from archive_app.work import interviews
from archive_app.work.tag_passages import tag_passage

Part = TypeVar("Part", bound=PagePart)

TEXTS = (
    "Мы уехали осенью, потому что ждать больше было нечего.",
    "А где вы жили сначала, когда приехали в Белград?",
    "Сначала у друзей, а потом мы нашли квартиру на Дорчоле.",
    "Там мы живём до сих пор.",
)


def add_interview(archive: Archive, accession: str) -> int:
    """Return the id of the transcript of a new interview; each turn lasts ten seconds."""
    interview_id = interviews.create_interview(archive, accession=accession).value
    with archive.write("Fill") as writer:
        transcript_id = writer.insert(
            "transcript", interview_id=interview_id, language="ru", kind=TranscriptKind.VERBATIM
        )
        for number, text in enumerate(TEXTS):
            writer.insert(
                "turn", transcript_id=transcript_id, position=(number + 1) * POSITION_STEP,
                text=text, speaker_label="В", start_ms=number * 10_000,
                end_ms=(number + 1) * 10_000,
            )  # fmt: skip
    return transcript_id


def part(page: InterviewPage, kind: type[Part]) -> Part:
    return next(one for one in page.parts if isinstance(one, kind))


def turns(page: InterviewPage, transcript_id: int = 1) -> list[Turn]:
    with page.session.archive.read() as reader:
        return reader.turns(transcript_id)


def taggings(page: InterviewPage, transcript_id: int = 1) -> list[Tagging]:
    with page.session.archive.read() as reader:
        return reader.taggings(transcript_id)


def span_of(page: InterviewPage, words: str, transcript_id: int = 1) -> Span:
    turn = next(one for one in turns(page, transcript_id) if words in one.text)
    start = turn.text.index(words)
    return Span(turn.id, start, turn.id, start + len(words))


def laid(page: InterviewPage, words: str, tag: int = 1, transcript_id: int = 1) -> int:
    """Lay a tag on words and show the page anew; return the tagging."""
    span = span_of(page, words, transcript_id)
    outcome = tag_passage(page.session.archive, transcript_id, span, tag)
    page.reload()
    return outcome.value.tagging_id


def put_cursor(page: InterviewPage, words: str) -> None:
    """Put the cursor into the middle of words."""
    span = span_of(page, words)
    page.pane.view.place_cursor(span.start_turn, (span.start + span.end) // 2)
    page._show_here()


def operations(page: InterviewPage) -> int:
    with page.session.archive.read() as reader:
        return reader.operations(1)[0].id
