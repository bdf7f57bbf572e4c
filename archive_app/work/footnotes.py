"""Footnotes: notes set at a point of a turn's text."""

from __future__ import annotations

from archive_app.domain.records import Outcome
from archive_app.errors import BadValue
from archive_app.store.archive import Archive
from archive_app.translation import mark, tr
from archive_app.work.fields import clean_value


def add_footnote(
    archive: Archive, turn_id: int, offset: int, text: str, link: str = ""
) -> Outcome[int]:
    """Set a footnote behind the text before ``offset``; return its id.

    Raises:
        BadValue: it has no text, or the offset is not in the turn's text.
        NotFound: the turn is gone.
    """
    note = _note(text, link)
    with archive.write(mark("Add footnote")) as writer:
        turn = writer.turn(turn_id)
        writer.belongs_to(writer.transcript(turn.transcript_id).interview_id)
        if not 0 <= offset <= len(turn.text):
            raise BadValue(tr("A footnote was to be set beyond the text. Nothing was changed."))
        footnote_id = writer.insert("footnote", turn_id=turn_id, offset=offset, **note)
    return writer.outcome(footnote_id)


def change_footnote(
    archive: Archive, footnote_id: int, *, text: str, link: str = ""
) -> Outcome[None]:
    """Let a footnote say something else.

    Raises:
        BadValue: it would have no text.
        NotFound: the footnote is gone.
    """
    note = _note(text, link)
    with archive.write(mark("Change footnote")) as writer:
        writer.belongs_to(writer.interview_of_footnote(footnote_id))
        writer.update("footnote", footnote_id, **note)
    return writer.outcome(None)


def delete_footnote(archive: Archive, footnote_id: int) -> Outcome[None]:
    """Take a footnote out.

    Raises:
        NotFound: the footnote is gone.
    """
    with archive.write(mark("Delete footnote")) as writer:
        writer.belongs_to(writer.interview_of_footnote(footnote_id))
        writer.delete("footnote", footnote_id)
    return writer.outcome(None)


def _note(text: str, link: str) -> dict[str, str]:
    text = clean_value(text)
    if not text:
        raise BadValue(tr("A footnote needs a text. Nothing was changed."))
    return {"text": text, "link": " ".join(clean_value(link).split())}
