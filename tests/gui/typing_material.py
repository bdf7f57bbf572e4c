"""An interview's page on a sample archive, and what its tests ask of it."""

from __future__ import annotations

from archive_app.domain.records import TimedText, Turn
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.interview_parts import PagePart
from archive_app.gui.session import Session


def page_on(session: Session, interview_id: int = 1) -> InterviewPage:
    """A page with an interview open and the keyboard in its transcript."""
    page = InterviewPage(session)
    page.resize(1_200, 800)
    page.show()
    page.open(interview_id)
    page.pane.view.setFocus()
    return page


def part_of(page: InterviewPage, name: str) -> PagePart:
    """A part of the page by its class's name."""
    return next(part for part in page.parts if type(part).__name__ == name)


def stored(session: Session, transcript_id: int = 1) -> list[Turn]:
    """The turns as they are in the archive."""
    with session.archive.read() as reader:
        return reader.turns(transcript_id)


def labels(session: Session, count: int = 1) -> list[str]:
    """The last operations' names, the last one first."""
    with session.archive.read() as reader:
        return [one.label for one in reader.operations(count)]


def make_doubtful(session: Session, turn: Turn, confidences: list[float]) -> list[TimedText]:
    """Let a recogniser have been more or less sure of the first words of a turn."""
    timed: list[TimedText] = []
    at = 0
    for number, (word, confidence) in enumerate(zip(turn.text.split(" "), confidences)):
        start_ms = (turn.start_ms or 0) + 200 * number
        timed.append(TimedText(at, at + len(word), start_ms, start_ms + 180, confidence=confidence))
        at += len(word) + 1
    with session.archive.write("Recognise") as writer:
        writer.belongs_to(writer.transcript(turn.transcript_id).interview_id)
        writer.update("turn", turn.id, timed=tuple(timed))
    return timed
